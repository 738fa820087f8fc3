"""The tables behind a dashboard as a page, as CSV and as a workbook, for whom it is open."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.core.context import is_sample
from apps.core.formats import format_number
from apps.dashboard import panels
from apps.dashboard.opening import NATION, Opening, page_path, region_of, year_of
from apps.dashboard.rankings import order_of
from apps.dashboard.selection import Selection
from apps.dashboard.table_out import CSV, XLSX, csv_of, file_answer, table_html, workbook_of
from apps.dashboard.table_sets import Asked, notes, table_set
from apps.effectiveness.moment import moment_context, moment_of


@require_safe
@login_required
def tables(request, year, code=NATION):
    """Every number of the dashboard as a table, with its files beside it."""
    asked, region = _asked(request, year), _region(request, code)
    if moved := _moved(region, code, asked, request, "tabel/"):
        return moved
    found, seen = table_set(region, asked), moment_context(request)
    figures = found.figures
    opening = Opening.of(code, asked.year, request, figures.selection, asked.moment)
    page = {
        "heading": panels.heading(found.heading, asked.moment),
        "sub": f"{panels.as_of(asked.year, figures.on, asked.moment)} "
        f"{panels.definition(figures.rules)}",
        "place": found.place,
        "year": str(asked.year),
        "selection": figures.selection,
        "data_date": panels.data_date(figures.on, asked.moment),
        "back": opening.view,
        "workbook": opening.workbook,
        "tables": [
            {
                "key": each.key,
                "title": each.title,
                "note": each.note,
                "html": table_html(each) if each.rows else "",
                "rows": format_number(len(each.rows)),
                "csv": opening.csv(each.key),
            }
            for each in found.sheets
        ],
    }
    return render(request, "dashboard/tables.html", page | seen)


@require_safe
@login_required
def workbook(request, year, code=NATION):
    """All of them, each on a sheet of its own."""
    asked, region = _asked(request, year), _region(request, code)
    if moved := _moved(region, code, asked, request, "tabel.xlsx"):
        return moved
    found = table_set(region, asked)
    opening = Opening.of(code, asked.year, request, found.figures.selection, asked.moment)
    told = notes(found, asked, request.build_absolute_uri(opening.view), is_sample())
    return file_answer(workbook_of(found.sheets, told), XLSX, opening.name("", "xlsx"))


@require_safe
@login_required
def csv(request, year, code=NATION):
    """One of them: ``?tabel=`` its key; 404 for a table that this dashboard does not have."""
    asked, region = _asked(request, year), _region(request, code)
    if moved := _moved(region, code, asked, request, "tabel.csv"):
        return moved
    found = table_set(region, asked)
    sheet = found.sheet(request.GET.get("tabel", ""))
    if sheet is None:
        raise Http404
    opening = Opening.of(code, asked.year, request, found.figures.selection, asked.moment)
    return file_answer(csv_of(sheet), CSV, opening.name(sheet.key, "csv"))


def _asked(request, year: str) -> Asked:
    return Asked(
        year_of(year),
        moment_of(request),
        Selection.of(request),
        order=order_of(request),
        only_open=request.GET.get("belum") == "1",
    )


def _region(request, code: str):
    return None if code == NATION else region_of(code, request.user.scope)


def _moved(region, code: str, asked: Asked, request, tail: str):
    """A former code leads on to the one of today, with its whole query string."""
    if region is None or region.code == code:
        return None
    query = request.META.get("QUERY_STRING", "")
    path = page_path(region.code, asked.year, tail)
    return redirect(f"{path}?{query}" if query else path)
