"""Uploads that can be gone on with: tus 1.0.0 (core, creation, termination) and the last step.

https://tus.io/protocols/resumable-upload. Every refusal is JSON with a sentence in ``pesan``;
whoever is no longer signed in gets 401 and the address of the log-in, never a redirect, so that
the page can wait and go on. Where a proxy lets no PATCH through, a POST with
``X-HTTP-Method-Override`` does the same.
"""

import base64
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse

from apps.accounts.access import fetch, require
from apps.accounts.enums import Act
from apps.core.errors import Unavailable
from apps.documents import uploads
from apps.documents.models import Upload
from apps.documents.refusals import DocumentRefused
from apps.documents.services import clean_name
from apps.regions.models import Region

TUS = "1.0.0"
EXTENSIONS = "creation,termination"
BODY_TYPE = "application/offset+octet-stream"
PART = 256 * 1024  # bytes a page should send at a time: on 20 KB/s one part takes 13 seconds
MOST_DIGITS = 15

SIGNED_OUT = "Sesi sudah berakhir. Masuk lagi, lalu unggahan dilanjutkan."
GONE = "Unggahan ini tidak ditemukan. Pilih berkasnya lagi."
INCOMPLETE_REQUEST = "Permintaan unggahan tidak lengkap. Muat ulang halaman, lalu coba lagi."
OTHER_OFFSET = "Bagian ini tidak menyambung bagian sebelumnya. Lanjutkan dari byte {received}."
BEYOND = "Berkas lebih besar daripada yang diumumkan. Pilih berkasnya lagi."
STATUS = {"size": 413, "quota": 413}  # by the code of a refusal; 422 for the others


class Unfit(Exception):
    """The request itself cannot be taken; its HTTP status."""

    def __init__(self, status: int):
        self.status = status
        super().__init__(status)


