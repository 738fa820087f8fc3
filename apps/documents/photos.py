"""Photos of pages: put together into one PDF for reading. The photos themselves stay untouched."""

import json
import re
import tempfile
import unicodedata
from contextlib import ExitStack
from pathlib import Path

from django.core.files.base import File

from apps.documents import isolated
from apps.documents.incoming import path_of
from apps.documents.refusals import (
    NOT_COMBINED,
    PHOTO_DAMAGED,
    PHOTO_TOO_LARGE,
    refused,
)

COMBINER = Path(__file__).with_name("combiner.py")
MOST = 20
TIME_LIMIT = 60  # seconds on the clock: twenty large photos take ten on an idle machine
MOST_MEGAPIXELS = 120  # as the combiner has it
SENTENCES = {"damaged": PHOTO_DAMAGED, "size": PHOTO_TOO_LARGE}
DIGITS = re.compile(r"([0-9]+)")


def combined(photos) -> File:
    """One PDF with a page for each photo, in their order; raises DocumentRefused.

    The file is temporary: it goes when nobody holds it any longer. The same photos give the same
    bytes.
    """
    made = tempfile.NamedTemporaryFile(suffix=".pdf")  # noqa: SIM115  lives as long as the File
    with ExitStack() as stack:
        paths = [stack.enter_context(path_of(photo)) for photo in photos]
        found = _run(made.name, paths)
    if reason := found.get("refused"):
        raise refused(SENTENCES[reason], reason, number=found["number"], most=MOST_MEGAPIXELS)
    return File(made, "foto.pdf")


def _run(target: str, paths: list[str]) -> dict:
    try:
        return json.loads(isolated.run(COMBINER, target, *paths, time_limit=TIME_LIMIT))
    except (isolated.ProgramFailed, ValueError):
        raise refused(NOT_COMBINED, "damaged") from None


def natural_order(items) -> list:
    """Names, or files by their names, as people count: "foto 2" before "foto 10"."""
    return sorted(items, key=_natural_key)


def _natural_key(item) -> list:
    name = item if isinstance(item, str) else item.name or ""
    parts = DIGITS.split(unicodedata.normalize("NFKC", name).casefold())
    return [(int(part), "") if at % 2 else (0, part) for at, part in enumerate(parts)]
