"""What is returned most often: the three reasons of each kind, from the notes of a year.

The verifier reads them beside the chips, the officer before sending, so that the same mistake
need not be made 24 times.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from apps.accounts.enums import Role
from apps.core.database import fetch, instant, places
from apps.verification.models import Note, ReturnReason

TOP = 3
WINDOW = timedelta(days=365)
# Whatever was decided since a moment and stands now is of evidence whose last decision is no
# older: by an index of region and time, where walking through the evidence of all years would
# take longer with every year. Decision and evidence bear times of two moments of one step.
_DECIDED_SINCE = "e.decided_at >= %s"
_STEP = timedelta(minutes=1)


@dataclass(frozen=True)
class Mistake:
    """A coded reason, and how many items were returned for it."""

    code: str
    label: str
    advice: str
    count: int


def top_mistakes(
    kinds, province_ids=None, *, region_id=None, since=None, until=None
) -> dict[str, list[Mistake]]:
    """{kind: at most three, the most frequent first}; no key where nothing was returned.

    Returns that stand, of these provinces (None: the whole nation) or of the one region, of the
    last 12 months or from ``since`` on; with ``until``: as they stood at that moment. An item
    returned twice for the same reason in one return counts once. Reasons that are no longer in
    use are left out. 2 queries, whatever the number of notes.
    """
    if not kinds or province_ids == set():
        return {}
    counted = defaultdict(list)
    for kind, reason, count in _counted(kinds, province_ids, region_id, since, until):
        counted[kind].append((reason, count))
    if not counted:
        return {}
    reasons = ReturnReason.objects.in_bulk({pk for pairs in counted.values() for pk, _ in pairs})
    return {kind: _first(pairs, reasons) for kind, pairs in counted.items()}


# By hand, since dashboards and checking screens ask it: the query builder costs more than the
# database.
_NOTES = """
    SELECT e.kind, n.reason_id, COUNT(DISTINCT n.history_id)
    FROM verification_note n
    JOIN verification_history h ON h.id = n.history_id
    JOIN verification_evidence e ON e.id = n.evidence_id
    JOIN verification_returnreason c ON c.id = n.reason_id
    JOIN regions_region r ON r.id = e.region_id
    WHERE c.is_active AND h.at >= %s
"""


def _counted(kinds, province_ids, region_id, since, until) -> list[tuple]:
    """(kind, reason, how many returns)."""
    since = since or timezone.now() - WINDOW
    standing, times = stood(since, until)
    terms, values = [_NOTES, standing], [instant(since), *times]
    for column, wanted in (
        ("e.kind", kinds),
        ("r.id", None if region_id is None else [region_id]),
        ("r.province_id", province_ids),
    ):
        if wanted is not None:
            terms.append(f"{column} IN ({places(wanted)})")
            values += wanted
    return fetch(f"{' AND '.join(terms)} GROUP BY e.kind, n.reason_id", values, of=Note)


def stood(since, until=None) -> tuple[str, list]:
    """The term, with its values, for decisions (h) on evidence (e) that were made from ``since`` on
    and stood at ``until``; None: that stand now."""
    if until is None:
        return f"h.undone_at IS NULL AND {_DECIDED_SINCE}", [instant(since - _STEP)]
    at = instant(until)
    return "(h.undone_at IS NULL OR h.undone_at > %s) AND h.at <= %s", [at, at]


def _first(pairs, reasons) -> list[Mistake]:
    def place(pair):
        reason = reasons[pair[0]]
        return -pair[1], reason.order, reason.pk

    return [
        Mistake(reason.code, reason.label, reason.advice, count)
        for reason, count in ((reasons[pk], count) for pk, count in sorted(pairs, key=place)[:TOP])
    ]


def provinces_seen_by(user) -> set[int] | None:
    """Whose returns a verifier learns from: the own province's; the nation's for Pusat."""
    if user.scope.is_admin or user.scope.has_role(Role.NATIONAL):
        return None
    return user.scope.province_ids
