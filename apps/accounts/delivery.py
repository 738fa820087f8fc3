"""How an invitation reaches its person: a mail at once, or a sheet of paper shown once.

The secret is in no table. A link goes out in its mail as soon as the invitation is committed; a
code travels to the page that shows it in a signed cookie of the inviter, for minutes.
"""

import logging

from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage, get_connection
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from apps.accounts.enums import Channel, Purpose
from apps.accounts.invitations import Issued, hash_of
from apps.accounts.models import Invitation
from apps.core.cookies import forget_cookie
from apps.core.formats import format_datetime
from apps.core.typeset import pdf

logger = logging.getLogger(__name__)

SUBJECTS = {
    Purpose.ACTIVATE: "Undangan ke Portal Pokja Bangga Kencana",
    Purpose.PASSWORD: "Kata sandi baru untuk Portal Pokja Bangga Kencana",
}
COOKIE = "kode_undangan"
SHOWN_FOR = 600  # seconds between making a code and looking at it
MAIL_WAITS = 15  # seconds for a mail server that does not answer


def hand_out(request, issued: Issued, *, after: str = ""):
    """Bring the invitation on its way, after its transaction; the answer to the request.

    ``after``: the name of the page to go to where there is no code to show.
    """
    invitation, secret = issued
    if invitation.channel == Channel.CODE:
        response = redirect("accounts:code", invitation.pk)
        response.set_signed_cookie(
            COOKIE,
            secret,
            salt=str(invitation.pk),
            max_age=SHOWN_FOR,
            path=reverse("accounts:code", args=[invitation.pk]),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )
        return response
    user = invitation.user
    if _mail(invitation, secret, address_of(request)):
        messages.success(request, f"Undangan dikirim ke {user.email}, berlaku 7 hari.")
    else:
        messages.error(
            request,
            f"Undangan {user} tersimpan, tetapi surelnya belum terkirim. Kirim tautan baru "
            "sebentar lagi, atau buat kode cetak.",
        )
    return redirect(after) if after else redirect("accounts:person", user.pk)


def take_secret(request, invitation: Invitation) -> str:
    """The code on its way to its page; "" once it was shown, or after some minutes."""
    secret = request.get_signed_cookie(
        COOKIE, default="", salt=str(invitation.pk), max_age=SHOWN_FOR
    )
    return secret if hash_of(secret, Channel.CODE) == invitation.secret_hash else ""


def forget_secret(response, invitation: Invitation) -> None:
    forget_cookie(response, COOKIE, reverse("accounts:code", args=[invitation.pk]))


def address_of(request) -> str:
    """The portal's own address, without a slash at its end."""
    return (settings.PORTAL_URL or request.build_absolute_uri("/")).rstrip("/")


def sheet_pdf(invitation: Invitation, code: str, address: str) -> bytes:
    """The sheet with a code, to print and to hand over."""
    user, by = invitation.user, invitation.created_by
    return pdf(
        "accounts/code.typ",
        {
            "name": user.full_name,
            "username": user.username,
            "post": str(invitation.assignment or ""),
            "code": code,
            "address": address,
            "page": f"{address}{reverse('accounts:activation')}",
            "until": format_datetime(invitation.expires_at, _zone(invitation)),
            "by": f"{by.full_name}, {by.office}" if by.office else by.full_name,
            "is_new": not user.is_active,
        },
    )


def _zone(invitation: Invitation) -> str:
    return invitation.region.timezone_label if invitation.region else "WIB"


def _mail(invitation: Invitation, token: str, address: str) -> bool:
    user = invitation.user
    body = render_to_string(
        "accounts/mail/invitation.txt",
        {
            "invitation": invitation,
            "user": user,
            "link": f"{address}{reverse('accounts:invitation', args=[token])}",
            "until": format_datetime(invitation.expires_at, _zone(invitation)),
        },
    )
    try:
        connection = get_connection(timeout=MAIL_WAITS)
        subject = SUBJECTS[invitation.purpose]
        EmailMessage(subject, body, to=[user.email], connection=connection).send()
    except Exception:  # whatever the mail server answers
        logger.exception("Surel undangan untuk akun %s tidak terkirim.", user.pk)
        return False
    return True
