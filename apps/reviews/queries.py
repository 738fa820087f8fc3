"""Who may reply to which decision, who must answer, and what stands on record."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone

from apps.accounts.enums import Act, Role
from apps.accounts.models import Assignment
from apps.core.formats import local_time
from apps.regions.enums import Level
from apps.reviews import words
from apps.reviews.enums import State
from apps.reviews.formula import last_day
from apps.reviews.models import DEFAULT_DAYS, MOST_DAYS, Objection, ReplyRule, SampleItem
from apps.verification.enums import DECISIONS, UNDO_FOR, Action, Status
from apps.verification.models import Evidence, History, Note

DISPUTABLE = (Action.RETURN, Action.VERIFY, Action.CANCEL)
DECIDED = (Status.RETURNED, Status.VERIFIED, Status.CANCELLED)


@dataclass(frozen=True)
class Window:
    """When a region may reply to a decision. ``opens_at``: the minute in which whoever decided
    may still take it back is over then; ``last_day`` is the whole day on the province's clock."""

    decision: History
    opens_at: datetime
    last_day: date
    today: date
    now: datetime

    @property
    def is_early(self) -> bool:
        return self.now <= self.opens_at

    @property
    def is_over(self) -> bool:
        return self.today > self.last_day

    @property
    def is_open(self) -> bool:
        return not (self.is_early or self.is_over)

    @property
    def days_left(self) -> int:
        """0 on the last day."""
        return max((self.last_day - self.today).days, 0)


def reply_days() -> dict[int | None, int]:
    """{province id, or None for all others: calendar days}. One query."""
    found = dict(ReplyRule.objects.values_list("province_id", "days"))
    return {None: DEFAULT_DAYS} | found


def window_of(decision: History, region, now: datetime, days: dict | None = None) -> Window:
    """The window of one decision; ``days`` as of ``reply_days`` saves the query."""
    days = reply_days() if days is None else days
    zone = region.timezone_label
    allowed = days.get(region.province_id, days[None])
    waits = UNDO_FOR if decision.action in DECISIONS else timedelta(0)
    return Window(
        decision=decision,
        opens_at=decision.at + waits,
        last_day=last_day(local_time(decision.at, zone).date(), allowed),
        today=local_time(now, zone).date(),
        now=now,
    )


def standing_decision(evidence: Evidence) -> History | None:
    """The decision that gave the item its present status; None for one that came by file, was
    undone, or was followed by another sending."""
    if evidence.status not in DECIDED:
        return None
    made = evidence.history.standing().filter(action__in=DISPUTABLE).defer("snapshot").first()
    return made if made and made.to_status == evidence.status else None


def is_officer_of(user, region) -> bool:
    """Replies are the region's own: nobody replies on its behalf."""
    return Role.OPERATOR in user.scope.roles_in(region)


def may_object(evidence: Evidence, user, now: datetime) -> Window | None:
    """The open window in which this person may agree with or dispute the item's decision."""
    if not is_officer_of(user, evidence.region):
        return None
    decision = standing_decision(evidence)
    if decision is None or Objection.objects.filter(decision=decision).exists():
        return None
    window = window_of(decision, evidence.region, now)
    return window if window.is_open else None


# --- who answers -----------------------------------------------------------------------------


def held_posts():
    """Posts that active people hold today."""
    today = timezone.localdate()
    held = Q(until=None) | Q(until__gte=today)
    return Assignment.objects.filter(held, ended_on=None, user__is_active=True)


def another_coordinator():
    """For rows of Objection: a koordinator of the province besides whoever decided."""
    posts = held_posts().filter(
        role=Role.COORDINATOR, region=OuterRef("evidence__region__province")
    )
    return Exists(posts.exclude(user=OuterRef("decision__actor")))


