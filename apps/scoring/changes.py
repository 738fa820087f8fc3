"""Who changes when other rules are tried: two assessments of the same Pokja, compared. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from apps.core.formats import format_number
from apps.effectiveness.maturity import maturity_class
from apps.effectiveness.official import effective_regions

CLASSES = ("Dasar", "Berkembang", "Mandiri", "Berkelanjutan")
GAINED, LOST, UP, DOWN = "efektif", "tidak", "naik", "turun"
KINDS = {
    GAINED: "Menjadi efektif",
    LOST: "Tidak lagi efektif",
    UP: "Kelas kematangan naik",
    DOWN: "Kelas kematangan turun",
}


@dataclass(frozen=True)
class Change:
    """One Pokja under the rules of now (``before``) and under those that are tried."""

    before: object
    after: object

    @cached_property
    def classes(self) -> tuple[str, str]:
        """The maturity class before and after; "" where it cannot be told."""
        return class_of(self.before), class_of(self.after)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What changes, as keys of KINDS; empty where nothing does."""
        found = set()
        if bool(self.before.effective) != bool(self.after.effective):
            found.add(GAINED if self.after.effective else LOST)
        old, new = (CLASSES.index(each) if each else -1 for each in self.classes)
        if old != new:
            found.add(UP if new > old else DOWN)
        return frozenset(found)

    @property
    def province_id(self) -> int:
        return self.after.province_id

    @property
    def changes(self) -> bool:
        return bool(self.kinds) or self.before.effective is None

    @property
    def reasons(self) -> str:
        """Which criteria decide, and what the index does, as one sentence."""
        parts = []
        if GAINED in self.kinds:
            parts += _why_gained(self.before, self.after)
        elif LOST in self.kinds or (self.before.effective is None and not self.after.effective):
            parts.append(f"belum terpenuhi: {', '.join(_missing(self.after))}")
        if self.kinds & {UP, DOWN}:
            parts.append(_why_class(self.before, self.after))
        sentence = "; ".join(parts)
        return f"{sentence[:1].upper()}{sentence[1:]}."


def class_of(item) -> str:
    if item.rules is None or item.index is None:
        return ""
    return maturity_class(item.index, item.rules.class_limits)


def _titles(item) -> dict[str, str]:
    return {each.code: each.title for each in item.rules.criteria}


def _missing(item) -> list[str]:
    titles, results = _titles(item), item.by_rubric
    return [titles[code] for code in item.rules.required if not results[code].is_met]


def _why_gained(before, after) -> list[str]:
    if before.rules is None:
        return ["sebelumnya tidak dapat dinilai; semua kriteria wajib terpenuhi"]
    titles, still = _titles(before), after.rules.required
    return [
        f"{titles[code]} {'kini terpenuhi' if code in still else 'tidak lagi wajib'}"
        for code in before.rules.required
        if not before.by_rubric[code].is_met
    ]


def _why_class(before, after) -> str:
    if before.index is None:
        return f"indeks {format_number(after.index, 0)}"
    if before.index == after.index:
        return f"indeks tetap {format_number(after.index, 0)}, batas kelas berubah"
    return f"indeks {format_number(before.index, 0)} menjadi {format_number(after.index, 0)}"


@dataclass
class RegionChange:
    """A region whose Pokja change, or whose own standing does."""

    region_id: int
    code: str
    name: str
    province_id: int
    pokja: int = 0
    before: int = 0  # effective Pokja
    after: int = 0
    was_effective: bool = False
    is_effective: bool = False
    changing: int = 0
    kinds: set = field(default_factory=set)

    @property
    def changes(self) -> bool:
        return bool(self.changing) or self.was_effective != self.is_effective


@dataclass
class Preview:
    """Everything that a rubric would change in one year; ``items`` are all Pokja of the year."""

    year: int
    items: list[Change]
    regions_before: set[int]
    regions_after: set[int]
    frozen: int  # Pokja whose figures stand in a book and do not move

    @cached_property
    def changes(self) -> list[Change]:
        return [each for each in self.items if each.changes]

    @cached_property
    def classes(self) -> list[tuple[str, int, int]]:
        """(class, Pokja before, after) from the lowest."""
        old = Counter(each.classes[0] for each in self.items)
        new = Counter(each.classes[1] for each in self.items)
        return [(name, old[name], new[name]) for name in CLASSES]

    @property
    def effective(self) -> tuple[int, int]:
        """Effective Pokja before and after."""
        return (
            sum(bool(each.before.effective) for each in self.items),
            sum(bool(each.after.effective) for each in self.items),
        )

    @cached_property
    def counts(self) -> Counter:
        """How many Pokja change in which way."""
        return Counter(kind for each in self.changes for kind in each.kinds)

    @cached_property
    def regions(self) -> list[RegionChange]:
        """The regions that change, by code."""
        found: dict[int, RegionChange] = {}
        for each in self.items:
            _count(found, each)
        for pk, row in found.items():
            row.was_effective, row.is_effective = (
                pk in self.regions_before,
                pk in self.regions_after,
            )
            if row.was_effective != row.is_effective:
                row.kinds.add(GAINED if row.is_effective else LOST)
        rows = [row for row in found.values() if row.changes]
        return sorted(rows, key=lambda row: row.code)


def _count(found: dict[int, RegionChange], change: Change) -> None:
    item = change.after
    row = found.setdefault(
        item.region_id,
        RegionChange(item.region_id, item.region_code, item.region_name, item.province_id),
    )
    row.pokja += 1
    row.before += bool(change.before.effective)
    row.after += bool(change.after.effective)
    row.changing += change.changes
    row.kinds |= change.kinds & {UP, DOWN}


def compared(year: int, before: Iterable, after: Iterable, old_rule: str, new_rule: str) -> Preview:
    """Pair the assessments of a year under the rules of now and under those tried.

    ``old_rule`` and ``new_rule`` say how regions count; those of a book by the rule it keeps.
    """
    then = {item.pokja_id: item for item in before}
    items = [Change(then[item.pokja_id], item) for item in after if item.pokja_id in then]
    return Preview(
        year=year,
        items=items,
        regions_before=effective_regions(old_rule, [each.before for each in items]),
        regions_after=effective_regions(new_rule, [each.after for each in items]),
        frozen=sum(bool(each.after.frozen) for each in items),
    )
