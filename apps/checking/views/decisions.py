"""What a verifier decides: approve, return, cancel (spec section 4); and where values stand."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import login_required, require
from apps.accounts.enums import Act
from apps.checking import queries, screen, words
from apps.checking.forms import CancelForm, CheckForm
from apps.checking.screen import brief_of
from apps.checking.views.item import (
    check_form,
    conflict_page,
    evidence_of,
    filters_of,
    item_page,
)
from apps.checking.views.undo import tell_decided
from apps.evidence import services
from apps.verification.citations import note_places
from apps.verification.enums import Action, Status
from apps.verification.pins import waiting
from apps.verification.services import NoteRequired, StepConflict, StepRefused, refusal


@login_required
@require_POST
def approve(request, pk):
    """Everything matches: the version is verified and counts from now on."""
    return _decide(request, pk, Action.VERIFY, CheckForm.check_approval, _approve)


@login_required
@require_POST
def return_(request, pk):
    """Back to the officer with notes at the fields."""
    return _decide(request, pk, Action.RETURN, CheckForm.check_return, _return)


def _decide(request, pk, action, is_complete, act):
    evidence, form = _posted(request, pk, action)
    if not is_complete(form):
        return item_page(request, evidence, form)
    try:
        with transaction.atomic():
            note_places(evidence, form.places(), actor=request.user, revision=form.seen_revision)
            flash = act(evidence, form, request.user)
    except StepConflict as conflict:
        raise conflict_page(request, conflict, form.typed()) from conflict
    except StepRefused as refused:
        raise PermissionDenied(str(refused)) from refused
    tell_decided(request, flash, [evidence])
    return _to_next(request, evidence)


def _posted(request, pk, action):
    """The item and what was posted about it, by somebody who may judge it as they saw it."""
    evidence = evidence_of(request, pk)
    require(request.user, Act.VERIFY, evidence.region)
    shown = screen.screen_of(evidence, request.user)
    form = check_form(request.POST, shown, has_pins=bool(waiting(evidence, request.user)))
    form.full_clean()
    if form.seen_revision != evidence.revision:
        raise conflict_page(request, StepConflict(evidence), form.typed())
    if reason := refusal(evidence, action, request.user):
        raise PermissionDenied(reason)
    return evidence, form


def _approve(evidence, form, actor) -> str:
    left = waiting(evidence)
    services.verify(
        evidence, actor=actor, revision=form.seen_revision, note=form.cleaned_data["catatan"]
    )
    return f"{brief_of(evidence)} disetujui." + words.cleared_sentence(left)


@login_required
@require_POST
def places(request, pk):
    """Keep where in the file the values stand, before any decision.

    The page comes back as it was: marks and notes that are not saved yet stay on it. Sent
    again, it changes nothing.
    """
    evidence, form = _posted(request, pk, Action.VERIFY)
    if not form.has_wrong_places():
        try:
            note_places(evidence, form.places(), actor=request.user, revision=form.seen_revision)
        except StepConflict as conflict:
            raise conflict_page(request, conflict, form.typed()) from conflict
        messages.success(request, "Letak pada berkas tersimpan.")
    return item_page(request, evidence, form)


def _return(evidence, form, actor) -> str:
    count = waiting(evidence, actor)
    services.return_with_notes(
        evidence,
        actor=actor,
        revision=form.seen_revision,
        note=form.cleaned_data["catatan"],
        notes=form.field_notes(),
    )
    told = f"{brief_of(evidence)} dikembalikan kepada petugas {evidence.region.full_name}"
    return f"{told}{words.with_pins(count)}."


def _to_next(request, evidence):
    """The next item of the same filter; the queue when nothing is left."""
    filters = filters_of(request)
    following = queries.next_after(
        evidence, request.user, filters, queries.users_zone(request.user)
    )
    path = reverse("checking:item", args=[following]) if following else reverse("checking:queue")
    response = redirect(f"{path}{filters.query}")
    response.status_code = 303
    return response


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request, pk):
    """Withdraw a verification, with the reason: a page of its own, for a rare and grave step."""
    evidence = evidence_of(request, pk)
    require(request.user, Act.CANCEL, evidence.region)
    form = CancelForm(request.POST or None, initial={"revision": evidence.revision})
    if form.is_bound:
        form.full_clean()
        if form.seen_revision != evidence.revision:
            text = form.cleaned_data.get("alasan", "")
            raise conflict_page(request, StepConflict(evidence), [("Alasan pembatalan", text)])
        if form.is_valid():
            return _cancel(request, evidence, form)
    elif evidence.status != Status.VERIFIED:
        return redirect("checking:item", evidence.pk)
    return render(
        request,
        "checking/cancel.html",
        {
            "form": form,
            "evidence": evidence,
            "zone": evidence.region.timezone_label,
            "name": brief_of(evidence),
        },
    )


def _cancel(request, evidence, form):
    text = form.cleaned_data["alasan"]
    try:
        services.cancel(evidence, actor=request.user, revision=form.seen_revision, note=text)
    except StepConflict as conflict:
        raise conflict_page(request, conflict, [("Alasan pembatalan", text)]) from conflict
    except (StepRefused, NoteRequired) as refused:
        raise PermissionDenied(str(refused)) from refused
    messages.success(request, f"Verifikasi {brief_of(evidence)} dibatalkan.")
    return redirect("checking:item", evidence.pk)
