"""Put photos of pages together into one PDF. Knows no Django.

Runs as a process of its own (``python -I combiner.py TARGET PHOTO...``): a picture made to exhaust
memory or time takes this process down, not the portal. Prints {"pages": 4}, or {"refused":
"damaged", "number": 2} for the photo that cannot be used; the words are damaged and size.
No date and nothing random goes in: the same photos give the same bytes.
"""

import io
import json
import sys

import pikepdf
from PIL import Image

MEMORY, SECONDS = 1536 * 1024**2, 30
MAX_PIXELS = 120_000_000  # more than any phone's usual photo
LONGEST = 2000  # pixels: A4 at 170 dots an inch, small print stays readable
QUALITY = 75
A4_LONGEST, LEAST = 842, 72  # points
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Refused(Exception):
    """Why a photo cannot be used, in one word."""


def page_of(path: str) -> Image.Image:
    """The photo upright, on white, grey or RGB, no side longer than LONGEST."""
    with Image.open(path, formats=("JPEG", "PNG")) as image:
        if image.width * image.height > MAX_PIXELS:
            raise Refused("size")
        if image.mode in ("L", "RGB"):  # a JPEG comes smaller, at a fraction of the memory
            image.draft(image.mode, (LONGEST, LONGEST))
        image.load()
        turn = TURNS.get(_orientation(image))
        page = _eight_bits(image)
        page.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    page = _on_white(page)
    return page.transpose(turn) if turn is not None else page


def _orientation(image) -> int:
    try:
        return image.getexif().get(ORIENTATION, 1)
    except Exception:  # notes of the camera may be broken where the picture is whole
        return 1


def _eight_bits(image) -> Image.Image:
    """A copy as L, RGB or, where something is transparent, RGBA."""
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _on_white(image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def add_page(pdf, image) -> None:
    """A page as large as A4 with the image over all of it (centred where it is a mere strip)."""
    scale = A4_LONGEST / max(image.size)
    width, height = (round(side * scale, 2) for side in image.size)
    page = pdf.add_blank_page(page_size=(max(width, LEAST), max(height, LEAST)))
    left, low = max(0, (LEAST - width) / 2), max(0, (LEAST - height) / 2)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    page.obj.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Foto=_image_object(pdf, image, out.getvalue()))
    )
    drawing = f"q {width:.2f} 0 0 {height:.2f} {left:.2f} {low:.2f} cm /Foto Do Q"
    page.obj.Contents = pdf.make_stream(drawing.encode())


def _image_object(pdf, image, jpeg: bytes):
    return pdf.make_stream(
        jpeg,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=pikepdf.Name.DeviceGray if image.mode == "L" else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )


def combine(paths: list[str], target: str) -> dict:
    pdf = pikepdf.new()
    for number, path in enumerate(paths, start=1):
        try:
            add_page(pdf, page_of(path))
        except Refused as refusal:
            return {"refused": str(refusal), "number": number}
        except MemoryError:
            return {"refused": "size", "number": number}
        except Exception:  # a broken picture shows itself in any way
            return {"refused": "damaged", "number": number}
    with open(target, "wb") as file:  # into the very file the caller holds
        pdf.save(file, deterministic_id=True)
    return {"pages": len(paths)}


def _limit_this_process() -> None:
    Image.MAX_IMAGE_PIXELS = None  # MAX_PIXELS says it, in words that can be shown
    try:
        import resource
    except ImportError:  # Windows; the caller's time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    _limit_this_process()
    sys.stdout.write(json.dumps(combine(sys.argv[2:], sys.argv[1])))
