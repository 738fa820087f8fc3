"""Tokens: made, found, revoked. A token is worth what its owner may see at that moment."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.accounts import second_factor
from apps.accounts.models import User
from apps.api.enums import State
from apps.api.models import Token
from apps.audit.services import record

PREFIX = "pbk_"  # what scanners for leaked secrets can look for
SHOWN = 10  # letters of a token that stay readable, PREFIX included
LIMIT = 5  # tokens of one person that are open at a time
LIFETIMES = (30, 90, 180, 365)  # days; at most a year
USE_NOTED_EVERY = timedelta(hours=1)

TOO_MANY = (
    f"Anda sudah punya {LIMIT} token yang berlaku. Cabut yang tidak dipakai lagi, lalu buat yang "
    "baru"
)


class TokenRefused(Exception):
    """No token was made; the message is the sentence to show."""


def hash_of(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits, so that a plain hash cannot be tried out,
    and a changed SECRET_KEY ends no token."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def create(user: User, name: str, days: int) -> tuple[Token, str]:
    """A new token and its secret, which nobody can read again. Raises TokenRefused."""
    User.objects.select_for_update().get(pk=user.pk)  # two at once must not both be the last one
    if open_tokens(user).count() >= LIMIT:
        raise TokenRefused(TOO_MANY)
    now, secret = timezone.now(), PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        name=name,
        start=secret[:SHOWN],
        secret_hash=hash_of(secret),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    after = {"nama": name, "berlaku_sampai": token.expires_at.isoformat()}
    record("Token antarmuka data dibuat", token, actor=user, after=after)
    return token, secret


@transaction.atomic
def revoke(token: Token, *, actor: User) -> bool:
    """End a token at once; False when it had been revoked before."""
    now = timezone.now()
    changed = Token.objects.filter(pk=token.pk, revoked_at=None).update(
        revoked_at=now, revoked_by=actor
    )
    if changed:
        record(
            "Token antarmuka data dicabut",
            token,
            actor=actor,
            after={"dicabut_pada": now.isoformat()},
        )
    return bool(changed)


def open_tokens(user: User):
    return Token.objects.filter(user=user, revoked_at=None, expires_at__gt=timezone.now())


def find(secret: str) -> Token | None:
    """The token of a secret with its owner, whatever its state; one query."""
    return Token.objects.select_related("user").filter(secret_hash=hash_of(secret)).first()


def fault_of(token: Token) -> str:
    """Why a token opens nothing now, as a sentence; "" where it does."""
    state, user = token.state(timezone.now()), token.user
    if state != State.OPEN:
        return f"Token ini tidak berlaku lagi: {state.label.lower()}."
    if not user.is_active:
        return "Akun pemilik token ini tidak aktif."
    if user.must_change_password:
        return "Pemilik token ini harus mengganti kata sandinya di portal lebih dahulu."
    if second_factor.is_required(user) and not second_factor.is_on(user):
        return "Pemilik token ini harus memasang verifikasi dua langkah di portal lebih dahulu."
    if not (user.scope.posts or user.scope.is_admin):
        return "Pemilik token ini tidak mempunyai penugasan lagi."
    return ""


def note_use(token: Token) -> None:
    """Write that it was used, at most once in USE_NOTED_EVERY: reading must not cost a write."""
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at <= now - USE_NOTED_EVERY:
        stale = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_NOTED_EVERY)
        Token.objects.filter(stale, pk=token.pk).update(last_used_at=now)
