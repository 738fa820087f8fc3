"""An emblem is an image that was looked at and drawn anew; anything else is refused in words."""

import base64
import io

import pytest
from PIL import Image

from apps.papers.emblems import MOST_BYTES, NO_IMAGE, SIDE, TOO_HEAVY, TOO_THIN, emblem_text


def image_bytes(form="PNG", size=(600, 600), mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, "#0b5a72" if mode == "RGB" else 0).save(out, form, **options)
    return out.getvalue()


def opened(text):
    return Image.open(io.BytesIO(base64.b64decode(text)))


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
    ],
)
def test_png_and_jpeg_are_kept_as_a_small_png(form, mode):
    image = opened(emblem_text(image_bytes(form, (1200, 900), mode)))
    assert (image.format, image.size, image.mode) == ("PNG", (SIDE, SIDE * 3 // 4), "RGBA")


def test_a_small_one_is_not_blown_up():
    assert opened(emblem_text(image_bytes(size=(80, 90)))).size == (80, 90)


def test_nothing_of_the_file_is_kept_but_its_pixels():
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", "rahasia <script>alert(1)</script>")
    file = image_bytes(pnginfo=info) + b"<?php sisipan ?>"
    kept = base64.b64decode(emblem_text(file))
    assert b"rahasia" not in kept
    assert b"sisipan" not in kept


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", NO_IMAGE),
        (b"bukan gambar", NO_IMAGE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NO_IMAGE),
        (b"%PDF-1.7", NO_IMAGE),
        (image_bytes("GIF"), NO_IMAGE),
        (image_bytes("BMP"), NO_IMAGE),
        (image_bytes()[:60], NO_IMAGE),
        (image_bytes("JPEG")[:-400], NO_IMAGE),
        (image_bytes(size=(1000, 100)), TOO_THIN),
        (image_bytes(size=(6001, 6001)), "Sisi gambar lambang paling panjang 6000 piksel."),
        (b"\x89PNG\r\n\x1a\n" + b"0" * MOST_BYTES, TOO_HEAVY),
    ],
)
def test_what_is_no_emblem_is_told(content, told):
    with pytest.raises(ValueError, match=told):
        emblem_text(content)
