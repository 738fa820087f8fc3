"""What all figures of some years rest on, read before them: marks, books and rubrics.

Marks are read first: what is written after that is not seen, or seen as a whole. A page that shows
the nation and a province reads this once and hands it to both (see ``standings``).
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import F

from apps.core.database import fetch
from apps.effectiveness import frozen
from apps.effectiveness.models import FrozenScore, StaleMark
from apps.effectiveness.rubrics import Rules, held_by_year


class Ground(NamedTuple):
    """Which provinces there are, which have a mark, whose books concern which year; of each year
    the rules, and the rubric they come from (None where there is none)."""

    provinces: set[int]
    stale: set[int]
    closed: dict[int, set[int]]
    rules: dict[int, Rules | None]
    rubrics: dict[int, int | None]


def ground_of(years: Collection[int]) -> Ground:
    """2 queries, up to 2 more where a year is closed."""
    provinces, stale, closed = _state(years)
    held = held_by_year(years)
    return Ground(
        provinces,
        stale,
        closed,
        {year: rules for year, (_, rules) in held.items()},
        {year: rubric for year, (rubric, _) in held.items()},
    )


_STATE = """
    SELECT 'province', id, 0 FROM regions_region WHERE level = 'provinsi' AND ended_on IS NULL
    UNION ALL
    SELECT DISTINCT 'mark', m.province_id, COALESCE(r.province_id, m.province_id)
    FROM effectiveness_stalemark m LEFT JOIN regions_region r ON r.id = m.region_id
    UNION ALL
    SELECT 'book', province_id, year FROM effectiveness_closing
"""


def _state(years: Collection[int]) -> tuple[set[int], set[int], dict[int, set[int]]]:
    """One statement, so that all of it is of the same moment."""
    provinces: set[int] = set()
    stale: set[int] = set()
    has_books = False
    for what, pk, more in fetch(_STATE, of=StaleMark):
        if what == "province":
            provinces.add(pk)
        elif what == "mark":
            stale.update((pk, more))
        else:
            has_books = has_books or more in years
    return provinces, stale, _closed(years) if has_books else {}


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
