"""One item on the checking screen, and what every page about an item starts with."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from apps.accounts.access import fetch, login_required
from apps.checking import queries, screen, words
from apps.checking.forms import CheckForm, FilterForm, Filters
from apps.checking.models import Habit
from apps.checking.pin_forms import PinForm
from apps.checking.sheets import View, query_of, sheets_of, view_of
from apps.core.errors import Conflict
from apps.deadlines.queries import last_late
from apps.discussion.queries import open_threads_for
from apps.reviews.queries import card_for, unmarked_looks
from apps.verification.enums import Status
from apps.verification.models import Evidence
from apps.verification.reasons import reasons_for
from apps.verification.services import StepConflict, mark_opened


@login_required
@require_GET
def item(request, pk):
    """One item to be judged, or to be read where it is decided or somebody else's to judge."""
    evidence = evidence_of(request, pk)
    if look := _blind_look(evidence, request.user):
        return redirect("checking:second_look", look)
    if not screen.obstacle_for(evidence, request.user):
        mark_opened(evidence, actor=request.user)
    return item_page(request, evidence)


def _blind_look(evidence: Evidence, user) -> int | None:
    """The second look this person has still to take at it: until then this page, which tells who
    found what the first time, stays shut to them."""
    if evidence.status != Status.VERIFIED:
        return None
    return unmarked_looks(user).filter(evidence=evidence).values_list("pk", flat=True).first()


def evidence_of(request, pk) -> Evidence:
    """404 out of scope; 403 for those who see the region but judge nothing there."""
    rows = queries.with_content(Evidence.objects.all(), request.user)
    evidence = fetch(rows, request.user, pk=pk)
    if not queries.reviewer_roles(request.user, evidence.region):
        raise PermissionDenied("Halaman verifikasi hanya untuk verifikator.")
    return evidence


def filters_of(request) -> Filters:
    return FilterForm(request.GET, queries.watched_regions(request.user)).filters


def item_page(request, evidence, form=None):
    shown = screen.screen_of(evidence, request.user)
    filters = filters_of(request)
    history = queries.history_of(evidence)
    if form is None and shown.can_decide:
        form = check_form(None, shown)
    pages = _sheets(request, shown, filters)
    if form is not None:
        form.points = shown.points  # as they are now: a place may just have been saved
    return render(
        request,
        "checking/item.html",
        {
            "screen": shown,
            "evidence": evidence,
            "zone": shown.zone,
            "form": form,
            "rows": _form_rows(form) if form else [],
            "has_reasons": bool(form and form.reasons),
            "sheets": pages,
            "here": query_of(filters, pages.view) if pages else filters.query,
            "pin_form": PinForm.blank(evidence) if pages and shown.can_decide else None,
            "sent": words.sent_sentence(evidence, shown.zone),
            "place": queries.place_of(
                evidence.pk, request.user, filters, queries.users_zone(request.user)
            ),
            "query": filters.query,
            "history": history,
            "late": last_late(history),
            "reply": card_for(evidence, request.user),
            "open_threads": open_threads_for(evidence),
            "shortcuts_off": not Habit.has_keys(request.user),
            "top": queries.top_of(evidence, request.user) if form else [],
            "shows_checks": evidence.status == Status.SUBMITTED,
        },
    )


def _sheets(request, shown: screen.Screen, filters):
    """The pages of the file, in the size and at the place the address names; None without."""
    if shown.document is None:
        return None
    view = view_of(request.GET, shown.document.pages)
    pages = sheets_of(
        shown.evidence, shown.document, request.user, view, filters, may_pin=shown.can_decide
    )
    for point in shown.points:
        if point.citation:
            point.place_url = pages.url_of(View(view.zoom, point.citation.page))
    return pages


def check_form(data, shown: screen.Screen, has_pins=False) -> CheckForm:
    return CheckForm(
        data,
        points=shown.points,
        reasons=reasons_for(shown.evidence.kind),
        document=shown.document,
        revision=shown.evidence.revision,
        has_pins=has_pins,
    )


def _form_rows(form: CheckForm):
    """(point, mark, reason, note, page, quote) as bound fields for the template; the last two
    are None where there is no place to name."""
    return [
        (
            point,
            form[f"cek_{point.number}"],
            form[f"alasan_{point.number}"],
            form[f"catatan_{point.number}"],
            *(
                form[name] if name in form.fields else None
                for name in (f"hal_{point.number}", f"kutip_{point.number}")
            ),
        )
        for point in form.points
    ]


def conflict_page(request, conflict: StepConflict, typed, lost="Keputusan") -> Conflict:
    """What tells the slower of two people; ``lost`` names what of theirs was not kept."""
    zone = conflict.evidence.region.timezone_label
    return Conflict(
        f"Berkas ini sudah berubah sejak Anda membukanya. {lost} Anda tidak disimpan.",
        words.deed_sentence(conflict.last, zone),
        url=reverse("checking:item", args=[conflict.evidence.pk]) + filters_of(request).query,
        typed=typed,
    )
