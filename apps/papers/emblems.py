"""The emblem of a letterhead: an upload is looked at and drawn anew, never kept as it came."""

import base64
import io

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG")
MOST_BYTES = 2 * 1024 * 1024
MOST_SIDE = 6000  # pixels of the upload
SIDE = 480  # pixels kept: 17 mm at 700 dpi
# What pillow raises for a file that is broken, cut off or made to burst.
FAULTS = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)
NO_IMAGE = "Berkas ini bukan gambar PNG atau JPEG yang dapat dibaca. Pilih berkas lambang yang lain"
TOO_HEAVY = "Gambar lambang paling besar 2 MB. Kecilkan gambarnya, lalu unggah kembali"
TOO_WIDE = (
    f"Sisi gambar lambang paling panjang {MOST_SIDE} piksel. "
    "Kecilkan gambarnya, lalu unggah kembali"
)
TOO_THIN = "Gambar lambang terlalu pipih untuk kop surat. Pilih gambar yang hampir persegi"


def emblem_text(content: bytes) -> str:
    """The image as PNG of at most SIDE pixels, base64: nothing of the upload but its pixels.

    Raises ValueError with a sentence for what is no PNG or JPEG, too heavy, too wide or too thin.
    """
    if len(content) > MOST_BYTES:
        raise ValueError(TOO_HEAVY)
    image = _opened(content)
    _check_shape(*image.size)
    drawn = _drawn(image)
    drawn.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode()


def _opened(content: bytes) -> Image.Image:
    """The image with its size read and nothing unpacked yet."""
    try:
        return Image.open(io.BytesIO(content), formats=FORMATS)
    except FAULTS as error:
        raise ValueError(NO_IMAGE) from error


def _drawn(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image).convert("RGBA")
    except FAULTS as error:
        raise ValueError(NO_IMAGE) from error


def _check_shape(width: int, height: int) -> None:
    if max(width, height) > MOST_SIDE:
        raise ValueError(TOO_WIDE)
    if max(width, height) > 4 * min(width, height):
        raise ValueError(TOO_THIN)
