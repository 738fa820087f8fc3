"""What every page starts with: signed in, rows in scope (404), acts allowed (403).

Spec section 3: a foreign object answers 404, a forbidden act on a visible object 403. Plain
function views use ``login_required``, ``fetch`` and ``require``; class views ``ScopedView``.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from apps.accounts.enums import Act
from apps.core.views import csrf_failure, kept_values

REFUSED = "Peran Anda tidak dapat {act} data {region}."


def login_required(view):
    """Only for people who are signed in; others go to the sign-in page and come back after it.
    What they had typed into a form of ours stands on a page from which it can be sent again.

    A part of a page asked for by htmx cannot show a sign-in page in its place: the browser is
    told to leave the whole page instead.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST" and kept_values(request):
            return csrf_failure(request)  # the log-in ended while somebody was writing
        return leave_for(request, settings.LOGIN_URL)

    return guarded


def leave_for(request, address: str) -> HttpResponse:
    """Send the whole page, not only the part htmx asked for, to an address with ``next``."""
    if not getattr(request, "htmx", False):
        return redirect_to_login(request.get_full_path(), address)
    page = urlsplit(request.htmx.current_url_abs_path or "/")._replace(fragment="").geturl()
    return HttpResponse(headers={"HX-Redirect": redirect_to_login(page, address).url})


def fetch(source, user, **lookup) -> Model:
    """The one row of a scoped model (or of a queryset of one) this user may see, else 404."""
    rows = source.objects.all() if isinstance(source, type) else source
    return get_object_or_404(rows.for_user(user), **lookup)


def require(user, act: str, region) -> None:
    """Raise PermissionDenied (403) unless the user may do this in that region.

    For regions the user sees already: fetch the object first, so that a foreign one is 404.
    """
    if not user.scope.can(act, region):
        raise PermissionDenied(REFUSED.format(act=Act(act).label, region=region))


def require_role(user, *roles: str) -> None:
    """Raise PermissionDenied (403) unless the user holds one of these roles anywhere."""
    if not user.scope.has_role(*roles):
        raise PermissionDenied("Halaman ini tidak tersedia untuk peran Anda.")


class ScopedView:
    """Mixin of class views: put it first, before ``View`` or ``TemplateView``."""

    def dispatch(self, request, *args, **kwargs):
        return login_required(super().dispatch)(request, *args, **kwargs)

    def get_scoped(self, source, **lookup) -> Model:
        return fetch(source, self.request.user, **lookup)

    def require(self, act: str, region) -> None:
        require(self.request.user, act, region)
