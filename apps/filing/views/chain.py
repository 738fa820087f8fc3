"""The chain of a Pokja's SK on any day, and "Gunakan kembali" in a new year."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import login_required
from apps.core.formats import format_date
from apps.filing.cards import reader_of
from apps.filing.chain import chain_for
from apps.filing.forms import DayForm
from apps.filing.reuse import confirm
from apps.filing.views.base import pokja_in_scope, region_crumbs, writable


@require_safe
@login_required
def chain(request, pk):
    """Which SK is, was or will be in force on a day, and how it came about (spec section 5.1)."""
    pokja = pokja_in_scope(request.user, pk)
    today = timezone.localdate()
    form = DayForm({"per": request.GET.get("per") or format_date(today)})
    on = (form.cleaned_data["per"] if form.is_valid() else None) or today
    reader = reader_of(request.user, pokja.region)
    return render(
        request,
        "filing/chain.html",
        {
            "pokja": pokja,
            "region": pokja.region,
            "chain": chain_for(pokja, on, today, reader),
            "form": form,
            "reader": reader,
            "year": today.year,
            "days": [date(today.year - 1, 12, 31), today, date(today.year, 12, 31)],
            "crumbs": [*region_crumbs(pokja), ("Rantai SK", "")],
        },
    )


@require_POST
@login_required
def reuse(request, pk, year):
    """ "Gunakan kembali": the officials were checked and the SK still holds; for several Pokja of
    one SK at once. Never changes the score."""
    pokja = writable(request, pk, year)
    done = confirm(
        pokja,
        year,
        sk=request.POST.get("sk", ""),
        chosen=request.POST.getlist("pokja"),
        actor=request.user,
    )
    messages.success(request, done)
    if "tugas" in request.POST:
        return redirect("inbox:tasks")
    return redirect("filing:pokja_year", pk, year)
