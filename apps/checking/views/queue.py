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
from apps.checking.models import Habit
from apps.checking.views.item import filters_of
from apps.deadlines.queries import waits_for
from apps.evidence.checks import checks_for
from apps.inbox.reminders import summary_for

PER_PAGE = 25
CLOCK = ("region__code", "region__level", "region__province")  # whose days and target count


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
    clocks = _waits(rows) if waits else {}
    lines = screen.queue_lines(
        items, user, filters.shown, checks_for(items) if waits else {}, clocks
    )
    return render(
        request,
        "checking/queue.html",
        {
            "filter_form": form,
            "filters": filters,
            "page": page,
            "waits": waits,
            "heading": words.finding(filters.shown, page.paginator.count),
            "lead": words.waiting_sentence(clocks.values()),
            "column": words.COLUMN[filters.shown],
            "lines": lines,
            "top": queries.top_by_kind(user, filters) if waits else [],
            "can_tick": any(line.can_tick for line in lines),
            "all_ticked": request.GET.get("centang") == "semua",
            "start": queries.first_free(user, filters, zone) if items and waits else None,
            "endings": summary_for(user, timezone.localdate())
            if waits and not filters.narrows
            else None,
            "empty_line": ""
            if items
            else words.last_decision_sentence(queries.last_decision(user), timezone.now(), zone),
        },
    )


def _waits(rows) -> dict:
    """How long everything in the list has waited; 3 queries for any number of items."""
    light = (
        rows.order_by().select_related("region").only("status", "submitted_at", "region", *CLOCK)
    )
    return waits_for(light, timezone.now())


@login_required
@require_POST
def shortcuts(request):
    """Turn the single-character keys off or on again for this person (WCAG 2.1.4)."""
    Habit.objects.update_or_create(
        user=request.user, defaults={"has_shortcuts": request.POST.get("pintasan") != "mati"}
    )
    return redirect(_back(request))


def _back(request) -> str:
    """The item the button stood on; by its number, so that nobody can lead elsewhere."""
    pk = request.POST.get("berkas", "")
    if not pk.isdecimal():
        return reverse("checking:queue")
    return reverse("checking:item", args=[int(pk)]) + filters_of(request).query
