"""The slides of a province, one at a time by ``?slide=``; on paper all of them, one a page."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.dashboard.opening import Opening, page_path, region_of, year_of
from apps.dashboard.queries import province_figures
from apps.dashboard.selection import PROVINCE, Selection
from apps.dashboard.slides import slides
from apps.effectiveness.frozen import book_note
from apps.effectiveness.moment import moment_of

TAIL = "saji/"


@require_safe
@login_required
def present(request, code, year):
    """Open to whom the dashboard of the province is; year, filter and day go along."""
    year, region = year_of(year), region_of(code, request.user.scope)
    if not region.is_province:
        raise Http404
    if region.code != code:
        query = request.META.get("QUERY_STRING", "")
        path = page_path(region.code, year, TAIL)
        return redirect(f"{path}?{query}" if query else path)
    moment, selection = moment_of(request), Selection.of(request).at(PROVINCE)
    figures = province_figures(region, year, moment, selection)
    opening = Opening.of(code, year, request, figures.selection, moment)
    made = slides(figures, moment)
    place = place_of(request.GET.get("slide", ""), len(made))
    addresses = [_address(opening, number) for number in range(1, len(made) + 1)]
    return render(
        request,
        "dashboard/slides.html",
        {
            "region": region,
            "year": str(year),
            "selection": figures.selection,
            "slides": [
                {"slide": slide, "address": address, "number": number, "current": number == place}
                for number, (slide, address) in enumerate(zip(made, addresses, strict=True), 1)
            ],
            "place": place,
            "many": len(made),
            "before": addresses[place - 2] if place > 1 else "",
            "after": addresses[place] if place < len(made) else "",
            "back": opening.view,
            "book": book_note(region.pk, year, None, moment and moment.known),
        },
    )


def place_of(typed: str, many: int) -> int:
    """The slide asked for, counted from 1; the first for what is no number, the nearest else."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 4):
        return 1
    return min(max(int(typed), 1), many)


def _address(opening: Opening, number: int) -> str:
    """Where a slide stands, with what else the address asked for."""
    query = urlencode([*opening.chosen, ("slide", number)])
    return f"{page_path(opening.code, opening.year, TAIL)}?{query}"
