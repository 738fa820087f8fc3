"""Middleware of the installation: form charset, session limit, compressed pages."""

import codecs
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import BadRequest
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone

COMPRESSED_TYPES = ("text/html", "text/csv", "application/json", "image/svg+xml")


class FormCharsetMiddleware:
    """Answer 400 to a request whose Content-Type names a charset other than UTF-8.

    Django 5.2 raises BadRequest every time such a request's POST is read, also while it answers
    the first one, so that a bare 500 without page, headers or log leaves the server; a charset
    such as `hex` breaks even GET. Stands inside the middleware that sets headers and before the
    first one that reads the form.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        charset = request.content_params.get("charset")
        if charset is not None:
            request.encoding = "utf-8"  # the error page, too, must be able to read the request
            if not _is_utf8(charset):
                raise BadRequest("Isi permintaan harus memakai UTF-8.")
        _make_nul_harmless(request)
        return self.get_response(request)


def _make_nul_harmless(request) -> None:
    """PostgreSQL answers a NUL with an error wherever it comes. As U+FFFD it stays a value that
    nobody knows; taken away, "wilayah=%00" would ask for every region."""
    query = request.META.get("QUERY_STRING", "")
    request.META["QUERY_STRING"] = query.replace("%00", "%EF%BF%BD")


def _is_utf8(charset):
    try:
        return codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):
        return False


class SessionLimitMiddleware:
    """Fix the end of a session at log-in: SESSION_COOKIE_AGE later, whatever happens meanwhile.

    Django moves the end on with every change of the session. Here and not in the log-in view,
    so that the admin's own log-in is limited as well.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        session = request.session
        if session.accessed and SESSION_KEY in session and "_session_expiry" not in session:
            limit = timedelta(seconds=settings.SESSION_COOKIE_AGE)
            session.set_expiry(timezone.now() + limit)
        return response


class PageGZipMiddleware(GZipMiddleware):
    """Compress pages, never documents: a PDF goes out with its length and byte for byte."""

    def process_response(self, request, response):
        kind = response.get("Content-Type", "").partition(";")[0]
        if kind not in COMPRESSED_TYPES or response.get("Content-Disposition"):
            return response
        return super().process_response(request, response)
