"""What closing would freeze now: how many Pokja, and what of them is not settled yet."""

from dataclasses import dataclass

from apps.effectiveness.assessment import Assessment
from apps.effectiveness.formula import EMPTY, TO_FIX, WAITING
from apps.effectiveness.official import OfficialFigure, effective_regions, official_figure
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import Rules
from apps.pokja.models import Pokja
from apps.regions.models import Region


@dataclass(frozen=True)
class Place:
    """One region: its Pokja, and how many of their criteria wait, came back, or are empty."""

    region: Region
    pokja: int
    effective: int
    waiting: int
    returned: int
    empty: int
    silent: bool  # nothing was ever sent

    @property
    def is_settled(self) -> bool:
        return self.pokja > 0 and not (self.waiting or self.returned or self.empty)


@dataclass(frozen=True)
class Check:
    places: list[Place]
    figure: OfficialFigure

    @property
    def pokja(self) -> int:
        return sum(place.pokja for place in self.places)

    @property
    def waiting(self) -> int:
        return sum(place.waiting for place in self.places)

    @property
    def returned(self) -> int:
        return sum(place.returned for place in self.places)

    @property
    def unsettled(self) -> list[Place]:
        return [place for place in self.places if not place.is_settled]

    @property
    def silent(self) -> list[Place]:
        return [place for place in self.places if place.silent]


def check(province: Region, year: int, rules: Rules) -> Check:
    """9 queries and those of the rubric's extra checks, whatever the number of Pokja."""
    items = assess(Pokja.objects.filter(region__province=province), year, rules=rules)
    regions = list(Region.objects.with_pokja_level().filter(province=province).order_by("code"))
    levels = {region.pk: region.is_province for region in regions}
    figure = official_figure(effective_regions(rules.region_rule, items), levels)
    by_region: dict[int, list[Assessment]] = {}
    for item in items:
        by_region.setdefault(item.region_id, []).append(item)
    return Check([_place(region, by_region.get(region.pk, [])) for region in regions], figure)


def _place(region, items: list[Assessment]) -> Place:
    found = [result.status for item in items for result in item.by_rubric.values()]
    return Place(
        region,
        pokja=len(items),
        effective=sum(bool(item.effective) for item in items),
        waiting=found.count(WAITING),
        returned=found.count(TO_FIX),
        empty=found.count(EMPTY),
        silent=all(status == EMPTY for status in found),
    )
