"""The text of a document: read once, from the PDF itself or from its picture, kept by page.

Reading aids only: what was read can always be read again, the document is never touched.
"""

import json
import logging
import shutil
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from apps.documents import isolated
from apps.documents.lines import lines_of
from apps.documents.models import Document, PageText, Reading
from apps.documents.store import StoreUnavailable, on_disk

logger = logging.getLogger(__name__)

READER, OCR = (Path(__file__).with_name(name) for name in ("reader.py", "ocr.py"))
QUICK = 5  # seconds a page of the portal may wait for the text of a PDF
OCR_FIRST, OCR_LAST = 10, 5  # pages of a scan that are read: a decree's head and signature
OCR_TIME = 90  # seconds for one page
# A scanner or a signing service prints a line or two over the picture; that is no text of it.
FEW_LINES, FEW_LETTERS = 8, 10
MAX_TEXT = 200_000  # signs kept for one document

State = Reading.State


def ensure_text(document: Document) -> Reading:
    """For a page that wants the text now: reads the text of the PDF if nobody has yet.

    Never OCR: a scan stays WAITING until the worker has read it, or is UNREADABLE at once where
    there is no OCR. A file that takes too long is left to the worker as well.
    """
    reading, _ = Reading.objects.get_or_create(document_id=document.pk)
    if reading.read_at is not None:
        return reading
    try:
        pages = _text_layer(document, time_limit=QUICK)
    except isolated.ProgramFailed:
        pages = {}
    except (FileNotFoundError, StoreUnavailable):  # asked again the next time
        logger.warning("Berkas dokumen %s sedang tidak ada di penyimpanan.", document.uuid)
        reading.state = State.UNREADABLE
        return reading
    if any(map(_is_text, pages.values())):
        _keep(document, State.TEXT, pages, only_first=True)
    else:
        Reading.objects.filter(pk=reading.pk, read_at=None).update(
            state=State.WAITING if tesseract() or not pages else State.UNREADABLE,
            read_at=timezone.now(),
        )
    reading.refresh_from_db()
    return reading


def read(document: Document) -> None:
    """Read the text and, where pages are pictures, what stands in them. Off the request only."""
    try:
        pages = _text_layer(document)
    except isolated.ProgramFailed:
        logger.warning("Teks dokumen %s tidak dapat dibaca.", document.uuid)
        _keep(document, State.FAILED, {})
        return
    state = State.TEXT if any(map(_is_text, pages.values())) else State.UNREADABLE
    recognised = _recognised(document, [number for number in pages if _is_picture(pages[number])])
    if recognised and state == State.UNREADABLE:
        state = State.OCR
    _keep(document, state, pages | recognised)


def page_lines(document: Document) -> list[tuple[int, list]]:
    """(page number, lines) of what has been read, in order."""
    return list(document.page_texts.values_list("number", "lines"))


def tesseract() -> str | None:
    """Where the OCR program lies on this machine, if anywhere."""
    return shutil.which("tesseract")


def folded(text: str) -> str:
    """Text as it is searched for: without regard to case and the kind and number of blanks."""
    return " ".join(text.casefold().split())


def pages_of(found) -> dict[int, dict]:
    """What ``reader`` prints, as lines: page number → {"ratio", "scan", "lines"}."""
    return {
        number: {
            "ratio": page["ratio"],
            "scan": page.get("scan", True),
            "lines": lines_of(page["words"], page["ratio"]),
        }
        for number, page in enumerate(found, start=1)
    }


def rows_of(document: Document, pages: dict) -> tuple[str, list[PageText]]:
    """The text to search in, and the rows to keep; within MAX_TEXT."""
    rows, text = [], ""
    for number, page in sorted(pages.items()):
        if len(text) >= MAX_TEXT:
            break
        lines = page["lines"]
        rows.append(PageText(document=document, number=number, lines=lines, ratio=page["ratio"]))
        text = folded(f"{text} {' '.join(line[4] for line in lines)}")
    return text[:MAX_TEXT], rows


def _text_layer(document, time_limit=isolated.TIME_LIMIT) -> dict[int, dict]:
    with on_disk(document.file) as path:
        printed = isolated.run(READER, path, time_limit=time_limit)
    try:
        return pages_of(json.loads(printed))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise isolated.ProgramFailed(READER.name) from error


def _letters(page) -> int:
    return sum(len(line[4]) for line in page["lines"])


def _is_picture(page) -> bool:
    bare = _letters(page) < FEW_LETTERS  # letters may have been turned into drawings
    return bare or (page["scan"] and len(page["lines"]) < FEW_LINES)


def _is_text(page) -> bool:
    return not _is_picture(page)


def _recognised(document, numbers) -> dict[int, dict]:
    """The pages that are pictures, read by OCR: the first and the last ones of many."""
    program = tesseract()
    if not program or not numbers:
        return {}
    chosen = sorted({*numbers[:OCR_FIRST], *numbers[-OCR_LAST:]})
    found = {}
    with on_disk(document.file) as path:
        for number in chosen:
            try:
                printed = isolated.run(OCR, path, number, program, time_limit=OCR_TIME)
                page = pages_of([json.loads(printed)])[1]
            except (isolated.ProgramFailed, ValueError, KeyError, TypeError, IndexError):
                logger.warning("Halaman %s dokumen %s tidak terbaca.", number, document.uuid)
                continue
            if _letters(page) >= FEW_LETTERS:
                found[number] = page
    return found


def _keep(document, state, pages, *, only_first=False) -> None:
    """Write what was read in the place of what there was. Two at once write one after another:
    the row of the reading is taken first. ``only_first``: unless somebody has been there."""
    text, rows = rows_of(document, pages)
    Reading.objects.get_or_create(document_id=document.pk)
    with transaction.atomic():
        taken = Reading.objects.filter(document=document)
        if only_first:
            taken = taken.filter(read_at=None)
        if taken.update(state=state, search_text=text, read_at=timezone.now()):
            document.page_texts.all().delete()
            PageText.objects.bulk_create(rows)
