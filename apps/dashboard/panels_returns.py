"""What came back from the verifiers: how often, and for which coded reasons. 3 queries.

Counts and reasons of the editable list only; what somebody wrote in a note is never read here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from apps.core.database import fetch, instant, places
from apps.core.looks import CRITERIA
from apps.dashboard.tallies import Share
from apps.effectiveness.moment import JAKARTA, Moment
from apps.verification.enums import DECISIONS, Action, Kind
from apps.verification.mistakes import TOP, Mistake, stood, top_mistakes
from apps.verification.models import History

# The kinds of evidence in the order of the four criteria.
KINDS = (Kind.DECREE, Kind.WORK_PLAN, Kind.INDICATOR_SET, Kind.BUDGET)
CRITERION_OF = dict(zip(KINDS, CRITERIA, strict=True))


@dataclass(frozen=True)
class Returned:
    """Decisions of one calendar year. ``decided``: returns out of all decisions, by criterion;
    ``reasons``: (criterion, reason), the most frequent first, at most three."""

    year: int
    decided: dict[str, Share]
    reasons: tuple[tuple[str, Mistake], ...]

    @property
    def total(self) -> int:
        return sum(share.part for share in self.decided.values())


def returned_in(region, year: int, moment: Moment | None = None) -> Returned:
    """Of a province with its kab/kota, of one kab/kota, or of the nation (None).

    Decisions that stand, from 1 January of the year (Jakarta) to its end, or to the end of the
    day that is looked at.
    """
    since, until = _span(year, moment)
    return Returned(year, _decided(region, since, until), _reasons(region, since, until))


def _span(year: int, moment: Moment | None) -> tuple[datetime, datetime | None]:
    """Begin and end; no end where it is now."""
    begin, end = (datetime(each, 1, 1, tzinfo=JAKARTA) for each in (year, year + 1))
    last = end - timedelta(microseconds=1)
    if moment:
        return begin, min(last, moment.known)
    return begin, last if end <= timezone.now() else None


# By hand, since every dashboard asks it: the query builder costs more than the database.
_DECIDED = f"""
    SELECT e.kind, h.action, COUNT(*)
    FROM verification_history h JOIN verification_evidence e ON e.id = h.evidence_id
    JOIN regions_region r ON r.id = e.region_id
    WHERE h.at >= %s AND h.action IN ({places(DECISIONS)}) AND e.kind IN ({places(KINDS)})
"""  # noqa: S608 - words of this code


def _decided(region, since, until) -> dict[str, Share]:
    standing, times = stood(since, until)
    where, values = f" AND {standing}", [instant(since), *DECISIONS, *KINDS, *times]
    if region is not None:
        where += f" AND r.{'province_id' if region.is_province else 'id'} = %s"
        values.append(region.pk)
    made: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
    for kind, action, many in fetch(
        f"{_DECIDED}{where} GROUP BY e.kind, h.action", values, of=History
    ):
        made[kind][action] = many
    return {
        CRITERION_OF[kind]: Share(found.get(Action.RETURN, 0), sum(found.values()))
        for kind, found in made.items()
    }


def _reasons(region, since, until) -> tuple[tuple[str, Mistake], ...]:
    """The first three of all are among the first three of each kind."""
    whose = {}
    if region is not None:
        whose = {"province_ids": [region.pk]} if region.is_province else {"region_id": region.pk}
    found = top_mistakes(KINDS, since=since, until=until, **whose)
    every = [(CRITERION_OF[kind], each) for kind in KINDS for each in found.get(kind, [])]
    return tuple(sorted(every, key=lambda pair: -pair[1].count)[:TOP])
