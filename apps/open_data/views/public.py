"""What everybody may read without logging in; what is not open answers like what is not there.

The pages are drawn without the request, so that neither a session nor a form's token makes them
one person's: no cookie is set, and any cache on the way may keep them for a few minutes.
"""

import hashlib
from types import SimpleNamespace

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from apps.core import practice
from apps.core.context import Chrome
from apps.open_data import figures, files
from apps.open_data.dataset import Dataset
from apps.open_data.queries import (
    publication_for,
    published,
    published_years,
    released_rows,
    revised_since,
)
from apps.regions.queries import is_sample_installation

KEPT = 300  # seconds a browser or cache may keep an answer; so long a withdrawal may take
ABSENT = "Tidak ada data terbuka di alamat ini."


@require_safe
def shelf(request):
    """Which provinces have opened which years."""
    rows = [{"publication": row, "published_on": files.published_on(row)} for row in published()]
    return _page(request, "open_data/shelf.html", {"rows": rows})


@require_safe
def show(request, code, year):
    """A published year: its finding, figures, files, licence and contact."""
    publication = _publication(code, year)
    if publication.province.code != code:
        return redirect(_address(publication))
    dataset = _dataset(publication)
    revised = revised_since(publication)
    later = {item.region_id for item in dataset.items if item.frozen.edition > 1}
    places = figures.places_of(publication)
    return _page(
        request,
        "open_data/show.html",
        figures.context(publication, dataset.items)
        | {
            "publication": publication,
            "province": publication.province,
            "year": str(publication.year),
            "others": published_years(publication.province_id),
            "files": files.FILES,
            "published_on": files.published_on(publication),
            "frozen_on": files.frozen_on(publication),
            "publisher": files.publisher(publication),
            "later": [place.label for place in places if place.pk in later],
            "revised": [place.label for place in places if place.pk in revised],
            "is_sample": dataset.is_sample,
        },
    )


@require_safe
def metadata(request, code, year):
    publication = _publication(code, year)
    told = files.metadata(_dataset(publication), _to(request, publication))
    return _file(request, publication, files.dumped(told), files.JSON)


@require_safe
def data_csv(request, code, year):
    publication = _publication(code, year)
    body = files.csv_bytes(_dataset(publication).pokja)
    return _file(request, publication, body, files.CSV)


@require_safe
def regions_csv(request, code, year):
    publication = _publication(code, year)
    body = files.csv_bytes(_dataset(publication).regions)
    return _file(request, publication, body, files.CSV)


@require_safe
def data_json(request, code, year):
    publication = _publication(code, year)
    dataset = _dataset(publication)
    body = files.json_bytes(dataset, files.metadata(dataset, _to(request, publication)))
    return _file(request, publication, body, files.JSON)


@require_safe
def data_xlsx(request, code, year):
    """The workbook; its tag is made of what stands in it, since each writing differs in times."""
    publication = _publication(code, year)
    dataset = _dataset(publication)
    told = files.metadata(dataset, _to(request, publication))
    body = files.xlsx_bytes(dataset, told)
    response = _file(request, publication, body, files.XLSX, files.json_bytes(dataset, told))
    name = f"pokja-{publication.province.code}-{publication.year}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# --- shared ----------------------------------------------------------------------------------


def _publication(code: str, year: str):
    found = publication_for(code, int(year))
    if found is None:
        raise Http404(ABSENT)
    return found


def _dataset(publication) -> Dataset:
    return Dataset(publication, released_rows(publication), is_sample_installation())


def _address(publication) -> str:
    return reverse("open_data:public", args=[publication.province.code, publication.year])


def _to(request, publication):
    """Full addresses of what lies under the publication's page."""
    base = request.build_absolute_uri(_address(publication))
    return lambda path: f"{base}{path}"


def _page(request, template: str, context: dict) -> HttpResponse:
    frame = SimpleNamespace(path=request.path, build_absolute_uri=request.build_absolute_uri)
    around = {
        "chrome": Chrome(frame),
        "is_sample": context["is_sample"] if "is_sample" in context else is_sample_installation(),
        "licence": settings.OPEN_DATA_LICENCE,
        "licence_url": settings.OPEN_DATA_LICENCE_URL,
    }
    body = render_to_string(template, context | around).encode()
    return _answer(request, HttpResponse(body), body)


def _file(request, publication, body: bytes, kind: str, tagged: bytes | None = None):
    """Data for other programs and sites; published rows never change, so neither does its day."""
    response = HttpResponse(body, content_type=kind)
    response["Last-Modified"] = http_date(publication.published_at.timestamp())
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _answer(request, response, body if tagged is None else tagged)


def _answer(request, response: HttpResponse, tagged: bytes) -> HttpResponse:
    """With its tag, and shortly kept by anybody; 304 where the caller has it already."""
    response["ETag"] = f'"{hashlib.sha256(tagged).hexdigest()[:32]}"'
    kept = f"public, max-age={KEPT}"
    response["Cache-Control"] = "private, no-store" if practice.current() else kept
    return get_conditional_response(request, response["ETag"], response=response)
