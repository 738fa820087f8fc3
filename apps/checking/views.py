"""The verifier's pages: the queue, one item, and the three decisions (spec section 4)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.access import fetch, login_required, require, require_role
from apps.accounts.enums import Act
from apps.checking import queries, screen, words
from apps.checking.enums import Shown
from apps.checking.forms import CancelForm, CheckForm, FilterForm, Filters, reasons_for
from apps.core.errors import Conflict
from apps.evidence import services
from apps.evidence.checks import checks_for
from apps.evidence.kinds import adapter_for
from apps.verification.enums import Action, Status
from apps.verification.models import Evidence
from apps.verification.services import (
    NoteRequired,
    StepConflict,
    StepRefused,
    mark_opened,
    refusal,
)

PER_PAGE = 25
SHORTCUTS_COOKIE = "pintasan"
A_YEAR = 365 * 24 * 3600


# --- the queue -------------------------------------------------------------------------------


@login_required
@require_GET
def queue(request):
    """Everything that waits for this person, longest waiting first."""
    user = request.user
    require_role(user, *queries.REVIEWERS)
    zone = queries.users_zone(user)
    form = FilterForm(request.GET, queries.watched_regions(user))
    filters = form.filters
    rows = queries.queue_rows(user, filters, zone)
    page = Paginator(queries.with_content(rows, user), PER_PAGE).get_page(
        request.GET.get("halaman")
    )
    waits = filters.shown == Shown.WAITING
    if waits and not filters.narrows and not user.scope.is_admin:
        request.nav_counts = {"queue": page.paginator.count}  # the same number, read once
    items = list(page)
    return render(
        request,
        "checking/queue.html",
        {
            "filter_form": form,
            "filters": filters,
            "page": page,
            "waits": waits,
            "heading": words.finding(filters.shown, page.paginator.count),
            "lead": _lead(rows, page, waits, zone),
            "column": words.COLUMN[filters.shown],
            "lines": screen.queue_lines(
                items, user, filters.shown, checks_for(items) if waits else {}
            ),
            "start": queries.first_free(user, filters, zone) if items and waits else None,
            "empty_line": ""
            if items
            else words.last_decision_sentence(queries.last_decision(user), timezone.now(), zone),
        },
    )


def _lead(rows, page, waits, zone) -> str:
    if not (waits and page.paginator.count):
        return ""
    oldest = rows.values_list("submitted_at", flat=True).first()
    return words.oldest_sentence(oldest, timezone.now(), zone)


# --- one item --------------------------------------------------------------------------------


@login_required
@require_GET
def item(request, pk):
    """One item to be judged, or to be read where it is decided or somebody else's to judge."""
    evidence = _evidence(request, pk)
    if not screen.obstacle_for(evidence, request.user):
        mark_opened(evidence, actor=request.user)
    return _item_page(request, evidence)


def _evidence(request, pk) -> Evidence:
    """404 out of scope; 403 for those who see the region but judge nothing there."""
    rows = queries.with_content(Evidence.objects.all(), request.user)
    evidence = fetch(rows, request.user, pk=pk)
    if not queries.reviewer_roles(request.user, evidence.region):
        raise PermissionDenied("Halaman verifikasi hanya untuk verifikator.")
    return evidence


def _filters(request) -> Filters:
    return FilterForm(request.GET, queries.watched_regions(request.user)).filters


def _item_page(request, evidence, form=None):
    shown = screen.screen_of(evidence, request.user)
    filters = _filters(request)
    if form is None and shown.can_decide:
        form = _check_form(None, shown)
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
            "sent": words.sent_sentence(evidence, shown.zone),
            "place": queries.place_of(
                evidence.pk, request.user, filters, queries.users_zone(request.user)
            ),
            "query": filters.query,
            "history": queries.history_of(evidence),
            "shortcuts_off": request.COOKIES.get(SHORTCUTS_COOKIE) == "mati",
            "shows_checks": evidence.status == Status.SUBMITTED,
        },
    )


def _check_form(data, shown: screen.Screen) -> CheckForm:
    return CheckForm(
        data,
        points=shown.points,
        reasons=reasons_for(shown.evidence.kind),
        has_file=shown.document is not None,
        revision=shown.evidence.revision,
    )


def _form_rows(form: CheckForm):
    """(point, mark, reason, note) as bound fields for the template."""
    return [
        (
            point,
            form[f"cek_{point.number}"],
            form[f"alasan_{point.number}"],
            form[f"catatan_{point.number}"],
        )
        for point in form.points
    ]


