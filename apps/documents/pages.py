"""Images of a document's pages: made once, kept beside the files, made again when lost.

They are a reading aid and can always be drawn anew; the document itself is never touched.
"""

import logging
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import ContentFile

from apps.documents.models import Document

logger = logging.getLogger(__name__)

RENDERER = Path(__file__).with_name("renderer.py")
TIME_LIMIT = 30  # seconds on the clock
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
    with _on_disk(document) as path:
        try:
            done = subprocess.run(  # noqa: S603  our own program, a path and a number made here
                [sys.executable, "-I", str(RENDERER), path, str(number)],
                capture_output=True,
                timeout=TIME_LIMIT,
                check=True,
            )
        except subprocess.SubprocessError as error:
            logger.warning("Halaman %s dokumen %s gagal digambar.", number, document.uuid)
            raise PageUnreadable(number) from error
    return done.stdout


@contextmanager
def _on_disk(document: Document):
    """A path of the document's bytes, also where the storage is not a folder."""
    try:
        path = document.file.path
    except NotImplementedError:
        with tempfile.NamedTemporaryFile(suffix=".pdf") as copy, document.file.open("rb") as file:
            for chunk in file.chunks():
                copy.write(chunk)
            copy.flush()
            yield copy.name
        return
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    yield path
