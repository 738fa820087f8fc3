"""Images of a document's pages: made once, kept beside the files, made again when lost.

They are a reading aid and can always be drawn anew; the document itself is never touched.
"""

import io
import logging
from pathlib import Path

from django.core.cache import cache
from django.core.files.base import ContentFile
from PIL import Image

from apps.documents import isolated
from apps.documents.models import Document
from apps.documents.store import StoreUnavailable, on_disk

logger = logging.getLogger(__name__)

RENDERER = Path(__file__).with_name("renderer.py")
FOLDER = "halaman"
WIDTH = 900  # pixels: a decree's text is readable at the width of the checking screen
# What an image of each width may weigh, in bytes: the first has a weak line in mind.
WEIGHTS = {WIDTH: 80 * 1024, 1350: 250 * 1024, 1800: 250 * 1024}
FIRST = 3  # pages drawn before anybody asks
REMEMBERED = 24 * 3600  # seconds that the size of an image is kept in the cache
GIVEN_UP = 3600  # seconds until a page that could not be drawn is tried again


class PageUnreadable(Exception):
    """The page cannot be drawn; the original can still be opened."""


def page_image(document: Document, number: int, width: int = WIDTH) -> bytes:
    """Page ``number`` (from 1) as WebP of one of the widths in WEIGHTS.

    Raises PageUnreadable, FileNotFoundError, IndexError (page), KeyError (width).
    """
    if not 1 <= number <= document.pages:
        raise IndexError(number)
    weight = WEIGHTS[width]
    name = image_name(document, number, width)
    image = _kept(document.file.storage, name)
    if image is None:
        image = _drawn(document, number, width, weight)
        _keep(document.file.storage, name, image)
    cache.set(_key(document, number, width), len(image), REMEMBERED)
    return image


def image_name(document: Document, number: int, width: int = WIDTH) -> str:
    """Where the image of a page lies in the store."""
    zoomed = "" if width == WIDTH else f"-{width}"
    return f"{FOLDER}/{document.uuid.hex[:2]}/{document.uuid}/{number}{zoomed}.webp"


def _kept(storage, name) -> bytes | None:
    """The image in the store; None where there is none, or only a part of one.

    A part is what somebody is writing at this moment, or what a crash left behind.
    """
    try:
        with storage.open(name) as held:
            image = held.read()
    except FileNotFoundError:
        return None
    if len(image) > 8 and int.from_bytes(image[4:8], "little") + 8 == len(image):
        return image
    storage.delete(name)
    return None


def _keep(storage, name, image) -> None:
    try:
        saved = storage.save(name, ContentFile(image))
    except StoreUnavailable:  # a full disk must not keep anybody from reading
        return
    if saved != name:  # somebody drew the same page meanwhile; one copy is enough
        storage.delete(saved)


def _drawn(document, number, width, weight) -> bytes:
    failed = _key(document, number, "gagal")
    if cache.get(failed):
        raise PageUnreadable(number)
    with on_disk(document.file) as path:
        try:
            return isolated.run(RENDERER, path, number, width, weight)
        except isolated.ProgramFailed as error:
            logger.warning("Halaman %s dokumen %s gagal digambar.", number, document.uuid)
            cache.set(failed, True, GIVEN_UP)
            raise PageUnreadable(number) from error


def _key(document, number, what) -> str:
    return f"halaman:{document.uuid}:{number}:{what}"


def draw_first(document: Document) -> None:
    """The pages that a verifier looks at first, before anybody waits for them."""
    for number in range(1, min(FIRST, document.pages) + 1):
        page_image(document, number)


def page_shape(document: Document, number: int) -> tuple[int, int]:
    """Width and height of a page's image in pixels, for what needs its proportions; raises as
    ``page_image`` does."""
    return Image.open(io.BytesIO(page_image(document, number))).size


def unreadable_among(document: Document, numbers) -> set[int]:
    """Pages that are known to defy drawing; others may turn out to as well."""
    keys = {_key(document, number, "gagal"): number for number in numbers}
    return {keys[key] for key in cache.get_many(keys)}


def weight_of(document: Document, numbers, width: int = WIDTH) -> tuple[int, bool]:
    """What the images of these pages weigh together, in bytes, and whether that is exact: a page
    not drawn yet counts with the most it may weigh."""
    known = cache.get_many([_key(document, number, width) for number in numbers])
    sizes = [
        known.get(_key(document, number, width)) or _size_on_disk(document, number, width)
        for number in numbers
    ]
    return sum(size or WEIGHTS[width] for size in sizes), all(sizes)


def _size_on_disk(document, number, width) -> int:
    """In bytes; 0 where it is not drawn, or where asking would take a journey."""
    try:
        path = document.file.storage.path(image_name(document, number, width))
        return Path(path).stat().st_size
    except (NotImplementedError, OSError):
        return 0
