"""The page of maturity classes and of who moved since the year before; its table as CSV."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.core.tabular_out import write_csv
from apps.dashboard.keeping import answer
from apps.dashboard.links import Viewer
from apps.dashboard.maturity_page import MaturityPage, NationMaturityPage
from apps.dashboard.opening import NATION, Opening, page_path, region_of, year_of
from apps.dashboard.peers import settled
from apps.dashboard.queries import FIRST_YEAR
from apps.dashboard.selection import DISTRICT, PROVINCE, Selection
from apps.dashboard.selection import NATION as WHOLE_NATION
from apps.dashboard.table_out import CSV, file_answer
from apps.effectiveness.moment import moment_context, moment_of


@require_safe
@login_required
def maturity(request, year, code=NATION):
    """Of the nation, a province, or a kab/kota. Kept, since the facts behind every point of two
    years stand behind it."""
    return answer(request, lambda: _maturity(request, code, year))


def _maturity(request, code: str, year: str) -> tuple[str, dict] | HttpResponse:
    region, number = _asked(request, code, year)
    if region and region.code != code:
        return _moved(request, region, number, "kematangan/")
    page, opening = _page(request, region, number)
    context = {
        "back": opening.view,
        "csv": opening.maturity_csv,
        "view": opening.maturity,
        "selection": page.viewer.selection,
    }
    return "dashboard/maturity.html", page.context() | context | moment_context(request)


@require_safe
@login_required
def maturity_csv(request, year, code=NATION):
    """How many moved from where to where in each region; named where the caller reaches it."""
    region, number = _asked(request, code, year)
    if region and region.code != code:
        return _moved(request, region, number, "kematangan.csv")
    page, opening = _page(request, region, number)
    return file_answer(write_csv(page.headers, page.rows()), CSV, opening.name("kematangan", "csv"))


def _asked(request, code: str, year: str):
    """The region (None: the nation) and the year; 404 for the first year, which has none before
    it."""
    number = year_of(year)
    if number <= FIRST_YEAR:
        raise Http404
    return None if code == NATION else region_of(code, request.user.scope), number


def _moved(request, region, year: int, tail: str):
    query = request.META.get("QUERY_STRING", "")
    return redirect(page_path(region.code, year, tail) + (f"?{query}" if query else ""))


def _page(request, region, year: int) -> tuple[MaturityPage, Opening]:
    moment = moment_of(request)
    if region is None:
        selection, page = settled(Selection.of(request), WHOLE_NATION), NationMaturityPage
    else:
        level = PROVINCE if region.is_province else DISTRICT
        selection = settled(Selection.of(request), level, region.province_id)
        page = MaturityPage
    viewer = Viewer(request.user.scope, year, moment, selection)
    code = region.code if region else NATION
    opening = Opening.of(code, year, request, selection, moment)
    return page(region, viewer, selection), opening
