"""Read the words of a scanned page with tesseract. Knows no Django.

Runs as a process of its own (``python -I ocr.py FILE PAGE TESSERACT``), like ``reader``, and
prints the same: {"ratio": …, "words": [[x0, y0, x1, y1, word], …]}. Tesseract inherits the limits.
"""

import csv
import io
import json
import os
import subprocess
import sys

import pypdfium2

MEMORY, SECONDS = 1536 * 1024**2, 60
DOTS = 250  # for each inch: what tesseract reads best of office print
LONGEST = 4000  # pixels
LANGUAGES = ("ind", "eng")  # the first that is installed
SURE_ENOUGH = 15  # per cent, by tesseract's own word; below it is mostly dirt


def read_page(path: str, number: int, tesseract: str) -> dict:
    """The page ``number`` (from 1) as words with their places."""
    page = pypdfium2.PdfDocument(path)[number - 1]
    width, height = page.get_size()
    scale = min(DOTS / 72, LONGEST / max(width, height))
    image = page.render(scale=scale, grayscale=True).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    table = _recognised(out.getvalue(), tesseract)
    return {"ratio": height / width, "words": list(_words(table, *image.size))}


def _recognised(image: bytes, tesseract: str) -> str:
    """Tesseract's table; raises CalledProcessError where neither language is installed."""
    for language in LANGUAGES:
        done = subprocess.run(  # noqa: S603  the program found by the caller and words made here
            [tesseract, "-", "-", "-l", language, "--dpi", str(DOTS), "--psm", "3", "tsv"],
            input=image,
            capture_output=True,
            check=language == LANGUAGES[-1],
        )
        if not done.returncode:
            return done.stdout.decode("utf-8", "replace")
    return ""


def _words(table: str, width: int, height: int):
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row["text"] or "").strip()
        if word and float(row["conf"]) >= SURE_ENOUGH:
            left, top, across, down = (
                int(row[name]) for name in ("left", "top", "width", "height")
            )
            right, bottom = left + across, top + down
            yield [left / width, top / height, right / width, bottom / height, word]


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # Windows; the caller's time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    _limit_this_process()
    os.putenv("OMP_THREAD_LIMIT", "1")  # for tesseract: a server has better to do
    sys.stdout.write(json.dumps(read_page(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
