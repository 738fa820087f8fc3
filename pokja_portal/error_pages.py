"""The portal's own pages for what goes wrong, also in development.

Django's would name every address, setting and variable there, in English. The traceback stands in
the terminal; ``DEBUG_PAGES=1`` brings Django's pages back. See settings.py, "Middleware".
"""

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404
from django.views.debug import ExceptionReporter

from apps.core.views import bad_request, page_not_found, server_error

REFUSED = (BadRequest, SuspiciousOperation)


class NotFoundMiddleware:
    """404 as in production. Stands innermost: where no view was found, nothing further in than
    this has answered, so the answer is Django's own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 404 and request.resolver_match is None:
            return page_not_found(request)
        return response

    def process_exception(self, request, exception):
        return page_not_found(request, exception) if isinstance(exception, Http404) else None


class OwnReporter(ExceptionReporter):
    """What a caller is told of an exception: the page of production, and as text its sentence."""

    def get_traceback_html(self):
        view = bad_request if self._is_refusal else server_error
        return view(self.request).content.decode()

    def get_traceback_text(self):
        if self._is_refusal:
            return "Permintaan tidak dapat dibaca. Periksa alamat dan isinya."
        return "Portal sedang bermasalah. Coba beberapa menit lagi."

    @property
    def _is_refusal(self):
        return isinstance(self.exc_value, REFUSED)
