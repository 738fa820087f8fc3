"""What the dashboards read, each with a constant number of queries.

Figures and statuses of every region of the opened dashboard are read whatever the viewer's own
regions are: this is the one widening of spec section 3. ``links.Viewer`` decides what may be
named or opened beyond them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.utils import timezone

from apps.dashboard.history import History, changes_in, rule_changes, trend_years
from apps.dashboard.large import RegionPage, large_province
from apps.dashboard.money_lines import verified_lines
from apps.dashboard.nation_then import nation_then
from apps.dashboard.nation_years import nation_years
from apps.dashboard.peers import settled
from apps.dashboard.selection import DISTRICT, NATION, PROVINCE, WHOLE, Selection
from apps.dashboard.tallies import Tally, joined, tallies_by, tally
from apps.effectiveness.formula import reference_date
from apps.effectiveness.ground import Ground, ground_of
from apps.effectiveness.moment import Moment
from apps.effectiveness.official import (
    OfficialFigure,
    effective_regions,
    official_figure,
    official_of_nation,
    promise_for,
)
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import Rules, rules_for
from apps.effectiveness.standings import province_items
from apps.pokja.models import Pokja
from apps.regions.models import Region
from apps.regions.rows import RegionRow, provinces_counted, provinces_with

FIRST_YEAR = 2015


def years_offered(year: int, moment: Moment | None = None) -> list[int]:
    """The years to switch to, newest first: this year (or that of the day that is looked at), six
    before it, and the one shown."""
    now = (moment.per if moment else timezone.localdate()).year
    return sorted({year, *range(max(FIRST_YEAR, now - 6), now + 1)}, reverse=True)


def is_known_year(year: int) -> bool:
    return FIRST_YEAR <= year <= timezone.localdate().year + 1


def _known(moment: Moment | None) -> datetime | None:
    return moment.known if moment else None


def _reference(year: int, moment: Moment | None) -> date:
    return moment.reference(year) if moment else reference_date(year, timezone.localdate())


def _nation(
    years: list[int], moment: Moment | None, selection: Selection, ground: Ground | None, within=()
) -> list:
    """Figures of now are kept ready; those of a past day are made when they are asked for."""
    if moment:
        return nation_then(years, moment.known, selection, within)
    return nation_years(years, selection, within, ground)


def _rules(
    years: list[int], moment: Moment | None, ground: Ground | None
) -> tuple[Rules | None, list[int]]:
    """The rules of the last year, and the years from which others hold than before. No query
    where the ground of the years is read already."""
    if ground is None:
        return rules_for(years[-1], _known(moment)), rule_changes(years, moment)
    return ground.rules[years[-1]], changes_in(ground.rubrics)


def _has_book(province_id: int, year: int, ground: Ground | None) -> bool:
    """May the book of a closed year hold here?"""
    return ground is None or province_id in ground.closed.get(year, ())


def pokja_of_years(
    province_id: int, years: list[int], moment: Moment | None = None, ground: Ground | None = None
) -> list[list]:
    """The Pokja of a province in each year, all of them."""
    if moment is None:
        return province_items(province_id, years, ground)
    pokja = Pokja.objects.filter(region__province=province_id)
    return [assess(pokja, year, known=moment.known) for year in years]


@dataclass
class ProvinceFigures:
    """``items``, ``districts`` and all counts are those of the selection; ``official`` is always
    the figure of the whole province."""

    region: Region
    year: int
    on: date
    rules: Rules | None
    districts: list[RegionRow]
    items: list
    total: Tally
    by_region: dict[int, Tally]
    official: OfficialFigure | None
    history: History
    national: History
    page: RegionPage | None = None  # where only the Pokja of some regions are in ``items``
    selection: Selection = WHOLE
    every_district: int = 0  # how many kab/kota there are, selected or not
    before: dict[int, Tally] | None = None  # by region in the year before, where asked for
    has_book: bool = True  # False where it is known that no book of a closed year holds
    around: list[RegionRow] | None = None  # every province and each kab/kota of this one

    def counts(self, region: Region) -> Tally:
        return self.by_region.get(region.pk) or Tally()


def province_figures(
    region: Region,
    year: int,
    moment: Moment | None = None,
    selection: Selection = WHOLE,
    *,
    with_before: bool = False,
    **choice,
) -> ProvinceFigures:
    """A province and its kab/kota, with the line of the nation to compare with; ``moment``: as
    they were known then; ``with_before``: also each region in the year before; ``choice``:
    ``only_open`` and ``page`` of the table of a large one."""
    years = trend_years(year)
    selection = settled(selection, PROVINCE, region.pk)
    around = provinces_with(region.code)
    every = [each for each in around if not each.is_province]
    districts = [each for each in every if selection.includes_region(each)]
    ground = None if moment else ground_of(years)
    within = districts if selection.members else ()
    nation = _nation(years, moment, selection, ground, within)
    rules, changes = _rules(years, moment, ground)
    large = None
    if moment is None and selection.is_every_pokja:
        large = large_province(nation[-1], [region, *districts], year, rules, **choice)
    if large:
        items, by_region, effective = large.items, large.by_region, large.effective
    else:
        found = pokja_of_years(region.pk, [year], moment, ground)[0]
        items = selection.narrow(found)
        by_region = tallies_by(items, attrgetter("region_id"))
        effective = effective_regions(rules.region_rule, found) if rules else None
    total = joined(by_region.values())
    levels = {region.pk: True, **dict.fromkeys((each.pk for each in every), False)}
    before = [each.province(region.pk) for each in nation[:-1]]
    earlier = pokja_of_years(region.pk, [year - 1], moment, ground)[0] if with_before else ()
    return ProvinceFigures(
        region=region,
        year=year,
        on=_reference(year, moment),
        rules=rules,
        districts=districts,
        items=items,
        total=total,
        by_region=by_region,
        official=official_figure(effective, levels, promise_for(year, region.pk)),
        history=History(years, [*before, total], changes),
        national=History(years, [each.total for each in nation], changes),
        page=large and large.page,
        selection=selection,
        every_district=len(every),
        before=tallies_by(selection.narrow(earlier), attrgetter("region_id"))
        if with_before
        else None,
        has_book=_has_book(region.pk, year, ground),
        around=around,
    )


@dataclass
class NationFigures:
    """``provinces`` and all counts are those of the selection; ``official`` is always the figure
    of the whole nation."""

    year: int
    on: date
    rules: Rules | None
    provinces: list[RegionRow]
    district_counts: dict[int, int]
    total: Tally
    official: OfficialFigure | None
    history: History
    by_province: dict[int, History]
    selection: Selection = WHOLE
    every_province: int = 0  # how many there are, selected or not

    def counts(self, province: Region) -> Tally:
        return self.by_province[province.pk].tallies[-1]


def nation_figures(
    year: int,
    *,
    years: list[int] | None = None,
    moment: Moment | None = None,
    selection: Selection = WHOLE,
) -> NationFigures:
    """All provinces; ``years`` limits the history (the last is ``year``); ``moment``: as they were
    known then."""
    years = years or trend_years(year)
    selection = settled(selection, NATION)
    every, district_counts = provinces_counted()
    provinces = sorted(
        filter(selection.includes_region, every), key=attrgetter("short_name", "code")
    )
    ground = None if moment else ground_of(years)
    nation = _nation(years, moment, selection, ground)
    rules, changes = _rules(years, moment, ground)
    by_province = {
        province.pk: History(years, [each.province(province.pk) for each in nation], changes)
        for province in provinces
    }
    totals = [each.total for each in nation]
    if selection.peers:
        totals = [joined(each.province(pk) for pk in by_province) for each in nation]
    return NationFigures(
        year=year,
        on=_reference(year, moment),
        rules=rules,
        provinces=provinces,
        district_counts=district_counts,
        total=totals[-1],
        official=official_of_nation(nation[-1].effective, district_counts, promise_for(year)),
        history=History(years, totals, changes),
        by_province=by_province,
        selection=selection,
        every_province=len(every),
    )


@dataclass
class DistrictFigures:
    region: Region
    year: int
    on: date
    rules: Rules | None
    siblings: list[Region]
    items: list
    total: Tally
    by_region: dict[int, Tally]
    official: OfficialFigure | None
    history: History
    province: History
    lines: dict[int, list]
    selection: Selection = WHOLE
    every_pokja: int = 0  # of the region in the year, selected or not
    has_book: bool = True  # as of a province
    around: list[RegionRow] | None = None  # as of a province; not read here


def district_figures(
    region: Region, year: int, moment: Moment | None = None, selection: Selection = WHOLE
) -> DistrictFigures:
    """A kab/kota beside its province: one assessment of the province a year serves both;
    ``moment``: as they were known then. A peer group narrows what it is compared with."""
    years = trend_years(year)
    selection = settled(selection, DISTRICT, region.province_id)
    siblings = list(Region.objects.kabkota().filter(province_id=region.province_id))
    ground = None if moment else ground_of(years)
    rules, changes = _rules(years, moment, ground)
    own, whole, every, found, items = [], [], [], [], []
    for each in pokja_of_years(region.province_id, years, moment, ground):
        found = [item for item in each if item.region_id == region.pk]
        items = [item for item in found if selection.has_kind(item.kinds)]
        every = selection.narrow(each)
        own.append(tally(items))
        whole.append(tally(every))
    return DistrictFigures(
        region=region,
        year=year,
        on=_reference(year, moment),
        rules=rules,
        siblings=list(filter(selection.includes_region, siblings)),
        items=items,
        total=own[-1],
        by_region=tallies_by(every, attrgetter("region_id")),
        official=official_figure(
            effective_regions(rules.region_rule, found) if rules else None, {region.pk: False}
        ),
        history=History(years, own, changes),
        province=History(years, whole, changes),
        lines=verified_lines(items),
        selection=selection,
        every_pokja=len(found),
        has_book=_has_book(region.province_id, year, ground),
    )
