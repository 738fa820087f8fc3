"""Members of a Pokja as seats: the roster of today, joining and leaving."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import fetch, login_required, require
from apps.accounts.enums import Act
from apps.filing.forms import EndSeatForm, SeatForm
from apps.filing.members import coverage_sentence, roster
from apps.filing.views.base import pokja_in_scope, region_crumbs
from apps.pokja.models import Seat
from apps.pokja.services import add_seat, end_seat

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
@login_required
def pokja_members(request, pk):
    """Is membership really cross-sector? The roster, and a form to add a member (design 5.16)."""
    pokja = pokja_in_scope(request.user, pk)
    may_change = request.user.scope.can(Act.MANAGE_POKJA, pokja.region)
    if request.method == "POST":
        require(request.user, Act.MANAGE_POKJA, pokja.region)
    form = SeatForm(request.POST or None, instance=Seat(pokja=pokja)) if may_change else None
    if request.method == "POST" and form.is_valid():
        add_seat(pokja, actor=request.user, **form.cleaned_data)
        messages.success(request, f"{form.cleaned_data['institution']} ditambahkan.")
        return redirect("filing:pokja_members", pk)
    seats = roster(pokja, timezone.localdate())
    return render(
        request,
        "filing/members.html",
        {
            "pokja": pokja,
            "region": pokja.region,
            "form": form,
            "seats": seats,
            "sentence": coverage_sentence(seats),
            "crumbs": [*region_crumbs(pokja), ("Anggota", "")],
        },
    )


@require_http_methods(FORM_METHODS)
@login_required
def seat_end(request, pk, seat_pk):
    """A member leaves: the last day."""
    pokja = pokja_in_scope(request.user, pk)
    seat = fetch(
        Seat.objects.select_related("pokja__region"),
        request.user,
        pk=seat_pk,
        pokja=pokja,
        ended_on=None,
    )
    require(request.user, Act.MANAGE_POKJA, pokja.region)
    form = EndSeatForm(request.POST or None, seat=seat)
    if request.method == "POST" and form.is_valid():
        end_seat(seat, on=form.cleaned_data["ended_on"], actor=request.user)
        messages.success(request, f"Keanggotaan {seat.institution} diakhiri.")
        return redirect("filing:pokja_members", pk)
    crumbs = [*region_crumbs(pokja), ("Anggota", f"/pokja/{pk}/anggota/"), ("Akhiri", "")]
    return render(
        request,
        "filing/seat_end.html",
        {"pokja": pokja, "seat": seat, "form": form, "crumbs": crumbs},
    )
