"""Is an upload a PDF that may be kept? (spec section 8; the sentences are the design's 13.5, 9–14)

What the first and last bytes tell is checked here; the rest by ``inspector`` in a process of its
own. The file is only read, never changed: an electronic signature dies with one byte.
"""

import json
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

from apps.core.formats import format_size
from apps.documents import isolated

INSPECTOR = Path(__file__).with_name("inspector.py")
TAIL = 1024

EMPTY = "{what} kosong. Pilih berkas lain"
TOO_LARGE = "{what} berukuran {size}. Ukuran paling besar {limit}"
NOT_PDF = "{what} harus PDF"
DAMAGED = "{what} tidak dapat dibuka. Pindai ulang, lalu unggah lagi"
ENCRYPTED = "{what} terkunci kata sandi. Unggah berkas tanpa kata sandi"
ACTIVE = (
    "{what} memuat program atau perintah yang dapat berjalan sendiri. Cetak ulang ke PDF "
    "atau pindai, lalu unggah lagi"
)
REFUSALS = {"damaged": DAMAGED, "encrypted": ENCRYPTED, "active": ACTIVE}


class DocumentRefused(ValidationError):
    """The upload is not kept; ``code`` is empty, size, type, damaged, encrypted or active."""


def check_pdf(upload, what: str = "Berkas") -> int:
    """The number of pages of an uploaded PDF; raises DocumentRefused with the sentence to show.

    ``what`` begins the sentence: "Berkas SK". The result is kept on the upload, so that a form
    and the service behind it do not look twice.
    """
    if (pages := getattr(upload, "checked_pages", None)) is not None:
        return pages
    _check_bytes(upload, what)
    with _on_disk(upload) as path:
        found = _inspected(path)
    if reason := found.get("refused"):
        raise _refused(REFUSALS[reason], reason, what)
    upload.checked_pages = found["pages"]
    return found["pages"]


def _refused(sentence: str, code: str, what: str, **values) -> DocumentRefused:
    return DocumentRefused(sentence.format(what=what, **values), code=code)


def _check_bytes(upload, what) -> None:
    limit = settings.UPLOAD_MAX_BYTES
    if not upload.size:
        raise _refused(EMPTY, "empty", what)
    if upload.size > limit:
        raise _refused(
            TOO_LARGE, "size", what, size=format_size(upload.size), limit=format_size(limit)
        )
    upload.seek(0)
    beginning = upload.read(5)
    upload.seek(max(0, upload.size - TAIL))
    end = upload.read(TAIL)
    upload.seek(0)
    if beginning != b"%PDF-":
        raise _refused(NOT_PDF, "type", what)
    if b"%%EOF" not in end:
        raise _refused(DAMAGED, "damaged", what)


@contextmanager
def _on_disk(upload):
    """A path of the upload's bytes; larger uploads lie in a temporary file already."""
    if hasattr(upload, "temporary_file_path"):
        upload.flush() if hasattr(upload, "flush") else None
        yield upload.temporary_file_path()
        return
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        upload.seek(0)
        yield copy.name


def _inspected(path: str) -> dict:
    """What the inspector says; a process that dies or hangs has met a file made to do that."""
    try:
        return json.loads(isolated.run(INSPECTOR, path))
    except (isolated.ProgramFailed, ValueError):
        return {"refused": "damaged"}
