"""One seat of a Pokja: added, corrected, given to somebody else, ended."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.accounts.access import fetch, login_required, require
from apps.accounts.enums import Act
from apps.core.errors import Conflict
from apps.filing.members import decrees_of
from apps.filing.seat_forms import EndSeatForm, HolderForm, SeatForm
from apps.filing.views.base import pokja_in_scope, region_crumbs
from apps.pokja.models import Pokja, Seat
from apps.pokja.seat_services import (
    SeatConflict,
    add_seat,
    change_holder,
    change_seat,
    end_seat,
    in_order,
)
from apps.pokja.seat_words import POSITIONS

FORM_METHODS = ["GET", "HEAD", "POST"]


def managed(request, pk: int) -> Pokja:
    """The Pokja whose members may be changed: 404 out of scope, 403 for the wrong role."""
    pokja = pokja_in_scope(request.user, pk)
    require(request.user, Act.MANAGE_POKJA, pokja.region)
    return pokja


def seat_in(request, pokja: Pokja, seat_pk: int) -> Seat:
    """A seat of this Pokja, or 404."""
    rows = Seat.objects.select_related("pokja__region", "decree").prefetch_related("holders")
    return fetch(rows, request.user, pk=seat_pk, pokja=pokja)


def suggestions(pokja: Pokja) -> dict[str, list[str]]:
    """What was written before, for the lists behind the text fields."""
    rows = list(pokja.seats.values_list("institution", "group", "position"))
    return {
        "institutions": sorted({row[0] for row in rows}),
        "groups": sorted({row[1] for row in rows if row[1]}),
        "positions": list(dict.fromkeys([*POSITIONS, *sorted({row[2] for row in rows})])),
    }


def members_crumbs(pokja: Pokja, name: str) -> list[tuple[str, str]]:
    return [*region_crumbs(pokja), ("Anggota", f"/pokja/{pokja.pk}/anggota/"), (name, "")]


@require_http_methods(FORM_METHODS)
@login_required
def seat_add(request, pk):
    """A new member."""
    pokja = managed(request, pk)
    decrees = decrees_of(pokja, request.user)
    initial = {"decree": request.GET.get("sk", "")}
    form = SeatForm(
        request.POST or None, instance=Seat(pokja=pokja), decrees=decrees, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            add_seat(pokja, actor=request.user, **form.values())
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, f"{form.cleaned_data['institution']} ditambahkan.")
            return redirect("filing:pokja_members", pk)
    return _page(request, "filing/seat_form.html", pokja, form, "Tambah anggota")


@require_http_methods(FORM_METHODS)
@login_required
def seat_change(request, pk, seat_pk):
    """Correct what a seat says, and the spelling of its holder's name."""
    pokja = managed(request, pk)
    seat = seat_in(request, pokja, seat_pk)
    form = SeatForm(request.POST or None, instance=seat, decrees=decrees_of(pokja, request.user))

    def change():
        revision = form.cleaned_data["revision"] or 0
        change_seat(seat, actor=request.user, revision=revision, **form.values())

    if request.method == "POST" and form.is_valid() and _done(request, form, change):
        messages.success(request, f"Kursi {seat.institution} disimpan.")
        return redirect("filing:pokja_members", pk)
    return _page(request, "filing/seat_form.html", pokja, form, "Ubah anggota", seat=seat)


@require_http_methods(FORM_METHODS)
@login_required
def seat_holder(request, pk, seat_pk):
    """Somebody new holds the seat from a day on."""
    pokja = managed(request, pk)
    seat = _running(seat_in(request, pokja, seat_pk))
    form = HolderForm(request.POST or None, initial={"revision": seat.revision})

    def change():
        change_holder(seat, actor=request.user, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and _done(request, form, change):
        name = form.cleaned_data["name"]
        messages.success(request, f"{name} tercatat sebagai {seat.position}.")
        return redirect("filing:pokja_members", pk)
    holders = in_order(seat.holders.all())
    return _page(
        request, "filing/seat_holder.html", pokja, form, "Pejabat baru", seat=seat, holders=holders
    )


@require_http_methods(FORM_METHODS)
@login_required
def seat_end(request, pk, seat_pk):
    """A member leaves: the last day."""
    pokja = managed(request, pk)
    seat = _running(seat_in(request, pokja, seat_pk))
    form = EndSeatForm(request.POST or None, seat=seat)

    def change():
        data = form.cleaned_data
        end_seat(seat, on=data["ended_on"], actor=request.user, revision=data["revision"])

    if request.method == "POST" and form.is_valid() and _done(request, form, change):
        messages.success(request, f"Keanggotaan {seat.institution} diakhiri.")
        return redirect("filing:pokja_members", pk)
    holder = next((row for row in seat.holders.all() if row.ended_on is None), None)
    return _page(request, "filing/seat_end.html", pokja, form, "Akhiri", seat=seat, holder=holder)


def _running(seat: Seat) -> Seat:
    """A seat that has not ended; of an ended one nothing goes on."""
    if seat.ended_on is not None:
        raise Http404("Keanggotaan ini sudah berakhir")
    return seat


def _done(request, form, change) -> bool:
    """Run a change; its faults are told at the form. Raises Conflict when somebody was faster."""
    try:
        change()
    except ValidationError as error:
        tell(form, error)
        return False
    except SeatConflict as conflict:
        raise Conflict(
            str(conflict), url=f"/pokja/{conflict.seat.pokja_id}/anggota/", typed=typed(form)
        ) from conflict
    return True


def tell(form, error: ValidationError) -> None:
    """Each message at its field, or above the form where it has none."""
    found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, sentences in found.items():
        form.add_error(name if name in form.fields else None, sentences)


def typed(form) -> list[tuple[str, str]]:
    """What the person wrote, for the page that says somebody was faster."""
    return [(field.label, str(field.value() or "")) for field in form.visible_fields()]


def _page(request, template, pokja, form, name, **more):
    return render(
        request,
        template,
        {
            "form": form,
            "pokja": pokja,
            "region": pokja.region,
            "crumbs": members_crumbs(pokja, name),
            "lists": suggestions(pokja),
            **more,
        },
    )
