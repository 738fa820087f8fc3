"""A Pokja's year cut into runs of days on which nothing changes. Pure: no Django, no clock.

The formula is asked once for each run; what it says is packed into two short texts.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from apps.core.looks import CRITERIA
from apps.decrees.codes import own_end
from apps.effectiveness import formula
from apps.effectiveness.formula import SUBMITTED, VERIFIED, DecreeRow, Result, Rows

DAY = timedelta(days=1)
LETTERS = {
    formula.MET: "t",
    formula.WAITING: "m",
    formula.TO_FIX: "p",
    formula.FAILED: "x",
    formula.EMPTY: "b",
}
STATUSES = {letter: status for status, letter in LETTERS.items()}
NOTHING = Rows()


@dataclass
class Story:
    """Everything the figures of one Pokja rest on, in all years."""

    pokja_id: int
    region_id: int
    province_id: int
    formed_on: date | None
    dissolved_on: date | None
    kinds: str = ""
    decrees: list[DecreeRow] = field(default_factory=list)
    years: dict[int, Rows] = field(default_factory=dict)  # without decrees


class Span(NamedTuple):
    """From ``start`` to ``end`` the four criteria stand as ``cells`` and ``details`` say."""

    start: date
    end: date
    cells: str
    details: str


def spans_of(story: Story, years: Iterable[int], today: date) -> dict[int, list[Span]]:
    """The runs of each year in which the Pokja is active. Of a past year only the one that holds
    its reference date, 31 December, from the last day on which anything could change."""
    turning = turning_days(story.decrees)
    decided: dict[tuple, str] = {}  # the SK does not ask for the year, only for the day

    def decree(day: date, nils: list[str]) -> tuple[str, str]:
        key = (bisect_right(turning, day), *nils)
        if key not in decided:
            decided[key] = pack(formula.decree_result(story.decrees, day, nils))
        return decided[key]

    found = {}
    for year in years:
        days, end = _cuts(story, turning, year, is_past=year < today.year)
        if not days:
            continue
        rows = story.years.get(year, NOTHING)
        others = _others(rows)
        nils = rows.nils.get("sk", [])
        at_end = [end] if year < today.year else days  # the day each run is judged on
        runs = [(day, decree(judged, nils)) for day, judged in zip(days, at_end, strict=True)]
        found[year] = _merged(runs, end, others)
    return found


def _cuts(story: Story, turning: list[date], year: int, *, is_past: bool):
    """(first days of the runs, last day); no days where the Pokja is not active."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    start = max(first, story.formed_on or first)
    end = min(last, story.dissolved_on - DAY) if story.dissolved_on else last
    if start > end or (is_past and end < last):
        return [], end
    inside = [day for day in turning if start < day <= end]
    if is_past:
        return [inside[-1] if inside else start], end
    return [start, *inside], end


def _others(rows: Rows) -> tuple[str, str]:
    """Cells and details of the three criteria that hold for the whole year."""
    if rows is NOTHING:
        return "bbb", ";;;"
    nils = rows.nils
    packed = (
        pack(formula.item_result(rows.plans, nils.get("rencana_kerja", []))),
        pack(formula.item_result(rows.indicators, nils.get("indikator", []))),
        pack(formula.budget_result(rows.budgets, nils.get("anggaran", []))),
    )
    return "".join(cell for cell, _ in packed), "".join(f";{detail}" for _, detail in packed)


def _merged(runs, end: date, others: tuple[str, str]) -> list[Span]:
    if len(runs) == 1:
        ((start, (cell, detail)),) = runs
        return [Span(start, end, cell + others[0], detail + others[1])]
    kept = [run for at, run in enumerate(runs) if at == 0 or run[1] != runs[at - 1][1]]
    ends = [start - DAY for start, _ in kept[1:]] + [end]
    return [
        Span(start, last, cell + others[0], detail + others[1])
        for (start, (cell, detail)), last in zip(kept, ends, strict=True)
    ]


def turning_days(rows: Iterable[DecreeRow]) -> list[date]:
    """Every day on which what the decrees say may change; between two of them it does not."""
    days = set()
    for row in rows:
        if row.status not in (VERIFIED, SUBMITTED):
            continue
        days |= {row.issued_on, row.valid_from}
        for end in (row.valid_until, own_end(row.valid_from, row.valid_until, row.basis)):
            if end and end < date.max:
                days.add(end + DAY)
    days.discard(None)
    return sorted(days)


# --- results as text and back ----------------------------------------------------------------


def pack(result: Result) -> tuple[str, str]:
    """(letter of the status, "reason,evidence,item,last day"); the same texts for the same."""
    told = f"{result.reason},{result.evidence_id or ''},{result.item_id or ''},{result.until or ''}"
    return LETTERS[result.status], "" if told == ",,," else told


def unpack(cells: str, details: str) -> dict[str, Result]:
    """The four results, in their order; without the row of the SK. The caller's own dict."""
    return _unpacked(cells, details).copy()


@lru_cache(maxsize=20_000)  # some megabytes; the same texts always say the same
def _unpacked(cells: str, details: str) -> dict[str, Result]:
    """Shared between pages: a Result never changes."""
    return dict(zip(CRITERIA, map(_result, cells, details.split(";")), strict=True))


def _result(cell: str, detail: str) -> Result:
    if not detail:
        return Result(STATUSES[cell])
    reason, evidence, item, until = detail.split(",")
    return Result(
        STATUSES[cell],
        reason,
        int(evidence) if evidence else None,
        int(item) if item else None,
        date.fromisoformat(until) if until else None,
    )
