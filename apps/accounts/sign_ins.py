"""Sessions as their owners see them: a row for each log-in, its limits, and its end.

Two limits end a session by themselves: SESSION_COOKIE_AGE after the log-in (absolute), and
SESSION_IDLE_SECONDS without a request. When it was last used stands in the session, written at
most once a minute, so that ordinary requests write nothing: somebody is signed out after 60
minutes of rest, counted from a moment at most a minute before the last request. To end a session
from elsewhere its row is deleted; the next request with it is a stranger's.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import DatabaseError, transaction
from django.utils import timezone

from apps.accounts.devices import words_for
from apps.accounts.enums import Ending
from apps.accounts.models import SignIn, User
from apps.accounts.throttle import client_address
from apps.core.practice import current

MARK = "masuk"  # session key: [row, last used, row last written], seconds since 1970
CONFIRMED = "yakin"  # session key: when the person last proved who they are
NOTE_EVERY = 60  # seconds
WRITE_EVERY = 300


def _now() -> int:
    return int(timezone.now().timestamp())


def begin(sender, request, user, **kwargs) -> None:
    """Receiver of Django's ``user_logged_in``, the one thing all ways in have in common."""
    if request is None or current() is not None:
        return  # whoever signs in inside a practice room is thrown out of it
    session, now = request.session, timezone.now()
    if not session.session_key:
        session.create()
    SignIn.objects.filter(user=user, began_at__lt=now - timedelta(days=SignIn.KEPT)).delete()
    row = SignIn.objects.create(
        user=user,
        session=session.stored_key,
        address=client_address(request),
        device=words_for(request.headers.get("User-Agent", "")),
        began_at=now,
        seen_at=now,
    )
    session[MARK] = [row.pk, _now(), _now()]
    session[CONFIRMED] = _now()


def keep_time(request) -> None:
    """End the session where it rested too long, else note now and then that it is used.

    For a request whose session has somebody in it; no query unless there is something to write.
    """
    row, used, written = request.session.get(MARK) or (None, _now(), 0)
    now = _now()
    if now - used > settings.SESSION_IDLE_SECONDS:
        _end(SignIn.objects.filter(pk=row), Ending.IDLE)
        logout(request)
    elif now - used >= NOTE_EVERY:
        _note(request, row, now, now if now - written >= WRITE_EVERY else written)


def _note(request, row, now: int, written: int) -> None:
    """Write when the session was used. At once: at the end of a slow request it would overwrite
    what others wrote meanwhile. Where nothing can be written (full disk) people read on."""
    session = request.session
    session[MARK] = [row, now, written]
    try:
        with transaction.atomic():
            session.save()
            if written == now:
                SignIn.objects.filter(pk=row).update(seen_at=timezone.now())
    except (UpdateError, DatabaseError):
        if not session.exists(session.session_key):  # ended from elsewhere just now
            logout(request)
            return
    session.modified = False


def follow(request) -> None:
    """After the key of this session was changed: its row goes with it."""
    row = (request.session.get(MARK) or [None])[0]
    SignIn.objects.filter(pk=row).update(session=request.session.stored_key)


def running_of(user) -> list[SignIn]:
    """The log-ins that still open something, the last used first (one query)."""
    now = timezone.now()
    rested = timedelta(seconds=settings.SESSION_IDLE_SECONDS + WRITE_EVERY)
    oldest = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    rows = user.sign_ins.filter(ended_at=None, began_at__gt=oldest, seen_at__gt=now - rested)
    return list(rows)


def own_row(request) -> int | None:
    """The number of the row of the calling session."""
    return (request.session.get(MARK) or [None])[0]


def end_all(user: User, reason: str, *, but_of=None) -> int:
    """End the log-ins of a person, except that of the request ``but_of``; how many."""
    rows = SignIn.objects.filter(user=user, ended_at=None)
    if but_of is not None:
        rows = rows.exclude(session=but_of.session.stored_key)
    return _end(rows, reason)


def end_one(user: User, pk: int) -> bool:
    """End one log-in of one's own; False when it has ended already."""
    return bool(_end(SignIn.objects.filter(user=user, pk=pk, ended_at=None), Ending.BY_OWNER))


def end_own(request) -> None:
    """The row of a session that its owner leaves."""
    _end(SignIn.objects.filter(pk=own_row(request), ended_at=None), Ending.SIGNED_OUT)


@transaction.atomic
def _end(rows, reason: str) -> int:
    found = dict(rows.filter(ended_at=None).values_list("pk", "session"))
    if not found:
        return 0
    Session.objects.filter(pk__in=found.values()).delete()
    return SignIn.objects.filter(pk__in=found, ended_at=None).update(
        ended_at=timezone.now(), end_reason=reason
    )


def confirm(request) -> None:
    """The person has just proved who they are."""
    request.session[CONFIRMED] = _now()


def is_confirmed(request, within: timedelta) -> bool:
    """Whether the person proved who they are within this time."""
    at = request.session.get(CONFIRMED)
    return at is not None and _now() - at <= within.total_seconds()


def is_signed_in(request) -> bool:
    """Whether the session has somebody in it; without asking the database who."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session
