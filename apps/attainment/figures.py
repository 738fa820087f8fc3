"""What was promised and what was reached, year by year: the table of an LKIP.

Figures and statuses of every region of an area are read whatever the viewer's own regions are:
the one widening of spec section 3, as on the dashboards.
"""

from dataclasses import dataclass

from django.utils import timezone

from apps.core.formats import format_number, format_percent
from apps.effectiveness.formula import reference_date
from apps.effectiveness.moment import Moment
from apps.effectiveness.official import (
    OfficialFigure,
    effective_regions,
    official_figure,
    promise_for,
)
from apps.effectiveness.queries import Assessment, assess
from apps.effectiveness.rubrics import Rules, rules_for
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
class Attainment:
    """Three years of an area; ``items`` are the assessments of the last one."""

    area: Region | None
    year: int
    moment: Moment | None
    years: list[YearFigure]
    regions: list[Region]
    items: list[Assessment]
    effective: set[int]

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
        pairs = zip(self.years, self.years[1:], strict=False)
        return [after.year for before, after in pairs if _rubric(before) != _rubric(after)]


def _rubric(figure: YearFigure) -> int | None:
    return figure.rules.rubric_id if figure.rules else None


def attainment(area: Region | None, year: int, moment: Moment | None = None) -> Attainment:
    """Three years of a province (``area``), or of the nation (None).

    Queries: 1 for the regions, and 12 for each year, whatever the number of Pokja.
    """
    regions = _regions(area)
    levels = {each.pk: each.is_province for each in regions}
    years, items, effective = [], [], set()
    for each in range(year - YEARS + 1, year + 1):
        rules, items, effective = _assessed(area, each, moment)
        years.append(_year_figure(area, each, rules, effective if rules else None, levels))
    return Attainment(area, year, moment, years, regions, items, effective)


def _regions(area: Region | None) -> list[Region]:
    rows = Region.objects.with_pokja_level().select_related("province")
    if area is not None:
        rows = rows.filter(province=area)
    return list(rows.order_by("code"))


def _assessed(area, year, moment):
    known = moment.known if moment else None
    pokja = Pokja.objects.filter(region__province=area) if area else Pokja.objects.all()
    rules = rules_for(year, known)
    items = assess(pokja, year, known=known)
    effective = effective_regions(rules.region_rule, items) if rules else set()
    return rules, items, effective


def _year_figure(area, year, rules, effective, levels) -> YearFigure:
    promise = promise_for(year, area.pk if area else None)
    official = official_figure(effective, levels, promise)
    held = promise if official is None or official.promise_is_whole else None
    provinces = sum(levels.values())
    return YearFigure(
        year,
        rules,
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
    rows = []
    for province in (each for each in found.regions if each.is_province):
        members = [
            each
            for each in found.regions
            if each.province_id == province.pk and not each.is_province
        ]
        reached = sum(each.pk in found.effective for each in members)
        rows.append(
            ProvinceRow(
                province,
                province.pk in found.effective,
                Measure(promised.get(province.pk), reached if found.rules else None, len(members)),
            )
        )
    return rows
