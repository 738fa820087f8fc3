"""``/cari/``: the page of hits, the jump to the one exact hit, and what is typed ahead."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.search.queries import LABELS, find
from apps.search.text import LONGEST, SHORTEST, cleaned

AHEAD = 3  # hits of a group while somebody types
AHEAD_FROM = 3  # letters


@require_safe
@login_required
def results(request):
    """Everything found for ``?q=``, grouped; to the one exact hit at once, but not when one group
    is asked for or the person comes from there (``?semua=1``)."""
    typed = request.GET.get("q", "")
    text = cleaned(typed)
    year = timezone.localdate().year
    if getattr(request, "htmx", False) and not request.htmx.boosted:
        response = _ahead(request, text, year)
    else:
        response = _page(request, typed, text, year)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _ahead(request, text, year):
    """A few hits under the box; nothing for less than AHEAD_FROM letters."""
    if len(text) < AHEAD_FROM:
        return HttpResponse()
    found = find(request.user, text, year, limit=AHEAD)
    return render(request, "search/_ahead.html", {"found": found})


def _page(request, typed, text, year):
    only = request.GET.get("kelompok", "")
    only = only if only in LABELS else ""
    found = find(request.user, text, year, only=only) if len(text) >= SHORTEST else None
    if found and not only and "semua" not in request.GET and (hit := found.only_exact):
        return redirect(hit.url)
    return render(
        request,
        "search/results.html",
        {
            "typed": text,
            "found": found,
            "only": LABELS.get(only, ""),
            "is_cut": len(" ".join(typed.split())) > LONGEST,
            "is_short": bool(text) and found is None,
        },
    )
