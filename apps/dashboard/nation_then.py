"""The figures of the whole nation as they were known on a day of the past.

Made from the histories of all evidence when somebody asks, never kept: what was known then moves
with no later step, but it is asked for seldom.
"""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from apps.dashboard.nation_years import NationYear
from apps.dashboard.tallies import tallies_by, tally
from apps.effectiveness.official import effective_regions
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import rules_for
from apps.pokja.models import Pokja


def nation_then(years: Sequence[int], known: datetime) -> list[NationYear]:
    """One NationYear for each year; the queries of an assessment and of its rubric for each."""
    return [_year(year, known) for year in years]


def _year(year: int, known: datetime) -> NationYear:
    rules = rules_for(year, known)
    items = assess(Pokja.objects.all(), year, known=known)
    return NationYear(
        total=tally(items),
        by_province=tallies_by(items, attrgetter("province_id")),
        effective=frozenset(effective_regions(rules.region_rule, items)) if rules else None,
    )
