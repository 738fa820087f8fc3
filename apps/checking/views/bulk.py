"""Approving many items at once: the check page, and the one button on it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.accounts.access import login_required, require_role
from apps.checking import bulk, queries, words
from apps.checking.screen import brief_of
from apps.checking.views.item import filters_of
from apps.checking.views.undo import tell_decided


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bulk_check(request):
    """What was ticked in the queue, each with its values; then all ticked here are approved."""
    require_role(request.user, *queries.REVIEWERS)
    posted = request.method == "POST"
    keys = _numbers((request.POST if posted else request.GET).getlist("berkas"))
    if not 0 < len(keys) <= bulk.MOST:
        messages.warning(request, words.too_many(bulk.MOST) if keys else words.NONE_TICKED)
        return _to_queue(request)
    items = bulk.items_of(request.user, keys)
    if posted and (chosen := _numbers(request.POST.getlist("setuju"))):
        return _approve(request, [item for item in items if item.pk in chosen], len(items))
    return _page(request, items, error=words.NONE_TICKED if posted else "")


def _numbers(texts) -> list[int]:
    """The ids among the words sent; what is no number is left out."""
    found = [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19]
    return list(dict.fromkeys(found))


def _page(request, items, error):
    found = bulk.candidates(items, request.user)
    ready = [item for item in found if not item.obstacle]
    return render(
        request,
        "checking/bulk.html",
        {
            "ready": ready,
            "blocked": [item for item in found if item.obstacle],
            "heading": words.bulk_heading(len(ready)),
            "error": error,
            "galat": bool(error),
            "query": filters_of(request).query,
        },
    )


def _approve(request, items, total):
    seen = {
        item.pk: next(iter(_numbers([request.POST.get(f"revisi_{item.pk}", "")])), 0)
        for item in items
    }
    approved, told = bulk.approve_all(items, seen, request.user)
    if approved:
        names = [brief_of(item) for item in approved]
        tell_decided(request, words.approved_sentence(names), approved)
    for sentence in told:
        messages.warning(request, sentence)
    if left := total - len(items):
        messages.info(request, words.left_unticked(left))
    return _to_queue(request)


def _to_queue(request):
    response = redirect(f"{reverse('checking:queue')}{filters_of(request).query}")
    response.status_code = 303
    return response
