"""Puts a person's practice room in the place of the real data for the time of a request.

Stands right after the log-in: session and person are the real ones, and known before the swap.
"""

import logging

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from apps.accounts.models import User
from apps.core.practice import current
from apps.practice.roles import BY_KEY
from apps.practice.rooms import open_stay, room_of
from apps.practice.store import FULL, is_full, limit_words

logger = logging.getLogger(__name__)

MARK = "latihan"  # session key: the role practised
SIGNED_IN_AS = (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Pages about the real account, or about the installation.
NOT_OFFERED = frozenset(
    {
        "accounts:password_change",
        "accounts:second_factor",
        "accounts:second_factor_set_up",
        "accounts:second_factor_off",
        "accounts:recovery_codes",
        "accounts:renew_codes",
        "accounts:sign_ins",
        "accounts:sign_in_end",
        "accounts:sign_ins_end_others",
        "accounts:password_reset",
        "accounts:password_reset_sent",
        "accounts:password_reset_set",
        "accounts:password_reset_done",
        "accounts:invitation",
        "accounts:activation",
        "api:tokens",
        "api:revoke",
    }
)
REFUSED = (
    "Halaman ini menyangkut akun atau pengaturan yang sesungguhnya. Keluar dari latihan terlebih "
    "dahulu, lalu buka lagi."
)


class PracticeMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        role = self._role(request)
        if role is None:
            return self.get_response(request)
        try:
            stay = open_stay(room_of(request.user.pk), role)
        except OSError:  # never on to the real data: the form was meant for the room
            logger.exception("Ruang latihan tidak dapat dibuka.")
            del request.session[MARK]
            return HttpResponseRedirect(reverse("practice:home"))
        try:
            response = self._inside(request, stay)
        except BaseException:
            stay.connection.close()
            raise
        return _leave_after(response, stay)

    def _role(self, request) -> str | None:
        """The role practised in this session; None outside of practice mode."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        role = request.session.get(MARK)
        if role in BY_KEY and request.user.is_authenticated:
            return role
        return None

    def _inside(self, request, stay):
        signed_in_as = _signed_in_as(request)
        request.real_user = request.user
        with stay.inside():
            person = User.objects.get(username=BY_KEY[stay.role].username)
            request.user = request._cached_user = person
            response = self.get_response(request)
        # Whoever signs in inside a room would take a room's number out to the real accounts.
        if SESSION_KEY in request.session and _signed_in_as(request) != signed_in_as:
            request.session.flush()
            return HttpResponseRedirect(reverse("accounts:login"))
        return response

    def process_view(self, request, view, args, kwargs):
        stay, match = current(), request.resolver_match
        if stay is None or match.namespace == "practice":
            return None
        if match.namespace == "admin" or match.view_name in NOT_OFFERED:
            return _refused(request, REFUSED)
        # Uploads hear it from the store, in their own words.
        writes = request.method not in SAFE_METHODS and match.namespace != "documents"
        if writes and stay.is_limited and is_full(stay.folder):
            return _refused(request, FULL.format(limit=limit_words()), is_full=True)
        return None


def _refused(request, reason: str, *, is_full=False):
    context = {"reason": reason, "is_full": is_full}
    return render(request, "practice/refused.html", context, status=403)


def _signed_in_as(request) -> list:
    return [request.session.get(key) for key in SIGNED_IN_AS]


def _leave_after(response, stay):
    """Close the room once the answer is out, and what was left for afterwards is done."""
    if response.streaming:
        response.streaming_content = _kept_inside(stay, response.streaming_content)
    if response.streaming or stay.later:
        response._resource_closers.append(lambda: _finish(stay))
    else:
        stay.connection.close()
    return response


def _kept_inside(stay, pieces):
    """The pieces of an answer, each made inside the room: it is sent after the middleware."""
    pieces, end = iter(pieces), object()
    while True:
        with stay.inside():
            piece = next(pieces, end)
        if piece is end:
            return
        yield piece


def _finish(stay) -> None:
    try:
        with stay.inside():
            while stay.later:
                stay.later.pop(0)()
    except Exception:  # nobody waits for it any more
        logger.exception("Pekerjaan dalam ruang latihan gagal.")
    finally:
        stay.connection.close()
