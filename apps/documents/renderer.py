"""Draw one page of a PDF as a WebP image. Knows no Django.

Runs as a process of its own (``python -I renderer.py FILE PAGE``), like ``inspector``: a page made
to exhaust memory or time takes this process down, not the portal. Writes the image to standard
output; exit status 1 when the page cannot be drawn.
"""

import io
import sys

import pypdfium2

MEMORY, SECONDS = 1536 * 1024**2, 20
WIDTH = 900  # pixels: a decree's text is readable at the width of the checking screen
LONGEST = 4000  # a banner-shaped page is drawn narrower instead of endlessly long
WEIGHT = 80 * 1024  # bytes; what one page image may weigh on a weak line
QUALITIES = (60, 45, 30, 20)


def draw(path: str, number: int) -> bytes:
    """The page ``number`` (from 1) as WebP, in the best quality that stays within WEIGHT."""
    page = pypdfium2.PdfDocument(path)[number - 1]
    width, height = page.get_size()
    scale = min(WIDTH / width, LONGEST / height)
    image = page.render(scale=scale).to_pil().convert("RGB")
    for quality in QUALITIES:
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=4)
        if out.tell() <= WEIGHT:
            break
    return out.getvalue()


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # Windows; the caller's time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    _limit_this_process()
    sys.stdout.buffer.write(draw(sys.argv[1], int(sys.argv[2])))
