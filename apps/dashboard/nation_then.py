"""The figures of the whole nation as they were known on a day of the past.

Made from the histories of all evidence when somebody asks, never kept: what was known then moves
with no later step, but it is asked for seldom.
"""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from apps.dashboard.nation_years import NationYear
from apps.dashboard.selection import LEVELS, WHOLE, Selection
from apps.dashboard.tallies import tallies_by, tally
from apps.effectiveness.official import effective_regions
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import rules_for
from apps.pokja.models import Pokja
from apps.regions.models import Region


def nation_then(
    years: Sequence[int],
    known: datetime,
    selection: Selection = WHOLE,
    within: Sequence[Region] = (),
) -> list[NationYear]:
    """One NationYear for each year, as ``nation_years``; the queries of an assessment and of its
    rubric for each."""
    return [_year(year, known, selection, within) for year in years]


def _year(year: int, known: datetime, selection: Selection, within) -> NationYear:
    rules = rules_for(year, known)
    every = assess(Pokja.objects.all(), year, known=known)
    items = [item for item in every if selection.has_kind(item.kinds)]
    if selection.peers in LEVELS:
        items = selection.narrow(items)
    by_province = tallies_by(items, attrgetter("province_id"))
    if within:
        ids = {each.pk for each in within}
        own = (item for item in items if item.region_id in ids)
        by_province[within[0].province_id] = tally(own)
    return NationYear(
        total=tally(items),
        by_province=by_province,
        effective=frozenset(effective_regions(rules.region_rule, every)) if rules else None,
    )
