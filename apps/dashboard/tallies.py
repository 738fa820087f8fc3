"""Counting assessments and ranking regions by them. Pure: no queries, no HTML."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple

from apps.core.formats import (
    PERCENT_FROM,
    format_number,
    format_percent,
    format_share,
    whole_percent,
)
from apps.core.looks import CRITERIA
from apps.effectiveness.formula import EMPTY, MET, WAITING

FEWEST_RANKED = 3  # a region with fewer Pokja gets no rank (design 16.11)
DATA_NEEDED = Fraction(2, 3)  # share of regions with data before anybody is ranked (design 8.1)


class Share(NamedTuple):
    """A part of a whole, told in percent from twenty upwards and in counts below."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """0–100, for drawing."""
        return self.part / self.whole * 100 if self.whole else 0.0

    @property
    def exact(self) -> Fraction:
        """0–1, for comparing; 0 of nothing."""
        return Fraction(self.part, self.whole or 1)

    @property
    def percent(self) -> int:
        """The percentage as it is printed: 0 and 100 only where they are exact."""
        return whole_percent(self.part, self.whole) if self.whole else 0

    @property
    def is_large(self) -> bool:
        return self.whole >= PERCENT_FROM

    @property
    def text(self) -> str:
        """ "51%" or "3 dari 5"."""
        return format_share(self.part, self.whole)

    @property
    def short(self) -> str:
        """ "51%" or "3/5": for narrow columns."""
        return format_percent(*self) if self.is_large else self.counts

    @property
    def counts(self) -> str:
        return f"{format_number(self.part)}/{format_number(self.whole)}"

    @property
    def sentence(self) -> str:
        """ "3 dari 5", whatever the size."""
        return f"{format_number(self.part)} dari {format_number(self.whole)}"

    @property
    def step(self) -> int:
        """Class 0–4 of the fixed scale 0–19, 20–39, 40–59, 60–79, 80–100."""
        return min(4, self.percent // 20)


class Tally:
    """Counts over Pokja of one year. Only ``terpenuhi`` counts as met; ``menunggu`` is apart."""

    __slots__ = ("effective", "met", "pokja", "rated", "sent", "waiting")

    def __init__(self, pokja=0, effective=0, rated=0, sent=0, met=None, waiting=None):
        """``met`` and ``waiting``: by criterion, zeros where nothing is given."""
        self.pokja, self.effective, self.rated, self.sent = pokja, effective, rated, sent
        self.met = dict.fromkeys(CRITERIA, 0) if met is None else met
        self.waiting = dict.fromkeys(CRITERIA, 0) if waiting is None else waiting

    def add(self, item) -> None:
        self.pokja += 1
        self.effective += item.effective is True
        self.rated += item.effective is not None
        sent = False
        for name, result in item.results.items():
            status = result.status
            if status == MET:
                self.met[name] += 1
            elif status == WAITING:
                self.waiting[name] += 1
            sent = sent or status != EMPTY
        self.sent += sent

    def join(self, other: "Tally") -> None:
        """Add the counts of other Pokja."""
        self.pokja += other.pokja
        self.effective += other.effective
        self.rated += other.rated
        self.sent += other.sent
        for name in self.met:
            self.met[name] += other.met[name]
            self.waiting[name] += other.waiting[name]

    @property
    def share(self) -> Share:
        """Effective Pokja."""
        return Share(self.effective, self.pokja)

    @property
    def criteria(self) -> Share:
        """Met criteria of all Pokja."""
        return Share(sum(self.met.values()), len(CRITERIA) * self.pokja)

    def criterion(self, name: str) -> Share:
        return Share(self.met[name], self.pokja)

    def missing(self, name: str) -> int:
        """Pokja that neither meet the criterion nor wait for verification of it."""
        return self.pokja - self.met[name] - self.waiting[name]

    def unmet(self, name: str) -> int:
        return self.pokja - self.met[name]

    @property
    def all_waiting(self) -> int:
        return sum(self.waiting.values())

    @property
    def has_data(self) -> bool:
        """Has anybody sent anything? Drafts are nothing yet."""
        return self.sent > 0

    @property
    def is_rated(self) -> bool:
        return self.rated > 0

    @property
    def is_open(self) -> bool:
        """Is there anything left to do here?"""
        return not self.pokja or self.effective < self.pokja


def tally(items: Iterable) -> Tally:
    total = Tally()
    for item in items:
        total.add(item)
    return total


def joined(parts: Iterable[Tally]) -> Tally:
    total = Tally()
    for part in parts:
        total.join(part)
    return total


def tallies_by(items: Iterable, key: Callable) -> dict[object, Tally]:
    """One pass over the assessments, a tally for each value of ``key``."""
    found: dict[object, Tally] = {}
    for item in items:
        group = key(item)
        if group not in found:
            found[group] = Tally()
        found[group].add(item)
    return found


class Ranked(NamedTuple):
    """A row of a ranking; ``rank`` is None where the region is not ranked."""

    rank: int | None
    key: object
    tally: Tally


def ranking(
    entries: Iterable[tuple[object, str, Tally]], of: Callable[[Tally], Share] = attrgetter("share")
) -> list[Ranked]:
    """Order (key, name, tally) by effective share (or what ``of`` tells), then criteria share,
    then name.

    Equal shares get the same number. Nobody is ranked where fewer than two thirds have data;
    those with fewer than three Pokja stand below, without a number (design 8.1 and 16.11).
    """
    ordered = [
        (not is_ranked(counts), _order(counts, of), name, key, counts)
        for key, name, counts in entries
    ]
    ordered.sort(key=lambda entry: entry[:3])
    open_ = enough([entry[-1].has_data for entry in ordered])
    rows, last, rank = [], None, None
    for place, (is_below, order, _, key, counts) in enumerate(ordered, start=1):
        if is_below or not open_:
            rows.append(Ranked(None, key, counts))
            continue
        if order != last:
            last, rank = order, place
        rows.append(Ranked(rank, key, counts))
    return rows


def enough(with_data: Sequence[bool]) -> bool:
    """Have two thirds of the regions data? Otherwise nobody is ranked."""
    return bool(with_data) and Fraction(sum(with_data), len(with_data)) >= DATA_NEEDED


def is_ranked(counts: Tally) -> bool:
    return counts.pokja >= FEWEST_RANKED and counts.is_rated and counts.has_data


def _order(counts: Tally, of) -> tuple[float, float]:
    """As exact as fractions, and several times quicker: the quotients of two pairs of numbers
    below 90 million are equal only where the fractions are, and in the same order."""
    share, criteria = of(counts), counts.criteria
    return -share.part / (share.whole or 1), -criteria.part / (criteria.whole or 1)


def points_up(before: Share, now: Share) -> int | None:
    """Change in "poin": the difference of the percentages as printed.

    None where either stands on fewer than twenty, which is told in counts.
    """
    if not (before.is_large and now.is_large):
        return None
    return now.percent - before.percent
