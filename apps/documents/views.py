import logging
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.documents.models import Document
from apps.documents.pages import WEIGHTS, WIDTH, PageUnreadable, page_image
from apps.documents.services import log_reading

logger = logging.getLogger(__name__)

HEADERS = {
    "Content-Type": "application/pdf",
    "X-Content-Type-Options": "nosniff",
    # A viewer that obeys it runs nothing, whatever a file smuggled past the checks.
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}

PIECE = 64 * 1024  # bytes sent at a time
PHOTOS = {"jpg": ("image/jpeg", (".jpg", ".jpeg")), "png": ("image/png", (".png",))}

# A page never changes: its document is kept byte for byte. Private: a scope stands before it.
# The first page is asked for anew each time (a few bytes, 304): every opening is on record.
PAGE_HEADERS = {
    "Content-Type": "image/webp",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, max-age=86400, immutable",
}
FIRST_PAGE_HEADERS = PAGE_HEADERS | {"Cache-Control": "private, no-cache"}
BLANK_HEADERS = PAGE_HEADERS | {
    "Content-Type": "image/svg+xml",
    "Cache-Control": "private, no-store",
}


@require_safe
@login_required
def document_file(request, uuid):
    """The file itself, to whoever may see it (404 otherwise); every reading is on record."""
    document = get_object_or_404(Document.objects.for_user(request.user), uuid=uuid)
    return send_file(request, document)


def send_file(request, document, log=log_reading) -> HttpResponse:
    """The PDF with its headers, for a view that has checked that the caller may read it.

    ``log(document, actor=)`` puts the reading on record.
    """
    response = _answer(document, request.method)
    if request.method == "GET":
        log(document, actor=request.user)
    for header, value in HEADERS.items():
        response[header] = value
    response["Content-Disposition"] = _disposition(document.original_name)
    return response


@require_safe
@login_required
def original(request, uuid, number):
    """One photo as it was taken, to be saved; every reading is on record as one of the document."""
    document = get_object_or_404(Document.objects.for_user(request.user), uuid=uuid)
    photo = get_object_or_404(document.originals, number=number)
    response = _answer(photo, request.method)
    if request.method == "GET":
        log_reading(document, actor=request.user)
    kind, endings = PHOTOS[photo.format]
    for header, value in (HEADERS | {"Content-Type": kind}).items():
        response[header] = value
    response["Content-Disposition"] = _disposition(photo.original_name, endings, attached=True)
    return response


@require_safe
@login_required
def page(request, uuid, number):
    """One page as an image, to whoever may see the document; opening the first is on record.

    ``?lebar=`` asks for one of the widths there are. A page that cannot be drawn says so in its
    own place, and is tried again another time.
    """
    document = get_object_or_404(Document.objects.for_user(request.user), uuid=uuid)
    return send_page(request, document, number, kept=number > 1)


def send_page(request, document, number, *, kept: bool, log=log_reading) -> HttpResponse:
    """The image of a page, for a view that has checked that the caller may read the document.

    ``kept``: a browser may show it for a day without asking; otherwise it asks each time (a few
    bytes, 304). ``log(document, actor=)`` puts the opening of the first page on record.
    """
    width = _width(request.GET.get("lebar", str(WIDTH)))
    headers = PAGE_HEADERS if kept else FIRST_PAGE_HEADERS
    try:
        image = page_image(document, number, width)
    except (IndexError, FileNotFoundError):
        raise Http404("Halaman ini tidak dapat ditampilkan.") from None
    except PageUnreadable:
        image = render_to_string("documents/_blank_page.svg", {"number": number})
        headers = BLANK_HEADERS
    if request.method == "GET" and number == 1:
        log(document, actor=request.user)
    response = HttpResponse(image, headers=headers)
    if headers is FIRST_PAGE_HEADERS:
        response["ETag"] = f'"{document.uuid}-{number}-{width}"'
        response = get_conditional_response(request, response["ETag"], response=response)
    return response


def _width(text: str) -> int:
    """404 for any but the widths that pages are drawn in."""
    widths = {str(width): width for width in WEIGHTS}
    if text not in widths:
        raise Http404("Ukuran gambar tidak dikenal.")
    return widths[text]


def _answer(document, method: str) -> HttpResponse:
    if settings.ACCEL_PREFIX and document.file.storage.is_folder:
        return _from_server(document)
    return _from_here(document, with_bytes=method == "GET")


def _from_server(document) -> HttpResponse:
    """nginx sends the bytes from its internal location; the portal only says which."""
    return HttpResponse(
        headers={
            "X-Accel-Redirect": f"{settings.ACCEL_PREFIX.rstrip('/')}/{quote(document.file.name)}"
        }
    )


def _from_here(document, *, with_bytes: bool) -> HttpResponse:
    """The bytes piece by piece, so that no worker holds a whole file; HEAD opens nothing."""
    storage, name = document.file.storage, document.file.name
    if not with_bytes and storage.exists(name):
        return HttpResponse(headers={"Content-Length": document.size})
    try:
        body, size = storage.stream(name)
    except FileNotFoundError:
        logger.error("Berkas %s tidak ada di penyimpanan.", name)
        raise Http404("Berkas tidak ditemukan di penyimpanan.") from None
    response = FileResponse(body)
    response.block_size = PIECE
    response["Content-Length"] = size
    return response


def _disposition(name: str, endings=(".pdf",), *, attached: bool = False) -> str:
    """Shown in the browser unless ``attached``, saved under its own name with the right ending."""
    if not name.lower().endswith(endings):
        name = f"{name}{endings[0]}"
    return content_disposition_header(as_attachment=attached, filename=name)
