"""Who is not effective yet, and what is missing: the nearest way of each region."""

from dataclasses import dataclass

from apps.attainment.figures import Attainment
from apps.core.looks import CRITERIA, CRITERION_NAMES, look_of
from apps.effectiveness.formula import EMPTY
from apps.effectiveness.ladder import fewest_steps
from apps.effectiveness.queries import Assessment
from apps.pokja.enums import PokjaKind
from apps.regions.models import Region

NAMES = dict(zip(CRITERIA, CRITERION_NAMES, strict=True))
NO_POKJA = "Belum dibentuk"


@dataclass(frozen=True)
class Gap:
    """One missing criterion of the nearest Pokja: its name and its status in words."""

    name: str
    status: str
    css: str


@dataclass(frozen=True)
class Lack:
    """A region that does not count: how many steps, at which Pokja, and what is missing."""

    region: Region
    steps: int | None  # None where a Pokja of the region cannot be scored
    pokja: list[Assessment]
    gaps: list[Gap]

    @property
    def is_empty(self) -> bool:
        """Has the region no Pokja the rule could count?"""
        return not self.pokja

    def pokja_text(self, named: bool) -> str:
        """Names for those who reach the region, types alone for the others."""
        if self.is_empty:
            return NO_POKJA
        if named:
            return "; ".join(item.name for item in self.pokja)
        kinds = (", ".join(PokjaKind(kind).label for kind in item.kinds) for item in self.pokja)
        return "; ".join(kind or "Pokja" for kind in kinds)

    @property
    def gaps_text(self) -> str:
        return "; ".join(f"{gap.name}: {gap.status}" for gap in self.gaps)


def lacking(found: Attainment) -> list[Lack]:
    """Every region of a province that is not effective, by code; empty where the year cannot be
    scored, and for the nation, which is told by province."""
    if found.rules is None or found.area is None:
        return []
    items: dict[int, list[Assessment]] = {}
    for item in found.last.items:
        items.setdefault(item.region_id, []).append(item)
    return [
        _lack(region, items.get(region.pk, []), found.rules)
        for region in found.regions
        if region.pk not in found.last.effective
    ]


def _lack(region: Region, items: list[Assessment], rules) -> Lack:
    way = fewest_steps(rules.region_rule, items, rules.required)
    nearest = [step.assessment for step in way.pokja] if way else []
    gaps = [gap for item in nearest for gap in gaps_of(item, rules)]
    return Lack(region, way and way.count, nearest, list(dict.fromkeys(gaps)))


def gaps_of(item: Assessment, rules) -> list[Gap]:
    """The required criteria a Pokja does not meet; a draft shows as nothing, it is its writer's."""
    titles = {rule.code: rule.title for rule in rules.criteria}
    found = []
    for code in rules.required:
        result = item.by_rubric[code]
        if not result.is_met:
            look = look_of(result.status, "" if result.status == EMPTY else result.reason)
            found.append(Gap(NAMES.get(code, titles[code]), look.word.lower(), look.css))
    return found
