"""Images of a document's pages: made once, kept beside the files, made again when lost.

They are a reading aid and can always be drawn anew; the document itself is never touched.
"""

import logging
from pathlib import Path

from django.core.files.base import ContentFile

from apps.documents import isolated
from apps.documents.models import Document
from apps.documents.store import on_disk

logger = logging.getLogger(__name__)

RENDERER = Path(__file__).with_name("renderer.py")
FOLDER = "halaman"


class PageUnreadable(Exception):
    """The page cannot be drawn; the original can still be opened."""


def page_image(document: Document, number: int) -> bytes:
    """Page ``number`` (from 1) as WebP; raises PageUnreadable, FileNotFoundError, IndexError."""
    if not 1 <= number <= document.pages:
        raise IndexError(number)
    storage = document.file.storage
    name = f"{FOLDER}/{document.uuid.hex[:2]}/{document.uuid}/{number}.webp"
    try:
        with storage.open(name) as kept:
            return kept.read()
    except FileNotFoundError:
        image = _drawn(document, number)
    saved = storage.save(name, ContentFile(image))
    if saved != name:  # somebody drew the same page meanwhile; one copy is enough
        storage.delete(saved)
    return image


def _drawn(document: Document, number: int) -> bytes:
    with on_disk(document.file) as path:
        try:
            return isolated.run(RENDERER, path, number)
        except isolated.ProgramFailed as error:
            logger.warning("Halaman %s dokumen %s gagal digambar.", number, document.uuid)
            raise PageUnreadable(number) from error
