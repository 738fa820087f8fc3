"""Electronic signatures (TTE) of a document: looked at once, in a process of its own.

Read only, offline, and told in words no stronger than what was looked at (``signature_words``).
"""

import json
import logging
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.documents import isolated
from apps.documents.models import Document, Reading, Signature
from apps.documents.store import on_disk

logger = logging.getLogger(__name__)

PROGRAM = Path(__file__).with_name("tte.py")
PATIENCE = 5  # seconds a page waits for it
NAME_LENGTH = 255


class Checked(NamedTuple):
    """What is known so far: has anybody looked, and what was found."""

    done: bool
    signatures: list[Signature]


def check(document: Document, *, time_limit: float = isolated.TIME_LIMIT) -> None:
    """Look at the signatures and keep what was found in place of what was known before.

    A file the program cannot get through has one signature "tidak dapat diperiksa". Raises
    FileNotFoundError when the store has lost the file; then nothing is kept.
    """
    try:
        found = _found(document, time_limit)
    except (isolated.ProgramFailed, ValueError) as error:
        logger.warning("Tanda tangan dokumen %s tidak dapat diperiksa: %s", document.uuid, error)
        found = [{"integrity": Signature.Integrity.UNKNOWN}]
    _keep(document, [_row(document, number, told) for number, told in enumerate(found, start=1)])


def ensure_checked(document: Document) -> Checked:
    """For a page: looks now where nobody has yet, and goes on without where that takes long."""
    known = known_of(document)
    if known.done:
        return known
    try:
        found = _found(document, PATIENCE)
    except (isolated.ProgramFailed, ValueError, FileNotFoundError):
        return known  # the work off the request has more time, and says so if it fails too
    _keep(document, [_row(document, number, told) for number, told in enumerate(found, start=1)])
    return known_of(Document.objects.get(pk=document.pk))


def known_of(document: Document) -> Checked:
    """What is on record; 2 queries, none where ``reading`` and ``signatures`` are prefetched."""
    reading = getattr(document, "reading", None)  # a missing one counts as an AttributeError
    if reading is None or reading.signatures_checked_at is None:
        return Checked(False, [])
    return Checked(True, list(document.signatures.all()))


def _found(document, time_limit) -> list[dict]:
    folder = settings.TTE_TRUST_DIR
    words = [folder] if folder and Path(folder).is_dir() else []
    with on_disk(document.file) as path:
        return json.loads(isolated.run(PROGRAM, path, *words, time_limit=time_limit))


def _row(document, number, told) -> Signature:
    moment = told.get("signed_at")
    return Signature(
        document=document,
        number=number,
        signer=_shown(told.get("signer")),
        issuer=_shown(told.get("issuer")),
        signed_at=datetime.fromisoformat(moment) if moment else None,
        integrity=told["integrity"],
        chain_known=told.get("chain_known", False),
    )


def _shown(name) -> str:
    """A name out of a certificate made harmless to show: no control or direction marks."""
    text = unicodedata.normalize("NFC", str(name or ""))
    text = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
    return " ".join(text.split())[:NAME_LENGTH]


@transaction.atomic
def _keep(document, rows) -> None:
    Reading.objects.get_or_create(document=document)
    # One at a time: the row is held until the transaction ends.
    Reading.objects.select_for_update().get(document=document)
    Signature.objects.filter(document=document).delete()
    Signature.objects.bulk_create(rows)
    Reading.objects.filter(document=document).update(signatures_checked_at=timezone.now())
