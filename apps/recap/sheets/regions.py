"""2 Kab-Kota: a row for each kab/kota and the province's own level, with a total."""

from apps.core.looks import CRITERIA, CRITERION_CODES
from apps.core.sheets import (
    CODE,
    COUNT,
    FIRST_ROW,
    PERCENT,
    TOTAL,
    Column,
    Line,
    Sheet,
    cell_name,
    percent_of,
    total_of,
)
from apps.dashboard import findings
from apps.dashboard.tables import NO_DATA, NO_POKJA
from apps.dashboard.tallies import Tally, ranking
from apps.recap import words
from apps.recap.gathering import Recap

NAME = "Kab-Kota"
COLUMNS = (
    Column("No.", 5, COUNT),
    Column("Kode", 8, CODE),
    Column("Kabupaten/Kota", 28),
    Column("Pokja", 8, COUNT),
    Column("Efektif", 8, COUNT),
    Column("%", 8, PERCENT),
    *(Column(code, 6, COUNT) for code in CRITERION_CODES),
    Column("Menunggu", 10, COUNT),
    Column("Peringkat", 10, COUNT),
)
POKJA, EFFECTIVE, WAITING = 4, 5, 11
LEGEND = (
    "SK, RK, IN, AN: Pokja yang memenuhi SK penetapan, rencana kerja, indikator, anggaran. "
    "Menunggu: kriteria yang menunggu verifikasi."
)
RANKS = (
    "Peringkat menurut bagian Pokja yang efektif, lalu bagian kriteria terpenuhi; hanya "
    "kabupaten/kota dengan sedikitnya tiga Pokja, dan bila dua pertiga daerah punya data."
)


def sheet(recap: Recap) -> Sheet:
    ranks = _ranks(recap)
    lines = [
        _line(number, place, recap.counts(place), ranks.get(place.pk))
        for number, place in enumerate(recap.places, start=1)
    ]
    figures = recap.figures
    silent = sum(not figures.counts(each).has_data for each in figures.districts)
    told = findings.silent_regions(silent) if figures.total.has_data else ""
    return Sheet(
        name=NAME,
        title="Rekapitulasi Pokja Bangga Kencana per Kabupaten/Kota",
        sentence=words.sentence(recap),
        finding=told or words.finding(recap),
        columns=COLUMNS,
        lines=[*lines, _total(len(lines), figures.total)],
        names=3,
        notes=[LEGEND, RANKS, *words.notes(recap)],
    )


def _ranks(recap: Recap) -> dict[int, int]:
    """Ranks of the kab/kota as on the dashboard, by region id."""
    figures = recap.figures
    rows = ranking((each, each.short_name, figures.counts(each)) for each in figures.districts)
    return {row.key.pk: row.rank for row in rows if row.rank}


def _line(number: int, place, counts: Tally, rank: int | None) -> Line:
    rated = counts.is_rated
    return Line(
        [
            number,
            place.code,
            place.label,
            counts.pokja,
            counts.effective if rated else None,
            counts.share.percent / 100 if rated else None,
            *(counts.met[name] for name in CRITERIA),
            counts.all_waiting,
            rank or _without_rank(counts),
        ]
    )


def _without_rank(counts: Tally) -> str | None:
    """Nothing sent is not the same as nothing met."""
    if not counts.pokja:
        return NO_POKJA
    return None if counts.has_data else NO_DATA


def _total(rows: int, total: Tally) -> Line:
    last = FIRST_ROW + rows - 1
    row = last + 1
    rated = total.is_rated

    def of(column, value):
        return total_of(column, FIRST_ROW, last, value)

    share = percent_of(cell_name(EFFECTIVE, row), cell_name(POKJA, row), total.share.percent / 100)
    met = [of(at, total.met[name]) for at, name in enumerate(CRITERIA, start=EFFECTIVE + 2)]
    return Line(
        [
            None,
            None,
            "JUMLAH",
            of(POKJA, total.pokja),
            of(EFFECTIVE, total.effective) if rated else None,
            share if rated else None,
            *met,
            of(WAITING, total.all_waiting),
            None,
        ],
        TOTAL,
    )
