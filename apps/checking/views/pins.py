"""Pins on the pages of the file being judged; each page works without JavaScript."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import login_required, require
from apps.accounts.enums import Act
from apps.checking import screen
from apps.checking.pin_forms import SHOWN, PinForm, shown_height
from apps.checking.screen import brief_of
from apps.checking.sheets import View, marks_of, query_of, view_of
from apps.checking.views.item import conflict_page, evidence_of, filters_of
from apps.documents.pages import PageUnreadable, page_shape
from apps.evidence.kinds import adapter_for
from apps.verification import pins
from apps.verification.enums import Status
from apps.verification.services import StepConflict, StepRefused, entered_by


@login_required
@require_http_methods(["GET", "POST"])
def pin_add(request, pk):
    """Put a pin on page ``hal``: the text and a click on the image, or the place in figures."""
    evidence, document = _judging(request, pk)
    page = _page_of(request, document)
    shape = _shape(document, page)
    if request.method == "GET":
        return _pin_page(request, evidence, document, PinForm.blank(evidence, page), page, shape)
    form = PinForm(request.POST, shape=shape)

    def put():
        spot = form.spot(page)
        pins.place(
            evidence,
            document,
            spot,
            form.cleaned_data["teks"],
            actor=request.user,
            revision=form.seen_revision,
        )

    return _saved(request, evidence, form, put, page) or _pin_page(
        request, evidence, document, form, page, shape
    )


@login_required
@require_http_methods(["GET", "POST"])
def pin_edit(request, pk, pin_pk):
    """Reword or move a pin of one's own that has not been sent."""
    evidence, _ = _judging(request, pk)
    pin = _own_pin(request, evidence, pin_pk)
    shape = _shape(pin.document, pin.page)
    if request.method == "GET":
        form = PinForm.of(pin, evidence)
        return _pin_page(request, evidence, pin.document, form, pin.page, shape, pin)
    form = PinForm(request.POST, shape=shape)

    def put():
        pins.change(
            pin,
            form.spot(pin.page),
            form.cleaned_data["teks"],
            actor=request.user,
            revision=form.seen_revision,
        )

    return _saved(request, evidence, form, put, pin.page) or _pin_page(
        request, evidence, pin.document, form, pin.page, shape, pin
    )


@login_required
@require_POST
def pin_remove(request, pk, pin_pk):
    """Take away a pin of one's own that has not been sent."""
    evidence, _ = _judging(request, pk)
    pin = _own_pin(request, evidence, pin_pk)
    form = PinForm(request.POST)
    form.full_clean()
    try:
        pins.remove(pin, actor=request.user, revision=form.seen_revision)
    except StepConflict as conflict:
        raise conflict_page(
            request, conflict, [("Catatan pada pin", pin.text)], "Pin"
        ) from conflict
    messages.success(request, "Pin dihapus.")
    return _back(request, evidence, pin.page)


def _judging(request, pk):
    """The item and its file, for whoever may judge it now; 409 once it is decided."""
    evidence = evidence_of(request, pk)
    require(request.user, Act.VERIFY, evidence.region)
    if evidence.status != Status.SUBMITTED:
        text = request.POST.get("teks", "")[: pins.MAX_TEXT]
        typed = [("Catatan pada pin", text)] if text else []
        raise conflict_page(request, StepConflict(evidence), typed, "Pin")
    if entered_by(evidence, request.user):
        raise PermissionDenied(screen.OWN_ENTRY)
    document = adapter_for(evidence).document(evidence)
    if document is None:
        raise Http404("Berkas tidak ada.")
    return evidence, document


def _page_of(request, document) -> int:
    """The page named by ``hal``; 404 for one the file does not have."""
    values = request.POST if request.method == "POST" else request.GET
    asked = values.get("hal", "1")
    view = view_of({"hal": asked}, document.pages)
    if str(view.page) != asked:
        raise Http404("Halaman ini tidak ada pada berkas.")
    return view.page


def _shape(document, page):
    """None where the page cannot be drawn: then only figures tell the place."""
    try:
        return page_shape(document, page)
    except (PageUnreadable, FileNotFoundError):
        return None


def _own_pin(request, evidence, pin_pk) -> pins.Pin:
    pin = get_object_or_404(
        evidence.pins.select_related("document").filter(history=None), pk=pin_pk
    )
    if pin.created_by_id != request.user.pk:
        raise PermissionDenied("Pin ini milik verifikator lain.")
    pin.evidence = evidence
    return pin


def _saved(request, evidence, form, put, page):
    """Run ``put`` and lead back to the page; None where something must be corrected first."""
    if not form.is_valid():
        return None
    try:
        put()
    except StepConflict as conflict:
        typed = [("Catatan pada pin", form.cleaned_data["teks"])]
        raise conflict_page(request, conflict, typed, "Pin") from conflict
    except StepRefused as refused:
        raise PermissionDenied(str(refused)) from refused
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(request, "Pin tersimpan. Petugas melihatnya bila berkas dikembalikan.")
    return _back(request, evidence, page)


def _back(request, evidence, page):
    zoom = view_of(request.GET, 1).zoom
    path = reverse("checking:item", args=[evidence.pk])
    query = query_of(filters_of(request), View(zoom, page))
    response = redirect(f"{path}{query}#hal-{page}")
    response.status_code = 303
    return response


def _pin_page(request, evidence, document, form, page, shape, pin=None):
    zoom = view_of(request.GET, 1).zoom
    marks = marks_of(evidence, request.user, may_pin=True)
    return render(
        request,
        "checking/pin.html",
        {
            "evidence": evidence,
            "document": document,
            "form": form,
            "number": page,
            "pin": pin,
            "name": brief_of(evidence),
            "here": query_of(filters_of(request), View(zoom, page)),
            "marks": [
                mark
                for mark in marks
                if (mark.pin.document_id, mark.pin.page) == (document.pk, page)
            ],
            "width": SHOWN,
            "height": shown_height(shape) if shape else None,
        },
    )
