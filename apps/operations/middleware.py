"""Around every request: its code, its time, its line in the log; and the answers to probes."""

import logging
import re
import secrets
import time

from django.conf import settings

from apps.core.incident import begin_incident
from apps.operations import metrics
from apps.operations.views import PROBES

logger = logging.getLogger("portal.request")

GIVEN_CODE = re.compile(r"[A-Za-z0-9-]{8,64}")
METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "OPTIONS", "PUT", "DELETE"})


class RequestMiddleware:
    """Stands outermost, so that a request refused by any other has its code and its figures too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        begin_incident(code_of(request))
        began = time.monotonic()
        response = self.get_response(request)
        self._tell(request, response, time.monotonic() - began)
        return response

    def _tell(self, request, response, seconds):
        """The view stands for the address, whose words may tell of a person."""
        match = request.resolver_match
        view = match.view_name if match and match.view_name else "-"
        method = request.method if request.method in METHODS else "lain"
        metrics.observe(view, method, response.status_code, seconds)
        figures = {
            "method": method,
            "view": view,
            "status": response.status_code,
            "ms": round(seconds * 1000),
        }
        is_slow = seconds >= settings.SLOW_SECONDS
        logger.log(
            logging.WARNING if is_slow else logging.INFO,
            "%s%s %s %s %d ms",
            "lambat: " if is_slow else "",
            *figures.values(),
            extra={"figures": figures},
        )


def code_of(request) -> str:
    """The code our own proxy gave the request, else a new one."""
    given = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
    return given if GIVEN_CODE.fullmatch(given) else secrets.token_hex(8)


class ProbesMiddleware:
    """Answer probes before the host is checked and HTTPS asked for: they come by bare address.

    Inside the headers, outside of session, database and everything else that may be the trouble.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        view = PROBES.get(request.path_info)
        if view is None:
            return self.get_response(request)
        response = view(request)
        response._has_been_logged = True  # asked each second: the probes log what is wrong
        return response
