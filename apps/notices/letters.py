"""What the mails say: a sentence and where it leads, never a document (design section 11)."""

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from apps.core.formats import format_date
from apps.notices.models import Mail, Notice

LISTED = 50  # lines of one digest
LONGEST_SUBJECT = 120
CLOSING = "Surel ini dikirim otomatis oleh Portal Pokja Bangga Kencana; tidak perlu dibalas."


def letter(user, subject: str, body: str, due_at: datetime | None = None, **fields) -> Mail:
    """An unsaved mail. A subject is one line, whatever it was made of."""
    return Mail(
        user=user,
        subject=_shortened(" ".join(subject.split())),
        body=f"Yth. {user},\n\n{body.strip()}\n\n{CLOSING}\n",
        due_at=due_at or timezone.now(),
        **fields,
    )


def of_notice(notice: Notice, user, due_at: datetime) -> Mail:
    """The mail of one notice."""
    body = f"{notice.text}{_link(notice)}{_choice()}"
    return letter(user, notice.text, body, due_at, notice=notice)


def digest(user, day: date, notices: list[Notice]) -> Mail:
    """All lines of a day in one mail."""
    lines = "\n\n".join(f"- {notice.text}{_link(notice)}" for notice in notices[:LISTED])
    if more := len(notices) - LISTED:
        lines += f"\n\ndan {more} lainnya di portal." if more > 0 else ""
    subject = f"{len(notices)} pemberitahuan, {format_date(day)}"
    return letter(user, subject, f"{lines}{_choice()}", digest_on=day)


def message_id(mail: Mail) -> str:
    """The same at every try, so that a mail sent again by mischance is one mail to a mailbox."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<pokja-{mail.uid.hex}@{host}>"


def absolute(path: str) -> str:
    """The full address of a page; "" where the portal's own address is not set."""
    return f"{settings.PORTAL_URL.rstrip('/')}{path}" if settings.PORTAL_URL else ""


def _link(notice: Notice) -> str:
    """Through the page that marks the notice as read."""
    address = absolute(reverse("notices:follow", args=[notice.pk])) if notice.url else ""
    return f"\n{address}" if address else ""


def _choice() -> str:
    address = absolute(reverse("notices:preferences"))
    return f"\n\nAtur surel dari portal: {address}" if address else ""


def _shortened(subject: str) -> str:
    if len(subject) <= LONGEST_SUBJECT:
        return subject
    return f"{subject[: LONGEST_SUBJECT - 2].rsplit(' ', 1)[0]} …"
