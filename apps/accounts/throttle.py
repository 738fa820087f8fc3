"""How often somebody may try: passwords, codes, mails that are asked for.

Three limits over the same fifteen minutes. For one account from one address: at most LIMIT, so
that a stranger's guesses do not lock the owner out. For one account over all addresses:
WIDE_LIMIT, so that many addresses help no guesser. For one address over all accounts:
NAMES_LIMIT names, so that trying one password on everybody ("spraying") becomes slow.

A device its owner signed in with before (``devices``) counts by itself instead of by its
address, and only the first limit binds it: neither guesses from all over the world nor a
colleague's behind the same address keep the owner out. Attempts are rows in the database, so
that any number of processes agree; those that succeeded are dropped at once.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from apps.accounts.models import LoginAttempt

logger = logging.getLogger(__name__)

LIMIT = 5
WIDE_LIMIT = 20
NAMES_LIMIT = 30
WINDOW = timedelta(minutes=15)
# What is counted beside the sign-ins, each for itself.
RESET_PREFIX = "sandi:"  # requests for a reset mail
SECOND_STEP_PREFIX = "langkah2:"
CONFIRM_PREFIX = "konfirmasi:"
DEVICE_PREFIX = "perangkat:"


def client_address(request) -> str:
    """The caller's address; behind our own proxy the last one that proxy has added."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    last = forwarded.rpartition(",")[2].strip()
    return (last or request.META.get("REMOTE_ADDR", ""))[:45]


def count(username: str, address: str) -> int:
    """Attempts of this pair within the window (one query)."""
    return _recent().filter(username=_folded(username), address=address).count()


def note(username: str, address: str) -> LoginAttempt:
    """Keep an attempt, to be counted with those of the next WINDOW."""
    return LoginAttempt.objects.create(
        username=_folded(username), address=address, at=timezone.now()
    )


def admit(username: str, address: str, device: str = "") -> bool:
    """Note an attempt before its password is looked at; False when there were too many.

    ``device``: the known device of this account it comes from, if any. Noted first and counted
    then: of many guesses sent at once no more than the limit get through. A refused attempt is
    not kept, or trying again would prolong the wait that was announced.
    """
    source = DEVICE_PREFIX + device if device else address
    attempt = note(username, source)
    if not (limit := _limit_reached(attempt, is_known=bool(device))):
        return True
    attempt.delete()
    logger.warning("Percobaan ditolak: terlalu banyak %s dalam 15 menit.", limit)
    return False


def _limit_reached(attempt: LoginAttempt, *, is_known: bool) -> str:
    """Which limit is exceeded with this attempt, in words; "" for none (one query)."""
    name, source = Q(username=attempt.username), Q(address=attempt.address)
    found = (
        _recent()
        .filter(name | source)
        .aggregate(
            pair=Count("pk", filter=name & source),
            everywhere=Count("pk", filter=name),
            names=Count("username", filter=source, distinct=True),
        )
    )
    if found["pair"] > LIMIT:
        return "percobaan satu akun"
    if is_known:
        return ""
    if found["everywhere"] > WIDE_LIMIT:
        return "percobaan satu akun dari berbagai alamat"
    return "akun dari satu alamat" if found["names"] > NAMES_LIMIT else ""


def forget(username: str, address: str | None = None, device: str = "") -> None:
    """After a success: drop the attempts of this pair (or account) and everybody's old ones."""
    old = LoginAttempt.objects.filter(at__lte=timezone.now() - WINDOW)
    own = LoginAttempt.objects.filter(username=_folded(username))
    if address is not None:
        own = own.filter(address=DEVICE_PREFIX + device if device else address)
    (old | own).delete()


def _recent():
    return LoginAttempt.objects.filter(at__gt=timezone.now() - WINDOW)


def _folded(username: str) -> str:
    return username.strip().casefold()[:150]
