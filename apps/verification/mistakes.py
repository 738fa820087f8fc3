"""What is returned most often: the three reasons of each kind, from the notes of a year.

The verifier reads them beside the chips, the officer before sending, so that the same mistake
need not be made 24 times.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from apps.accounts.enums import Role
from apps.verification.models import Note, ReturnReason

TOP = 3
WINDOW = timedelta(days=365)


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
    standing = Q(history__undone_at=None)
    if until is not None:
        standing = Q(standing | Q(history__undone_at__gt=until), history__at__lte=until)
    notes = Note.objects.filter(
        standing,
        evidence__kind__in=kinds,
        reason__is_active=True,
        history__at__gte=since or timezone.now() - WINDOW,
    )
    if region_id is not None:
        notes = notes.filter(evidence__region=region_id)
    if province_ids is not None:
        notes = notes.filter(evidence__region__province__in=province_ids)
    rows = notes.order_by().values_list("evidence__kind", "reason")
    counted = defaultdict(list)
    for kind, reason, count in rows.annotate(count=Count("history", distinct=True)):
        counted[kind].append((reason, count))
    reasons = ReturnReason.objects.in_bulk({pk for pairs in counted.values() for pk, _ in pairs})
    return {kind: _first(pairs, reasons) for kind, pairs in counted.items()}


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
