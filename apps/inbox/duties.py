"""What waits for a person beside the evidence itself, whatever their role (design 5.2).

Disputes to answer, items to look at a second time, follow-ups to do and to judge. Each is born
and ends with the state of things: nobody tends a list.
"""

from datetime import date

from django.urls import reverse

from apps.accounts.enums import Role
from apps.core.formats import format_date, format_datetime
from apps.deadlines.queries import local_today
from apps.discussion.queries import open_follow_ups_of, to_judge_by
from apps.inbox.tasks import Task
from apps.reviews.queries import looks_to_mark, open_objections_for, unmarked_looks

DUTY = "duty"
DUTIFUL = (Role.OPERATOR, Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL)


def duties_of(user) -> list[Task]:
    """Everything of the four kinds, what is overdue first. 5 queries at most."""
    if not user.scope.posts or not user.scope.has_role(*DUTIFUL):
        return []
    found = [
        *_objections(user),
        *(_look(item) for item in looks_to_mark(user)),
        *(_to_do(follow_up) for follow_up in open_follow_ups_of(user)),
        *(_to_judge(follow_up) for follow_up in to_judge_by(user)),
    ]
    return sorted(found, key=lambda task: task.order)


def duty_count(user) -> int:
    """How many there are; 1 query, none for those who only look on."""
    if not user.scope.posts or not user.scope.has_role(*DUTIFUL):
        return 0
    kinds = (
        open_objections_for(user),
        unmarked_looks(user),
        open_follow_ups_of(user),
        to_judge_by(user),
    )
    first, *rest = (rows.order_by().values_list("pk") for rows in kinds)
    return first.union(*rest, all=True).count()


def _objections(user) -> list[Task]:
    rows = open_objections_for(user).select_related("evidence__region__province")
    return [
        Task(
            DUTY,
            f"Jawab sanggahan atas {item.evidence.title}",
            reverse("reviews:objection", args=[item.pk]),
            "perlu_dijawab",
            text=f"{item.evidence.region.full_name}, {_told(item.evidence.region, item.at)}",
            order=(1, item.at.date()),
        )
        for item in rows
    ]


def _look(item) -> Task:
    evidence = item.evidence
    return Task(
        DUTY,
        f"Tinjau kedua kali {evidence.title}",
        reverse("checking:second_look", args=[item.pk]),
        "perlu_ditinjau",
        text=f"{evidence.region.full_name}; diminta {format_date(item.sample.drawn_at)}",
        order=(3, item.sample.drawn_at.date()),
    )


def _to_do(follow_up) -> Task:
    late = follow_up.late_days(local_today(follow_up.region))
    told = f"{follow_up.region.full_name}; paling lambat {format_date(follow_up.due_on)}"
    return Task(
        DUTY,
        f"Tindak lanjuti: {_short(follow_up.task)}",
        reverse("discussion:follow_up", args=[follow_up.pk]),
        "lewat_batas" if late else "belum_dikerjakan",
        text=f"{told}, lewat {late} hari" if late else told,
        order=(0 if late else 2, follow_up.due_on),
    )


def _to_judge(follow_up) -> Task:
    done = follow_up.done_at
    return Task(
        DUTY,
        f"Nilai tindak lanjut: {_short(follow_up.task)}",
        reverse("discussion:follow_up", args=[follow_up.pk]),
        "perlu_dinilai",
        text=f"{follow_up.region.full_name}; dikerjakan {follow_up.owner} {format_date(done)}",
        order=(1, done.date() if done else date.min),
    )


def _told(region, at) -> str:
    return f"disampaikan {format_datetime(at, region.timezone_label)}"


def _short(text: str, limit: int = 90) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
