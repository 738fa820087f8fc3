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
    trend_years,
)
from apps.effectiveness.frozen import book_note
from apps.effectiveness.moment import moment_context, moment_of
from apps.regions.enums import POKJA_LEVELS
from apps.regions.models import Region
from apps.regions.queries import changes_of, region_for_code


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
def national(request, year):
    """Open to everybody who is signed in."""
    seen = moment_context(request)
    moment = seen["moment"]
    figures = nation_figures(_year(year), moment=moment)
    page = nation.context(figures, Viewer(request.user.scope, figures.year, moment))
    facts = {"facts": fact_rows(None, moment and moment.per)}
    return render(
        request, "dashboard/national.html", page | seen | facts | _emptiness(figures, seen)
    )


@require_safe
@login_required
def national_map(request, year):
    """The nation in its true shapes."""
    year, seen = _year(year), moment_context(request)
    figures = nation_figures(year, years=[year], moment=seen["moment"])
    page = nation.map_context(figures, Viewer(request.user.scope, year, seen["moment"]))
    return render(request, "dashboard/national_map.html", page | seen | _emptiness(figures, seen))


@require_safe
@login_required
def region(request, code, year):
    """The dashboard of a province, kabupaten or kota; 404 for those who may not open it."""
    year, scope = _year(year), request.user.scope
    found = _region(code, scope)
    if found.code != code:
        return redirect(_with_query(reverse("dashboard:region", args=(found.code, year)), request))
    seen = moment_context(request)
    viewer = Viewer(scope, year, seen["moment"])
    around = seen | _published(found, viewer) | {"book": _book(found, viewer)}
    if not found.is_province:
        figures = district_figures(found, year, viewer.moment)
        page = district.context(figures, viewer, request.user)
        return render(request, "dashboard/district.html", page | around | _emptiness(figures, seen))
    only_open = request.GET.get("belum") == "1"
    figures = province_figures(
        found, year, viewer.moment, only_open=only_open, page=request.GET.get("halaman")
    )
    page = province.context(
        figures,
        viewer,
        only_open=only_open,
        lowest_first=request.GET.get("urut") == "terendah",
    )
    return render(request, "dashboard/province.html", page | around | _emptiness(figures, seen))


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
