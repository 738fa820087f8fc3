"""Mails that tell the owner of an account what happened to it, after the transaction."""

import logging
from functools import partial

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from apps.core.formats import format_datetime

logger = logging.getLogger(__name__)

MAIL_WAITS = 15  # seconds for a mail server that does not answer


def second_factor_changed(user, what: str, *, actor=None, reason: str = "") -> None:
    """Tell the person that the second step was "dipasang" or "dilepas"; without address nothing.

    ``actor``: who did it, where that was not the person.
    """
    if not user.email:
        return
    body = render_to_string(
        "accounts/mail/second_factor.txt",
        {
            "user": user,
            "what": what,
            "actor": actor,
            "reason": reason,
            "at": format_datetime(timezone.now(), "WIB"),
        },
    )
    subject = f"Verifikasi dua langkah {what}"
    transaction.on_commit(partial(_send, subject, body, user))


def _send(subject: str, body: str, user) -> None:
    try:
        connection = get_connection(timeout=MAIL_WAITS)
        EmailMessage(subject, body, to=[user.email], connection=connection).send()
    except Exception:  # whatever the mail server answers: the change itself stands
        logger.exception("Surel keamanan untuk akun %s tidak terkirim.", user.pk)
