"""Draw one page of a PDF as a WebP image. Knows no Django.

Runs as a process of its own (``python -I renderer.py FILE PAGE WIDTH WEIGHT``), like
``inspector``: a page made to exhaust memory or time takes this process down, not the portal.
Writes the image to standard output; exit status 1 when the page cannot be drawn.
"""

import io
import sys

import pypdfium2

MEMORY, SECONDS = 1536 * 1024**2, 20
TALLEST = 4.5  # times the width: a banner-shaped page is drawn narrower, not endlessly long
QUALITIES = (60, 45, 30, 20)
SMALLER = 0.8  # of the size, when even the poorest quality weighs too much


def draw(path: str, number: int, wanted: int, weight: int) -> bytes:
    """The page ``number`` (from 1) as WebP, ``wanted`` pixels wide, at most ``weight`` bytes.

    In the best quality that fits; a page that fits in none is drawn smaller.
    """
    page = pypdfium2.PdfDocument(path)[number - 1]
    width, height = page.get_size()
    scale = min(wanted / width, wanted * TALLEST / height)
    image = page.render(scale=scale).to_pil().convert("RGB")
    while True:
        for quality in QUALITIES:
            out = io.BytesIO()
            image.save(out, "WEBP", quality=quality, method=4)
            if out.tell() <= weight:
                return out.getvalue()
        image = image.resize([max(1, round(side * SMALLER)) for side in image.size])


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # Windows; the caller's time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    _limit_this_process()
    sys.stdout.buffer.write(draw(sys.argv[1], *map(int, sys.argv[2:5])))
