"""The shelf of books, one book and its file, and the book against today."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from apps.accounts.access import fetch, login_required, require
from apps.accounts.enums import Act
from apps.audit.services import record
from apps.books import pages, queries, sheet
from apps.books import words as say
from apps.books.comparison import compare as compared
from apps.deadlines.models import FIRST_YEAR
from apps.effectiveness.closing import why_not_closable
from apps.effectiveness.models import Closing
from apps.regions.models import Region
from apps.regions.queries import region_for_code
from apps.regions.switch import switch_context

PER_PAGE = 25


@require_safe
@login_required
def shelf(request):
    """Which years are closed, of the provinces whose dashboards this person may open."""
    scope, this_year = request.user.scope, timezone.localdate().year
    provinces = queries.provinces_for(scope)
    years = queries.shelf_years()
    chosen = {str(each): each for each in years}
    year = chosen.get(request.GET.get("tahun"), this_year - 1)
    one_year = len(provinces) != 1
    rows = pages.volumes(
        request.user,
        provinces,
        [year] if one_year else years,
        this_year,
        lambda province: scope.can(Act.MANAGE_PERIODS, province),
    )
    return render(
        request,
        "books/shelf.html",
        {
            "heading": say.shelf_finding(rows, year if one_year else None),
            "rows": rows,
            "one_year": one_year,
            "years": years,
            "year": year,
        }
        | switch_context(scope, "buku", None, year, years),
    )


@require_safe
@login_required
def book(request, year, code):
    """One province's year: its official figure and rows as frozen, or that it is not closed."""
    province = _province(request.user.scope, code)
    if province.code != code:
        return redirect(reverse("books:book", args=[year, province.code]))
    closing = _closing(province, year, missing_is_404=False)
    manages = request.user.scope.can(Act.MANAGE_PERIODS, province)
    page = {"province": province, "year": year, "manages": manages}
    years = queries.shelf_years(year)
    page |= switch_context(request.user.scope, "buku", province, year, years)
    if closing is None:
        why = why_not_closable(year)
        return render(request, "books/open.html", page | {"why": why, "crumbs": _crumbs(year)})
    return render(request, "books/book.html", page | _book_page(request, closing, manages))


def _book_page(request, closing: Closing, manages: bool) -> dict:
    shown = _Shown(request, closing)
    figure = queries.figures_of([closing])[closing.pk]
    reopened = queries.reopened_of(closing, request.user)
    open_again = [each.row for each in reopened if each.row.closed_at is None]
    open_ids = {row.region_id for row in open_again}
    found = Paginator(shown.kept, PER_PAGE).get_page(request.GET.get("halaman"))
    return {
        "closing": closing,
        "closed_on": pages.closed_on(closing),
        "heading": say.book_finding(closing, figure),
        "figure": figure,
        "filters": shown.filters,
        "region": pages.region_named(closing, shown.filters.region),
        "regions": shown.regions,
        "criteria": pages.criteria_of(closing),
        "results": pages.RESULTS.items(),
        "page": found,
        "lines": pages.lines(closing, found.object_list),
        "without": pages.without_pokja(closing, shown.items) if shown.is_all else [],
        "reopened": reopened,
        "open_again": open_again,
        "choices": [each for each in closing.regions if each["id"] not in open_ids]
        if manages
        else [],
        "crumbs": _crumbs(closing.year),
    }


class _Shown:
    """The rows of a book as the address filters them."""

    def __init__(self, request, closing: Closing):
        scope = request.user.scope
        self.is_whole = scope.sees_all or closing.province_id in scope.province_ids
        own = scope.operator_ids | scope.observer_ids
        self.regions = [each for each in closing.regions if self.is_whole or each["id"] in own]
        self.filters = pages.filters_from(request.GET, closing, self.regions)
        chosen = pages.region_named(closing, self.filters.region)
        self.is_all = self.is_whole and not self.filters.edition
        edition = queries.Edition(chosen and chosen["id"], self.filters.edition)
        self.items = queries.book_rows(closing, request.user, edition)
        self.kept = [item for item in self.items if self.filters.keeps(item)]


@require_GET
@login_required
def book_file(request, year, code, form):
    """The rows of the page as XLSX or CSV; on record, since it goes out of the portal."""
    closing = _closing(_province(request.user.scope, code), year)
    shown = _Shown(request, closing)
    lines = pages.lines(closing, shown.kept)
    record(
        "Mengunduh buku tahun",
        closing,
        actor=request.user,
        region=closing.province,
        after={"saringan": shown.filters.query, "baris": len(lines), "bentuk": form},
    )
    name = f"buku-{year}-{closing.province.code}.{form}"
    return HttpResponse(
        sheet.book_file(closing, lines, form),
        content_type=sheet.FORMS[form],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_safe
@login_required
def compare(request, year, code):
    """Frozen against now: who would change, counted both ways, and why."""
    province = managed_province(request.user, code)
    closing = _closing(province, year)
    found = compared(closing, queries.book_rows(closing, request.user), request.user)
    page = Paginator(found.changes, PER_PAGE).get_page(request.GET.get("halaman"))
    return render(
        request,
        "books/compare.html",
        {
            "closing": closing,
            "province": province,
            "year": year,
            "found": found,
            "page": page,
            "heading": say.comparison_finding(found),
            "closed_on": pages.closed_on(closing),
            "crumbs": [*_crumbs(year), (f"Buku {year}", _address(closing)), ("Bandingkan", "")],
        },
    )


# --- shared ----------------------------------------------------------------------------------


def _province(scope, code: str) -> Region:
    """The province of a current or former code, if its dashboard is open to this person."""
    found = region_for_code(code)
    if found is None or not found.is_province or not scope.may_open_dashboard(found):
        raise Http404
    return found


def managed_province(user, code: str) -> Region:
    """A province in scope (404) whose periods this person manages (403)."""
    found = region_for_code(code)
    if found is None or not found.is_province:
        raise Http404
    province = fetch(Region, user, pk=found.pk)
    require(user, Act.MANAGE_PERIODS, province)
    return province


def check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= timezone.localdate().year + 1:
        raise Http404


def _closing(province: Region, year: int, *, missing_is_404=True) -> Closing | None:
    check_year(year)
    closing = queries.closing_of(province, year)
    if closing is None and missing_is_404:
        raise Http404
    return closing


def _address(closing: Closing) -> str:
    return reverse("books:book", args=[closing.year, closing.province.code])


def _crumbs(year: int) -> list[tuple[str, str]]:
    return [("Buku tahun", f"{reverse('books:shelf')}?tahun={year}")]
