"""Counts over the Pokja of one province and year, for every run of days. Pure.

One sweep over the days on which something begins or ends, so that a province with thousands of
Pokja costs what changes, not what stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from apps.effectiveness.formula import region_is_effective

DAY = timedelta(days=1)


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
    """The figures of a StoredTally row, in the order of its fields."""

    pokja: int
    effective: int
    rated: int
    sent: int
    met: tuple[int, int, int, int]
    waiting: tuple[int, int, int, int]
    effective_provinces: int
    effective_districts: int

    @property
    def plain(self) -> tuple[int, ...]:
        head = (self.pokja, self.effective, self.rated, self.sent, *self.met, *self.waiting)
        return (*head, self.effective_provinces, self.effective_districts)


class Run(NamedTuple):
    """The counts that hold from ``start`` to ``end``."""

    start: date
    end: date
    counts: Counts


def runs_of(
    rows: Iterable[Scored],
    year: int,
    region_rule: str | None,
    is_province: Mapping[int, bool],
    *,
    is_past: bool,
) -> list[Run]:
    """Every run of constant counts; together they cover the year without a gap.

    ``is_province`` names the regions that count towards the official figure. Of a past year only
    the run with its last day.
    """
    rows = list(rows)
    first, last = date(year, 1, 1), date(year, 12, 31)
    if is_past:
        first = max((row.start for row in rows), default=first)
        rows = [row._replace(start=first) for row in rows]
    board = _Board(region_rule, is_province)
    changes: dict[date, list] = defaultdict(list)
    changes[first] = []
    for row in rows:
        changes[row.start].append((row, True))
        if row.end < last:
            changes[row.end + DAY].append((row, False))
    found: list[Run] = []
    for day in sorted(changes):
        board.change(changes[day])
        counts = board.counts()
        if found and found[-1].counts == counts:
            continue
        if found:
            found[-1] = found[-1]._replace(end=day - DAY)
        found.append(Run(day, last, counts))
    return found


class _Board:
    """What stands on a day: sums by type, and which regions count."""

    def __init__(self, region_rule: str | None, is_province: Mapping[int, bool]):
        self.region_rule, self.is_province = region_rule, is_province
        self.sums = [0] * 12
        self.members: dict[int, dict[int, tuple]] = defaultdict(dict)
        self.counted: set[int] = set()

    def change(self, changes: list) -> None:
        for row, begins in sorted(changes, key=lambda change: change[1]):  # what ends goes first
            self._add(row, 1 if begins else -1)
            members = self.members[row.region_id]
            if begins:
                members[row.pokja_id] = (bool(row.effective), row.kinds.split(","))
            else:
                del members[row.pokja_id]
        if self.region_rule is not None:
            for region_id in {row.region_id for row, _ in changes} & self.is_province.keys():
                self._judge(region_id)

    def _judge(self, region_id: int) -> None:
        if region_is_effective(self.region_rule, list(self.members[region_id].values())):
            self.counted.add(region_id)
        else:
            self.counted.discard(region_id)

    def counts(self) -> Counts:
        sums = self.sums
        provinces = sum(self.is_province[pk] for pk in self.counted)
        regions = provinces, len(self.counted) - provinces
        return Counts(*sums[:4], tuple(sums[4:8]), tuple(sums[8:]), *regions)

    def _add(self, row: Scored, sign: int) -> None:
        for at, figure in enumerate(_figures(row)):
            self.sums[at] += sign * figure


def _figures(row: Scored) -> list[int]:
    cells = row.cells
    return [
        1,
        row.effective is True,
        row.effective is not None,
        cells != "bbbb",
        *(cell == "t" for cell in cells),
        *(cell == "m" for cell in cells),
    ]
