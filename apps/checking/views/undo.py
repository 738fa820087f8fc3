"""Undo for a minute: the button beside the message of a decision (spec section 4)."""

import re

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.access import login_required, require_role
from apps.checking import queries, words
from apps.checking.bulk import MOST
from apps.checking.screen import brief_of
from apps.checking.views.item import evidence_of, filters_of
from apps.evidence import services
from apps.verification.services import StepConflict, StepRefused

TAG = "urungkan"
DONE = re.compile(r"(\d{1,18})\.(\d{1,9})")  # item.revision after the decision


def tell_decided(request, text: str, decided) -> None:
    """The message of decisions just taken; its page shows Urungkan beside it."""
    keys = " ".join(f"{item.pk}.{item.revision}" for item in decided)
    messages.success(request, text, extra_tags=f"{TAG} {keys}")


@login_required
@require_POST
def undo(request):
    """Undo what the button names. An item out of scope answers 404, and nothing is done."""
    require_role(request.user, *queries.REVIEWERS)
    asked = DONE.findall(request.POST.get("langkah", "")[: 40 * MOST])[:MOST]
    pairs = [(evidence_of(request, int(pk)), int(revision)) for pk, revision in asked]
    undone, kept = [], []
    for evidence, revision in pairs:
        if told := _refused(evidence, revision, request.user):
            kept.append(told)
        else:
            undone.append(evidence)
    if undone:
        messages.success(request, words.undone_sentence(len(undone)))
    for told in kept:
        messages.warning(request, told)
    if not pairs:
        messages.warning(request, words.NOTHING_TO_UNDO)
    return _landing(request, [evidence for evidence, _ in pairs])


def _refused(evidence, revision, actor) -> str:
    """Why this decision stays; empty once it is undone."""
    try:
        services.undo(evidence, actor=actor, revision=revision)
    except StepRefused as refused:
        return words.stays_sentence(brief_of(evidence), str(refused))
    except StepConflict as conflict:
        deed = words.deed_sentence(conflict.last, evidence.region.timezone_label)
        return words.stays_sentence(brief_of(evidence), f"{words.CHANGED_SINCE} {deed}".strip())
    return ""


def _landing(request, items):
    """On the item; after a whole batch on the queue it came from."""
    query = filters_of(request).query
    if len(items) == 1:
        address = reverse("checking:item", args=[items[0].pk])
    else:
        address = reverse("checking:queue")
    response = redirect(f"{address}{query}")
    response.status_code = 303
    return response
