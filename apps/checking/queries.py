"""The queue, an item's place in it, and its story."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q
from django.utils import timezone

from apps.accounts.enums import Act, Role
from apps.checking.enums import Shown
from apps.checking.forms import Filters
from apps.core.formats import local_time
from apps.decrees.models import DecreeCoverage
from apps.regions.models import Region
from apps.verification.enums import Action, Kind, Status
from apps.verification.mistakes import Mistake, provinces_seen_by, top_mistakes
from apps.verification.models import Evidence, History, Note
from apps.verification.queries import free_for, judged_by, with_own

REVIEWERS = (Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL, Role.ADMIN)
PEOPLE = ("submitted_by", "opened_by", "decided_by", "edited_by")
CONTENT = ("decree", "work_plan__pokja", "indicator_set__pokja", "budget__pokja", "nil__pokja")
ORDER = {
    Shown.WAITING: ("submitted_at", "id"),
    Shown.RETURNED: ("decided_at", "id"),
    Shown.DONE: ("-decided_at", "-id"),
}


def watched_by(user):
    """Items whose judging this person does or, as administrator, watches."""
    return Evidence.objects.for_user(user) if user.scope.is_admin else judged_by(user)


def watched_regions(user):
    """The regions the queue can be narrowed to."""
    regions = Region.objects.for_user(user).with_pokja_level()
    if user.scope.is_admin:
        return regions
    mine = Q(province__in=user.scope.province_ids) & Q(parent__isnull=False)
    if user.scope.has_role(Role.NATIONAL):
        mine |= Q(parent__isnull=True)
    return regions.filter(mine)


def users_zone(user) -> str:
    """WIB, WITA or WIT of the person's own region; WIB for the nation."""
    post = user.scope.main_post
    region = Region.objects.for_user(user).filter(pk=post.region_id).first() if post else None
    return region.timezone_label if region else "WIB"


def queue_rows(user, filters: Filters, zone: str):
    """The items a filter shows, in order. ``zone`` says when today began."""
    rows = _of_status(watched_by(user), filters.shown, zone)
    if filters.region:
        rows = rows.filter(region=filters.region)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.pokja_kind:
        rows = rows.filter(pk__in=_about(rows, filters.pokja_kind))
    return rows.order_by(*ORDER[filters.shown])


def _of_status(rows, shown, zone):
    if shown == Shown.WAITING:
        return rows.waiting()
    if shown == Shown.RETURNED:
        return rows.filter(status=Status.RETURNED)
    midnight = local_time(timezone.now(), zone).replace(hour=0, minute=0, second=0, microsecond=0)
    judged = (Status.VERIFIED, Status.RETURNED, Status.CANCELLED)
    return rows.filter(status__in=judged, decided_at__gte=midnight)


def _about(rows, kind):
    """Ids of the items about a Pokja of this type; an SK may be about several."""
    paths = (
        "decree__coverage__pokja",
        "work_plan__pokja",
        "indicator_set__pokja",
        "budget__pokja",
        "nil__pokja",
    )
    about = Q()
    for path in paths:
        about |= Q(**{f"{path}__kind_rows__kind": kind})
    return rows.order_by().filter(about).values("pk")


def with_content(rows, user):
    """Everything a row of the queue or an item's head shows; 2 queries for any number of rows."""
    coverage = DecreeCoverage.objects.select_related("pokja__region")
    rows = rows.select_related("region", *PEOPLE, *CONTENT)
    return with_own(rows, user).prefetch_related(Prefetch("decree__coverage", coverage))


def pokja_names(evidence: Evidence) -> list[str]:
    """Names of the Pokja an item is about; reads what ``with_content`` brought along."""
    if evidence.kind == Kind.DECREE:
        return [row.pokja.name for row in evidence.decree.coverage.all()]
    content = {
        Kind.WORK_PLAN: "work_plan",
        Kind.INDICATOR_SET: "indicator_set",
        Kind.BUDGET: "budget",
        Kind.NIL: "nil",
    }[evidence.kind]
    return [getattr(evidence, content).pokja.name]


def first_free(user, filters: Filters, zone: str) -> int | None:
    """The longest waiting item of a filter this person can start on."""
    if filters.shown != Shown.WAITING:
        return None
    return free_for(user, queue_rows(user, filters, zone)).values_list("pk", flat=True).first()


@dataclass(frozen=True)
class Place:
    """Where an item stands in the filtered queue; all None when it is not in it."""

    number: int | None = None
    total: int = 0
    previous: int | None = None
    next: int | None = None


def place_of(pk: int, user, filters: Filters, zone: str) -> Place:
    """3 dari 32, with the neighbours. One query."""
    keys = list(queue_rows(user, filters, zone).values_list("pk", flat=True))
    if pk not in keys:
        return Place(total=len(keys))
    at = keys.index(pk)
    return Place(
        at + 1,
        len(keys),
        keys[at - 1] if at else None,
        keys[at + 1] if at + 1 < len(keys) else None,
    )


def next_after(evidence: Evidence, user, filters: Filters, zone: str) -> int | None:
    """The item to show after deciding this one: the next free one of the filter, then from the
    top; None at the end of the queue."""
    if filters.shown != Shown.WAITING:
        return None
    keys = list(
        free_for(user, queue_rows(user, filters, zone))
        .exclude(pk=evidence.pk)
        .values_list("pk", "submitted_at")
    )
    here = (evidence.submitted_at, evidence.pk)
    later = (pk for pk, at in keys if (at, pk) > here)
    return next(later, keys[0][0] if keys else None)


def last_decision(user) -> datetime | None:
    """When anything of what this person judges was last decided."""
    rows = watched_by(user).exclude(decided_at=None).order_by("-decided_at")
    return rows.values_list("decided_at", flat=True).first()


def reviewer_roles(user, region) -> set[str]:
    """The roles that open an item of this region on the checking screen."""
    return user.scope.roles_in(region) & set(REVIEWERS)


def may_judge(user, evidence: Evidence) -> bool:
    return user.scope.can(Act.VERIFY, evidence.region)


def history_of(evidence: Evidence) -> list[History]:
    """The steps of this version, newest first, with notes at fields and pins; no saved edits."""
    notes = Prefetch("notes", Note.objects.exclude(field="").select_related("reason"))
    rows = evidence.history.exclude(action=Action.EDIT).defer("snapshot")
    return list(rows.select_related("actor", "late_mark").prefetch_related(notes, "pins"))


def last_notes(evidence: Evidence) -> list[Note]:
    """What the last return of this version complained about."""
    returned = evidence.history.returns().defer("snapshot").first()
    return list(returned.notes.select_related("reason")) if returned else []


def top_of(evidence: Evidence, user) -> list[Mistake]:
    """What items of this kind are returned for most, as far as this person's province tells."""
    return top_mistakes([evidence.kind], provinces_seen_by(user)).get(evidence.kind, [])


def top_by_kind(user, filters: Filters) -> list[tuple[str, list[Mistake]]]:
    """(name of the kind, its mistakes) for the kinds a filter shows; 2 queries."""
    kinds = [filters.kind] if filters.kind else Kind.values
    found = top_mistakes(kinds, provinces_seen_by(user))
    return [(Kind(kind).label, found[kind]) for kind in Kind.values if kind in found]
