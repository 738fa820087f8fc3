"""Sending the mails that wait, by any number of processes at once.

A mail is claimed by a conditional UPDATE, committed before anything is sent, and marked right
after the server took it. Whoever dies in between leaves a claim; after CLAIM_HOLDS another takes
it over. Between the server's yes and our mark lies one moment in which a death sends the mail
again: it then carries the same Message-ID, by which mailboxes show one mail, and the spool of
``apps.notices.spool`` keeps one file.
"""

import logging
import uuid
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q
from django.utils import timezone

from apps.notices.enums import MailState
from apps.notices.letters import message_id
from apps.notices.models import Mail

logger = logging.getLogger(__name__)

# Longer than the slowest talk with a mail server (EMAIL_TIMEOUT for each of its steps).
CLAIM_HOLDS = timedelta(minutes=10)
# After each refused try; after the last of them the mail is "gagal" and stays.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
BATCH = 50


@dataclass
class Outcome:
    sent: int = 0
    refused: int = 0  # tries, not mails
    dropped: int = 0
    is_server_down: bool = False


class Unreachable(Exception):
    """The mail server cannot be reached; nothing is claimed, nothing counts as a try."""


def deliver() -> Outcome:
    """Send everything that is due. Call outside of a transaction, from as many processes as one
    likes. A mail that is refused holds no other up; a server that is down costs no try."""
    outcome, line = Outcome(), Line()
    try:
        while waiting := _claimable().values_list("pk", flat=True)[:BATCH]:
            for pk in list(waiting):
                line.open()
                if mail := _claim(pk):
                    _process(mail, line, outcome)
    except Unreachable as trouble:
        outcome.is_server_down = True
        _claimable().update(trouble=_sentence("Server surel tidak dapat dihubungi", trouble))
        logger.warning("Server surel tidak dapat dihubungi: %s", trouble)
    finally:
        line.close()
    return outcome


class Line:
    """One connection for many mails: marking comes right after each, not after a farewell."""

    def __init__(self):
        self.connection = None

    def open(self):
        """Open unless it is; raises Unreachable."""
        if self.connection is None:
            connection = get_connection()
            try:
                connection.open()
            except Exception as error:
                raise Unreachable(str(error)) from error
            self.connection = connection

    def send(self, message: EmailMessage):
        self.connection.send_messages([message])

    def close(self):
        if self.connection is not None:
            try:
                self.connection.close()
            except OSError:  # it was broken already
                logger.info("Sambungan ke server surel sudah putus.")
            self.connection = None


# --- one mail --------------------------------------------------------------------------------


def _claimable():
    now = timezone.now()
    free = Q(claim=None) | Q(claimed_at__lt=now - CLAIM_HOLDS)
    return Mail.objects.due(now).filter(free).order_by("due_at", "pk")


def _claim(pk) -> Mail | None:
    """Take this mail, unless somebody was faster."""
    claim = uuid.uuid4()
    taken = _claimable().order_by().filter(pk=pk).update(claim=claim, claimed_at=timezone.now())
    return Mail.objects.select_related("user").get(pk=pk) if taken else None


def _process(mail: Mail, line: Line, outcome: Outcome) -> None:
    if not (mail.user.is_active and mail.user.email):
        _settle(mail, state=MailState.DROPPED, trouble="Akun tidak aktif atau tanpa alamat surel")
        outcome.dropped += 1
        return
    try:
        line.send(_message(mail))
    except Exception as error:  # whatever a mail server answers
        if not isinstance(error, SMTPRecipientsRefused | SMTPDataError):
            line.close()  # the others go on over a new one
        _refused(mail, error)
        outcome.refused += 1
    else:
        _settle(mail, state=MailState.SENT, sent_at=timezone.now(), trouble="")
        outcome.sent += 1


def _message(mail: Mail) -> EmailMessage:
    return EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.user.email],
        headers={"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"},
    )


def _refused(mail: Mail, error: Exception) -> None:
    """Another try after a pause that grows; after the last one the mail stays as failed."""
    logger.warning("Surel %s tidak terkirim: %s", mail.pk, type(error).__name__)
    trouble = _sentence("Server surel menolak", _answer(error))
    if mail.attempts < len(PAUSES):
        later = timezone.now() + PAUSES[mail.attempts]
        _settle(mail, attempts=F("attempts") + 1, due_at=later, trouble=trouble)
    else:
        _settle(mail, attempts=F("attempts") + 1, state=MailState.FAILED, trouble=trouble)


def _settle(mail: Mail, **changes) -> None:
    Mail.objects.filter(pk=mail.pk).update(claim=None, claimed_at=None, **changes)


def _answer(error: Exception) -> str:
    """What the server said: code and words, for one address or for the mail."""
    if isinstance(error, SMTPRecipientsRefused) and error.recipients:
        code, words = next(iter(error.recipients.values()))
    else:
        code = getattr(error, "smtp_code", type(error).__name__)
        words = getattr(error, "smtp_error", str(error))
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"


def _sentence(what: str, detail) -> str:
    return " ".join(f"{what}: {detail}".split())[:255]
