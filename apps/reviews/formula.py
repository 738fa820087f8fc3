"""Windows, draws and agreement, as arithmetic. Knows no Django.

A draw is explained in one sentence: the items are ordered by the SHA-256 of "seed:number", and
the first n are taken. Whoever has the seed and the numbers gets the same items with any tool.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256


def last_day(decided_on: date, days: int) -> date:
    """The last calendar day for a reply; the day of the decision itself does not count."""
    return decided_on + timedelta(days=days)


def rank(seed: int, number: int) -> str:
    """Where an item stands in the order of a draw."""
    return sha256(f"{seed}:{number}".encode()).hexdigest()


def draw(numbers: Iterable[int], size: int, seed: int) -> list[int]:
    """At most ``size`` different numbers, the same for the same seed in whatever order given."""
    return sorted(set(numbers), key=lambda number: rank(seed, number))[:size]


def spread(eligible: Mapping[int, set[int]], seed: int) -> dict[int, int]:
    """Give each item to one of those who may have it, as evenly as may be: {item: person}.

    Items with the fewest eligible people go first, each to whoever has the fewest so far; the
    seed decides between equals. An item without anybody is left out.
    """
    load: Counter[int] = Counter()
    given = {}
    for item in sorted(eligible, key=lambda item: (len(eligible[item]), rank(seed, item))):
        people = eligible[item]
        if people:
            person = min(people, key=lambda one: (load[one], rank(seed, one)))
            load[person] += 1
            given[item] = person
    return given


@dataclass(frozen=True)
class Share:
    """``part`` of ``whole``; adding shares adds both, never percentages."""

    part: int = 0
    whole: int = 0

    def plus(self, agrees: bool) -> "Share":
        return Share(self.part + agrees, self.whole + 1)


@dataclass(frozen=True)
class Marked:
    """One item as the second verifier left it; ``values`` are (topic, as the first found it)."""

    kind: str
    agrees: bool
    values: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Agreement:
    """How often the second look came to what the first decision said."""

    overall: Share = Share()
    by_kind: dict[str, Share] = field(default_factory=dict)
    by_value: dict[tuple[str, str], Share] = field(default_factory=dict)  # (kind, topic)


def agreement(items: Iterable[Marked]) -> Agreement:
    """Counts over marked items: overall, for each kind, and for each value of a kind.

    Verified items were approved with every value marked as matching, so a value agrees where the
    second verifier marked it so too.
    """
    overall, by_kind, by_value = Share(), {}, {}
    for item in items:
        overall = overall.plus(item.agrees)
        by_kind[item.kind] = by_kind.get(item.kind, Share()).plus(item.agrees)
        for topic, is_right in item.values:
            key = (item.kind, topic)
            by_value[key] = by_value.get(key, Share()).plus(is_right)
    return Agreement(overall, by_kind, by_value)
