"""Practice mode: choose a role, begin, begin anew, leave. All of it is on the real record."""

import logging

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import login_required
from apps.audit.services import record
from apps.core.errors import Unavailable
from apps.core.formats import format_size
from apps.core.practice import outside
from apps.practice import rooms
from apps.practice.forms import RoleForm
from apps.practice.middleware import MARK
from apps.practice.roles import BY_KEY, ROLES
from apps.practice.store import limit_words

logger = logging.getLogger(__name__)

NOT_MADE = "Ruang latihan belum dapat dibuat. Coba lagi beberapa menit lagi."


@require_safe
@login_required
def home(request):
    """``/latihan/``: what it is, and the roles."""
    chosen = request.session.get(MARK) if _is_inside(request) else ROLES[0].key
    return _home(request, RoleForm(initial={"peran": chosen}))


def _home(request, form):
    person = _real_person(request)
    room = rooms.kept_room(person.pk)
    context = {
        "form": form,
        "is_inside": _is_inside(request),
        "last_used": rooms.last_used(person.pk),
        "used": format_size(rooms.used_bytes(room)) if room else "",
        "limit": limit_words(),
    }
    return render(request, "practice/home.html", context)


@require_POST
@login_required
def enter(request):
    """Begin, or change the role one practises."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _home(request, form)
    role, person = BY_KEY[form.cleaned_data["peran"]], _real_person(request)
    with outside():
        _made(rooms.room_of, person)
        record("Masuk mode latihan", person, actor=person, after={"peran": role.label})
    _cross(request, role.key)
    messages.success(request, f"Anda berlatih sebagai {role.label}.")
    return redirect("accounts:home")


@require_POST
@login_required
def reset(request):
    """The room as it was on the first day."""
    person = _real_person(request)
    with outside():
        room = _made(rooms.copied_room, person)
        with transaction.atomic():
            record("Memulai ulang latihan", person, actor=person)
            rooms.point_to(room)
    messages.success(request, "Latihan dimulai ulang. Semua data contoh kembali seperti semula.")
    return redirect("accounts:home" if _is_inside(request) else "practice:home")


@require_POST
@login_required
def leave(request):
    """Back to the real portal; the room stays as it is for the next time."""
    if _is_inside(request):
        person = _real_person(request)
        with outside():
            record("Keluar dari mode latihan", person, actor=person)
        _cross(request, None)
        messages.success(request, "Anda kembali ke portal yang sesungguhnya.")
    return redirect("accounts:home")


def _is_inside(request) -> bool:
    return hasattr(request, "real_user")


def _real_person(request):
    return getattr(request, "real_user", request.user)


def _made(make, person):
    try:
        return make(person.pk)
    except OSError as error:
        logger.exception("Ruang latihan tidak dapat dibuat.")
        raise Unavailable(NOT_MADE) from error


def _cross(request, role: str | None) -> None:
    """Into a room or out of it: what the pages of one side kept in the session, and said last,
    does not go along."""
    for key in list(request.session.keys()):
        if not key.startswith("_"):
            del request.session[key]
    list(messages.get_messages(request))
    if role:
        request.session[MARK] = role
