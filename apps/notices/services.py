"""Tell people something: the one door for every notice, on the bell and by mail."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from apps.notices import letters
from apps.notices.enums import DAILY, Channel, MailState
from apps.notices.models import DoneOnce, Mail, Notice, Preference
from apps.notices.tasks import send_soon


def tell(
    users,
    event: str,
    text: str,
    url: str = "",
    *,
    key: str = "",
    mail_after: datetime | None = None,
    by_mail: bool = True,
) -> None:
    """Give each of these people a notice, inside the caller's transaction.

    ``key`` names the occasion: whoever was told of it already is not told again. Whoever caused
    the event is left out by the caller. The mail each person wants of it is written here as well
    and goes after ``mail_after`` (default: now); never with ``by_mail=False``. At most 5 queries.
    """
    people = {user.pk: user for user in users}
    if not people:
        return
    after = mail_after or timezone.now()
    channels = channels_of(people, event) if by_mail else {}
    told = _kept(
        [
            Notice(
                user=user,
                event=event,
                text=text[:400],
                url=url,
                key=key,
                digest_after=after if channels.get(pk) == Channel.DIGEST else None,
            )
            for pk, user in people.items()
        ]
    )
    at_once = [row for row in told if channels.get(row.user_id) == Channel.AT_ONCE]
    _queue(letters.of_notice(row, people[row.user_id], after) for row in at_once)


def queue_mail(user, subject: str, body: str) -> None:
    """A mail that is no notice's own (several in one), inside the caller's transaction."""
    _queue([letters.letter(user, subject, body)])


def channels_of(people: dict, event: str) -> dict[int, str]:
    """{user pk: channel} of active people with an address for this event; one query."""
    chosen = {row.user_id: row for row in Preference.objects.filter(user__in=people)}
    found = {}
    for pk, user in people.items():
        if user.email and user.is_active:
            channel = chosen.get(pk, Preference()).channel(event)
            if event in DAILY and channel == Channel.AT_ONCE:
                channel = Channel.DIGEST
            found[pk] = channel
    return found


def _kept(rows: list[Notice]) -> list[Notice]:
    """Store them; those that are new, with their numbers. Two at once tell a person once."""
    if not rows[0].key:
        return Notice.objects.bulk_create(rows)
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Notice.objects.filter(uid__in=[row.uid for row in rows]))


def _queue(mails) -> None:
    """Write mails into the outbox, and ask for them to be sent once they are committed."""
    rows = Mail.objects.bulk_create(mails)
    if rows:
        send_soon(max(row.due_at for row in rows))


def retract(key: str) -> None:
    """Take back what was told of an occasion that did not happen after all (an undone decision).

    Also what followed from it, told under ``key:…``; mails that were not sent go with it.
    """
    told = Notice.objects.filter(Q(key=key) | Q(key__startswith=f"{key}:"))
    Mail.objects.filter(notice__in=told, state=MailState.WAITING, claim=None).delete()
    told.delete()


def mark_read(notice: Notice) -> None:
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


def mark_all_read(user) -> int:
    """Returns how many were unread."""
    return Notice.objects.of(user).unread().update(read_at=timezone.now())


def once(name: str, do) -> bool:
    """Do something once and for all: its mark and all it writes stand or fall together.

    Of two at once the second waits for the first and does nothing. Returns whether it was done
    now; what ``do`` raises passes, and leaves it to be done again.
    """
    if DoneOnce.objects.filter(name=name).exists():
        return False
    try:
        with transaction.atomic():
            DoneOnce.objects.create(name=name)
            do()
    except IntegrityError:
        if not DoneOnce.objects.filter(name=name).exists():
            raise
        return False
    return True