# --- decisions -------------------------------------------------------------------------------


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
    evidence = _evidence(request, pk)
    require(request.user, Act.VERIFY, evidence.region)
    form = _check_form(request.POST, screen.screen_of(evidence, request.user))
    form.full_clean()
    if form.seen_revision != evidence.revision:
        raise _conflict(request, StepConflict(evidence), form.typed())
    if reason := refusal(evidence, action, request.user):
        raise PermissionDenied(reason)
    if not is_complete(form):
        return _item_page(request, evidence, form)
    try:
        flash = act(evidence, form, request.user)
    except StepConflict as conflict:
        raise _conflict(request, conflict, form.typed()) from conflict
    except StepRefused as refused:
        raise PermissionDenied(str(refused)) from refused
    messages.success(request, flash)
    return _to_next(request, evidence)


def _approve(evidence, form, actor) -> str:
    services.verify(
        evidence, actor=actor, revision=form.seen_revision, note=form.cleaned_data["catatan"]
    )
    return f"{_brief(evidence)} disetujui."


def _return(evidence, form, actor) -> str:
    services.return_with_notes(
        evidence,
        actor=actor,
        revision=form.seen_revision,
        note=form.cleaned_data["catatan"],
        notes=form.field_notes(),
    )
    return f"{_brief(evidence)} dikembalikan kepada petugas {evidence.region.full_name}."


def _brief(evidence) -> str:
    return words.brief_name(
        evidence.kind,
        adapter_for(evidence).label,
        queries.pokja_names(evidence),
        evidence.region.full_name,
    )


def _to_next(request, evidence):
    """The next item of the same filter; the queue when nothing is left."""
    filters = _filters(request)
    following = queries.next_after(
        evidence, request.user, filters, queries.users_zone(request.user)
    )
    path = reverse("checking:item", args=[following]) if following else reverse("checking:queue")
    response = redirect(f"{path}{filters.query}")
    response.status_code = 303
    return response


def _conflict(request, conflict: StepConflict, typed) -> Conflict:
    zone = conflict.evidence.region.timezone_label
    return Conflict(
        "Berkas ini sudah berubah sejak Anda membukanya. Keputusan Anda tidak disimpan.",
        words.deed_sentence(conflict.last, zone),
        url=reverse("checking:item", args=[conflict.evidence.pk]) + _filters(request).query,
        typed=typed,
    )


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request, pk):
    """Withdraw a verification, with the reason: a page of its own, for a rare and grave step."""
    evidence = _evidence(request, pk)
    require(request.user, Act.CANCEL, evidence.region)
    form = CancelForm(request.POST or None, initial={"revision": evidence.revision})
    if form.is_bound:
        form.full_clean()
        if form.seen_revision != evidence.revision:
            text = form.cleaned_data.get("alasan", "")
            raise _conflict(request, StepConflict(evidence), [("Alasan pembatalan", text)])
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
            "name": _brief(evidence),
        },
    )


def _cancel(request, evidence, form):
    text = form.cleaned_data["alasan"]
    try:
        services.cancel(evidence, actor=request.user, revision=form.seen_revision, note=text)
    except StepConflict as conflict:
        raise _conflict(request, conflict, [("Alasan pembatalan", text)]) from conflict
    except (StepRefused, NoteRequired) as refused:
        raise PermissionDenied(str(refused)) from refused
    messages.success(request, f"Verifikasi {_brief(evidence)} dibatalkan.")
    return redirect("checking:item", evidence.pk)


# --- shortcuts -------------------------------------------------------------------------------


@login_required
@require_POST
def shortcuts(request):
    """Turn the single-character keys off or on again for this browser (WCAG 2.1.4)."""
    response = redirect(_back(request))
    if request.POST.get("pintasan") == "mati":
        response.set_cookie(
            SHORTCUTS_COOKIE,
            "mati",
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    else:
        response.delete_cookie(SHORTCUTS_COOKIE, samesite="Lax")
    return response


def _back(request) -> str:
    """The item the button stood on; by its number, so that nobody can lead elsewhere."""
    pk = request.POST.get("berkas", "")
    if not pk.isdecimal():
        return reverse("checking:queue")
    return reverse("checking:item", args=[int(pk)]) + _filters(request).query
