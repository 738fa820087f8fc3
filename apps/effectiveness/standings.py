"""Figures for the pages: stored where they are known to be right, else computed on reading.

A stored row is used for a province and year only if no mark lies at the province, the row was
made by the rubric in force now, its days hold the reference date, the year is not closed there,
and the four criteria are all there is. Marks are read first (``ground``): what is written after
that is not seen, or seen as a whole. So nothing is ever old, and no job need have run.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils import timezone

from apps.core.database import among, fetch, places
from apps.effectiveness.assessment import Assessment
from apps.effectiveness.due import keeps
from apps.effectiveness.formula import reference_date
from apps.effectiveness.ground import Ground, ground_of
from apps.effectiveness.models import RegionTally, StoredTally
from apps.effectiveness.official import Counted, counted, effective_regions
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import Rules
from apps.effectiveness.score_rows import read_scores
from apps.effectiveness.tallying import Counts, summed
from apps.pokja.models import Pokja
from apps.regions.enums import Level
from apps.regions.models import Region


@dataclass
class Standing:
    """The nation in one year: counts of the provinces that are stored, and the Pokja of the
    others, assessed on reading."""

    year: int
    rules: Rules | None
    stored: dict[int, Counts] = field(default_factory=dict)
    items: list[Assessment] = field(default_factory=list)
    is_province: dict[int, bool] = field(default_factory=dict)  # regions of the assessed provinces

    @cached_property
    def total(self) -> Counts:
        """Of the provinces that are stored."""
        return summed(self.stored.values())

    @property
    def effective(self) -> Counted | None:
        """Regions that count as effective; None where the year cannot be scored."""
        if self.rules is None:
            return None
        read = counted(effective_regions(self.rules.region_rule, self.items), self.is_province)
        return Counted(
            read.provinces + self.total.effective_provinces,
            read.districts + self.total.effective_districts,
        )


def nation_standings(years: Sequence[int], ground: Ground | None = None) -> list[Standing]:
    """One Standing for each year; ``ground``: what was read of these years (``ground_of``).

    Queries: 1 and those of the ground; where some province is not stored 1 more and those of
    ``assess`` for each such year.
    """
    ground = ground or ground_of(years)
    rules, everywhere = ground.rules, ground.provinces
    stale, closed = ground.stale, ground.closed
    counts = _tallies(years, rules)
    used = {
        year: (everywhere - stale - closed.get(year, set())) & counts[year].keys() for year in years
    }
    is_province = _levels(everywhere - set.intersection(*used.values())) if used else {}
    return [
        Standing(
            year,
            rules[year],
            {pk: counts[year][pk] for pk in used[year]},
            _assessed(everywhere - used[year], everywhere, year),
            is_province,
        )
        for year in years
    ]


def _levels(provinces: set[int]) -> dict[int, bool]:
    if not provinces:
        return {}
    rows = Region.objects.with_pokja_level().filter(province__in=provinces).order_by()
    return {pk: level == Level.PROVINSI for pk, level in rows.values_list("pk", "level")}


def _assessed(missing: set[int], everywhere: set[int], year: int) -> list[Assessment]:
    if not missing:
        return []
    pokja = Pokja.objects.all()
    if missing < everywhere:
        pokja = pokja.filter(region__province__in=missing)
    return assess(pokja, year)


def is_stored(year: int, today: date) -> bool:
    """The reference date of a coming year lies outside it: such a year is always computed."""
    return year <= today.year


# The end as text: it is only compared, and to make a date of it costs as much as the counts.
_COUNTS = """
    CAST(t."end" AS text), t.rules, t.pokja, t.effective, t.rated, t.sent,
    t.met_sk, t.met_plan, t.met_indicators, t.met_budget,
    t.waiting_sk, t.waiting_plan, t.waiting_indicators, t.waiting_budget,
    t.effective_provinces, t.effective_districts
"""
_TALLIES = f"SELECT t.year, t.province_id, {_COUNTS} FROM effectiveness_storedtally t"  # noqa: S608
# The last run that begins by the day, by index: this year may have a run for every day. Of a past
# year one is left, or those of last year until they are settled anew; the last holds its last day.
_LAST = """
    SELECT (SELECT b.id FROM effectiveness_storedtally b
            WHERE b.year = %s AND b.province_id = r.id AND b.start <= %s
            ORDER BY b.start DESC LIMIT 1)
    FROM regions_region r WHERE r.level = 'provinsi'
