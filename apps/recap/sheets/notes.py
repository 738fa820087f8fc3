"""7 Keterangan: what the words mean, by which rubric, when and for whom it was made."""

from apps.core.looks import CRITERION_CODES, CRITERION_LONG
from apps.core.sheets import Column, Line, Sheet
from apps.dashboard.panels import definition, region_rule
from apps.effectiveness.breaks import break_words
from apps.effectiveness.rule_words import labels_of
from apps.pokja.enums import FundSource
from apps.recap import words
from apps.recap.gathering import Recap

NAME = "Keterangan"
COLUMNS = (Column("Perihal", 30), Column("Keterangan", 110))
STATUSES = (
    ("Terpenuhi", "Bukti sudah diverifikasi dan memenuhi kriteria pada tanggal acuan."),
    ("Menunggu verifikasi", "Bukti sudah dikirim dan akan memenuhi kriteria bila diverifikasi."),
    ("Dikembalikan", "Verifikator mengembalikan bukti dengan catatan untuk diperbaiki."),
    (
        "Kedaluwarsa, Dicabut, Tidak ada, Nol",
        "Bukti terverifikasi tetapi tidak memenuhi kriteria, atau dinyatakan tidak ada.",
    ),
    ("Belum diisi", "Belum ada bukti yang dikirim. Tidak sama dengan tidak ada."),
)


def sheet(recap: Recap) -> Sheet:
    return Sheet(
        name=NAME,
        title="Keterangan rekapitulasi",
        sentence=words.sentence(recap),
        finding=words.ONLY_VERIFIED,
        columns=COLUMNS,
        lines=[Line(list(row)) for row in _rows(recap)],
        names=1,
    )


def _rows(recap: Recap):
    figures = recap.figures
    yield "Wilayah", f"{recap.region.full_name} (kode {recap.region.code})"
    yield "Tahun penilaian", str(recap.year)
    yield "Keadaan", words.state(recap)
    if not figures.selection.is_whole:
        yield "Saringan", f"Hanya {figures.selection.words}"
    yield "Dibuat", f"{words.made(recap)} oleh {recap.made_by}"
    yield "Data yang dihitung", words.ONLY_VERIFIED
    yield from _rubric(figures.rules)
    if recap.book:
        yield "Buku tahun", words.frozen(recap.book)
    if told := break_words(figures.history.changes):
        yield "Perubahan aturan", told
    yield from zip(CRITERION_CODES, CRITERION_LONG, strict=True)
    yield from STATUSES
    yield (
        "Persentase",
        "0% dan 100% hanya bila tepat; selain itu dibulatkan ke 1% sampai 99%.",
    )
    if recap.is_sample:
        yield "Data contoh", words.SAMPLE_MARK


def _rubric(rules):
    """Which rules the year is scored by, and what they say."""
    if rules is None:
        yield "Rubrik", words.NOT_RATED
        return
    yield "Rubrik", rules.name
    yield "Efektif", definition(rules)
    yield "Daerah efektif", region_rule(rules)
    weights = "; ".join(f"{each.title} {each.weight}" for each in rules.criteria)
    yield "Skor", f"Jumlah bobot kriteria yang terpenuhi: {weights}."
    sources = labels_of(FundSource, rules.accepted_sources)
    yield "Sumber dana yang diterima", ", ".join(sources)
