from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from apps.accounts.enums import Role
from apps.regions.enums import Level
from apps.verification.enums import ENTERING, OPEN_FOR, Status
from apps.verification.models import Evidence, History, Note


def latest_version(family) -> Evidence | None:
    """The newest version of a family, whatever its status."""
    return Evidence.objects.filter(family=family).order_by("-version").first()


def open_notes(evidence: Evidence) -> list[Note]:
    """The remarks of the last return, while the item is still returned or being fixed."""
    if evidence.status != Status.RETURNED:
        return []
    last = evidence.history.returns().first()
    return list(last.notes.select_related("reason")) if last else []


def last_returned_snapshot(evidence: Evidence) -> dict | None:
    """The facts as they were when this version was last returned; None if it never was."""
    returned = evidence.history.returns().first()
    return returned.snapshot if returned else None


def judged_by(user):
    """Items of the regions this person judges, in any status: the province judges its kab/kota,
    the national office the province-level Pokja."""
    scope = user.scope
    mine = Q(region__province__in=scope.province_ids) & ~Q(region__level=Level.PROVINSI)
    if scope.has_role(Role.NATIONAL):
        mine |= Q(region__level=Level.PROVINSI)
    return Evidence.objects.for_user(user).filter(mine)


def waiting_for(user):
    """Submitted items this person may judge, oldest first."""
    rows = judged_by(user).waiting().select_related("region", "submitted_by")
    return rows.order_by("submitted_at", "id")


def with_own(rows, user):
    """Annotate ``is_own``: this person wrote or sent a part of the version, so may not judge it."""
    own = History.objects.filter(evidence=OuterRef("pk"), actor=user, action__in=ENTERING)
    return rows.annotate(is_own=Exists(own))


def free_for(user, rows):
    """Of waiting items those this person can start on now: not their own, not held by another."""
    held = Q(opened_at__gte=timezone.now() - OPEN_FOR) & ~Q(opened_by=user)
    return with_own(rows, user).filter(is_own=False).exclude(held)


def holder_of(evidence: Evidence, user):
    """Who else has a waiting item open right now, or None."""
    if evidence.status != Status.SUBMITTED or evidence.opened_at is None:
        return None
    is_fresh = evidence.opened_at >= timezone.now() - OPEN_FOR
    return evidence.opened_by if is_fresh and evidence.opened_by_id != user.pk else None
