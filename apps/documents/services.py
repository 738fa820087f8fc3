"""Keeping uploads: byte for byte, file and record together or neither (spec section 8)."""

import hashlib
import os
import unicodedata
import uuid
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePosixPath

from django.core.files.base import File
from django.db import transaction

from apps.audit.services import record
from apps.documents.checks import check_pdf
from apps.documents.models import Document
from apps.documents.tasks import prepare

MAX_NAME = 255
# Files written since the running document_transaction began; None outside of one.
_written: ContextVar[list | None] = ContextVar("written", default=None)


@contextmanager
def document_transaction():
    """A transaction in which files stored go with their records: both stay or both go.

    Wrap it around whatever else has to succeed with the upload. When the process dies between
    writing the file and committing, a file without a record remains, which nothing refers to.
    """
    outer, mine = _written.get(), []
    token = _written.set(mine)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for storage, name in mine:
            storage.delete(name)
        raise
    finally:
        _written.reset(token)
    if outer is not None:
        outer.extend(mine)


def store_document(upload, *, region, actor, what: str = "Berkas") -> Document:
    """Check an uploaded PDF and keep it. Raises DocumentRefused; then nothing is kept.

    ``upload`` is a Django UploadedFile (or a File with ``size``). The record is committed only
    after the bytes are on the disk.
    """
    pages = check_pdf(upload, what)
    document = Document(
        uuid=uuid.uuid4(),
        region=region,
        uploaded_by=actor,
        pages=pages,
        size=upload.size,
        original_name=clean_name(upload.name),
        sha256=_sha256(upload),
    )
    with document_transaction():
        document.file.save("berkas.pdf", File(upload), save=False)
        _written.get().append((document.file.storage, document.file.name))
        _flush_to_disk(document)
        document.save(force_insert=True)
        prepare.enqueue(document.pk)
    return document


def clean_name(name) -> str:
    """The name a file had, made harmless to show: no path, no control or direction marks."""
    text = unicodedata.normalize("NFC", str(name or ""))
    text = text.replace("\\", "/").rsplit("/", 1)[-1]
    text = "".join(
        " " if sign.isspace() else sign
        for sign in text
        if sign.isspace() or unicodedata.category(sign)[0] != "C"
    )
    text = " ".join(text.split()) or "berkas.pdf"
    if len(text) <= MAX_NAME:
        return text
    ending = PurePosixPath(text).suffix[:10]
    return text[: MAX_NAME - len(ending)] + ending


def _sha256(upload) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _flush_to_disk(document) -> None:
    """A power cut after the commit must find the file as well as its record."""
    try:
        path = document.file.path
    except NotImplementedError:  # a storage elsewhere keeps its own promise
        return
    for place in (path, os.path.dirname(path)):
        if os.name == "nt" and place != path:
            continue
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
