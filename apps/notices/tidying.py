"""What is old enough to go."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from apps.notices.enums import MailState
from apps.notices.models import DoneOnce, Mail, Notice

KEPT = timedelta(days=366)
TASKS_KEPT = timedelta(days=14)


@transaction.atomic
def tidy() -> int:
    """Notices read and mails settled a year ago go, marks of daily work, and results of tasks;
    what nobody has read stays. Returns how many notices went."""
    now = timezone.now()
    old = now - KEPT
    DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS_KEPT).delete()
    Mail.objects.exclude(state=MailState.WAITING).filter(created_at__lt=old).delete()
    DoneOnce.objects.filter(at__lt=old).delete()
    _, gone = Notice.objects.filter(read_at__lt=old).delete()
    return gone.get(Notice._meta.label, 0)
