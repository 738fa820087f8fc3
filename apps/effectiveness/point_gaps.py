"""Why a maturity point is not given, as a fact, and what would bring it. No Django.

The way of a check is the same for every Pokja; the fact is counted from what the check looked at
(``maturity.Facts``), so it is told only of items that meet their criterion.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal

from apps.core.formats import format_date, format_number, format_percent, quarter_label
from apps.effectiveness.maturity import CHECKS, Facts, months_ended, quarters_due
from apps.effectiveness.repairs import Repair, head_of


def gap_of(code: str, facts: Facts, level: str) -> Repair:
    """The fact and the way for a point that is not given; both empty where its criterion itself
    is not met, which is told with the criterion."""
    if not facts.results[CHECKS[code][0]].is_met:
        return Repair("", "")
    fact = FACTS[code](facts) if code in FACTS else ""
    return Repair(fact, way_of(code, level))


def way_of(code: str, level: str) -> str:
    """What brings a point: verb first; empty for those that come with their criterion."""
    return WAYS.get(code, "").format(head=head_of(level))


WAYS = {
    "sk_kepala_daerah": "Mintakan SK baru yang ditandatangani {head} atau atas namanya",
    "sk_masa_panjang": "Terbitkan SK yang berlaku paling sedikit 3 tahun, atau perpanjangannya",
    "sk_lintas_sektor": "Masukkan anggota dari unsur pemerintah dan dari luar pemerintah",
    "rk_lengkap": "Isi keluaran, target, waktu, dan penanggung jawab setiap kegiatan",
    "rk_indikator": "Hubungkan setiap kegiatan dengan indikator yang didukungnya",
    "rk_jadwal": "Perbarui realisasi fisik kegiatan, atau percepat yang tertinggal",
    "in_lengkap": "Isi capaian awal, target, dan sumber data setiap indikator",
    "in_dilaporkan": "Isi capaian triwulan yang sudah jatuh tempo untuk setiap indikator",
    "in_capaian": "Naikkan rata-rata capaian terhadap target menjadi paling sedikit 90%",
    "an_dokumen": "Sebut dokumen dasar dan halamannya pada setiap baris anggaran",
    "an_apbd": "Usulkan alokasi dari APBD untuk Pokja",
    "an_serapan": "Perbarui realisasi anggaran, atau percepat penyerapannya",
}


def _signer(facts: Facts) -> str:
    signer = facts.results["sk"].decree.signer_position
    return f"SK ditandatangani {signer}" if signer else "Jabatan penanda tangan SK belum diisi"


def _term(facts: Facts) -> str:
    until = facts.results["sk"].until
    return f"SK berakhir {format_date(until)}, kurang dari 180 hari lagi" if until else ""


def _members(facts: Facts) -> str:
    if not facts.sectors:
        return "Anggota menurut SK belum diisi"
    if "pemerintah" in facts.sectors:
        return "Semua anggota dari unsur pemerintah"
    return "Belum ada anggota dari unsur pemerintah"


def _counted(rows: Iterable, lacks: Callable, thing: str, lack: str) -> str:
    """ "2 dari 5 kegiatan belum terhubung ke indikator"."""
    rows = list(rows)
    short = sum(map(lacks, rows))
    return f"{format_number(short)} dari {format_number(len(rows))} {thing} {lack}"


def _incomplete(facts: Facts) -> str:
    return _counted(
        facts.activities,
        lambda row: (
            not (row.output and row.target is not None and row.months and row.person_in_charge)
        ),
        "kegiatan",
        "belum lengkap",
    )


def _unlinked(facts: Facts) -> str:
    return _counted(
        facts.activities,
        lambda row: not row.indicator_id,
        "kegiatan",
        "belum terhubung ke indikator",
    )


def _schedule(facts: Facts) -> str:
    past = (1 << months_ended(facts.year, facts.on)) - 1
    scheduled = [row for row in facts.activities if row.months]
    due = sum(
        Decimal((row.months & past).bit_count()) / row.months.bit_count() for row in scheduled
    )
    done = sum(row.progress or 0 for row in facts.activities) / 100
    whole = len(facts.activities)
    return (
        f"Realisasi fisik rata-rata {format_percent(done, whole)}, "
        f"menurut jadwal {format_percent(due, whole)}"
    )


def _targets(facts: Facts) -> str:
    return _counted(
        facts.targets,
        lambda row: row.baseline is None or row.target is None or not row.source,
        "indikator",
        "belum punya capaian awal, target, atau sumber",
    )


def _unreported(facts: Facts) -> str:
    due = quarters_due(facts.year, facts.on)
    told = _counted(
        facts.targets,
        lambda row: row.annual is None and due and row.quarters[due - 1] is None,
        "indikator",
        "belum dilaporkan",
    )
    return f"{told} untuk {quarter_label(due)}"


def _mean(facts: Facts) -> str:
    known = [row.achievement for row in facts.targets if row.achievement is not None]
    if not known:
        return "Belum ada capaian yang dapat dihitung"
    return f"Rata-rata capaian {format_number(sum(known) / len(known), 1)}%"


def _undocumented(facts: Facts) -> str:
    return _counted(
        facts.lines,
        lambda row: not (row.basis and row.page),
        "baris anggaran",
        "belum menyebut dokumen dasar dan halaman",
    )


def _absorption(facts: Facts) -> str:
    ceiling = sum(row.ceiling for row in facts.lines)
    spent = sum(row.spent or 0 for row in facts.lines)
    due = quarters_due(facts.year, facts.on)
    return f"Serapan {format_percent(spent, ceiling)}, seharusnya paling sedikit {due * 25}%"


FACTS: dict[str, Callable[[Facts], str]] = {
    "sk_kepala_daerah": _signer,
    "sk_masa_panjang": _term,
    "sk_lintas_sektor": _members,
    "rk_lengkap": _incomplete,
    "rk_indikator": _unlinked,
    "rk_jadwal": _schedule,
    "in_lengkap": _targets,
    "in_dilaporkan": _unreported,
    "in_capaian": _mean,
    "an_dokumen": _undocumented,
    "an_apbd": lambda facts: "Semua pagu dari sumber selain APBD",
    "an_serapan": _absorption,
}
