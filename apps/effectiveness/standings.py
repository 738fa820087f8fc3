"""Figures for the pages: stored where they are known to be right, else computed on reading.

A stored row is used for a province and year only if no mark lies at the province, the row was
made by the rubric in force now, its days hold the reference date, the year is not closed there,
and the four criteria are all there is. Marks are read first: what is written after that is not
seen, or seen as a whole. So nothing is ever old, and no job need have run.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone

from apps.core.database import among, fetch
from apps.effectiveness import frozen
from apps.effectiveness.assessment import Assessment
from apps.effectiveness.due import keeps
from apps.effectiveness.formula import reference_date
from apps.effectiveness.models import FrozenScore
from apps.effectiveness.official import Counted, counted, effective_regions
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import Rules, rules_by_year
from apps.effectiveness.spans import unpack
from apps.effectiveness.tallying import Counts
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

    @property
    def effective(self) -> Counted | None:
        """Regions that count as effective; None where the year cannot be scored."""
        if self.rules is None:
            return None
        parts = [
            counted(effective_regions(self.rules.region_rule, self.items), self.is_province),
            *(
                (each.effective_provinces, each.effective_districts)
                for each in self.stored.values()
            ),
        ]
        return Counted(*(sum(numbers) for numbers in zip(*parts, strict=True)))


def nation_standings(years: Sequence[int]) -> list[Standing]:
    """One Standing for each year.

    Queries: 4, up to 2 more where a year is closed; where some province is not stored 1 more and
    those of ``assess`` for each such year.
    """
    state = _state(years)
    rules = rules_by_year(years)
    counts = _tallies(years, rules)
    everywhere, stale, closed = state.provinces, state.stale, state.closed
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


_STATE = """
    SELECT 'province', id, 0 FROM regions_region WHERE level = 'provinsi' AND ended_on IS NULL
    UNION ALL
    SELECT DISTINCT 'mark', m.province_id, COALESCE(r.province_id, m.province_id)
    FROM effectiveness_stalemark m LEFT JOIN regions_region r ON r.id = m.region_id
    UNION ALL
    SELECT 'book', province_id, year FROM effectiveness_closing
"""


class _State(NamedTuple):
    """Which provinces there are, which have a mark, and whose books concern which year."""

    provinces: set[int]
    stale: set[int]
    closed: dict[int, set[int]]


def _state(years: Iterable[int]) -> _State:
    """One statement, so that all of it is of the same moment."""
    state = _State(set(), set(), {})
    has_books = False
    for what, pk, more in fetch(_STATE):
        if what == "province":
            state.provinces.add(pk)
        elif what == "mark":
            state.stale.update((pk, more))
        else:
            has_books = has_books or more in years
    return state._replace(closed=_closed(years)) if has_books else state


def _closed(years: Iterable[int]) -> dict[int, set[int]]:
    """{year: provinces that the books concern}: closed ones, and those to which a Pokja of a
    book has moved since."""
    closed = frozen.closed_provinces(years)
    if closed:
        rows = FrozenScore.objects.filter(year__in=list(closed)).exclude(
            province=F("pokja__region__province")
        )
        for year, pk in rows.order_by().values_list("year", "pokja__region__province").distinct():
            closed[year].add(pk)
    return closed


def _is_stored(year: int, today: date) -> bool:
    """The reference date of a coming year lies outside it: such a year is always computed."""
    return year <= today.year


_COUNTS = """
    t."end", t.rules, t.pokja, t.effective, t.rated, t.sent,
    t.met_sk, t.met_plan, t.met_indicators, t.met_budget,
    t.waiting_sk, t.waiting_plan, t.waiting_indicators, t.waiting_budget,
    t.effective_provinces, t.effective_districts
"""
_TALLIES = f"SELECT t.year, t.province_id, {_COUNTS} FROM effectiveness_storedtally t"  # noqa: S608
# The last run that begins by the day, by index: a year may have a run for every day.
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
    told = {year: keeps(rules[year]) for year in years if _is_stored(year, today)}
    days = [(year, reference_date(year, today).isoformat()) for year in told]
    if not days:
        return found
    last, ends = " UNION ALL ".join([_LAST] * len(days)), dict(days)
    rows = fetch(f"{_TALLIES} WHERE t.id {among(last)}", list(chain(*days)))
    for year, pk, end, made_by, *counts in rows:
        if made_by == told[year] and str(end) >= ends[year]:
            found[year][pk] = Counts.of(counts)
    return found


# --- the Pokja of one province ---------------------------------------------------------------


def province_items(province_id: int, years: Sequence[int]) -> list[list[Assessment]]:
    """For each year what ``assess`` gives for the Pokja of a province, without the row of the SK
    behind a result (``Result.decree``).

    Queries: 2 and 1 for each year, up to 2 more where a year is closed, and those of ``assess``
    for each year that is not stored.
    """
    state = _state(years)
    rules = rules_by_year(years)
    closed = state.closed
    stored = {} if province_id in state.stale else _scores(province_id, years, rules)
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
        if keeps(rules[year]) is not None and _is_stored(year, today):
            items = stored_items(province_id, year, rules[year])
            if items is not None:
                found[year] = items
    return found


# From the Pokja that are active: one that has no row is seen as such.
_SCORES = """
    SELECT p.id, p.code, p.name, p.region_id, r.code, r.name, r.level,
           s.cells, s.details, s.kinds, s.effective, s.score, s.rules
    FROM regions_region r
    JOIN pokja_pokja p ON p.region_id = r.id
         AND (p.formed_on IS NULL OR p.formed_on <= %s)
         AND (p.dissolved_on IS NULL OR p.dissolved_on > %s)
    LEFT JOIN effectiveness_storedscore s ON s.province_id = r.province_id AND s.year = %s
         AND s.pokja_id = p.id AND s.start <= %s AND s."end" >= %s
    WHERE r.province_id = %s
"""


def stored_items(
    province_id: int, year: int, rules: Rules | None, regions: Collection[int] | None = None
) -> list[Assessment] | None:
    """Pokja of a province, or of some of its regions, for a caller who saw before that no mark
    lies there and no book holds. One query; None where a Pokja has no right row."""
    on, told = reference_date(year, timezone.localdate()), keeps(rules)
    day = on.isoformat()
    sql, values = _SCORES, (day, day, year, day, day, province_id)
    if regions is not None:
        sql, values = f"{sql} AND r.id IN ({_places(regions)})", (*values, *regions)
    found = []
    for row in fetch(sql, values):
        pk, code, name, region, region_code, region_name, level, *stored = row
        cells, details, kinds, effective, score, made_by = stored
        if made_by != told:
            return None
        found.append(
            Assessment(
                pk,
                code,
                name,
                region,
                region_code,
                region_name,
                level,
                province_id,
                year,
                on,
                unpack(cells, details),
                kinds.split(",") if kinds else [],
                {},
                rules,
                effective if effective is None else bool(effective),
                score,
            )
        )
    return sorted(found, key=attrgetter("region_code", "code"))


def _places(values: Collection) -> str:
    return ", ".join(["%s"] * len(values))


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
    last = among(f"{_LAST_OF_REGIONS} ({_places(regions)})")
    rows = fetch(f"{_REGIONS} WHERE t.id {last}", (province_id, year, day, *regions))
    right = (row for row in rows if row[2] == told and str(row[1]) >= day)
    return {pk: Counts.of(counts) for pk, _, _, *counts in right}
