"""Reads over talk and follow-ups; each starts in the person's scope."""

from django.db.models import Count, Prefetch, Q, QuerySet

from apps.accounts.enums import Role
from apps.discussion.enums import State
from apps.discussion.models import Comment, FollowUp, FollowUpEvent, Mention, Thread
from apps.regions.enums import Level
from apps.verification.models import Evidence

FOLLOW_PATHS = ("region__province", "evidence", "pokja", "owner", "created_by", "judged_by")


# --- talk ------------------------------------------------------------------------------------


def open_threads_for(evidence: Evidence) -> int:
    """How many matters about an item are not settled. One query."""
    return Thread.objects.filter(evidence=evidence, resolved_at=None).count()


def open_threads_of(evidence_ids) -> dict[int, int]:
    """The same for many items, by evidence id; those without one are left out. One query."""
    rows = Thread.objects.filter(evidence__in=set(evidence_ids), resolved_at=None)
    counted = rows.order_by().values("evidence_id").annotate(number=Count("pk"))
    return {row["evidence_id"]: row["number"] for row in counted}


def threads_of(evidence: Evidence) -> list[Thread]:
    """All threads of an item, the open ones first, with comments and mentions; 3 queries."""
    mentions = Prefetch("mentions", Mention.objects.select_related("user"))
    comments = Comment.objects.select_related("author").prefetch_related(mentions)
    rows = Thread.objects.filter(evidence=evidence).select_related("opened_by", "resolved_by")
    found = list(rows.prefetch_related(Prefetch("comments", comments)))
    return sorted(found, key=lambda thread: not thread.is_open)


def other_versions(evidence: Evidence, user) -> list[Evidence]:
    """Other versions of the item that were talked about, newest first, each with ``talks``."""
    rows = Evidence.objects.for_user(user).filter(family=evidence.family).exclude(pk=evidence.pk)
    rows = rows.annotate(talks=Count("threads")).filter(talks__gt=0)
    return list(rows.order_by("-version"))


def mentions_of(user) -> QuerySet[Mention]:
    """Where a person is named in matters that are not settled, newest first."""
    rows = Mention.objects.for_user(user).filter(
        user=user, comment__taken_back_at=None, comment__thread__resolved_at=None
    )
    paths = ("comment__author", "comment__thread__evidence__region")
    return rows.select_related(*paths).order_by("-id")


# --- follow-ups ------------------------------------------------------------------------------


def follow_ups_in_scope(user) -> QuerySet[FollowUp]:
    return FollowUp.objects.for_user(user).select_related(*FOLLOW_PATHS)


def open_follow_ups_of(user) -> QuerySet[FollowUp]:
    """What this person has to do, the earliest due day first."""
    return follow_ups_in_scope(user).open().filter(owner=user)


def to_judge_by(user) -> QuerySet[FollowUp]:
    """What is done and waits for this person's word: as the one who asked, or as a judge of the
    region. Never one's own."""
    scope = user.scope
    mine = Q(region__province__in=scope.province_ids) & ~Q(region__level=Level.PROVINSI)
    if scope.has_role(Role.NATIONAL):
        mine |= Q(region__level=Level.PROVINSI)
    if scope.posts:
        mine |= Q(created_by=user)
    rows = follow_ups_in_scope(user).filter(mine, state=State.DONE).exclude(owner=user)
    return rows.order_by("done_at", "id")


def follow_ups_on(evidence: Evidence) -> list[FollowUp]:
    """The follow-ups of an item, those to be done first. One query."""
    rows = FollowUp.objects.filter(evidence=evidence).select_related("owner", "created_by")
    return sorted(rows, key=lambda each: each.state != State.OPEN)


def story_of(follow_up: FollowUp) -> list[FollowUpEvent]:
    """What happened to a follow-up, newest first. One query."""
    return list(follow_up.events.select_related("actor"))
