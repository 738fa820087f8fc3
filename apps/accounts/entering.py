"""From a right password into the portal: at once, or by way of the second step.

Until the second step is right nobody is signed in: the session holds whom it waits for and since
when, and opens nothing.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login, logout
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from apps.accounts import devices, second_factor
from apps.accounts.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"
WAITING = "menunggu"  # session key: {"user", "since", "password", "next"}
WAITS = 300  # seconds


@dataclass(frozen=True)
class Waiting:
    """Somebody whose password was right a moment ago, and where they are going."""

    user: User
    next: str


def enter(request, user: User, target: str = ""):
    """The answer to a right password (or a used invitation); ``target`` is checked here."""
    if not second_factor.is_on(user):
        return _let_in(request, user, target)
    if request.user.is_authenticated:
        logout(request)  # somebody else's log-in at this browser
    request.session.cycle_key()
    request.session[WAITING] = {
        "user": user.pk,
        "since": int(timezone.now().timestamp()),
        "password": user.get_session_auth_hash(),
        "next": target,
    }
    return redirect("accounts:second_step")


def waiting_of(request) -> Waiting | None:
    """Whom the session waits for; None after five minutes, or where the password or the account
    changed meanwhile."""
    held = request.session.get(WAITING)
    if not held or timezone.now().timestamp() - held["since"] > WAITS:
        return None
    user = User.objects.filter(pk=held["user"], is_active=True).first()
    if not user or not constant_time_compare(user.get_session_auth_hash(), held["password"]):
        return None
    return Waiting(user, held["next"])


def enter_waiting(request, waiting: Waiting):
    """The answer to a right second step."""
    request.session.pop(WAITING, None)
    response = _let_in(request, waiting.user, waiting.next)
    request.session[second_factor.PASSED] = True
    return response


def _let_in(request, user, target):
    login(request, user, backend=BACKEND)
    response = redirect(safe_target(request, target) or resolve_url(settings.LOGIN_REDIRECT_URL))
    devices.remember(request, response, user)
    return response


def safe_target(request, target: str) -> str:
    """The address if it is one of this portal, else ""."""
    is_safe = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    return target if is_safe else ""
