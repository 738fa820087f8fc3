"""A province with very many Pokja: counts of its regions, and the Pokja of one page of them.

Only where its figures are stored. A page of the heat table has whole regions; elsewhere, and in
every province of ordinary size, all of them stand on one page.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from apps.dashboard.nation_years import NationYear, tally_of
from apps.dashboard.tallies import Tally
from apps.effectiveness.official import Counted
from apps.effectiveness.rubrics import Rules
from apps.effectiveness.standings import stored_items, stored_regions
from apps.effectiveness.tallying import Counts
from apps.regions.models import Region

MANY = 300  # Pokja; up to so many are shown together
A_PAGE = 200


class RegionPages(Paginator):
    """Pages of as many regions as have together ``A_PAGE`` Pokja, one region at least."""

    def __init__(self, regions: Sequence[Region], by_region: dict[int, Tally]):
        super().__init__(regions, A_PAGE)
        self.cuts, held = [0], 0  # where each page begins, and the end
        for at, region in enumerate(regions):
            pokja = by_region[region.pk].pokja if region.pk in by_region else 0
            if held and held + pokja > A_PAGE:
                self.cuts.append(at)
                held = 0
            held += pokja
        self.cuts.append(len(regions))

    @property
    def num_pages(self) -> int:
        return len(self.cuts) - 1

    def page(self, number) -> "RegionPage":
        number = self.validate_number(number)
        return RegionPage(self.object_list[slice(*self.cuts[number - 1 :][:2])], number, self)


class RegionPage(Page):
    def start_index(self) -> int:
        return min(self.paginator.cuts[self.number - 1] + 1, self.paginator.count)

    def end_index(self) -> int:
        return self.paginator.cuts[self.number]


@dataclass
class LargeProvince:
    """What is shown of it: all counts, and the Pokja of the regions of one page."""

    by_region: dict[int, Tally]
    effective: Counted | None
    page: RegionPage
    items: list


def large_province(
    nation: NationYear,
    regions: Sequence[Region],
    year: int,
    rules: Rules | None,
    *,
    only_open: bool = False,
    page: str | int | None = None,
) -> LargeProvince | None:
    """The province (the first of ``regions``, its kab/kota behind it) in parts; None where it is
    not large, not stored, or its parts are not its whole. 2 queries where it is large."""
    province = regions[0].pk
    whole = nation.province(province)
    if province not in nation.stored or whole.pokja <= MANY:
        return None
    counts = stored_regions(province, year, rules, [each.pk for each in regions])
    by_region = {pk: tally_of(each) for pk, each in counts.items() if each.pokja}
    if sum(each.pokja for each in by_region.values()) != whole.pokja:
        return None  # settled meanwhile, or Pokja of a region that is no more
    shown = [each for each in regions if not only_open or _is_open(by_region.get(each.pk))]
    found = RegionPages(shown, by_region).get_page(page)
    items = []
    if found.object_list:
        items = stored_items(province, year, rules, [each.pk for each in found.object_list])
    expected = sum(by_region[each.pk].pokja for each in found if each.pk in by_region)
    if items is None or len(items) != expected:
        return None
    return LargeProvince(by_region, rules and _effective(counts.values()), found, items)


def _effective(counts: Collection[Counts]) -> Counted:
    return Counted(
        sum(each.effective_provinces for each in counts),
        sum(each.effective_districts for each in counts),
    )


def _is_open(counts: Tally | None) -> bool:
    return counts is None or counts.is_open
