"""The page about the API, and a person's own tokens."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import login_required
from apps.accounts.reauth import recently_confirmed
from apps.api import delivery, tokens
from apps.api.auth import PER_MINUTE
from apps.api.endpoints import ENDPOINTS
from apps.api.forms import TokenForm
from apps.api.models import Token
from apps.api.parameters import DEFAULT_SIZE, LARGEST

ENDED_SHOWN = 10
NO_POST = "Akun tanpa penugasan belum dapat membuat token, karena belum ada data yang dapat dibaca."


@require_safe
def guide(request):
    """How to read the data with a program; open to everybody, it tells of no data."""
    context = {
        "endpoints": ENDPOINTS,
        "address": request.build_absolute_uri("/").rstrip("/"),
        "year": timezone.localdate().year,
        "per_minute": PER_MINUTE,
        "limit": tokens.LIMIT,
        "default_size": DEFAULT_SIZE,
        "largest": LARGEST,
    }
    return render(request, "api/guide.html", context)


@require_http_methods(("GET", "HEAD", "POST"))
@login_required
@recently_confirmed
def mine(request):
    """The own tokens; a new one is shown once, on the page that follows its making."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (secret := _made(request, form)):
        response = redirect("api:tokens")
        delivery.send(response, secret)
        return response
    secret = delivery.take(request)
    context = {"form": form, "secret": secret, "limit": tokens.LIMIT, **_own(request.user)}
    if secret:
        context["made"] = tokens.find(secret)
    response = render(request, "api/tokens.html", context)
    if secret:
        delivery.forget(response)
    return response


def _made(request, form) -> str:
    """The secret of a new token; "" where it was refused, with the reason at the form."""
    if not (request.user.scope.posts or request.user.scope.is_admin):
        form.add_error(None, NO_POST)
        return ""
    given = form.cleaned_data
    try:
        _, secret = tokens.create(request.user, given["name"], given["days"])
    except tokens.TokenRefused as refused:
        form.add_error(None, str(refused))
        return ""
    return secret


def _own(user) -> dict:
    """Tokens that are open, and the last ones that ended; 2 queries."""
    now = timezone.now()
    opened = list(tokens.open_tokens(user))
    others = Token.objects.filter(user=user).exclude(pk__in=[each.pk for each in opened])
    ended = [(each, each.state(now).label) for each in others[:ENDED_SHOWN]]
    return {"opened": opened, "ended": ended}


@require_POST
@login_required
def revoke(request, token_pk):
    token = Token.objects.filter(user=request.user, pk=token_pk).first()
    if token is None:
        raise Http404
    if tokens.revoke(token, actor=request.user):
        messages.success(request, f"Token {token.name} dicabut dan tidak membuka apa pun lagi.")
    else:
        messages.info(request, f"Token {token.name} sudah dicabut sebelumnya.")
    return redirect("api:tokens")
