"""The page of the nation's money by source and province, and its files."""

from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.core.context import is_sample
from apps.dashboard import panels
from apps.dashboard.keeping import answer
from apps.dashboard.links import Viewer
from apps.dashboard.nation_money import NationMoney
from apps.dashboard.opening import NATION, Opening, year_of
from apps.dashboard.peers import settled
from apps.dashboard.selection import NATION as LEVEL
from apps.dashboard.selection import Selection
from apps.dashboard.table_out import CSV, XLSX, csv_of, file_answer, table_html, workbook_of
from apps.effectiveness.moment import moment_context, moment_of


@require_safe
@login_required
def money(request, year):
    """Where the money of all Pokja comes from, and how much each province has. Kept, since every
    budget of the country stands behind it."""
    return answer(request, lambda: _money(request, year))


def _money(request, year: str) -> tuple[str, dict]:
    found, opening, viewer = _asked(request, year)
    panel, provinces = found.panel(), found.by_province()
    page = {
        "heading": panels.heading(panel["heading"], viewer.moment),
        "money": panel,
        "provinces": table_html(provinces) if provinces.rows else "",
        "note": provinces.note,
        "year": str(viewer.year),
        "years": panels.year_links("dashboard:nation_money", viewer=viewer),
        "selection": viewer.selection,
        "back": opening.view,
        "opening": opening,
    }
    return "dashboard/nation_money.html", page | moment_context(request)


@require_safe
@login_required
def money_csv(request, year):
    """A row for each province."""
    found, opening, _ = _asked(request, year)
    return file_answer(csv_of(found.by_province()), CSV, opening.name("anggaran", "csv"))


@require_safe
@login_required
def money_workbook(request, year):
    """By source, and by province."""
    found, opening, viewer = _asked(request, year)
    sheets = found.sheets()
    told = [
        panels.heading(found.panel()["heading"], viewer.moment),
        f"Saringan: {viewer.selection.words or 'tidak ada'}.",
        *viewer.selection.complaints,
        *(f"{each.title}: {each.note}." for each in sheets),
        f"Alamat tampilan ini: {request.build_absolute_uri(opening.money)}",
    ]
    if is_sample():
        told.insert(0, "Data contoh; bukan angka resmi.")
    return file_answer(workbook_of(sheets, told), XLSX, opening.name("anggaran", "xlsx"))


def _asked(request, year: str) -> tuple[NationMoney, Opening, Viewer]:
    """What the address asks for; 404 for a year that no page has."""
    number, moment = year_of(year), moment_of(request)
    selection = settled(Selection.of(request), LEVEL)
    opening = Opening.of(NATION, number, request, selection, moment)
    viewer = Viewer(request.user.scope, number, moment, selection)
    return NationMoney.of(number, selection, moment), opening, viewer
