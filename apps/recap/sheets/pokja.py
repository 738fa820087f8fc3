"""3 Pokja: a row for each Pokja with its SK and the words of its four statuses."""

from apps.core.looks import CRITERIA, CRITERION_CODES
from apps.core.sheets import (
    CODE,
    COUNT,
    DAY,
    FIRST_ROW,
    TEXT,
    TOTAL,
    Column,
    Formula,
    Line,
    Sheet,
    area,
    total_of,
)
from apps.dashboard.heat import step_of
from apps.dashboard.words import look
from apps.effectiveness.formula import FAILED, MET
from apps.pokja.enums import PokjaKind
from apps.recap import words
from apps.recap.gathering import Recap

NAME = "Pokja"
# The scale of the heat table and the maps (tokens.css), with the number kept.
SCALE = ("F4EFE4", "D6E6EA", "A3CBD6", "5FA5B8", "0B5A72")
EFFECTIVE, NOT_EFFECTIVE, NOT_RATED = "Efektif", "Belum efektif", "Tidak dapat dinilai"
OPEN_END = "sampai dicabut"
NAMED, COUNTED, STATUS = 5, 13, 15


def sheet(recap: Recap) -> Sheet:
    possible = max((item.possible for item in recap.items), default=len(CRITERIA))
    lines = [
        _line(number, place, item, recap)
        for number, (place, item) in enumerate(placed(recap), start=1)
    ]
    return Sheet(
        name=NAME,
        title="Daftar Pokja Bangga Kencana",
        sentence=words.sentence(recap),
        finding=words.finding(recap),
        columns=_columns(possible),
        lines=[*lines, _total(lines, recap)] if lines else [],
        names=3,
        notes=[
            f"Terpenuhi: kriteria yang terpenuhi dari {possible}. Skor 0 sampai 100.",
            *words.notes(recap),
        ],
    )


def placed(recap: Recap):
    """(place, Pokja) in the order of the places."""
    by_region: dict[int, list] = {}
    for item in recap.items:
        by_region.setdefault(item.region_id, []).append(item)
    for place in recap.places:
        for item in by_region.get(place.pk, ()):
            yield place, item


def _columns(possible: int) -> tuple[Column, ...]:
    fills = {met: SCALE[step_of(met, possible)] for met in range(possible + 1)}
    return (
        Column("No.", 5, COUNT),
        Column("Kode", 8, CODE),
        Column("Daerah", 24),
        Column("Jenis", 16),
        Column("Nama Pokja", 32),
        Column("Nomor SK", 24),
        Column("Tanggal SK", 16, DAY),
        Column("Berlaku s.d.", 16, DAY),
        *(Column(f"Status {code}", 18) for code in CRITERION_CODES),
        Column("Terpenuhi", 10, COUNT, fills),
        Column("Skor", 8, COUNT),
        Column("Status", 14, TEXT),
    )


def _line(number: int, place, item, recap: Recap) -> Line:
    decree = item.results["sk"]
    decided = recap.decrees.get(decree.evidence_id) if decree.status in (MET, FAILED) else None
    return Line(
        [
            number,
            place.code,
            place.label,
            "; ".join(PokjaKind(kind).label for kind in item.kinds),
            item.name,
            decided and decided.number,
            decided and decided.issued_on,
            _until(decree) if decided else None,
            *(look(item.results[name]).word for name in CRITERIA),
            item.met,
            item.score,
            status_of(item),
        ]
    )


def _until(result):
    """The last day of the SK; a word where it has none."""
    if result.until is None and result.status == MET:
        return OPEN_END
    return result.until


def status_of(item) -> str:
    if item.effective is None:
        return NOT_RATED
    return EFFECTIVE if item.effective else NOT_EFFECTIVE


def _total(lines, recap: Recap) -> Line:
    last = FIRST_ROW + len(lines) - 1
    counted = total_of(NAMED, FIRST_ROW, last, len(lines), "COUNTA")
    met = total_of(COUNTED, FIRST_ROW, last, sum(item.met for item in recap.items))
    total, statuses = recap.figures.total, area(STATUS, FIRST_ROW, last)
    effective = Formula(f'=COUNTIF({statuses},"{EFFECTIVE}")', total.effective)
    cells = [None, None, "JUMLAH", None, counted, *[None] * 7, met, None]
    return Line([*cells, effective if total.is_rated else None], TOTAL)
