"""Dashboards that are drawn once for all who may see the same, until something changes.

Two things are kept, each under all it depends on. The **parts** of a page that show figures (title,
head, content) are drawn without request and person, so that nothing of either can slip in; they
depend on the address, the posts of the viewer, the day, and the state of the data
(``effectiveness.stamps``), which is read from the database for every request. The **frame** around
them (name, menu, counts) depends on the person and on what the parts tell it (``TOLD``), and not on
the data: it outlives a change of figures. The CSRF token is put in each time. A page that is the
same as the caller's, by its tag, is answered with 304 before any of it is put together.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response

from apps.core.context import NAVIGATION, is_sample
from apps.core.kept import Kept
from apps.core.practice import current
from apps.effectiveness import stamps
from apps.inbox.context import NavCounts
from apps.notices.context import bell

KEPT = Kept()
FRAME = "dashboard/kept.html"
PARTS = ("title", "page_head", "content")
TOLD = ("data_date", "galat", "is_sample")  # what the frame says of the page, as plain text
ANY_DATA = ""  # the version of what does not depend on the data
TOKEN = "csrf_token"  # noqa: S105 - its name in templates
LONGEST = 200  # characters of a query; nobody fills the memory with made-up ones

# The finished HTML of PARTS, as it is sent, and the texts of TOLD.
Parts = tuple[bytes | str, ...]
# What is sent and, in turn, the names of what stands between.
Frame = tuple[bytes | str, ...]
# A template that extends dashboard/parts.html and its context, or an answer that is not kept.
Draw = Callable[[], tuple[str, dict] | HttpResponse]


def answer(request, draw: Draw) -> HttpResponse:
    """The page that ``draw`` gives, or as it was kept. Who may see it need not be asked again:
    the same posts were answered before, on the same data.

    The version is asked for again after drawing: a page that somebody's commit fell into is shown,
    as any page may be, and not kept. 1 query, 2 where it is drawn; and the numbers of the menu.
    """
    version = stamps.version() if _may_be_kept(request) else None
    if version is None:
        return _passing(request, draw)
    shared = _shared_key(request)
    own = _own_key(request, shared)
    if "CSRF_COOKIE" not in request.META:
        get_token(request)  # makes the secret; the token itself is made for a page only
    tag = _tag(request, version, own)
    if unchanged := get_conditional_response(request, tag):
        return unchanged
    parts, is_new = KEPT.get(shared, version), False
    if parts is None:
        parts, is_new = _parts(request, draw), True
        if isinstance(parts, HttpResponse):
            return parts
    page = _joined(_framed(request, own, parts), parts, get_token(request))
    if is_new:
        if stamps.version() != version:
            return HttpResponse(page)
        KEPT.put(shared, version, parts)
    return HttpResponse(page, headers={"ETag": tag})


def _framed(request, own: tuple, parts: Parts) -> Frame:
    """The frame of this person for such a page, as kept or drawn."""
    key = (*own, *parts[len(PARTS) :])
    frame = KEPT.get(key, ANY_DATA)
    if frame is None:
        frame = _frame(request, parts)
        KEPT.put(key, ANY_DATA, frame)
    return frame


def _may_be_kept(request) -> bool:
    """What a past day looked like is asked for seldom, and reads other tables; a message is shown
    once."""
    asked = request.META.get("QUERY_STRING", "")
    return len(asked) <= LONGEST and "per" not in request.GET and not len(get_messages(request))


def _passing(request, draw: Draw) -> HttpResponse:
    """A page of which nothing is kept."""
    parts = _parts(request, draw)
    if isinstance(parts, HttpResponse):
        return parts
    return HttpResponse(_joined(_frame(request, parts), parts, get_token(request)))


# --- what a page depends on ------------------------------------------------------------------


def _shared_key(request) -> tuple:
    scope = request.user.scope
    return (request.get_full_path(), scope.is_admin, tuple(scope.posts), timezone.localdate())


def _own_key(request, shared: tuple) -> tuple:
    """All of the person that the frame may show, and the numbers in the menu."""
    user, stay = request.user, current()
    fields = (each.attname for each in user._meta.concrete_fields if each.attname != "password")
    person = [getattr(user, name) for name in fields]
    numbers, scope = NavCounts(user), user.scope
    counted = (entry for entry in NAVIGATION if entry.count_key)
    wanted = {entry.count_key for entry in counted if scope.has_role(*entry.roles)}
    request.nav_counts = {key: numbers.get(key) for key in sorted(wanted)}
    return (
        *shared,
        request.build_absolute_uri(),
        *person,
        stay.role if stay else "",
        *request.nav_counts.items(),
        str(bell(request)["unread_notices"]),
    )


def _tag(request, version: str, own: tuple) -> str:
    """Names the page as this caller has it, with the secret its forms were made for."""
    known = repr((version, own, request.META["CSRF_COOKIE"]))
    return f'"{hashlib.sha256(known.encode()).hexdigest()[:32]}"'


# --- drawing ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """All that the kept parts may know of a request."""

    path: str
    GET: object


def _parts(request, draw: Draw) -> Parts | HttpResponse:
    """The values of PARTS, finished HTML, and of TOLD, plain text."""
    found = draw()
    if isinstance(found, HttpResponse):
        return found
    name, context = found
    cut = f"\x1e{token_hex(8)}\x1e"
    asked = Asked(request.path, request.GET)
    known = Context(context | {"cut": cut, "request": asked})
    known.request = asked  # where {% querystring %} looks
    parts = get_template(name).template.render(known).split(cut)
    told = _told(context)
    return (*(part.strip().encode() for part in parts), *told)


def _told(context: dict) -> tuple[str, ...]:
    """The values of TOLD. Whether the figures are sample data is a matter of the database."""
    told = context | {"is_sample": is_sample()}
    return tuple(str(told.get(each) or "") for each in TOLD)


def _frame(request, parts: Parts) -> Frame:
    cut = f"\x1e{token_hex(8)}"
    places = {name: f"{cut}{name}\x1e" for name in (*PARTS, TOKEN)}
    told = dict(zip(TOLD, parts[len(PARTS) :], strict=True))
    first, *others = render_to_string(FRAME, places | told, request).split(cut)
    pieces: list[bytes | str] = [first.encode()]
    for each in others:
        name, _, text = each.partition("\x1e")
        pieces += [name, text.encode()]
    return tuple(pieces)


def _joined(frame: Frame, parts: Parts, token: str) -> bytes:
    values = dict(zip(PARTS, parts, strict=False)) | {TOKEN: token.encode()}
    return b"".join(values[each] if at % 2 else each for at, each in enumerate(frame))
