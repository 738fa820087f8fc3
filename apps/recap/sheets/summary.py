"""1 Ringkasan: the headline, the official figure, four criteria, kinds of Pokja."""

from apps.core.looks import CRITERIA
from apps.core.sheets import (
    COUNT,
    FIRST_ROW,
    PERCENT,
    POINTS,
    SECTION,
    Column,
    Formula,
    Line,
    Sheet,
    percent_of,
)
from apps.core.sheets import cell_name as cell
from apps.dashboard.heat import columns as kinds_shown
from apps.dashboard.heat import kinds_of
from apps.dashboard.panels import official_note, region_rule
from apps.dashboard.tallies import Share, Tally
from apps.dashboard.words import CRITERION_LABELS
from apps.pokja.enums import PokjaKind
from apps.recap import words
from apps.recap.gathering import Recap, kinds_tallied

NAME = "Ringkasan"
COLUMNS = (
    Column("Ukuran", 38),
    Column("Jumlah", 12, COUNT),
    Column("Dari", 12, COUNT),
    Column("Persen", 10, PERCENT),
    Column("Tahun lalu", 12, PERCENT),
    Column("Selisih poin", 12, POINTS),
)
PART, WHOLE, NOW, BEFORE = 2, 3, 4, 5
FEW = (
    "Persentase dari kurang dari 20 Pokja banyak berubah oleh satu Pokja saja: baca bersama "
    "kolom Jumlah dan Dari."
)


def sheet(recap: Recap) -> Sheet:
    rows = _rows(recap)
    return Sheet(
        name=NAME,
        title="Rekapitulasi Pokja Bangga Kencana: Ringkasan",
        sentence=words.sentence(recap),
        finding=words.finding(recap),
        columns=COLUMNS,
        lines=[_line(at, *row) for at, row in enumerate(rows, start=FIRST_ROW)],
        names=1,
        notes=[*_official(recap), FEW, *words.notes(recap)],
    )


def _rows(recap: Recap) -> list[tuple]:
    """(name, Share or None, Share of the year before or None); the names alone head a part."""
    total, before = recap.figures.total, recap.figures.history.before
    rows = [("Pokja efektif", _effective(total), before and before.share)]
    official = recap.figures.official
    if official and recap.figures.selection.is_whole:
        rows += [
            ("Provinsi efektif (Pokja tingkat provinsi)", _provinces(official), None),
            ("Kabupaten/kota efektif", Share(official.districts, official.district_total), None),
        ]
    rows.append(("Pokja yang memenuhi tiap kriteria",))
    rows += [
        (CRITERION_LABELS[name], total.criterion(name), before and before.criterion(name))
        for name in CRITERIA
    ]
    if not recap.figures.selection.kind:
        rows += [("Pokja efektif menurut jenis",), *_kind_rows(recap)]
    return rows


def _provinces(official) -> Share:
    return Share(official.provinces, official.province_total)


def _kind_rows(recap: Recap):
    rules, now = recap.figures.rules, kinds_tallied(recap.items)
    expected = rules.expected_kinds if rules else ()
    for kind in kinds_shown(kinds_of(recap.items), expected):
        before = recap.kinds_before.get(kind)
        told = before.share if before and before.has_data and before.is_rated else None
        yield PokjaKind(kind).label, _effective(now.get(kind) or Tally()), told


def _effective(counts: Tally) -> Share | None:
    """None where the year cannot be scored."""
    return counts.share if counts.is_rated or not counts.pokja else None


def _line(row: int, name: str, *shares) -> Line:
    if not shares:
        return Line([name, *[None] * 5], SECTION)
    now, before = shares
    last = before.percent / 100 if before and before.whole else None
    if now is None:
        return Line([name, None, None, None, last, None])
    share = now.percent / 100 if now.whole else None
    return Line([name, now.part, now.whole, _percent(row, share), last, _points(row, share, last)])


def _percent(row: int, share: float | None) -> Formula:
    return percent_of(cell(PART, row), cell(WHOLE, row), share)


def _points(row: int, share: float | None, last: float | None) -> Formula | None:
    """Points between the two percentages as they are printed."""
    if share is None or last is None:
        return None
    return Formula(
        f"=ROUND(({cell(NOW, row)}-{cell(BEFORE, row)})*100,0)", round((share - last) * 100)
    )


def _official(recap: Recap) -> list[str]:
    """The official figure against its target, and when a region counts."""
    figures = recap.figures
    if figures.official is None or not figures.selection.is_whole:
        return []
    note = official_note(figures.official, recap.year, figures.rules)
    return [f"Angka resmi: {note['figure']}. {note['target']}", region_rule(figures.rules)]
