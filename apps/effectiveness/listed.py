"""The Pokja of a list, wherever they lie: as stored where that is right, else assessed."""

from django.core.exceptions import EmptyResultSet
from django.db.models import Q
from django.utils import timezone

from apps.effectiveness.assessment import Assessment
from apps.effectiveness.due import keeps
from apps.effectiveness.formula import reference_date
from apps.effectiveness.ground import Ground, ground_of
from apps.effectiveness.queries import assess
from apps.effectiveness.score_rows import read_scores
from apps.effectiveness.standings import is_stored


def listed_items(pokja, year: int, ground: Ground | None = None) -> list[Assessment]:
    """What ``assess`` gives for a queryset of Pokja, without the row of the SK behind a result.

    A province with a mark, or whose year is closed, is assessed. ``ground``: what was read of this
    and other years. Queries: 1 and those of the ground; where not all of it is stored those of
    ``assess`` with the ground.
    """
    ground, today = ground or ground_of([year]), timezone.localdate()
    rules = ground.rules[year]
    if keeps(rules) is None or not is_stored(year, today):
        return assess(pokja, year, ground=ground)
    try:
        sql, values = pokja.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # Pokja among no ids
        return []
    found, lacking = read_scores(
        f"p.id IN ({sql})", values, year, reference_date(year, today), rules
    )
    here = {item.province_id for item in found} | {province for _, province in lacking}
    # A book may hold Pokja that are no more, so its province is asked whoever is there now.
    away = (ground.stale & here) | ground.closed.get(year, set())
    missing = [pk for pk, province in lacking if province not in away]
    if not away and not missing:
        return found
    rest = pokja.filter(Q(region__province__in=away) | Q(pk__in=missing))
    kept = [item for item in found if item.province_id not in away]
    return sorted(
        kept + assess(rest, year, ground=ground), key=lambda item: (item.region_code, item.code)
    )
