"""The QR code of an address as SVG text."""

import io

import segno

QUIET = 2  # modules of white around it; the paper around it is white, too


def qr_svg(text: str) -> str:
    """An SVG of its own (black on white), readable with a tenth of it soiled (level M)."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, border=QUIET, light="#fff", nl=False, omitsize=True
    )
    return out.getvalue().decode()