def answers_programs(*methods):
    """A view only for people signed in, whose refusals are JSON."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.method not in methods:
                answer = HttpResponseNotAllowed(methods)
            elif not request.user.is_authenticated:
                answer = _sentence(401, SIGNED_OUT, masuk=settings.LOGIN_URL)
            else:
                answer = _answered(view, request, *args, **kwargs)
            answer["Tus-Resumable"], answer["Cache-Control"] = TUS, "no-store"
            return answer

        return guarded

    return decorate


def _answered(view, request, *args, **kwargs) -> HttpResponse:
    try:
        if request.headers.get("Tus-Resumable", TUS) != TUS:
            raise Unfit(412)
        return view(request, *args, **kwargs)
    except Unfit as unfit:
        return _sentence(unfit.status, INCOMPLETE_REQUEST, headers={"Tus-Version": TUS})
    except (Http404, Upload.DoesNotExist):
        return _sentence(404, GONE)
    except PermissionDenied as denied:
        return _sentence(403, str(denied))
    except DocumentRefused as refusal:
        return _sentence(STATUS.get(refusal.code, 422), refusal.message)
    except Unavailable as trouble:
        return _sentence(trouble.status, str(trouble))
    except uploads.WrongOffset as wrong:
        headers = {"Upload-Offset": wrong.received}
        sentence = OTHER_OFFSET.format(received=wrong.received)
        return _sentence(409, sentence, headers=headers)
    except uploads.TooLong:
        return _sentence(413, BEYOND)


def _sentence(status: int, sentence: str, *, headers=None, **more) -> JsonResponse:
    return JsonResponse({"pesan": sentence, **more}, status=status, headers=headers)


@answers_programs("GET", "HEAD", "POST", "OPTIONS")
def begin(request):
    """GET: what a page needs to upload for a region. POST: announce a file."""
    if request.method == "OPTIONS":
        return HttpResponse(
            status=204,
            headers={
                "Tus-Version": TUS,
                "Tus-Extension": EXTENSIONS,
                "Tus-Max-Size": settings.UPLOAD_MAX_BYTES,
            },
        )
    if request.method == "POST":
        return _announced(request)
    region = _region_to_edit(request.user, request.GET.get("wilayah", ""))
    under_way = Upload.objects.for_user(request.user).filter(region=region, document=None)
    return JsonResponse(
        {
            "token": get_token(request),
            "batas": settings.UPLOAD_MAX_BYTES,
            "potongan": PART,
            "berlangsung": [
                {"kode": str(upload.uuid), **_progress(upload)} for upload in under_way
            ],
        }
    )


def _announced(request) -> HttpResponse:
    size, words = _number(request.headers.get("Upload-Length")), _metadata(request)
    region = _region_to_edit(request.user, words.get("region", ""))
    upload = uploads.begin(user=request.user, region=region, name=words.get("filename"), size=size)
    address = reverse("documents:upload", args=[upload.uuid])
    return HttpResponse(status=201, headers={"Location": address, "Upload-Offset": 0})


def _region_to_edit(user, key: str) -> Region:
    if not _is_number(key):
        raise Http404
    region = fetch(Region, user, pk=int(key))
    require(user, Act.EDIT, region)
    return region


def _metadata(request) -> dict[str, str]:
    """Upload-Metadata: pairs "key base64", with commas between."""
    words = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        try:
            words[key] = base64.b64decode(value, validate=True).decode("utf-8", "replace")
        except ValueError:
            raise Unfit(400) from None
    return words


def _number(text) -> int:
    if not _is_number(text or ""):
        raise Unfit(400)
    return int(text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


def _progress(upload) -> dict:
    return {"nama": upload.name, "ukuran": upload.size, "diterima": upload.received}


@answers_programs("GET", "HEAD", "PATCH", "DELETE", "POST")
def upload(request, uuid):
    """One upload of one's own: how far it is, the next part, or the end of it."""
    method = request.method
    if method == "POST":
        method = request.headers.get("X-HTTP-Method-Override", "").upper()
        if method not in ("PATCH", "DELETE"):
            return HttpResponseNotAllowed(["GET", "HEAD", "PATCH", "DELETE"])
    found = fetch(Upload, request.user, uuid=uuid)
    if method in ("GET", "HEAD"):
        headers = {"Upload-Offset": found.received, "Upload-Length": found.size}
        if method == "HEAD":
            return HttpResponse(headers=headers)
        return JsonResponse(_progress(found) | {"token": get_token(request)}, headers=headers)
    require(request.user, Act.EDIT, found.region)
    if method == "DELETE":
        uploads.discard(found)
        return HttpResponse(status=204)
    return HttpResponse(status=204, headers={"Upload-Offset": _received(request, found)})


def _received(request, found) -> int:
    """Take the body, without ever holding it whole."""
    if request.content_type != BODY_TYPE:
        raise Unfit(415)
    offset = _number(request.headers.get("Upload-Offset"))
    length = request.headers.get("Content-Length", "")
    if not length:  # sent in chunks: Django would read nothing of it
        raise Unfit(411)
    if offset == found.received and _number(length) > found.size - found.received:
        raise uploads.TooLong
    return uploads.receive(found, offset, request)


@answers_programs("POST")
def finish(request):
    """Whole uploads, in page order, become a document; asked again, the same."""
    found = _own_uploads(request)
    for item in found:
        require(request.user, Act.EDIT, item.region)
    what = clean_name(request.POST.get("apa") or "Berkas")[:40]
    document = uploads.finish(found, actor=request.user, what=what)
    return JsonResponse(
        {
            "dokumen": str(document.uuid),
            "nama": document.original_name,
            "ukuran": document.size,
            "halaman": document.pages,
            "sha256": document.sha256,
            "alamat": reverse("documents:file", args=[document.uuid]),
        }
    )


def _own_uploads(request) -> list[Upload]:
    """The uploads named, in the order named; 404 when one is not this person's."""
    try:
        codes = [UUID(code) for code in request.POST.getlist("unggahan")]
    except ValueError:
        raise Http404 from None
    rows = Upload.objects.for_user(request.user).filter(uuid__in=codes)
    known = {row.uuid: row for row in rows.select_related("region", "document", "user")}
    try:
        return [known[code] for code in codes]
    except KeyError:
        raise Http404 from None
