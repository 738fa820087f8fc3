"""Counts over the Pokja of a region, and of a province, for every run of days of a year. Pure.

One sweep over the days on which something begins or ends, so that thousands of Pokja cost what
changes, not what stands. The counts of a province are the sums of those of its regions.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from apps.effectiveness.formula import region_is_effective

DAY = timedelta(days=1)
NOTHING_SENT = "bbbb"  # cells of a Pokja from which nothing came


class Scored(NamedTuple):
    """One run of one Pokja: from ``start`` to ``end`` it is worth this."""

    start: date
    end: date
    pokja_id: int
    region_id: int
    cells: str
    kinds: str
    effective: bool | None


class Counts(NamedTuple):
    """The figures of a tally row, in the order of its fields: a page reads 190 of them."""

    pokja: int
    effective: int
    rated: int
    sent: int
    met_sk: int
    met_plan: int
    met_indicators: int
    met_budget: int
    waiting_sk: int
    waiting_plan: int
    waiting_indicators: int
    waiting_budget: int
    effective_provinces: int
    effective_districts: int

    @property
    def met(self) -> tuple[int, ...]:
        """Of the four criteria in their order, as ``waiting``."""
        return self[4:8]

    @property
    def waiting(self) -> tuple[int, ...]:
        return self[8:12]


NO_COUNTS = Counts._make([0] * len(Counts._fields))


def summed(counts: Collection[Counts]) -> Counts:
    """Column by column, which is several times quicker than one after the other."""
    return Counts._make(map(sum, zip(*counts, strict=True))) if counts else NO_COUNTS


class Run(NamedTuple):
    """From ``start`` to ``end`` these figures hold, in the order of the fields of a tally row."""

    start: date
    end: date
    figures: tuple[int, ...]


def grouped_runs(rows: Iterable[tuple[int, int, Scored]]) -> dict[tuple[int, int], list[Scored]]:
    """Runs of (province, year, run) by province and year."""
    grouped: dict[tuple[int, int], list[Scored]] = {}
    for pk, year, scored in rows:
        grouped.setdefault((pk, year), []).append(scored)
    return grouped


def runs_by_region(
    rows: Iterable[Scored],
    year: int,
    region_rule: str | None,
    is_province: Mapping[int, bool],
    *,
    is_past: bool,
) -> dict[int, list[Run]]:
    """The runs of every region that has a row, by its id.

    ``is_province`` names the regions that count towards the official figure. Of a past year only
    the run with its last day.
    """
    grouped: dict[int, list[Scored]] = defaultdict(list)
    for row in rows:
        grouped[row.region_id].append(row)
    return {
        pk: _swept(found, year, _Region(region_rule, is_province.get(pk)), is_past=is_past)
        for pk, found in grouped.items()
    }


def runs_together(regions: Iterable[list[Run]], year: int, *, is_past: bool) -> list[Run]:
    """The runs of a province from those of its regions; they cover the year without a gap."""
    every = [run for runs in regions for run in runs]
    return _swept(every, year, _Sums(), is_past=is_past)


def _swept(pieces: Collection, year: int, board, *, is_past: bool) -> list[Run]:
    """Every run of constant figures; in a past year the pieces of its last day, as one."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    if is_past:
        first = max((piece.start for piece in pieces), default=first)
        board.change((), pieces)
        return [Run(first, last, board.figures())]
    changes: dict[date, tuple[list, list]] = defaultdict(lambda: ([], []))
    changes[first] = [], []
    for piece in pieces:
        changes[piece.start][1].append(piece)
        if piece.end < last:
            changes[piece.end + DAY][0].append(piece)
    found: list[Run] = []
    for day in sorted(changes):
        board.change(*changes[day])
        figures = board.figures()
        if found and found[-1].figures == figures:
            continue
        if found:
            found[-1] = found[-1]._replace(end=day - DAY)
        found.append(Run(day, last, figures))
    return found


class _Sums:
    """What stands on a day: the sums of the figures of all regions."""

    def __init__(self):
        self.sums = [0] * 14

    def change(self, ending: Iterable[Run], beginning: Iterable[Run]) -> None:
        for run in ending:
            self.sums = [held - each for held, each in zip(self.sums, run.figures, strict=True)]
        for run in beginning:
            self.sums = [held + each for held, each in zip(self.sums, run.figures, strict=True)]

    def figures(self) -> tuple[int, ...]:
        return tuple(self.sums)


class _Region:
    """What stands on a day in one region: sums over its Pokja, and whether it counts."""

    def __init__(self, region_rule: str | None, is_province: bool | None):
        self.region_rule, self.is_province = region_rule, is_province
        self.members: dict[int, tuple[bool, list[str]]] = {}
        self.sums = [0] * 12

    def change(self, ending: Iterable[Scored], beginning: Iterable[Scored]) -> None:
        for row in ending:
            del self.members[row.pokja_id]
            figures = _figures(row.cells, row.effective)
            self.sums = [held - each for held, each in zip(self.sums, figures, strict=True)]
        for row in beginning:
            self.members[row.pokja_id] = bool(row.effective), row.kinds.split(",")
            figures = _figures(row.cells, row.effective)
            self.sums = [held + each for held, each in zip(self.sums, figures, strict=True)]

    def figures(self) -> tuple[int, ...]:
        if not self._counts():
            return (*self.sums, 0, 0)
        return (*self.sums, 1, 0) if self.is_province else (*self.sums, 0, 1)

    def _counts(self) -> bool:
        if self.region_rule is None or self.is_province is None:
            return False
        return region_is_effective(self.region_rule, list(self.members.values()))


@cache  # some hundreds of combinations
def _figures(cells: str, effective: bool | None) -> tuple[int, ...]:
    return (
        1,
        int(effective is True),
        int(effective is not None),
        int(cells != NOTHING_SENT),
        *(int(cell == "t") for cell in cells),
        *(int(cell == "m") for cell in cells),
    )
