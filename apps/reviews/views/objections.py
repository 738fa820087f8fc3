"""The right of reply: what can be replied to, what waits for an answer, what was answered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.access import fetch, login_required, require_role
from apps.accounts.enums import Role
from apps.reviews import listing, queries, services, words
from apps.reviews.forms import AnswerForm, ReplyForm
from apps.reviews.models import Objection
from apps.verification.models import Evidence

PER_PAGE = 25
WORKING = (Role.OPERATOR, Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL, Role.ADMIN)


@login_required
@require_GET
def objections(request):
    """Open ones first; officers also see what they may still reply to."""
    user = request.user
    require_role(user, *WORKING)
    now = timezone.now()
    filters = listing.filters_of(request.GET)
    rows = listing.rows_for(user, filters)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    windows = queries.windows_for(user, now) if user.scope.operator_ids else []
    to_answer = queries.open_objections_for(user).count()
    return render(
        request,
        "reviews/objections.html",
        {
            "heading": listing.heading(user, windows, to_answer),
            "windows": [listing.window_line(window) for window in windows],
            "is_officer": bool(user.scope.operator_ids),
            "page": page,
            "lines": [listing.line(row) for row in page],
            "filters": filters,
            "choices": listing.choices_for(user),
        },
    )


def _objection(request, pk) -> Objection:
    """404 for observers and other regions."""
    return fetch(queries.with_story(Objection.objects.all()), request.user, pk=pk)


@login_required
@require_GET
def objection(request, reply_pk):
    """One reply with its decision and answer; whoever must answer finds the form here."""
    return _objection_page(request, _objection(request, reply_pk))


def _objection_page(request, held, form=None):
    evidence = held.evidence
    answers = queries.may_answer(held, request.user)
    mine = queries.is_officer_of(request.user, evidence.region)
    decided_it = held.decision.actor_id == request.user.pk
    return render(
        request,
        "reviews/objection.html",
        {
            "reply": held,
            "evidence": evidence,
            "zone": evidence.region.timezone_label,
            "decision": words.decision_sentence(held.decision, evidence.region.timezone_label),
            "notes": held.decision.notes.select_related("reason"),
            "follows": words.FOLLOWS.get(held.outcome, ""),
            "would_follow": words.WOULD_FOLLOW[held.decision.action],
            "form": (form or AnswerForm()) if answers else None,
            "may_withdraw": mine and held.is_open,
            "obstacle": words.NOT_YOURS if decided_it and held.is_open else "",
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def reply(request, pk):
    """Agree with or dispute the decision on an item: its region's officers, inside the window."""
    evidence = fetch(Evidence.objects.select_related("region__province"), request.user, pk=pk)
    if not queries.is_officer_of(request.user, evidence.region):
        raise PermissionDenied(words.OFFICERS_ONLY)
    card = queries.card_for(evidence, request.user)
    if request.method == "GET" and card.window is None and card.replies:
        return redirect("reviews:objection", card.replies[0].pk)
    decision = card.window.decision if card.window else None
    form = ReplyForm(request.POST or None, decision)
    late = ""
    if request.method == "POST" and form.is_valid():
        try:
            held = _save(request, evidence, form)
        except services.WindowClosed as closed:
            late = str(closed)
        else:
            return redirect("reviews:objection", held.pk)
    return render(request, "reviews/reply.html", _reply_context(evidence, card, form, late))


def _save(request, evidence, form) -> Objection:
    kept = form.cleaned_data
    held = services.reply_to(
        evidence,
        actor=request.user,
        decision_pk=kept["keputusan"],
        disputes=form.disputes,
        reason=kept["alasan"],
        notes=kept.get("catatan", ()),
    )
    told = words.SENT_TO[evidence.region.is_province] if form.disputes else words.AGREED
    messages.success(request, told)
    return held


def _reply_context(evidence, card, form, late) -> dict:
    window, zone = card.window, evidence.region.timezone_label
    return {
        "evidence": evidence,
        "card": card,
        "form": form,
        "zone": zone,
        "late": late,
        "decision": words.decision_sentence(window.decision, zone) if window else "",
        "notes": window.decision.notes.select_related("reason") if window else (),
        "told": words.window_sentence(window, zone) if window else "",
        "would_follow": words.WOULD_FOLLOW[window.decision.action] if window else "",
        "may_reply": bool(window and window.is_open),
    }


@login_required
@require_POST
def withdraw(request, reply_pk):
    """Take one's dispute back before it is answered."""
    held = _objection(request, reply_pk)
    services.withdraw(held, actor=request.user)
    messages.success(request, "Sanggahan ditarik kembali. Keputusan tetap berlaku.")
    return redirect("reviews:objection", held.pk)


@login_required
@require_POST
def answer(request, reply_pk):
    """Uphold or reject a dispute, with a reason."""
    held = _objection(request, reply_pk)
    form = AnswerForm(request.POST)
    if not queries.answers(held, request.user):
        services.refuse_answer(held, request.user)
    if not form.is_valid():
        return _objection_page(request, held, form)
    services.answer(held, actor=request.user, upheld=form.upheld, text=form.cleaned_data["alasan"])
    messages.success(request, f"{held.get_state_display()}. Daerah dan pemeriksa diberi tahu.")
    return redirect("reviews:objection", held.pk)
