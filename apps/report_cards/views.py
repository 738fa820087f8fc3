"""Rapor of a region and a province, on the screen and on paper, and the book of a province."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_safe

from apps.accounts.access import login_required
from apps.dashboard.links import Viewer
from apps.dashboard.queries import is_known_year
from apps.effectiveness.moment import moment_context, moment_of
from apps.papers.enums import Paper
from apps.regions.enums import POKJA_LEVELS
from apps.regions.models import Region
from apps.regions.queries import region_for_code
from apps.report_cards import screen
from apps.report_cards.papers import file_name, paper_of
from apps.report_cards.reading import Report, book_of, rapor_of

ONLY_WHOLE = "Buku rapor provinsi hanya untuk yang berwenang atas seluruh provinsi."


@require_safe
@login_required
def show(request, code, year):
    """The rapor on the screen; open as the dashboard of the region is."""
    found = _asked(request, code, year)
    if moved := _elsewhere(request, "region_report", found, code, year):
        return moved
    seen = moment_context(request)
    viewer = Viewer(request.user.scope, int(year), seen["moment"])
    whole = reaches_whole(request.user.scope, found)
    report = rapor_of(found, int(year), seen["moment"], whole=whole)
    page = seen | screen.context(report, viewer) | screen.switch(found, viewer)
    return render(request, "report_cards/rapor.html", page)


@require_GET
@login_required
def paper(request, code, year):
    """The rapor as PDF; ``?kertas=f4`` for F4."""
    found = _asked(request, code, year)
    if moved := _elsewhere(request, "region_report_pdf", found, code, year):
        return moved
    whole = reaches_whole(request.user.scope, found)
    return _pdf(request, rapor_of(found, int(year), moment_of(request), whole=whole))


@require_GET
@login_required
def book(request, code, year):
    """The rapor of a province and of all its kab/kota in one PDF, for those who reach them all."""
    found = _asked(request, code, year)
    if not reaches_whole(request.user.scope, found):
        raise PermissionDenied(ONLY_WHOLE)
    if moved := _elsewhere(request, "province_book", found, code, year):
        return moved
    return _pdf(request, book_of(found, int(year), moment_of(request)))


def reaches_whole(scope, region: Region) -> bool:
    """Does this person reach every Pokja the region's rapor tells of? Who only opens the own
    province's figures does not."""
    if region.is_province:
        return scope.sees_all or region.pk in scope.province_ids
    return bool(scope.sees_all or scope.roles_in(region))


def _asked(request, code: str, year: str) -> Region:
    """The region of a current or former code in a known year, where its dashboard is open to this
    person; else 404."""
    if not is_known_year(int(year)):
        raise Http404
    found = region_for_code(_dotted(code))
    if found is None or found.level not in POKJA_LEVELS:
        raise Http404
    if not request.user.scope.may_open_dashboard(found):
        raise Http404
    return found


def _dotted(code: str) -> str:
    """ "7308" -> "73.08"."""
    return f"{code[:2]}.{code[2:]}" if len(code) == 4 else code


def _elsewhere(request, name: str, found: Region, code: str, year: str):
    """The way to the code in force; None where the address has it."""
    if found.code == code:
        return None
    query = request.META.get("QUERY_STRING", "")
    address = reverse(f"report_cards:{name}", args=(found.code, year))
    return redirect(f"{address}?{query}" if query else address)


def _pdf(request, report: Report) -> HttpResponse:
    asked = request.GET.get("kertas", "")
    size = asked if asked in Paper.values else Paper.A4.value
    content = paper_of(report, paper=size, user=request.user, root=request.build_absolute_uri("/"))
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(False, file_name(report, size)),
            "Cache-Control": "private, no-store",
        },
    )
