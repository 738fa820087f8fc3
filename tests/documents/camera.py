"""Photos of pages for tests."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

RED, BLUE, WHITE = (200, 30, 30), (30, 30, 200), (255, 255, 255)


def photo_bytes(size=(300, 400), colour=RED, mode="RGB", kind="JPEG", **save):
    """A page of one colour with a blue upper left quarter."""
    image = Image.new("RGB", size, colour)
    image.paste(BLUE, (0, 0, size[0] // 2, size[1] // 2))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **save)
    return out.getvalue()


def photo(name="foto 1.jpg", content=None, **options):
    return SimpleUploadedFile(name, photo_bytes(**options) if content is None else content)
