"""Sending soon after the commit. The outbox is the truth: a task that is lost costs a minute,
until the next ``kabari``."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task


@task()
def send_mails() -> None:
    from apps.notices.outbox import deliver  # which needs the models, and they need this

    deliver()


def send_soon(due_at: datetime) -> None:
    """Ask a worker to send what is due by then; goes with the caller's transaction."""
    if due_at <= timezone.now():
        send_mails.enqueue()
    elif send_mails.get_backend().supports_defer:
        send_mails.using(run_after=due_at).enqueue()
