"""The three lists and their files."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.core.tabular import Table, write_csv, write_xlsx
from apps.regulations.queries import (
    MANAGERS,
    PAGE_SIZE,
    filters_from,
    regions_offered,
    rows_for,
    state_of,
    topic_choices,
)
from apps.regulations.sections import SECTIONS, table_rows

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@login_required
def register(request, section):
    """What is recorded, and what of it is in force?"""
    filters, today = filters_from(request.GET, request.user, section.kinds), timezone.localdate()
    rows = rows_for(section.model, request.user, filters)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    in_force = rows.in_force_on(today).count()
    page.object_list = [(row, *state_of(row, today)) for row in page.object_list]
    narrowed = bool(filters.chips)
    return render(
        request,
        "regulations/list.html",
        {
            "section": section,
            "sections": SECTIONS,
            "filters": filters,
            "galat": bool(filters.error),
            "page": page,
            "heading": section.heading(page.paginator.count, in_force, narrowed=narrowed),
            "regions": regions_offered(request.user),
            "topics": topic_choices(filters.topic),
            "may_add": request.user.scope.has_role(*MANAGERS),
        },
    )


@require_safe
@login_required
def table_file(request, section, form):
    """The rows of the list, all pages, as CSV or XLSX; those of the caller's scope."""
    filters = filters_from(request.GET, request.user, section.kinds)
    rows = table_rows(section, rows_for(section.model, request.user, filters))
    if form == "csv":
        body = write_csv(section.headers, rows)
    else:
        body = write_xlsx([Table(section.label.lower(), section.headers, rows)])
    response = HttpResponse(body, content_type=TYPES[form])
    name = f"{section.label.lower()}-{timezone.localdate():%Y-%m-%d}.{form}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response
