"""What the dashboards read, each with a constant number of queries.

Figures and statuses of every region of the opened dashboard are read whatever the viewer's own
regions are: this is the one widening of spec section 3. ``links.Viewer`` decides what may be
named or opened beyond them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from operator import attrgetter

from django.db.models import Q, Sum
from django.utils import timezone

from apps.budgets.models import BudgetLine
from apps.dashboard.large import RegionPage, large_province
from apps.dashboard.nation_then import nation_then
from apps.dashboard.nation_years import nation_years
from apps.dashboard.tallies import Share, Tally, joined, tallies_by, tally
from apps.effectiveness.formula import MET, reference_date
from apps.effectiveness.moment import Moment
from apps.effectiveness.official import (
    OfficialFigure,
    effective_regions,
    official_figure,
    promise_for,
)
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import Rules, published, rules_for
from apps.effectiveness.standings import province_items
from apps.pokja.models import Pokja
from apps.regions.enums import Level
from apps.regions.models import Region

FIRST_YEAR = 2015
TREND_YEARS = 5


def years_offered(year: int, moment: Moment | None = None) -> list[int]:
    """The years to switch to, newest first: this year (or that of the day that is looked at), six
    before it, and the one shown."""
    now = (moment.per if moment else timezone.localdate()).year
    return sorted({year, *range(max(FIRST_YEAR, now - 6), now + 1)}, reverse=True)


def is_known_year(year: int) -> bool:
    return FIRST_YEAR <= year <= timezone.localdate().year + 1


def trend_years(year: int) -> list[int]:
    return list(range(year - TREND_YEARS + 1, year + 1))


def rule_changes(years: list[int], moment: Moment | None = None) -> list[int]:
    """Years from which another published rubric holds than in the year before; one query."""
    rubrics = list(
        published(_known(moment))
        .filter(Q(year_to=None) | Q(year_to__gte=years[0]), year_from__lte=years[-1])
        .order_by("-year_from", "-id")
        .values_list("pk", "year_from", "year_to")
    )

    def held(year):
        return next(
            (pk for pk, first, last in rubrics if first <= year and (last is None or last >= year)),
            None,
        )

    return [year for before, year in pairwise(years) if held(year) != held(before)]


def _known(moment: Moment | None) -> datetime | None:
    return moment.known if moment else None


def _reference(year: int, moment: Moment | None) -> date:
    return moment.reference(year) if moment else reference_date(year, timezone.localdate())


def _nation(years: list[int], moment: Moment | None) -> list:
    """Figures of now are kept ready; those of a past day are made when they are asked for."""
    return nation_then(years, moment.known) if moment else nation_years(years)


def _items(province_id: int, years: list[int], moment: Moment | None) -> list[list]:
    """The Pokja of a province in each year."""
    if moment is None:
        return province_items(province_id, years)
    pokja = Pokja.objects.filter(region__province=province_id)
    return [assess(pokja, year, known=moment.known) for year in years]


@dataclass
class History:
    """Tallies of an area over the years; None where nobody sent anything."""

    years: list[int]
    tallies: list[Tally]
    changes: list[int]

    def shares(self, of=attrgetter("share")) -> list[Share | None]:
        return [
            of(counts) if counts.has_data and counts.is_rated else None for counts in self.tallies
        ]

    @property
    def before(self) -> Tally | None:
        """The year before the last, where it has data."""
        counts = self.tallies[-2]
        return counts if counts.has_data and counts.is_rated else None


@dataclass
class ProvinceFigures:
    region: Region
    year: int
    on: date
    rules: Rules | None
    districts: list[Region]
    items: list
    total: Tally
    by_region: dict[int, Tally]
    official: OfficialFigure | None
    history: History
    national: History
    page: RegionPage | None = None  # where only the Pokja of some regions are in ``items``

    def counts(self, region: Region) -> Tally:
        return self.by_region.get(region.pk) or Tally()


def province_figures(
    region: Region, year: int, moment: Moment | None = None, **choice
) -> ProvinceFigures:
    """A province and its kab/kota, with the line of the nation to compare with; ``moment``: as
    they were known then; ``choice``: ``only_open`` and ``page`` of the table of a large one."""
    years = trend_years(year)
    districts = list(
        Region.objects.kabkota().filter(province=region).order_by("short_name", "code")
    )
    nation = _nation(years, moment)
    before = [each.province(region.pk) for each in nation[:-1]]
    changes = rule_changes(years, moment)
    rules = rules_for(year, _known(moment))
    large = None
    if moment is None:
        large = large_province(nation[-1], [region, *districts], year, rules, **choice)
    if large:
        items, by_region, effective = large.items, large.by_region, large.effective
        total = joined(by_region.values())
    else:
        items = _items(region.pk, [year], moment)[0]
        total, by_region = tally(items), tallies_by(items, attrgetter("region_id"))
        effective = effective_regions(rules.region_rule, items) if rules else None
    levels = {region.pk: True, **dict.fromkeys((each.pk for each in districts), False)}
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
    )


@dataclass
class NationFigures:
    year: int
    on: date
    rules: Rules | None
    provinces: list[Region]
    district_counts: dict[int, int]
    total: Tally
    official: OfficialFigure | None
    history: History
    by_province: dict[int, History]

    def counts(self, province: Region) -> Tally:
        return self.by_province[province.pk].tallies[-1]


def nation_figures(
    year: int, *, years: list[int] | None = None, moment: Moment | None = None
) -> NationFigures:
    """All provinces; ``years`` limits the history (the last is ``year``); ``moment``: as they were
    known then."""
    years = years or trend_years(year)
    regions = list(Region.objects.with_pokja_level().order_by("code"))
    provinces = sorted(
        (each for each in regions if each.level == Level.PROVINSI),
        key=attrgetter("short_name", "code"),
    )
    nation = _nation(years, moment)
    changes = rule_changes(years, moment)
    return NationFigures(
        year=year,
        on=_reference(year, moment),
        rules=rules_for(year, _known(moment)),
        provinces=provinces,
        district_counts=Counter(each.province_id for each in regions if each.is_kabkota),
        total=nation[-1].total,
        official=official_figure(
            nation[-1].effective, {each.pk: each.is_province for each in regions}, promise_for(year)
        ),
        history=History(years, [each.total for each in nation], changes),
        by_province={
            province.pk: History(years, [each.province(province.pk) for each in nation], changes)
            for province in provinces
        },
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


def district_figures(region: Region, year: int, moment: Moment | None = None) -> DistrictFigures:
    """A kab/kota beside its province: one assessment of the province a year serves both;
    ``moment``: as they were known then."""
    years = trend_years(year)
    siblings = list(Region.objects.kabkota().filter(province_id=region.province_id))
    own, whole, every, items = [], [], [], []
    for every in _items(region.province_id, years, moment):
        items = [item for item in every if item.region_id == region.pk]
        own.append(tally(items))
        whole.append(tally(every))
    changes = rule_changes(years, moment)
    rules = rules_for(year, _known(moment))
    return DistrictFigures(
        region=region,
        year=year,
        on=_reference(year, moment),
        rules=rules,
        siblings=siblings,
        items=items,
        total=own[-1],
        by_region=tallies_by(every, attrgetter("region_id")),
        official=official_figure(
            effective_regions(rules.region_rule, items) if rules else None, {region.pk: False}
        ),
        history=History(years, own, changes),
        province=History(years, whole, changes),
        lines=verified_lines(items),
    )


def verified_lines(items) -> dict[int, list]:
    """(fund source, ceiling) of the verified budget that meets the criterion, by Pokja id."""
    budgets = {
        item.results["anggaran"].item_id: item.pokja_id
        for item in items
        if item.results["anggaran"].status == MET
    }
    rows = (
        BudgetLine.objects.filter(budget__in=list(budgets))
        .values_list("budget_id", "fund_source")
        .annotate(Sum("ceiling"))
        .order_by("fund_source")
    )
    found: dict[int, list] = {}
    for budget_id, source, ceiling in rows:
        if ceiling:
            found.setdefault(budgets[budget_id], []).append((source, ceiling))
    return found
