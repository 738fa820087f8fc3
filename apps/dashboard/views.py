"""Dashboards: who may open which, and where old addresses lead."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.dashboard import district, province
from apps.dashboard import national as nation
from apps.dashboard.facts import fact_rows, profile_tables
from apps.dashboard.links import Viewer
from apps.dashboard.queries import (
    district_figures,
    is_known_year,
    nation_figures,
    province_figures,
)
from apps.regions.enums import POKJA_LEVELS
from apps.regions.models import Region
from apps.regions.queries import region_for_code


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
    """A dashboard's address without a year."""
    name, args = ("national", ()) if code == "nasional" else ("region", (code,))
    return redirect(f"dashboard:{name}", *args, timezone.localdate().year)


@require_safe
@login_required
def national(request, year):
    """Open to everybody who is signed in."""
    figures = nation_figures(_year(year))
    page = nation.context(figures, Viewer(request.user.scope, figures.year))
    return render(request, "dashboard/national.html", page | {"facts": fact_rows(None)})


@require_safe
@login_required
def national_map(request, year):
    """The nation in its true shapes."""
    year = _year(year)
    figures = nation_figures(year, years=[year])
    return render(
        request,
        "dashboard/national_map.html",
        nation.map_context(figures, Viewer(request.user.scope, year)),
    )


@require_safe
@login_required
def region(request, code, year):
    """The dashboard of a province, kabupaten or kota; 404 for those who may not open it."""
    year, scope = _year(year), request.user.scope
    found = _region(code, scope)
    if found.code != code:
        return redirect(_with_query(reverse("dashboard:region", args=(found.code, year)), request))
    viewer = Viewer(scope, year)
    published = {"facts": fact_rows(found), "profiles": profile_tables(found)}
    if not found.is_province:
        page = district.context(district_figures(found, year), viewer, request.user)
        return render(request, "dashboard/district.html", page | published)
    page = province.context(
        province_figures(found, year),
        viewer,
        only_open=request.GET.get("belum") == "1",
        lowest_first=request.GET.get("urut") == "terendah",
    )
    return render(request, "dashboard/province.html", page | published)


def _year(text: str) -> int:
    if not is_known_year(int(text)):
        raise Http404
    return int(text)


def _region(code: str, scope) -> Region:
    """The region of a current or former code, if its dashboard is open to this person."""
    found = region_for_code(code)
    if found is None or found.level not in POKJA_LEVELS or not scope.may_open_dashboard(found):
        raise Http404
    return found


def _with_query(address: str, request) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address
