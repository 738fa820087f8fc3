"""The library: every document in scope, each with its page, two side by side, and all as a zip."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_safe

from apps.accounts.access import fetch, login_required
from apps.documents.models import Document
from apps.documents.services import log_reading
from apps.library import archive, openings, words
from apps.library.detail import detail_of
from apps.library.filters import (
    KINDS,
    SOON,
    STATUSES,
    filters_from,
    region_of,
    regions_offered,
)
from apps.library.queries import documents_for, documents_of, ending_soon, size_of
from apps.library.rows import document_page
from apps.regions.models import Region

FIRST_YEAR = 2015
ZIP_HEADERS = {
    "Content-Type": "application/zip",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}


def _years() -> list[int]:
    return list(range(timezone.localdate().year + 1, FIRST_YEAR - 1, -1))


@require_safe
@login_required
def library(request):
    """Where is that document? All in scope, to be narrowed and searched."""
    years, today = _years(), timezone.localdate()
    filters = filters_from(request.GET, request.user, years=years)
    ending = ending_soon(request.user, today)
    page = document_page(request.user, filters, request.GET.get("halaman"), ending)
    soon = documents_for(request.user, filters, ending).filter(pk__in=ending).count()
    region = filters.region or _only_region(request.user)
    count, size = size_of(documents_of(request.user, region, filters.year)) if region else (0, 0)
    return render(
        request,
        "library/list.html",
        {
            "filters": filters,
            "page": page,
            "heading": words.finding(page.paginator.count, soon, filters),
            "years": years,
            "kinds": KINDS.items(),
            "statuses": STATUSES,
            "soon": SOON,
            "regions": regions_offered(request.user),
            "zip_region": region,
            "zip_words": words.zip_scope(region, filters.year) if region else "",
            "zip_count": count,
            "zip_size": size,
        },
    )


def _only_region(user) -> Region | None:
    """The region of a person who has but one; a zip of the whole nation is nobody's errand."""
    held = {post.region_id for post in user.scope.posts}
    if user.scope.sees_all or len(held) != 1:
        return None
    return Region.objects.for_user(user).filter(pk__in=held).first()


@require_GET
@login_required
def document(request, uuid):
    """What is this file, what is it used for, is it beyond doubt, and who has opened it?"""
    found = _document(request.user, uuid)
    context = {"detail": detail_of(found, request.user), "document": found}
    if openings.may_see_openings(request.user, found.region):
        rows = openings.openings_of(found)
        page = Paginator(rows, openings.PAGE_SIZE).get_page(request.GET.get("halaman"))
        page.object_list = [(entry, openings.role_words(entry.role)) for entry in page.object_list]
        context |= {"shows_openings": True, "page": page, "zips": openings.zips_with(found)}
    return render(request, "library/document.html", context)


@require_safe
@login_required
def compare(request, uuid, other):
    """Two files page by page. The first pages log themselves; a later one opened is logged here."""
    left, right = _document(request.user, uuid), _document(request.user, other)
    number = request.GET.get("halaman", "1")
    last = max(left.pages, right.pages)
    number = int(number) if number.isdecimal() and number.isascii() and len(number) < 6 else 1
    if not 1 <= number <= last:
        raise Http404("Halaman ini tidak ada.")
    if request.method == "GET" and number > 1:
        for each in {left, right}:
            log_reading(each, actor=request.user)
    context = {
        "panes": [left, right],
        "number": number,
        "last": last,
        "is_same": left.sha256 == right.sha256,
        "verdict": words.SAME if left.sha256 == right.sha256 else words.DIFFERENT,
    }
    return render(request, "library/compare.html", context)


def _document(user, uuid) -> Document:
    rows = Document.objects.select_related("region__province", "uploaded_by")
    return fetch(rows, user, uuid=uuid)


@require_GET
@login_required
def download_zip(request):
    """All documents of a region and year in the caller's scope; one entry in the trail."""
    code = request.GET.get("wilayah", "")
    region = region_of(code, request.user) if code else _only_region(request.user)
    if code and region is None:
        raise Http404("Wilayah tidak ditemukan.")
    if region is None:
        messages.warning(request, "Pilih wilayah yang dokumennya akan diunduh sebagai zip.")
        return redirect("library:list")
    year = filters_from(request.GET, request.user, years=_years()).year
    documents = documents_of(request.user, region, year)
    items = archive.items_of(request.user, documents)
    sizes = sum(item.cells["ukuran_byte"] for item in items)
    openings.record_zip(request.user, region, year=year, files=len(items), size=sizes)
    response = StreamingHttpResponse(
        archive.zip_pieces(items, default_storage), headers=ZIP_HEADERS
    )
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=archive.zip_name(region, year)
    )
    return response
