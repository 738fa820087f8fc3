"""What changed in an area between two dates, Pokja by Pokja. Pure: assessments in, rows out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.core.looks import CRITERIA
from apps.dashboard.words import look

ABSENT = "belum ada"  # no Pokja then


@dataclass(frozen=True)
class Step:
    """One criterion of one Pokja: its words before and after, and whether it is met now."""

    criterion: str
    before: str
    after: str
    turn: int  # 1: met since, -1: no longer met, 0: another status without meeting it


@dataclass
class PokjaChange:
    pokja_id: int
    name: str
    region_id: int
    steps: list[Step] = field(default_factory=list)
    note: str = ""  # "Pokja baru", "Tidak lagi dinilai"


@dataclass
class Changes:
    """``gained`` and ``lost``: Pokja by criterion that meet it since, or no longer."""

    rows: list[PokjaChange]
    gained: Counter
    lost: Counter

    @property
    def pokja(self) -> int:
        return len(self.rows)


def changes_between(before: Iterable, after: Iterable) -> Changes:
    """Pokja whose status of any criterion differs, in the order of the later list; those that
    are only in the earlier one stand last."""
    earlier, later = ({item.pokja_id: item for item in each} for each in (before, after))
    rows = [
        change
        for pk in (*later, *(pk for pk in earlier if pk not in later))
        if (change := _change(earlier.get(pk), later.get(pk)))
    ]
    found = Changes(rows, Counter(), Counter())
    for row in rows:
        found.gained.update(step.criterion for step in row.steps if step.turn > 0)
        found.lost.update(step.criterion for step in row.steps if step.turn < 0)
    return found


def _change(before, after) -> PokjaChange | None:
    item = after or before
    steps = [
        step
        for name in CRITERIA
        if (step := _step(name, before and before.results[name], after and after.results[name]))
    ]
    note = "" if before and after else "Pokja baru" if after else "Tidak lagi dinilai"
    if not steps and not note:
        return None
    return PokjaChange(item.pokja_id, item.name, item.region_id, steps, note)


def _step(criterion: str, before, after) -> Step | None:
    turn = bool(after and after.is_met) - bool(before and before.is_met)
    words = [look(result).spoken if result else ABSENT for result in (before, after)]
    if words[0] == words[1] or (not turn and ABSENT in words):
        return None
    return Step(criterion, *words, turn)
