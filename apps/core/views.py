"""Pages for what goes wrong. Plain sentences, no query of their own.

400 and 500 stand on a page without navigation: the request, or the database, may be the trouble.
"""

from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse, HttpResponseServerError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from apps.core.incident import incident_code

SECRET_WORDS = ("password", "sandi", "secret", "token", "otp")
LAST_RESORT = (
    "<!doctype html><html lang='id'><meta charset='utf-8'><title>Portal sedang bermasalah</title>"
    "<h1>Portal sedang bermasalah</h1><p>Coba beberapa menit lagi.</p>"
)


def bad_request(request, exception=None):
    page = loader.render_to_string("errors/400.html", {"incident": incident_code()})
    return HttpResponse(page, status=400)


@requires_csrf_token
def permission_denied(request, exception=None):
    """403 with the reason, where the code that refused gave one."""
    context = {"reason": str(exception or "")}
    return render(request, "errors/403.html", context, status=403)


@requires_csrf_token
def page_not_found(request, exception=None):
    """404, the same for what is not there and for what is another region's."""
    return render(request, "errors/404.html", status=404)


def server_error(request):
    try:
        page = loader.render_to_string("errors/500.html", {"incident": incident_code()})
    except Exception:  # whatever broke the portal may have broken its templates
        page = LAST_RESORT
    return HttpResponseServerError(page)


def csrf_failure(request, reason=""):
    """The session ended while somebody was writing: keep the text and offer to send it again.

    Only to a form of our own pages. A form posted from elsewhere gets the page without the
    button, or one click on it would be the very forgery the check prevents.
    """
    kept = kept_values(request)
    context = {
        "kept": kept,
        "path": request.get_full_path(),
        "has_files": bool(kept and request.FILES),
    }
    return render(request, "errors/csrf.html", context, status=403)


def kept_values(request) -> list[tuple[str, str]]:
    """The posted (name, value) pairs to send again; none for foreign forms and for secrets.

    A form with a password is given up whole: without the password it would be another form.
    """
    if not _is_own_form(request):
        return []
    try:
        posted = request.POST
    except (OSError, MultiPartParserError, RequestDataTooBig, SuspiciousOperation):
        return []
    names = [name for name in posted if name != "csrfmiddlewaretoken"]
    if any(word in name.casefold() for name in names for word in SECRET_WORDS):
        return []
    return [(name, value) for name in names for value in posted.getlist(name)]


def _is_own_form(request):
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(source).netloc == request.get_host()
