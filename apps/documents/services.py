"""Keeping uploads: byte for byte, file and record together or neither (spec section 8)."""

import unicodedata
import uuid
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePosixPath

from django.core.files.base import File
from django.db import transaction

from apps.audit.services import record
from apps.documents.checks import check_files
from apps.documents.incoming import sha256_of
from apps.documents.models import Document, Original, Reading
from apps.documents.store import give_up
from apps.documents.tasks import prepare

MAX_NAME = 255
# Files written since the running document_transaction began; None outside of one.
_written: ContextVar[list | None] = ContextVar("written", default=None)


@contextmanager
def document_transaction():
    """A transaction in which files stored go with their records: both stay or both go.

    Wrap it around whatever else has to succeed with the upload. When the process dies between
    writing the file and committing, a file without a record remains, which nothing refers to. So
    it does when the commit itself fails: the database may have kept the record and died before
    its answer, and a record without its file would be the worse loss. ``reconcile`` finds both.
    """
    outer, mine, committing = _written.get(), [], False
    token = _written.set(mine)
    try:
        with transaction.atomic():
            yield
            committing = True
    except BaseException:
        for storage, name in [] if committing else mine:
            give_up(storage, name)
        raise
    finally:
        _written.reset(token)
    if outer is not None:
        outer.extend(mine)


def goes_with_transaction(storage, name: str) -> None:
    """Inside ``document_transaction``: a file just stored goes when the transaction fails."""
    _written.get().append((storage, name))


def store_document(files, *, region, actor, what: str = "Berkas") -> Document:
    """Check what was handed in and keep it. Raises DocumentRefused; then nothing is kept.

    ``files``: a Django UploadedFile (or a File with ``size``) holding a PDF, or a list: one PDF or
    up to twenty photos in page order, which make one PDF and stay beside it as ``Original``. The
    record is committed only after the bytes are in the store. Raises StoreUnavailable when they
    cannot be put there.
    """
    files = list(files) if isinstance(files, list | tuple) else [files]
    intake = check_files(files, what)
    document = Document(
        uuid=uuid.uuid4(),
        region=region,
        uploaded_by=actor,
        pages=intake.pages,
        size=intake.pdf.size,
        original_name=document_name(files),
        sha256=sha256_of(intake.pdf),
    )
    with document_transaction():
        _keep(document, "berkas.pdf", intake.pdf)
        for number, kind in enumerate(intake.photo_kinds, start=1):
            _keep_photo(document, number, kind, files[number - 1])
        prepare.enqueue(document.pk)
    return document


def _keep_photo(document, number, kind, photo) -> None:
    original = Original(
        document=document,
        number=number,
        format=kind,
        original_name=clean_name(photo.name),
        sha256=sha256_of(photo),
        size=photo.size,
    )
    _keep(original, f"foto.{kind}", photo)


def _keep(record, name, content) -> None:
    """Bytes first, then their record (a Document or Original)."""
    record.file.save(name, File(content), save=False)
    goes_with_transaction(record.file.storage, record.file.name)
    record.save(force_insert=True)


def document_name(files) -> str:
    """What a document is called after the files it was made of: "foto 1.jpg dan 3 foto lain"."""
    names = [clean_name(file.name) for file in files]
    rest = f" dan {len(names) - 1} foto lain" if names[1:] else ""
    return _shortened(names[0], MAX_NAME - len(rest)) + rest


def clean_name(name) -> str:
    """The name a file had, made harmless to show: no path, no control or direction marks."""
    text = unicodedata.normalize("NFC", str(name or ""))
    text = text.replace("\\", "/").rsplit("/", 1)[-1]
    text = "".join(
        " " if sign.isspace() else sign
        for sign in text
        if sign.isspace() or unicodedata.category(sign)[0] != "C"
    )
    text = " ".join(text.split())
    return _shortened(text, MAX_NAME) if text.strip(". ") else "berkas.pdf"


def _shortened(name: str, most: int) -> str:
    """At most that many signs, with the ending kept."""
    if len(name) <= most:
        return name
    ending = PurePosixPath(name).suffix[:10]
    return name[: most - len(ending)] + ending


def log_reading(document: Document, *, actor) -> None:
    """Who opened which file when (spec section 8)."""
    roles = sorted(actor.scope.roles_in(document.region))
    record(
        "Membuka berkas",
        document,
        actor=actor,
        role=roles[0] if roles else "",
        region=document.region,
    )


def queue_unread() -> int:
    """Queue the documents nobody has read yet: from before the portal read, or put in in bulk.

    Returns how many; asked again, none of them.
    """
    with transaction.atomic():
        unread = list(Document.objects.filter(reading=None).values_list("pk", flat=True))
        Reading.objects.bulk_create(
            [Reading(document_id=key) for key in unread], ignore_conflicts=True
        )
        for key in unread:
            prepare.enqueue(key)
    return len(unread)
