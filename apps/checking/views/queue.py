"""The queue of what waits, and the switch of the keys."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.access import login_required, require_role
from apps.checking import queries, screen, words
from apps.checking.enums import Shown
from apps.checking.forms import FilterForm
from apps.checking.views.item import SHORTCUTS_COOKIE, filters_of
from apps.evidence.checks import checks_for
from apps.inbox.reminders import summary_for

PER_PAGE = 25
A_YEAR = 365 * 24 * 3600


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
            "endings": summary_for(user, timezone.localdate())
            if waits and not filters.narrows
            else None,
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
    return reverse("checking:item", args=[int(pk)]) + filters_of(request).query
