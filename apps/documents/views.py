import logging
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.documents.models import Document
from apps.documents.pages import PageUnreadable, page_image
from apps.documents.services import log_reading

logger = logging.getLogger(__name__)

HEADERS = {
    "Content-Type": "application/pdf",
    "X-Content-Type-Options": "nosniff",
    # A viewer that obeys it runs nothing, whatever a file smuggled past the checks.
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}


# A page never changes: its document is kept byte for byte. Private: a scope stands before it.
PAGE_HEADERS = {
    "Content-Type": "image/webp",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, max-age=86400, immutable",
}


@require_safe
@login_required
def document_file(request, uuid):
    """The file itself, to whoever may see it (404 otherwise); every reading is on record."""
    document = get_object_or_404(Document.objects.for_user(request.user), uuid=uuid)
    response = _from_server(document) if settings.ACCEL_PREFIX else _from_here(document)
    if request.method == "GET":
        log_reading(document, actor=request.user)
    for header, value in HEADERS.items():
        response[header] = value
    response["Content-Disposition"] = _disposition(document.original_name)
    return response


@require_safe
@login_required
def page(request, uuid, number):
    """One page as an image, to whoever may see the document; opening the first is on record."""
    document = get_object_or_404(Document.objects.for_user(request.user), uuid=uuid)
    try:
        image = page_image(document, number)
    except (IndexError, PageUnreadable, FileNotFoundError):
        raise Http404("Halaman ini tidak dapat ditampilkan.") from None
    if request.method == "GET" and number == 1:
        log_reading(document, actor=request.user)
    return HttpResponse(image, headers=PAGE_HEADERS)


def _from_server(document) -> HttpResponse:
    """nginx sends the bytes from its internal location; the portal only says which."""
    return HttpResponse(
        headers={
            "X-Accel-Redirect": f"{settings.ACCEL_PREFIX.rstrip('/')}/{quote(document.file.name)}"
        }
    )


def _from_here(document) -> FileResponse:
    try:
        return FileResponse(document.file.open("rb"))
    except FileNotFoundError:
        logger.error("Berkas dokumen %s tidak ada di penyimpanan.", document.uuid)
        raise Http404("Berkas tidak ditemukan di penyimpanan.") from None


def _disposition(name: str) -> str:
    """Shown in the browser, saved under its own name with the right ending."""
    if not name.lower().endswith(".pdf"):
        name = f"{name}.pdf"
    return content_disposition_header(as_attachment=False, filename=name)