def to_answer_by(user):
    """Disputes of any state this person is or was to answer: the koordinator for the kab/kota,
    the national office for the provinces and for kab/kota without another koordinator than the
    one who decided. Never one's own decision."""
    scope = user.scope
    places = {post.region_id for post in scope.posts if post.role == Role.COORDINATOR}
    province_level = Q(evidence__region__level=Level.PROVINSI)
    mine = Q(evidence__region__province__in=places) & ~province_level
    if scope.has_role(Role.NATIONAL):
        mine |= province_level | ~another_coordinator()
    rows = Objection.objects.for_user(user).exclude(state=State.AGREED)
    return rows.filter(mine).exclude(decision__actor=user)


def open_objections_for(user):
    """What this person must answer now, oldest first."""
    return to_answer_by(user).filter(state=State.OPEN).order_by("at", "id")


def answers(objection: Objection, user) -> bool:
    """Is it this person who answers the dispute, whether or not it still waits? One query for
    those whose role could."""
    if not user.scope.can(Act.ANSWER, objection.evidence.region):
        return False
    return to_answer_by(user).filter(pk=objection.pk).exists()


def may_answer(objection: Objection, user) -> bool:
    """May this person answer it now?"""
    return objection.is_open and answers(objection, user)


# --- what pages show -------------------------------------------------------------------------


def with_story(rows):
    """Everything a reply is told with; 3 queries for any number of rows."""
    notes = Prefetch("notes", Note.objects.select_related("reason"))
    people = ("by", "withdrawn_by", "answered_by", "decision__actor")
    rows = rows.select_related("evidence__region__province", *people).defer("decision__snapshot")
    return rows.prefetch_related(notes)


@dataclass(frozen=True)
class Card:
    """What the page of an item tells about replies: those on record, newest first, and the
    window of the decision that has none yet (for officers of the region only)."""

    evidence: Evidence
    replies: list[Objection] = field(default_factory=list)
    window: Window | None = None

    @property
    def told(self) -> str:
        """Until when a reply is taken."""
        return words.window_sentence(self.window, self.evidence.region.timezone_label)


def card_for(evidence: Evidence, user, now: datetime | None = None) -> Card:
    """1 query for the province, at most 3 more for the region's own officers."""
    replies = list(with_story(Objection.objects.for_user(user).filter(evidence=evidence)))
    for reply in replies:
        reply.evidence = evidence
    if not is_officer_of(user, evidence.region):
        return Card(evidence, replies)
    decision = standing_decision(evidence)
    if decision is None or any(reply.decision_id == decision.pk for reply in replies):
        return Card(evidence, replies)
    return Card(evidence, replies, window_of(decision, evidence.region, now or timezone.now()))


def windows_for(user, now: datetime, limit: int = 100) -> list[Window]:
    """Decisions of this officer's regions that can still be replied to, the nearest last day
    first; 2 queries."""
    days = reply_days()
    later = History.objects.filter(
        evidence=OuterRef("evidence"),
        pk__gt=OuterRef("pk"),
        action__in=(Action.SUBMIT, *DISPUTABLE),
    )
    rows = (
        History.objects.for_user(user)
        .standing()
        .filter(
            evidence__region__in=user.scope.operator_ids,
            action__in=DISPUTABLE,
            at__gte=now - timedelta(days=MOST_DAYS + 1),
            objection=None,
            to_status=F("evidence__status"),
        )
    )
    rows = rows.exclude(Exists(later)).select_related("evidence__region", "actor")
    found = [window_of(row, row.evidence.region, now, days) for row in rows.defer("snapshot")]
    held = [window for window in found if not window.is_over]
    return sorted(held, key=lambda window: (window.last_day, window.decision.pk))[:limit]


# --- second looks ----------------------------------------------------------------------------


def unmarked_looks(user):
    """What this person was asked to look at again and has not marked."""
    return SampleItem.objects.for_user(user).filter(
        verifier=user, marked_at=None, sample__closed_at=None
    )


def looks_to_mark(user) -> list[SampleItem]:
    """The same with what a list shows of each, the oldest draw first; 1 query."""
    rows = unmarked_looks(user).select_related("evidence__region", "sample__region")
    return list(rows.order_by("sample__drawn_at", "sample", "number"))
