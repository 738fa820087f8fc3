"""Who changes if a draft were published: counts, the list by region and by Pokja, and files."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from apps.accounts.access import login_required
from apps.audit.services import record
from apps.effectiveness.enums import RubricStatus
from apps.effectiveness.models import Rubric
from apps.effectiveness.rubric_gaps import gaps_of
from apps.effectiveness.rubric_plain import plain_of
from apps.scoring import sheets, words
from apps.scoring.changes import KINDS
from apps.scoring.preview import Outlook, outlook, years_of
from apps.scoring.views.base import REFUSED, crumbs, fetch_rubric, may_see_drafts, may_write

PER_PAGE = 25
BY_REGION, BY_POKJA = "daerah", "pokja"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it does not understand is left out."""

    year: int
    view: str
    province: str
    kind: str

    @property
    def narrows(self) -> bool:
        return bool(self.province or self.kind)

    def query(self, **changed) -> str:
        parts = {
            "tahun": self.year,
            "lihat": self.view,
            "provinsi": self.province,
            "perubahan": self.kind,
        }
        return urlencode({name: value for name, value in (parts | changed).items() if value})


def asked_from(params, years: list[int]) -> Asked:
    text = params.get("tahun", "")
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    view = params.get("lihat", "")
    kind = params.get("perubahan", "")
    return Asked(
        year=year if year in years else years[0],
        view=view if view in (BY_REGION, BY_POKJA) else BY_REGION,
        province=params.get("provinsi", "")[:13],
        kind=kind if kind in KINDS else "",
    )


@require_safe
@login_required
def preview(request, rubric_code):
    found = _draft(request.user, rubric_code)
    if found.status != RubricStatus.DRAFT:
        return redirect("scoring:rubric", found.code)
    years = years_of(found)
    asked = asked_from(request.GET, years)
    context = {
        "rubric": found,
        "years": years,
        "asked": asked,
        "kinds": KINDS,
        "may_write": may_write(request.user),
        "crumbs": crumbs(found, "Pratinjau"),
    }
    missing = gaps_of(plain_of(found))
    shown = None if missing else outlook(found, asked.year, request.user)
    if shown is None:
        edit = reverse("scoring:edit", args=[found.code])
        context["gaps"] = [(f"{edit}#{gap.field}", gap.text) for gap in missing]
        context["gap_heading"] = "Pratinjau tampil setelah draf ini lengkap"
        return render(request, "scoring/preview.html", context)
    return render(request, "scoring/preview.html", context | _shown(request, shown, asked))


def _draft(user, code) -> Rubric:
    """The draft, for those who see drafts; whoever reads what was published gets 403."""
    found = fetch_rubric(user, code)
    if not may_see_drafts(user):
        raise PermissionDenied(REFUSED)
    return found


def _shown(request, shown: Outlook, asked: Asked) -> dict:
    rows = rows_of(shown, asked)
    return {
        "heading": words.preview_finding(shown.preview),
        "outlook": shown,
        "totals": words.totals(shown),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman")),
        "views": [
            (BY_REGION, "Menurut daerah", asked.query(lihat=BY_REGION)),
            (BY_POKJA, "Menurut Pokja", asked.query(lihat=BY_POKJA)),
        ],
        "file_query": asked.query(),
        "without_filters": asked.query(provinsi="", perubahan=""),
    }


def rows_of(shown: Outlook, asked: Asked) -> list:
    """The changing regions or Pokja that the address asks for."""
    rows = shown.preview.regions if asked.view == BY_REGION else shown.preview.changes
    province = next((each for each in shown.provinces if each.code == asked.province), None)
    return [
        row
        for row in rows
        if (not asked.kind or asked.kind in row.kinds)
        and (not asked.province or (province and row.province_id == province.pk))
    ]


@require_GET
@login_required
def download(request, rubric_code):
    """The list as the address narrows it, as CSV or (``bentuk=xlsx``) XLSX; on record."""
    found = _draft(request.user, rubric_code)
    asked = asked_from(request.GET, years_of(found))
    shown = None if gaps_of(plain_of(found)) else outlook(found, asked.year, request.user)
    if shown is None:
        raise Http404
    rows = rows_of(shown, asked)
    table = sheets.table_of(shown, rows, by_region=asked.view == BY_REGION)
    record(
        "Mengunduh pratinjau rubrik",
        found,
        actor=request.user,
        after={"saringan": asked.query(), "baris": len(rows)},
    )
    is_workbook = request.GET.get("bentuk") == "xlsx"
    response = HttpResponse(
        sheets.workbook(table) if is_workbook else sheets.text(table),
        content_type=XLSX if is_workbook else "text/csv; charset=utf-8",
    )
    name = f"pratinjau-{found.code}-{asked.year}.{'xlsx' if is_workbook else 'csv'}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