"""


def _tallies(years: Sequence[int], rules) -> dict[int, dict[int, Counts]]:
    """Counts by year and province, of the rows that were made by the rules in force."""
    today = timezone.localdate()
    found: dict[int, dict[int, Counts]] = {year: {} for year in years}
    told = {year: keeps(rules[year]) for year in years if is_stored(year, today)}
    ends = {year: reference_date(year, today).isoformat() for year in told}
    past = [year for year in told if year < today.year]
    parts = [f"{_TALLIES} WHERE t.year IN ({places(past)})"] if past else []
    values = [*past]
    if today.year in told:
        parts.append(f"{_TALLIES} WHERE t.id {among(_LAST)}")
        values += [today.year, ends[today.year]]
    for row in fetch(" UNION ALL ".join(parts), values, of=StoredTally) if parts else ():
        year, pk, end, made_by = row[:4]
        if made_by == told[year] and end >= ends[year]:
            found[year][pk] = Counts._make(row[4:])
    return found


# --- the Pokja of one province ---------------------------------------------------------------


def province_items(
    province_id: int, years: Sequence[int], ground: Ground | None = None
) -> list[list[Assessment]]:
    """For each year what ``assess`` gives for the Pokja of a province, without the row of the SK
    behind a result (``Result.decree``). ``ground``: what was read of these and other years.

    Queries: 1 for each year and those of the ground, and those of ``assess`` for each year that is
    not stored.
    """
    ground = ground or ground_of(years)
    closed = ground.closed
    stored = {} if province_id in ground.stale else _scores(province_id, years, ground.rules)
    found = []
    for year in years:
        items = None if province_id in closed.get(year, ()) else stored.get(year)
        if items is None:
            items = assess(Pokja.objects.filter(region__province=province_id), year)
        found.append(items)
    return found


def _scores(province_id: int, years, rules) -> dict[int, list[Assessment]]:
    """{year: assessments}, without the years in which a Pokja lacks its row."""
    today = timezone.localdate()
    found: dict[int, list[Assessment]] = {}
    for year in years:
        if keeps(rules[year]) is not None and is_stored(year, today):
            items = stored_items(province_id, year, rules[year])
            if items is not None:
                found[year] = items
    return found


def stored_items(
    province_id: int, year: int, rules: Rules | None, regions: Collection[int] | None = None
) -> list[Assessment] | None:
    """Pokja of a province, or of some of its regions, for a caller who saw before that no mark
    lies there and no book holds. One query; None where a Pokja has no right row."""
    where, values = "r.province_id = %s", [province_id]
    if regions is not None:
        where, values = f"{where} AND r.id IN ({places(regions)})", [*values, *regions]
    on = reference_date(year, timezone.localdate())
    found, lacking = read_scores(where, values, year, on, rules)
    return None if lacking else found


# --- the regions of one province -------------------------------------------------------------

_REGIONS = f"SELECT t.region_id, {_COUNTS} FROM effectiveness_regiontally t"  # noqa: S608
_LAST_OF_REGIONS = """
    SELECT (SELECT b.id FROM effectiveness_regiontally b
            WHERE b.province_id = %s AND b.year = %s AND b.region_id = r.id AND b.start <= %s
            ORDER BY b.start DESC LIMIT 1)
    FROM regions_region r WHERE r.id IN
"""


def stored_regions(
    province_id: int, year: int, rules: Rules | None, regions: Collection[int]
) -> dict[int, Counts]:
    """Counts of those of the regions that have any, for a caller as of ``stored_items``; one
    query."""
    day = reference_date(year, timezone.localdate()).isoformat()
    told = keeps(rules)
    last = among(f"{_LAST_OF_REGIONS} ({places(regions)})")
    values = (province_id, year, day, *regions)
    rows = fetch(f"{_REGIONS} WHERE t.id {last}", values, of=RegionTally)
    right = (row for row in rows if row[2] == told and row[1] >= day)
    return {pk: Counts._make(counts) for pk, _, _, *counts in right}
