"""The tasks of an officer, read in a number of queries that does not grow with the Pokja."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, Q
from django.utils import timezone

from apps.accounts.enums import Role
from apps.decrees.models import DecreeCoverage
from apps.decrees.queries import processes_of
from apps.effectiveness.queries import CRITERIA, Assessment, assess
from apps.evidence.kinds import ADAPTERS, BY_STEP
from apps.evidence.unsaved import of_year
from apps.inbox.duties import duty_count
from apps.inbox.reminders import reminded_endings
from apps.inbox.tasks import (
    DONE,
    RETURNED,
    TODO,
    WAITING,
    Items,
    Task,
    ending_task,
    tasks_of,
    tell_typed,
)
from apps.inbox.words import short_name
from apps.pokja.models import Pokja
from apps.regions.models import Region
from apps.verification.enums import OPEN, Action, Kind, Status
from apps.verification.models import Evidence, History, Note
from apps.verification.queries import waiting_for

SHOWN = (*OPEN, Status.CANCELLED)


@dataclass
class Inbox:
    """What an officer has to do in a year; ``groups`` in the order of the page."""

    year: int
    assessments: list[Assessment]
    groups: dict[str, list[Task]] = field(default_factory=dict)

    @property
    def returned(self) -> list[Task]:
        return self.groups[RETURNED]

    @property
    def todo(self) -> list[Task]:
        return self.groups[TODO]

    @property
    def waiting(self) -> list[Task]:
        return self.groups[WAITING]

    @property
    def done(self) -> list[Task]:
        return self.groups[DONE]

    @property
    def count(self) -> int:
        """What counts as a task: returned, and not done (also the number in the navigation)."""
        return len(self.returned) + len(self.todo)

    @property
    def first(self) -> Task | None:
        return next(iter(self.returned + self.todo), None)

    @property
    def meters(self) -> list[tuple[Assessment, str, list[tuple[str, str]]]]:
        """Each Pokja with its short name and its four (status, reason) pairs; the most criteria
        met first, then by name (design 5.2)."""
        rows = [
            (
                item,
                short_name(item.name),
                [(result.status, result.reason) for result in item.statuses],
            )
            for item in self.assessments
        ]
        return sorted(rows, key=lambda row: (-row[0].met, row[1].casefold()))

    @property
    def effective(self) -> int:
        return sum(bool(item.effective) for item in self.assessments)

    @property
    def is_scored(self) -> bool:
        """False where the year has no usable rubric."""
        return any(item.effective is not None for item in self.assessments)


def own_pokja(user):
    """The Pokja an operator fills in: of the own regions exactly (spec section 3)."""
    return Pokja.objects.for_user(user).filter(region__in=user.scope.operator_ids)


def own_regions(user) -> list[Region]:
    """The regions somebody is operator of."""
    return list(
        Region.objects.for_user(user)
        .filter(pk__in=user.scope.operator_ids)
        .select_related("province")
        .order_by("code")
    )


def inbox_for(user, year: int) -> Inbox:
    """All tasks of a year. 8 queries of the assessment and up to 6 of its own; for the running
    year 2 more for SK that end soon, 4 where there are any."""
    inbox = Inbox(year, assess(own_pokja(user), year), defaultdict(list))
    items = _items(user, inbox.assessments, year)
    for pokja_id, process in processes_of([e.pokja_id for e in inbox.assessments], user).items():
        items[pokja_id, "sk"].process = process
    returns = _returns(user, items)
    typed = typed_lately(user, year)
    for assessment in inbox.assessments:
        own = {name: items[assessment.pokja_id, name] for name in CRITERIA}
        for task in tasks_of(assessment, own, returns):
            tell_typed(task, typed.get((assessment.pokja_id, task.criterion)))
            inbox.groups[task.group].append(task)
    today = timezone.localdate()
    if year == today.year:
        for ending in reminded_endings(own_pokja(user), today, user):
            task = ending_task(ending, year, today)
            inbox.groups[task.group].append(task)
    for tasks in inbox.groups.values():
        tasks.sort(key=lambda task: task.order)
    return inbox


def typed_lately(user, year: int) -> dict[tuple[int, str], datetime]:
    """{(Pokja, criterion): when} of what this person typed and has not saved; one query.

    Under "" the last of the whole Pokja, for the task that begins it.
    """
    found = {}
    for kept in of_year(user, year):
        found[kept.pokja_id, BY_STEP[kept.step].criterion] = kept.saved_at
        found[kept.pokja_id, ""] = kept.saved_at
    return found


def _items(user, assessments, year) -> dict[tuple[int, str], Items]:
    """The evidence behind every criterion: what it rests on, what is open, what was cancelled."""
    items = defaultdict(Items)
    rests_on = {}
    for assessment in assessments:
        for name, result in assessment.results.items():
            if result.evidence_id:
                rests_on.setdefault(result.evidence_id, []).append((assessment.pokja_id, name))
    own = Q(region__in=user.scope.operator_ids, status__in=SHOWN)
    verified_nil = Q(region__in=user.scope.operator_ids, kind=Kind.NIL, status=Status.VERIFIED)
    rows = (
        Evidence.objects.for_user(user)
        .filter(Q(pk__in=rests_on) | ((own | verified_nil) & (Q(year=year) | Q(kind=Kind.DECREE))))
        .select_related("work_plan", "indicator_set", "budget", "nil")
        .order_by("id")
    )
    covered = _covered(user, rows)
    for evidence in rows:
        for place in rests_on.get(evidence.pk, ()):
            items[place].rests_on = evidence
        for place in _places(evidence, covered):
            items[place].add(evidence)
    return items


def _covered(user, rows) -> dict[int, list[int]]:
    """The Pokja of each decree."""
    covered = defaultdict(list)
    ids = [row.pk for row in rows if row.kind == Kind.DECREE]
    pairs = DecreeCoverage.objects.for_user(user).filter(decree__evidence__in=ids)
    for evidence_id, pokja_id in pairs.values_list("decree__evidence_id", "pokja_id"):
        covered[evidence_id].append(pokja_id)
    return covered


def _places(evidence: Evidence, covered) -> list[tuple[int, str]]:
    """The (Pokja, criterion) pairs a piece of evidence is about."""
    if evidence.kind == Kind.DECREE:
        return [(pokja_id, "sk") for pokja_id in covered[evidence.pk]]
    if evidence.kind == Kind.NIL:
        return [(evidence.nil.pokja_id, evidence.nil.criterion)]
    adapter = ADAPTERS[evidence.kind]
    return [(adapter.content(evidence).pokja_id, adapter.criterion)]


def _returns(user, items) -> dict[int, History]:
    """The last return or cancellation, with its notes, of everything returned or cancelled."""
    ids = {
        item.pk
        for held in items.values()
        for item in held.by_status.values()
        if item.status in (Status.RETURNED, Status.CANCELLED)
    }
    notes = Prefetch("notes", Note.objects.select_related("reason"))
    rows = (
        History.objects.for_user(user)
        .standing()
        .filter(evidence__in=ids, action__in=(Action.RETURN, Action.CANCEL))
    )
    return {row.evidence_id: row for row in rows.prefetch_related(notes).order_by("id")}


def task_count(user) -> int:
    """The number beside "Tugas saya": what the officer has to fill in this year, and duties.

    For officers as many queries as the page's own list: a shorter way could show another number.
    One query for the others.
    """
    duties = duty_count(user)
    if not user.scope.has_role(Role.OPERATOR):
        return duties
    return inbox_for(user, timezone.localdate().year).count + duties


def queue_count(user) -> int:
    """The number beside "Verifikasi" (one query)."""
    if not user.scope.has_role(Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL):
        return 0
    return waiting_for(user).count()
