"""Keeps what is typed while it is typed: asked by ``isian.js``, answered as JSON.

Whoever is no longer signed in gets 401 and not a page, so that the script can keep the text in
the browser and try again.
"""

from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import login_required
from apps.core.formats import format_time
from apps.evidence import unsaved
from apps.evidence.kinds import BY_STEP
from apps.filing.items import evidence_of
from apps.filing.views.actions import revision_of, step_url_of
from apps.filing.views.base import writable

SIGNED_OUT = "Sesi sudah berakhir. Isian Anda tersimpan di peramban ini; masuk lagi di tab baru."


@never_cache
@require_http_methods(["GET", "POST"])
def typed(request, pk, year, step):
    """GET: a fresh token after a new log-in. POST: keep what was typed so far."""
    if not request.user.is_authenticated:
        return JsonResponse({"pesan": SIGNED_OUT}, status=401)
    pokja = writable(request, pk, year)
    if step not in BY_STEP:
        raise Http404("Langkah tidak dikenal")
    if request.method == "GET":
        return JsonResponse({"token": get_token(request)})
    kept = unsaved.keep(
        request.user,
        pokja,
        year,
        step,
        slot_of(request, pokja, year),
        revision=revision_of(request),
        pairs=unsaved.pairs_of(request.POST),
    )
    at = format_time(kept.saved_at, pokja.region.timezone_label)
    return JsonResponse({"pesan": f"Draf tersimpan otomatis {at}"})


@require_POST
@login_required
def discard(request, pk, year, step):
    """ "Buang": back to what is saved."""
    pokja = writable(request, pk, year)
    slot = slot_of(request, pokja, year)
    unsaved.let_go(request.user, pokja, year, step, [slot])
    query = f"?bukti={slot}" if slot else ""
    return redirect(f"{step_url_of(pokja, year, step)}{query}")


def slot_of(request, pokja, year) -> int:
    """The version typed on, of this Pokja and year; 0 for a new one. 404 for any other."""
    named = request.POST.get("bukti", "")
    if not named:
        return 0
    if not (named.isascii() and named.isdecimal() and len(named) < 19):
        raise Http404("Bukti tidak dikenal")
    if not evidence_of(pokja, year).for_user(request.user).filter(pk=int(named)).exists():
        raise Http404("Bukti tidak dikenal")
    return int(named)
