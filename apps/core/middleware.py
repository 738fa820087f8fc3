"""Headers that every answer carries, and the pages for a conflict and for what is away."""

from django.conf import settings
from django.shortcuts import render

from apps.core.errors import Conflict, Unavailable

CSP = "Content-Security-Policy"

# The portal uses no sensor, no camera, no payment; nobody's script may either.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class ContentSecurityPolicyMiddleware:
    """Send ``settings.SECURE_CSP`` (the format of Django 6, so that its own can take over).

    A policy the view has set itself stays: files go out under a stricter one.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = policy_text(settings.SECURE_CSP)

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault(CSP, self.policy)
        return response


def policy_text(directives: dict) -> str:
    """{"default-src": ["'none'"], "sandbox": True} as the text of the header."""
    parts = []
    for name, sources in directives.items():
        if sources in (None, False):
            continue
        sources = [] if sources is True else [sources] if isinstance(sources, str) else sources
        parts.append(" ".join([name, *sources]))
    return "; ".join(parts)


class PrivacyHeadersMiddleware:
    """Keep pages of one person from other sites and from anybody's cache.

    What says nothing of its own is kept by nobody, whoever it was made for. An answer that may be
    kept says so itself: ``private, no-cache`` for a page that a browser asks for again each time
    (ETag), ``public`` for what is the same for everybody.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        # Django's own middleware says some of these too, but not where the host was refused.
        self.headers = {
            "Permissions-Policy": PERMISSIONS_POLICY,
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
            "Cache-Control": "private, no-store",
        }
        seconds = settings.SECURE_HSTS_SECONDS
        self.hsts = f"max-age={seconds}" if seconds else ""

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        if self.hsts and request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", self.hsts)
        return response


class ConflictMiddleware:
    """Turn ``Conflict`` raised by a view into the page that says who was faster (409), and
    ``Unavailable`` into the one that says what does not answer (503)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Unavailable):
            context = {"sentence": str(exception)}
            return render(request, "errors/503.html", context, status=exception.status)
        if not isinstance(exception, Conflict):
            return None
        request.refused_because = exception.message  # for apps.audit.refusals
        context = {"conflict": exception, "url": exception.url or request.path}
        return render(request, "errors/409.html", context, status=409)
