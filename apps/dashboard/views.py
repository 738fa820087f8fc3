"""Dashboards: who may open which, and where old addresses lead."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.dashboard import district, province
from apps.dashboard import national as nation
from apps.dashboard.facts import fact_rows, profile_tables
from apps.dashboard.keeping import answer
from apps.dashboard.links import Viewer
from apps.dashboard.opening import region_of, year_of
from apps.dashboard.panels_more import nation_panels, region_panels
from apps.dashboard.queries import (
    district_figures,
    is_known_year,
    nation_figures,
    province_figures,
    trend_years,
    years_offered,
)
from apps.dashboard.rankings import is_by_change, order_of
from apps.dashboard.selection import PEERS, Selection
from apps.effectiveness.frozen import book_note
from apps.effectiveness.moment import moment_context, moment_of
from apps.regions.models import Region
from apps.regions.queries import changes_of
from apps.regions.switch import switch_context, switched


@require_safe
@login_required
def home(request):
    """``/dasbor/``: the dashboard of one's own level in this year."""
    scope, year = request.user.scope, timezone.localdate().year
    post = scope.main_post
    if scope.sees_all or post is None or not post.region_code:
        return redirect("dashboard:national", year=year)
    return redirect("dashboard:region", code=post.region_code, year=year)


@require_safe
@login_required
def this_year(request, code):
    """A dashboard's address without a year: that of today, or of the day that is looked at."""
    name, args = ("national", ()) if code == "nasional" else ("region", (code,))
    moment = moment_of(request)
    year = moment.per.year if moment else timezone.localdate().year
    if not is_known_year(year):
        raise Http404
    return redirect(_with_query(reverse(f"dashboard:{name}", args=(*args, year)), request))


@require_safe
@login_required
def switch(request):
    """``/pindah/``: the page of the region and year that the switch at the top asks for."""
    return redirect(switched(request.GET))


@require_safe
@login_required
def national(request, year):
    """Open to everybody who is signed in."""
    return answer(request, lambda: _national(request, year_of(year)))


def _national(request, year: int) -> tuple[str, dict]:
    seen, order = moment_context(request), order_of(request)
    moment = seen["moment"]
    figures = nation_figures(year, moment=moment, selection=Selection.of(request))
    viewer = Viewer(request.user.scope, year, moment, figures.selection)
    page = nation.context(figures, viewer, order)
    around = {"facts": fact_rows(None, moment and moment.per)} | _switch(None, viewer)
    around |= nation_panels(figures, viewer, request)
    return "dashboard/national.html", page | seen | around | _emptiness(figures, seen)


@require_safe
@login_required
def national_map(request, year):
    """The nation in its true shapes."""
    year, seen = year_of(year), moment_context(request)
    figures = nation_figures(
        year, years=[year], moment=seen["moment"], selection=Selection.of(request)
    )
    viewer = Viewer(request.user.scope, year, seen["moment"], figures.selection)
    page = nation.map_context(figures, viewer) | _switch(None, viewer)
    return render(request, "dashboard/national_map.html", page | seen | _emptiness(figures, seen))


@require_safe
@login_required
def region(request, code, year):
    """The dashboard of a province, kabupaten or kota; 404 for those who may not open it."""
    return answer(request, lambda: _region(request, code, year_of(year)))


def _region(request, code: str, year: int) -> tuple[str, dict] | HttpResponse:
    scope = request.user.scope
    found = region_of(code, scope)
    if found.code != code:
        return redirect(_with_query(reverse("dashboard:region", args=(found.code, year)), request))
    seen = moment_context(request)
    figures, page, template = (_province if found.is_province else _district)(
        request, found, year, seen["moment"]
    )
    viewer = Viewer(scope, year, seen["moment"], figures.selection)
    around = seen | _published(found, viewer) | _switch(found, viewer, figures.around)
    around |= {"book": _book(found, viewer) if figures.has_book else None}
    around |= region_panels(figures, viewer, request)
    context = page | around | _emptiness(figures, seen)
    return (template, context) if found.is_province else render(request, template, context)


def _province(request, found: Region, year: int, moment) -> tuple:
    """Figures, what the template places, and the template."""
    only_open, order = request.GET.get("belum") == "1", order_of(request)
    figures = province_figures(
        found,
        year,
        moment,
        Selection.of(request),
        with_before=is_by_change(order),
        only_open=only_open,
        page=request.GET.get("halaman"),
    )
    viewer = Viewer(request.user.scope, year, moment, figures.selection)
    page = province.context(figures, viewer, only_open=only_open, order=order)
    return figures, page, "dashboard/province.html"


def _district(request, found: Region, year: int, moment) -> tuple:
    figures = district_figures(found, year, moment, Selection.of(request))
    viewer = Viewer(request.user.scope, year, moment, figures.selection)
    return figures, district.context(figures, viewer, request.user), "dashboard/district.html"


def _switch(found: Region | None, viewer: Viewer, around=None) -> dict:
    """The switch at the top keeps what is selected, but a peer group of these regions;
    ``around``: as ``switch_context``."""
    kept = viewer.kept(viewer.selection.without(PEERS).query)
    years = years_offered(viewer.year, viewer.moment)
    return switch_context(viewer.scope, "dasbor", found, viewer.year, years, kept, around=around)


def _published(found: Region, viewer: Viewer) -> dict:
    """Facts and profiles about a region, up to the day that is looked at, and what became of it
    in the years of its trend."""
    per = viewer.moment and viewer.moment.per
    return {
        "facts": fact_rows(found, per),
        "profiles": profile_tables(found, per),
        "region_changes": changes_of(found, trend_years(viewer.year)),
    }


def _book(found: Region, viewer: Viewer):
    """What the page says of the year's frozen book, as it was on the day that is looked at."""
    known = viewer.moment.known if viewer.moment else None
    region = None if found.is_province else found
    return book_note(found.province_id, viewer.year, region, known)


def _emptiness(figures, seen: dict) -> dict:
    """Had nobody sent anything by the day that is looked at?"""
    return {"moment_empty": seen["moment"] is not None and not figures.total.has_data}


def _with_query(address: str, request) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address
