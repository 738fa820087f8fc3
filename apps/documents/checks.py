"""May what was handed in be kept? One PDF, or photos of pages (spec section 8).

What the first and last bytes tell is checked here; the rest by ``inspector`` and ``combiner``,
each in a process of its own. Files are only read, never changed: an electronic signature dies
with one byte.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.files.base import File

from apps.core.formats import format_number, format_size
from apps.documents import isolated, photos
from apps.documents.incoming import AVIF, HEIC, JPEG, PDF, PNG, kind_of, path_of
from apps.documents.refusals import (
    ACTIVE,
    APPLE,
    DAMAGED,
    EMPTY,
    ENCRYPTED,
    MIXED,
    NOT_PDF,
    NOTHING,
    ONLY_PDF,
    PHOTO_EMPTY,
    PHOTOS_TOO_LARGE,
    TOO_HEAVY,
    TOO_LARGE,
    TOO_LONG,
    TOO_MANY_PHOTOS,
    TWO_PDFS,
    DocumentRefused,
    refused,
)
from apps.documents.store import FULL

__all__ = ["DocumentRefused", "Intake", "check_files", "check_pdf"]

INSPECTOR = Path(__file__).with_name("inspector.py")
TAIL = 1024
MOST_PAGES = 2000  # as the inspector has it
REFUSALS = {
    "damaged": DAMAGED,
    "encrypted": ENCRYPTED,
    "active": ACTIVE,
    "pages": TOO_LONG,
    "heavy": TOO_HEAVY,
}


@dataclass
class Intake:
    """Files fit to keep: the PDF to read and, where it was made of photos, these in page order."""

    files: list
    pdf: File
    pages: int
    photo_kinds: list[str] = field(default_factory=list)


def check_files(files: list, what: str = "Berkas") -> Intake:
    """One PDF, or one to twenty photos in page order; raises DocumentRefused with the sentence.

    ``files`` are Django UploadedFiles (or Files with ``size`` and ``name``). The answer stays on
    the first of them, so that a form and the service behind it do not look twice.
    """
    if not files:
        raise refused(NOTHING, "empty", what)
    kept = getattr(files[0], "intake", None)
    if kept is None or kept.files != list(files):
        kept = files[0].intake = _checked(list(files), what)
    return kept


def check_pdf(upload, what: str = "Berkas") -> int:
    """The number of pages of one uploaded PDF, where photos are of no use; raises DocumentRefused.

    The number is kept on the upload as ``checked_pages``, which may also be set beforehand.
    """
    if not upload.size:
        raise refused(EMPTY, "empty", what)
    _check_size([upload], TOO_LARGE, what)
    if kind_of(upload) != PDF:
        raise refused(ONLY_PDF, "type", what)
    return _pages_of(upload, what)


def _checked(files, what) -> Intake:
    kinds = _kinds_of(files, what)
    if kinds == [PDF]:
        return Intake(files, files[0], _pages_of(files[0], what))
    _check_together(files)
    return Intake(files, photos.combined(files), len(files), kinds)


def _kinds_of(files, what) -> list[str]:
    """The kinds, when they go together."""
    for number, upload in enumerate(files, start=1):
        if getattr(upload, "is_lost", False):  # see uploadhandlers
            raise refused(FULL, "full")
        if not upload.size:
            raise refused(EMPTY if len(files) == 1 else PHOTO_EMPTY, "empty", what, number=number)
    if len(files) == 1:
        _check_size(files, TOO_LARGE, what)
    kinds = [kind_of(upload) for upload in files]
    if apple := next((kind for kind in kinds if kind in (HEIC, AVIF)), None):
        raise refused(APPLE, "type", what, format=apple)
    if not {PDF, JPEG, PNG}.issuperset(kinds):
        raise refused(NOT_PDF, "type", what)
    if PDF in kinds and len(kinds) > 1:
        raise refused(TWO_PDFS if set(kinds) == {PDF} else MIXED, "mixed", what)
    return kinds


def _check_size(files, sentence, what="Berkas") -> None:
    size, limit = sum(upload.size for upload in files), settings.UPLOAD_MAX_BYTES
    if size > limit:
        raise refused(sentence, "size", what, size=format_size(size), limit=format_size(limit))


def _check_together(files) -> None:
    if len(files) > photos.MOST:
        raise refused(TOO_MANY_PHOTOS, "many", most=photos.MOST)
    _check_size(files, PHOTOS_TOO_LARGE)


def _pages_of(upload, what) -> int:
    if (pages := getattr(upload, "checked_pages", None)) is not None:
        return pages
    upload.seek(max(0, upload.size - TAIL))
    end = upload.read(TAIL)
    upload.seek(0)
    if b"%%EOF" not in end:
        raise refused(DAMAGED, "damaged", what)
    with path_of(upload) as path:
        found = _inspected(path)
    if reason := found.get("refused"):
        raise refused(REFUSALS[reason], reason, what, most=format_number(MOST_PAGES))
    upload.checked_pages = found["pages"]
    return found["pages"]


def _inspected(path: str) -> dict:
    """What the inspector says; a process that dies or hangs has met a file made to do that."""
    try:
        return json.loads(isolated.run(INSPECTOR, path))
    except (isolated.ProgramFailed, ValueError):
        return {"refused": "damaged"}
