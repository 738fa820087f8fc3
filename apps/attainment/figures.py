"""What was promised and what was reached, year by year: the table of an LKIP.

Figures and statuses of every region of an area are read whatever the viewer's own regions are:
the one widening of spec section 3, as on the dashboards.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.utils import timezone

from apps.core.formats import format_number, format_percent
from apps.effectiveness.breaks import breaks_between
from apps.effectiveness.formula import reference_date
from apps.effectiveness.moment import Moment
from apps.effectiveness.official import (
    Counted,
    OfficialFigure,
    counted,
    effective_regions,
    official_figure,
    promise_for,
)
from apps.effectiveness.queries import Assessment, assess
from apps.effectiveness.rubrics import Rules, rules_by_year, rules_for
from apps.effectiveness.standings import Standing, nation_standings, province_items
from apps.pokja.models import Pokja
from apps.regions.models import Region

YEARS = 3  # of the table, the last is the one asked for
MISSING = "–"


@dataclass(frozen=True)
class Measure:
    """Target, attainment and percentage of one level in one year; None is "not known"."""

    target: int | None
    reached: int | None
    total: int

    @property
    def target_text(self) -> str:
        return MISSING if self.target is None else format_number(self.target)

    @property
    def reached_text(self) -> str:
        return MISSING if self.reached is None else format_number(self.reached)

    @property
    def percent_text(self) -> str:
        """Attainment / target × 100, as it is above 100; "–" for a target of nothing."""
        if self.target is None or self.reached is None or not self.target:
            return MISSING
        return format_percent(self.reached, self.target)

    @property
    def gap(self) -> int | None:
        """How many are missing to the target; 0 where it is reached."""
        if self.target is None or self.reached is None:
            return None
        return max(self.target - self.reached, 0)


@dataclass
class YearFigure:
    """One year of an area: provinces and kab/kota apart, never summed."""

    year: int
    rules: Rules | None
    official: OfficialFigure | None
    provinces: Measure
    districts: Measure


@dataclass
class Counting:
    """What counts as effective in one year of an area.

    ``effective`` holds ids of regions where their Pokja were read, and is None for the nation,
    whose stored counts tell ``by_province`` alone.
    """

    year: int
    rules: Rules | None
    by_province: dict[int, Counted]
    items: list[Assessment] = field(default_factory=list)
    effective: set[int] = field(default_factory=set)

    @property
    def total(self) -> Counted | None:
        """None where the year cannot be scored."""
        if self.rules is None:
            return None
        numbers = [(0, 0), *self.by_province.values()]
        return Counted(*(sum(each) for each in zip(*numbers, strict=True)))


@dataclass
class Attainment:
    """Three years of an area; ``last`` is what was counted in the last one."""

    area: Region | None
    year: int
    moment: Moment | None
    years: list[YearFigure]
    regions: list[Region]
    last: Counting

    @property
    def now(self) -> YearFigure:
        return self.years[-1]

    @property
    def rules(self) -> Rules | None:
        return self.now.rules

    @property
    def on(self):
        today = self.moment.per if self.moment else timezone.localdate()
        return reference_date(self.year, today)

    @property
    def rule_years(self) -> list[int]:
        """Years counted by another rubric than the year before."""
        return breaks_between((each.year, each.rules) for each in self.years)


def attainment(area: Region | None, year: int, moment: Moment | None = None) -> Attainment:
    """Three years of a province (``area``), or of the nation (None).

    From the stored figures where those are right (see ``standings``); as of a past day every
    Pokja is assessed. The number of queries does not grow with the Pokja.
    """
    regions = _regions(area)
    levels = {each.pk: each.is_province for each in regions}
    counted_years = _counted(area, range(year - YEARS + 1, year + 1), moment, regions)
    years = [_year_figure(area, each, levels) for each in counted_years]
    return Attainment(area, year, moment, years, regions, counted_years[-1])


def _regions(area: Region | None) -> list[Region]:
    rows = Region.objects.with_pokja_level().select_related("province")
    if area is not None:
        rows = rows.filter(province=area)
    return list(rows.order_by("code"))


def _counted(area, years, moment, regions) -> list[Counting]:
    if moment is not None:
        return [_as_known(area, year, moment.known, regions) for year in years]
    if area is None:
        return [_of_nation(standing, regions) for standing in nation_standings(years)]
    rules = rules_by_year(years)
    return [
        _from_items(year, rules[year], items, regions)
        for year, items in zip(years, province_items(area.pk, years), strict=True)
    ]


def _as_known(area, year, known, regions) -> Counting:
    pokja = Pokja.objects.filter(region__province=area) if area else Pokja.objects.all()
    return _from_items(year, rules_for(year, known), assess(pokja, year, known=known), regions)


def _from_items(year, rules, items, regions) -> Counting:
    effective = effective_regions(rules.region_rule, items) if rules else set()
    return Counting(year, rules, _by_province(effective, regions), items, effective)


def _of_nation(standing: Standing, regions) -> Counting:
    """Stored counts, and those of the provinces that had to be read anew."""
    rule = standing.rules.region_rule if standing.rules else ""
    read = _by_province(effective_regions(rule, standing.items), regions) if rule else {}
    stored = {
        pk: Counted(each.effective_provinces, each.effective_districts)
        for pk, each in standing.stored.items()
    }
    return Counting(standing.year, standing.rules, read | stored)


def _by_province(effective: set[int], regions) -> dict[int, Counted]:
    members: dict[int, dict[int, bool]] = {}
    for each in regions:
        members.setdefault(each.province_id, {})[each.pk] = each.is_province
    return {pk: counted(effective & levels.keys(), levels) for pk, levels in members.items()}


def _year_figure(area, counting: Counting, levels) -> YearFigure:
    promise = promise_for(counting.year, area.pk if area else None)
    official = official_figure(counting.total, levels, promise)
    held = promise if official is None or official.promise_is_whole else None
    provinces = sum(levels.values())
    return YearFigure(
        counting.year,
        counting.rules,
        official,
        Measure(held and held.provinces, official and official.provinces, provinces),
        Measure(held and held.districts, official and official.districts, len(levels) - provinces),
    )


@dataclass(frozen=True)
class ProvinceRow:
    """A province of the national table: its own Pokja, and its kab/kota against the target."""

    region: Region
    is_effective: bool
    districts: Measure


def province_rows(found: Attainment, promised: dict[int, int]) -> list[ProvinceRow]:
    """One row for each province; ``promised``: kab/kota promised, by province id."""
    members = Counter(each.province_id for each in found.regions if not each.is_province)
    rows = []
    for province in (each for each in found.regions if each.is_province):
        reached = found.last.by_province.get(province.pk, Counted(0, 0))
        measure = Measure(
            promised.get(province.pk),
            reached.districts if found.rules else None,
            members[province.pk],
        )
        rows.append(ProvinceRow(province, bool(reached.provinces), measure))
    return rows
