"""A verified item looked at again, blind, by the verifier it was given to."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.accounts.access import fetch, login_required
from apps.checking import queries
from apps.checking.second_look import LookForm, blind_screen, blind_sheets
from apps.checking.sheets import view_of
from apps.core.errors import Conflict
from apps.reviews.drawing import refusal, save_verdict
from apps.reviews.models import SampleItem
from apps.reviews.queries import looks_to_mark
from apps.verification.models import Evidence


@login_required
@require_http_methods(["GET", "POST"])
def second_look(request, look_pk):
    """Mark each value and say what the decision should have been; nothing of the item changes."""
    look = fetch(SampleItem.objects.select_related("sample"), request.user, pk=look_pk)
    if look.verifier_id != request.user.pk:
        raise PermissionDenied(refusal(look, request.user))
    if request.method == "GET" and (told := refusal(look, request.user)):
        messages.info(request, told)
        return redirect("reviews:samples")
    rows = queries.with_content(Evidence.objects.all(), request.user)
    shown = blind_screen(fetch(rows, request.user, pk=look.evidence_id))
    form = LookForm(request.POST or None, shown)
    if request.method == "POST":
        _still_open(look, request, form)
        if form.is_valid():
            save_verdict(look, form.verdict(), actor=request.user)
            return _to_next(request)
    return _page(request, look, shown, form)


def _still_open(look, request, form) -> None:
    """What was typed is not lost when the draw was closed or the item marked meanwhile."""
    if told := refusal(look, request.user):
        text = request.POST.get("catatan", "")[:4000]
        raise Conflict(
            f"Tanda Anda tidak disimpan. {told}",
            url=reverse("reviews:samples"),
            typed=[("Catatan", text)] if text else [],
        )


def _page(request, look, shown, form):
    pages = shown.document and blind_sheets(
        shown, look.pk, request.user, view_of(request.GET, shown.document.pages)
    )
    return render(
        request,
        "checking/second_look.html",
        {
            "look": look,
            "screen": shown,
            "evidence": shown.evidence,
            "sheets": pages,
            "form": form,
            "rows": form.rows(),
            "shows_checks": True,
        },
    )


def _to_next(request):
    """The next of one's own items; the list when none is left."""
    left = looks_to_mark(request.user)
    told = f"Tersimpan. {len(left)} berkas lagi untuk Anda." if left else "Tersimpan."
    messages.success(request, told)
    if not left:
        return redirect("reviews:samples")
    return redirect("checking:second_look", left[0].pk)
