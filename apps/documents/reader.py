"""Read the words of a PDF with their places. Knows no Django.

Runs as a process of its own (``python -I reader.py FILE``), like ``inspector``: a page made to
exhaust memory or time takes this process down, not the portal. Prints JSON: for each page
{"ratio": height by width, "scan": does a picture cover most of it, "words": [[x0, y0, x1, y1,
word], …]}; the numbers are parts (0 to 1) of the page from its upper left corner.
"""

import ctypes
import json
import sys

import pypdfium2
import pypdfium2.raw as pdfium

MEMORY, SECONDS = 1024**3, 20
MAX_PAGES = 60
MAX_LETTERS = 200_000  # of the whole file; what comes later is not read
MAX_OBJECTS = 2000  # of one page looked at for pictures that cover it
COVERS = 0.5  # part of the page
FINE = 100_000  # PDFium answers in whole dots, so the page is taken this large
HYPHENS = (0x02, 0xAD, 0xFFFE)  # how PDFium tells of a word parted at the end of a line
PART = 0.5  # of a letter's height: a gap that parts words where no blank is written


def read_file(path: str) -> list[dict]:
    """The first pages of the file, until MAX_PAGES or MAX_LETTERS."""
    pdf, pages, left = pypdfium2.PdfDocument(path), [], MAX_LETTERS
    for number in range(min(len(pdf), MAX_PAGES)):
        page = pdf[number]
        width, height = page.get_size()
        words = list(_words(page, left))
        pages.append({"ratio": height / width, "scan": _is_scan(page), "words": words})
        left -= sum(len(word[4]) for word in words)
        page.close()
        if left <= 0:
            break
    return pages


def _words(page, left):
    text = page.get_textpage()
    box, word = None, ""
    for index in range(min(text.count_chars(), 2 * left)):
        letter = _letter(text, index)
        place = _place(text, index) if letter else None
        if box and (not letter or _apart(box, place)):
            yield _word(page, box, word)
            box, word = None, ""
        if letter:
            box = _union(box, place) if box else place
            word += letter
    if box:
        yield _word(page, box, word)


def _letter(text, index) -> str:
    """One sign, or nothing where a word ends."""
    code = pdfium.FPDFText_GetUnicode(text, index)
    if code in HYPHENS:
        return "-"
    letter = chr(code) if code < 0x110000 else ""
    return "" if letter.isspace() or code < 0x20 else letter


def _place(text, index):
    """left, bottom, right, top on the page, as high as the font and not as the letter."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
        return 0.0, 0.0, 0.0, 0.0
    return box.left, box.bottom, box.right, box.top


def _apart(box, place) -> bool:
    """Does the letter stand on another line, before the word or well behind it?"""
    height = max(box[3] - box[1], place[3] - place[1])
    shared = min(box[3], place[3]) - max(box[1], place[1])
    sideways = place[2] < box[0] or place[0] - box[2] > PART * height
    return sideways or shared < PART * min(box[3] - box[1], place[3] - place[1])


def _union(one, other):
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _word(page, box, word) -> list:
    left, bottom, right, top = box
    (x0, y0), (x1, y1) = _on_page(page, left, top), _on_page(page, right, bottom)
    return [min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), word]


def _on_page(page, x, y) -> tuple[float, float]:
    """A place of the PDF as it is seen: turned and cut as the page says."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, FINE, FINE, 0, x, y, across, down)
    return across.value / FINE, down.value / FINE


def _is_scan(page) -> bool:
    left, bottom, right, top = page.get_bbox()
    whole = abs((right - left) * (top - bottom)) or 1
    found, covered = page.get_objects(max_depth=4), 0
    for _, item in zip(range(MAX_OBJECTS), found, strict=False):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:  # some scanners cut a page into stripes
            x0, y0, x1, y1 = item.get_bounds()
            covered += (x1 - x0) * (y1 - y0)
    return covered > COVERS * whole


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # Windows; the caller's time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    _limit_this_process()
    sys.stdout.write(json.dumps(read_file(sys.argv[1])))
