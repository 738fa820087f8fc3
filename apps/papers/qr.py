"""The QR code of an address as SVG text."""

import io
from functools import lru_cache

import segno

QUIET = 2  # modules of white around it; the paper around it is white, too


@lru_cache(maxsize=256)
def qr_svg(text: str) -> str:
    """An SVG of its own (black on white), readable with a tenth of it soiled (level M). Kept: a
    paper is fetched again with the same code."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, border=QUIET, light="#fff", nl=False, omitsize=True
    )
    return out.getvalue().decode()
