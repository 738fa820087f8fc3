"""Ranking regions by how far they came since the year before. Pure: no queries, no HTML."""

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple

from apps.core.formats import format_number
from apps.dashboard.tallies import Share, Tally, enough, is_ranked, points_up

UP, DOWN, SAME = "naik", "turun", "tetap"


class Moved(NamedTuple):
    """A row of the ranking; ``before`` and ``now`` are None where a year has no data."""

    rank: int | None
    key: object
    before: Share | None = None
    now: Share | None = None

    @property
    def is_known(self) -> bool:
        return self.before is not None

    @property
    def gain(self) -> Fraction:
        """Change of the exact share; below every loss where it is not known."""
        return self.now.exact - self.before.exact if self.is_known else Fraction(-2)

    @property
    def word(self) -> str:
        """ "naik", "turun" or "tetap", by the exact shares; empty where not known."""
        if not self.is_known:
            return ""
        return UP if self.gain > 0 else DOWN if self.gain < 0 else SAME

    @property
    def text(self) -> str:
        """ "naik 7 poin"; below twenty Pokja "naik 2 Pokja"; the word alone where the number of
        Pokja moved instead."""
        word = self.word
        if word in ("", SAME):
            return word
        points, unit = points_up(self.before, self.now), "poin"
        if points is None:
            points, unit = self.now.part - self.before.part, "Pokja"
        agrees = points > 0 if word == UP else points < 0
        return f"{word} {format_number(abs(points))} {unit}" if agrees else word

    @property
    def way(self) -> str:
        """ "1/5 → 3/5" or "44% → 51%"."""
        if not self.is_known:
            return ""
        if self.before.is_large and self.now.is_large:
            return f"{self.before.text} → {self.now.text}"
        return f"{self.before.counts} → {self.now.counts}"


def by_change(
    entries: Iterable[tuple[object, str, Tally | None, Tally]],
    of: Callable[[Tally], Share] = attrgetter("share"),
) -> list[Moved]:
    """Order (key, name, tally of the year before, tally now): what rose most first, then name.

    Equal changes get the same number. Nobody is numbered where fewer than two thirds have data in
    both years; those with fewer than three Pokja in either stand below, without a number.
    """
    rows = [_moved(*entry, of) for entry in entries]
    open_ = enough([row.is_known for _, _, row in rows])
    rows.sort(key=lambda each: (not each[1], -each[2].gain, each[0]))
    found, last, rank = [], None, None
    for place, (_, may_rank, row) in enumerate(rows, start=1):
        if not (open_ and may_rank):
            found.append(row)
            continue
        if row.gain != last:
            last, rank = row.gain, place
        found.append(row._replace(rank=rank))
    return found


def _moved(key, name: str, before: Tally | None, now: Tally, of) -> tuple[str, bool, Moved]:
    """(name, may it be numbered?, row)."""
    if before is None or not all(each.has_data and each.is_rated for each in (before, now)):
        return name, False, Moved(None, key)
    return name, is_ranked(before) and is_ranked(now), Moved(None, key, of(before), of(now))


def counted(rows: Iterable[Moved]) -> tuple[int, int, int]:
    """How many rose, fell and stayed."""
    words = Counter(row.word for row in rows)
    return words[UP], words[DOWN], words[SAME]


NUMBERED, UNNUMBERED, UNKNOWN = range(3)


def turned(rows: list, group: Callable[[object], int]) -> list:
    """The other way round: first the numbered ones, then those without a number, and those of
    which nothing is known below, as they were."""
    parts = [[row for row in rows if group(row) == each] for each in (NUMBERED, UNNUMBERED)]
    return [
        *(row for part in parts for row in reversed(part)),
        *(row for row in rows if group(row) == UNKNOWN),
    ]


def group_of(row) -> int:
    """Of a row of either ranking."""
    if row.rank is not None:
        return NUMBERED
    known = row.is_known if isinstance(row, Moved) else row.tally.has_data
    return UNNUMBERED if known else UNKNOWN
