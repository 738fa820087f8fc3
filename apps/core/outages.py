"""What the portal answers while its data cannot be reached: 503, calm words, nothing lost.

The database is away, has no connection left, is locked or cannot be written; a disk is full.
Other errors stay what they are. The page asks neither database nor session, so that it can be
made whatever is broken.
"""

import errno
import logging
import sys

from django.core.signals import got_request_exception
from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django.db.utils import InternalError
from django.http import HttpResponse, JsonResponse
from django.template import loader

from apps.core.views import kept_values

logger = logging.getLogger(__name__)

TITLE = "Portal sedang tidak dapat mengakses datanya"
SENTENCE = f"{TITLE}. Yang sudah disimpan tetap aman. Coba lagi sebentar."
RETRY_AFTER = 5  # seconds
FOR_PROGRAMS = {"/api/": "galat", "/unggah/": "pesan"}  # address: where they read the sentence
LAST_RESORT = (
    f"<!doctype html><html lang='id'><meta charset='utf-8'><title>{TITLE}</title><h1>{TITLE}</h1>"
    "<p>Yang sudah disimpan tetap aman. Coba lagi sebentar.</p>"
)
# Primary codes: PERM, BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL. The others,
# such as a pattern too complex or a table that is not there, are mistakes of ours.
SQLITE_AWAY = frozenset({3, 5, 6, 7, 8, 10, 13, 14, 15})
POSTGRESQL_READ_ONLY = "25006"
POSTGRESQL_OUR_MISTAKE = "54"  # class: statement too complex
# What Django and psycopg2 say, as other kinds of error, of a line that broke in the middle.
LINE_BROKE = ("Cannot open a new connection in an atomic block", "no message from the libpq")
DISK_AWAY = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


def is_outage(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, says that the data cannot be reached just now."""
    while error is not None:
        if _is_away(error):
            return True
        error = error.__cause__
    return False


def _is_away(error) -> bool:
    if isinstance(error, DatabaseError) and any(word in str(error) for word in LINE_BROKE):
        return True
    if isinstance(error, InterfaceError):
        return "closed" in str(error)  # the rest of them is wrong use
    if isinstance(error, OSError):
        return error.errno in DISK_AWAY
    if type(error) is DatabaseError and hasattr(error.__cause__, "pgcode"):
        # PostgreSQL gives every error of its own a code: one without came from the line.
        return error.__cause__.pgcode is None
    code = getattr(error.__cause__, "pgcode", None) or ""
    if isinstance(error, InternalError):
        return code == POSTGRESQL_READ_ONLY
    if not isinstance(error, OperationalError):
        return False
    sqlite = getattr(error.__cause__, "sqlite_errorcode", None)
    if sqlite is not None:
        return sqlite & 0xFF in SQLITE_AWAY
    return not code.startswith(POSTGRESQL_OUR_MISTAKE)


def database_answers() -> bool:
    """Whether the database can be asked now; for pages that tell of the portal's health."""
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except (OperationalError, InterfaceError):
        return False


class OutageMiddleware:
    """Answer an outage wherever it shows: in a view, in session or log-in, in an error page.

    Stands outside the first middleware that asks the database. What a middleware raises comes
    here as a finished 500; the signal tells what it was.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        got_request_exception.connect(_take_note, dispatch_uid="outages")

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 500 and getattr(request, "met_outage", False):
            return answer(request)
        return response

    def process_exception(self, request, exception):
        return answer(request) if is_outage(exception) else None


def _take_note(sender, request=None, **kwargs):
    """Runs while the error is being handled."""
    if request is not None and is_outage(sys.exception()):
        request.met_outage = True


def answer(request) -> HttpResponse:
    """The 503 in the form the caller understands: JSON, a part of a page, or a page."""
    logger.error("Data tidak dapat diakses: %s %s dijawab 503.", request.method, request.path)
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    if key := _key_of_sentence(request):
        return JsonResponse({key: SENTENCE}, status=503, headers=headers)
    if request.headers.get("HX-Request") == "true":
        part = f'<p class="pk-note" role="alert">{SENTENCE}</p>'
        return HttpResponse(part, status=503, headers=headers)
    return HttpResponse(_page(request), status=503, headers=headers)


def _key_of_sentence(request) -> str:
    """Under which name a program finds the sentence; "" for people, who get a page."""
    for address, key in FOR_PROGRAMS.items():
        if request.path.startswith(address):
            return key
    accept = request.headers.get("Accept", "")
    return "pesan" if "application/json" in accept and "text/html" not in accept else ""


def _page(request) -> str:
    try:
        return loader.render_to_string("errors/outage.html", _context(request))
    except Exception:  # the disk that is full may hold the templates
        logger.exception("Halaman gangguan tidak dapat dibuat.")
        return LAST_RESORT


def _context(request) -> dict:
    is_form = request.method == "POST"
    kept = _typed(request) if is_form else []
    return {
        "title": TITLE,
        "is_form": is_form,
        "kept": kept,
        "token": request.POST.get("csrfmiddlewaretoken", "") if kept else "",
        "has_files": bool(kept and request.FILES),
        "path": request.get_full_path(),
    }


def _typed(request) -> list[tuple[str, str]]:
    """What was typed, to be sent again with the token it came with; [] where it cannot be read."""
    try:
        return kept_values(request)
    except Exception:  # the body may be gone, half read, or too large for a full disk
        return []
