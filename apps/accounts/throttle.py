"""At most five wrong passwords in fifteen minutes for one account from one address.

The pair, not the account alone: a stranger's guesses must not lock the owner out. Attempts are
rows in the database, so that any number of processes agree.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from apps.accounts.models import LoginAttempt

LIMIT = 5
WINDOW = timedelta(minutes=15)
RESET_PREFIX = "sandi:"  # requests for a reset mail are counted beside the sign-ins


def client_address(request) -> str:
    """The caller's address; behind our own proxy the last one that proxy has added."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    last = forwarded.rpartition(",")[2].strip()
    return (last or request.META.get("REMOTE_ADDR", ""))[:45]


def count(username: str, address: str) -> int:
    """Attempts of this pair within the window (one query)."""
    since = timezone.now() - WINDOW
    return LoginAttempt.objects.filter(
        username=_folded(username), address=address, at__gt=since
    ).count()


def note(username: str, address: str) -> LoginAttempt:
    """Keep an attempt, to be counted with those of the next WINDOW."""
    return LoginAttempt.objects.create(
        username=_folded(username), address=address, at=timezone.now()
    )


def admit(username: str, address: str) -> bool:
    """Note an attempt before its password is looked at; False when there were too many.

    Noted first and counted then: of many guesses sent at once no more than LIMIT get through.
    A refused attempt is not kept, or trying again would prolong the wait that was announced.
    """
    attempt = note(username, address)
    if count(username, address) <= LIMIT:
        return True
    attempt.delete()
    return False


def forget(username: str, address: str | None = None) -> None:
    """After a success: drop the attempts of this pair (or account) and everybody's old ones."""
    old = LoginAttempt.objects.filter(at__lte=timezone.now() - WINDOW)
    own = LoginAttempt.objects.filter(username=_folded(username))
    if address is not None:
        own = own.filter(address=address)
    (old | own).delete()


def _folded(username: str) -> str:
    return username.strip().casefold()[:150]
