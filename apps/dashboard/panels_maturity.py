"""Maturity classes of a region's Pokja, and who moved since the year before.

The index asks for the facts behind every point, so this stands on a page of its own.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from apps.effectiveness.maturity import CLASSES, maturity_class
from apps.effectiveness.moment import Moment
from apps.effectiveness.queries import assess
from apps.pokja.models import Pokja

PLACE = {name: place for place, name in enumerate(CLASSES)}


@dataclass(frozen=True)
class Move:
    """One Pokja in both years: its class ("" where it has none) and whether it was effective
    (None where that cannot be told)."""

    item: object  # the assessment of the later year
    class_before: str
    class_now: str
    effective_before: bool | None
    effective_now: bool | None

    @property
    def has_classes(self) -> bool:
        return bool(self.class_before and self.class_now)

    @property
    def steps(self) -> int:
        """Classes up (positive) or down; 0 where either is not known."""
        return PLACE[self.class_now] - PLACE[self.class_before] if self.has_classes else 0

    @property
    def has_status(self) -> bool:
        return None not in (self.effective_before, self.effective_now)

    @property
    def became_effective(self) -> bool:
        return self.has_status and self.effective_now > self.effective_before

    @property
    def stopped_being_effective(self) -> bool:
        return self.has_status and self.effective_now < self.effective_before


def items_of(region, year: int, moment: Moment | None = None) -> list:
    """The Pokja of the nation (None), of a province with its kab/kota, or of a kab/kota, with
    their index."""
    pokja = Pokja.objects.all()
    if region is not None:
        path = "region__province" if region.is_province else "region"
        pokja = pokja.filter(**{path: region.pk})
    return assess(pokja, year, with_index=True, known=moment and moment.known)


def class_of(item) -> str:
    """By the limits of the item's own rubric; "" without one."""
    if item.index is None or item.rules is None:
        return ""
    return maturity_class(item.index, item.rules.class_limits)


def movement(before_items: Iterable, items: Iterable) -> dict:
    """Compare the same Pokja in two years; no query.

    Gives ``matrix`` ({(class before, class now): how many}), ``classes`` (how many in each class
    now), ``compared`` and ``told`` (Pokja whose class, or status, is known in both years), the
    Moves that ``rose``, ``fell``, ``became`` effective and ``stopped`` being so, all ``moves``,
    and how many are ``new`` or ``gone``.
    """
    before = {item.pokja_id: item for item in before_items}
    items = list(items)
    moves = [_move(before[item.pokja_id], item) for item in items if item.pokja_id in before]
    known = [move for move in moves if move.has_classes]
    return {
        "matrix": Counter((move.class_before, move.class_now) for move in known),
        "classes": Counter(filter(None, map(class_of, items))),
        "compared": len(known),
        "told": sum(move.has_status for move in moves),
        "rose": sorted((move for move in known if move.steps > 0), key=_furthest),
        "fell": sorted((move for move in known if move.steps < 0), key=_furthest),
        "became": [move for move in moves if move.became_effective],
        "stopped": [move for move in moves if move.stopped_being_effective],
        "moves": moves,
        "new": len(items) - len(moves),
        "gone": len(before) - len(moves),
    }


def _move(before, now) -> Move:
    return Move(now, class_of(before), class_of(now), before.effective, now.effective)


def _furthest(move: Move):
    """Those that moved most stand first; equals in the order of regions and codes."""
    return -abs(move.steps), move.item.region_code, move.item.code
