"""What is old enough to go."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from apps.audit.refusals import forget_old
from apps.notices.enums import MailState
from apps.notices.models import DoneOnce, Mail, Notice

KEPT = timedelta(days=366)
TASKS_KEPT = timedelta(days=14)
# Longer than any task takes; a worker that was killed leaves its task as under way.
TASK_TIME = timedelta(minutes=30)
TASK_TRIES = 3


@transaction.atomic
def tidy() -> int:
    """Notices read and mails settled a year ago go, marks of daily work, refusals, and results of
    tasks; what nobody has read stays. Returns how many notices went."""
    now = timezone.now()
    old = now - KEPT
    DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS_KEPT).delete()
    Mail.objects.exclude(state=MailState.WAITING).filter(created_at__lt=old).delete()
    DoneOnce.objects.filter(at__lt=old).delete()
    forget_old()
    _, gone = Notice.objects.filter(read_at__lt=old).delete()
    return gone.get(Notice._meta.label, 0)


def begin_lost_tasks_again() -> int:
    """Put back into the queue what a killed worker had begun; returns how many tasks.

    Every task of the portal may be done twice without harm. One that takes its worker down each
    time is left after TASK_TRIES.
    """
    begun = 0
    running = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - TASK_TIME)
    for task in running:
        if len(task.worker_ids) < TASK_TRIES:
            same = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
            begun += same.update(status=TaskResultStatus.READY)
    return begun
