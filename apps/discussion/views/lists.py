"""The list of follow-ups: mine to do, mine to judge, all in scope; and the same as a file."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from apps.accounts.access import login_required, require_role
from apps.accounts.enums import Role
from apps.audit.services import record
from apps.core.tabular_out import write_csv
from apps.discussion import queries, words
from apps.discussion.filters import ALL, MINE, STATES, TO_JUDGE, VIEWS, filters_from, rows_for
from apps.discussion.people import WRITERS
from apps.discussion.sheet import HEADERS, cells
from apps.regions.models import Region

PER_PAGE = 25
MOST_ROWS = 10_000  # of a file
READERS = (*WRITERS, Role.ADMIN)


@login_required
@require_safe
def follow_ups(request):
    """What must I do, what must I judge, what is open around me?"""
    require_role(request.user, *READERS)
    today, regions, counts, filters = _asked(request)
    page = Paginator(rows_for(request.user, filters, today), PER_PAGE).get_page(
        request.GET.get("halaman")
    )
    late = queries.open_follow_ups_of(request.user).filter(due_on__lt=today).count()
    rows = [(each, words.lateness(each, today), each.late_days(today) > 0) for each in page]
    return render(
        request,
        "discussion/follow_ups.html",
        {
            "filters": filters,
            "views": [(name, label, counts[name]) for name, label in VIEWS.items()],
            "all_view": ALL,
            "states": [(key, label) for key, (label, _) in STATES.items()],
            "regions": regions,
            "page": page,
            "rows": rows,
            "heading": words.list_finding(filters.view, page.paginator.count, late),
            "may_ask": request.user.scope.has_role(*WRITERS),
        },
    )


@login_required
@require_GET
def download(request):
    """The list as CSV; on record, since it goes out of the portal."""
    require_role(request.user, *READERS)
    today, _, _, filters = _asked(request)
    rows = [cells(each, today) for each in rows_for(request.user, filters, today)[:MOST_ROWS]]
    record(
        "Mengunduh tindak lanjut",
        request.user,
        actor=request.user,
        after={"daftar": filters.query, "baris": len(rows)},
    )
    response = HttpResponse(write_csv(HEADERS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tindak-lanjut-{today}.csv"'
    return response


def _asked(request):
    """Today, the regions to choose from, how much each list holds, and the filter."""
    user, today = request.user, timezone.localdate()
    regions = list(Region.objects.with_pokja_level().for_user(user).order_by("code"))
    if user.scope.sees_all:
        regions = [region for region in regions if region.is_province]
    counts = {
        MINE: queries.open_follow_ups_of(user).count(),
        TO_JUDGE: queries.to_judge_by(user).count(),
        ALL: queries.follow_ups_in_scope(user).count(),
    }
    return today, regions, counts, filters_from(request.GET, regions, counts)
