"""Members of a Pokja on any date: the roster, and the same as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required, require
from apps.accounts.enums import Act
from apps.audit.services import record
from apps.core.tabular import Table, write_csv, write_xlsx
from apps.filing.members import HEADERS, WIDTHS, Members, table_rows
from apps.filing.views.base import pokja_in_scope, region_crumbs
from apps.pokja import seat_sheet
from apps.pokja.enums import Sector

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@login_required
def pokja_members(request, pk):
    """Is membership really cross-sector? Seats and who holds them on a day (design 5.16)."""
    pokja = pokja_in_scope(request.user, pk)
    members = Members(pokja, request.user, request.GET, timezone.localdate())
    return render(
        request,
        "filing/members.html",
        {
            "pokja": pokja,
            "region": pokja.region,
            "members": members,
            "filters": members.filters,
            "gaps": members.gaps(),
            "sectors": Sector.choices,
            "may_change": request.user.scope.can(Act.MANAGE_POKJA, pokja.region),
            "crumbs": [*region_crumbs(pokja), ("Anggota", "")],
        },
    )


@require_safe
@login_required
def roster_file(request, pk):
    """The rows of the page as XLSX, or CSV with ?bentuk=csv; what this person may see."""
    pokja = pokja_in_scope(request.user, pk)
    members = Members(pokja, request.user, request.GET, timezone.localdate())
    rows = table_rows(members.shown, members.decrees)
    name = f"anggota-{pokja.code}-{members.filters.day.isoformat()}"
    if request.method == "GET":
        _note_taking(request.user, pokja, members)
    if request.GET.get("bentuk") == "csv":
        return _file(write_csv(HEADERS, rows), f"{name}.csv", "text/csv; charset=utf-8")
    book = write_xlsx([Table(seat_sheet.SHEET, HEADERS, rows, WIDTHS)])
    return _file(book, f"{name}.xlsx", XLSX_TYPE)


def _note_taking(user, pokja, members) -> None:
    """Names of people went out of the portal."""
    roles = sorted(user.scope.roles_in(pokja.region))
    record(
        "Mengunduh daftar anggota",
        pokja,
        actor=user,
        role=roles[0] if roles else "",
        region=pokja.region,
        after={"per": members.filters.day},
    )


@require_safe
@login_required
def roster_template(request, pk):
    """The empty list of members with its guide, for Excel."""
    pokja = pokja_in_scope(request.user, pk)
    require(request.user, Act.MANAGE_POKJA, pokja.region)
    return _file(seat_sheet.template(), "templat-anggota.xlsx", XLSX_TYPE)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
