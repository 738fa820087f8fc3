"""Files and their records, side by side: what a crash left over, and what is missing or changed.

A process killed between writing a file and committing its record leaves a file nobody refers to
(the record is committed last, so the other way round cannot happen by a crash). Goes through the
store folder by folder, so that memory stays flat however many files there are.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import NamedTuple
from uuid import UUID

from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from apps.documents.folder_store import UNFINISHED
from apps.documents.models import Chunk, Document, Original, Upload
from apps.documents.pages import FOLDER as PAGES
from apps.documents.store import Entry, give_up
from apps.documents.uploads import FOLDER as PARTS
from apps.documents.uploads import abandoned, discard

# Younger files may belong to an upload that has not been committed yet.
GRACE = timedelta(hours=1)
ORIGINALS = "asli"
AT_ONCE = 500
PIECE = 64 * 1024


@dataclass
class Findings:
    """``leftovers``: names of files without a record. ``missing``, ``changed``: documents and
    photos, in words, whose file is gone or is another. ``unused``: documents no evidence points
    to, which stay. ``abandoned``: uploads nobody went on with."""

    leftovers: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    abandoned: list[Upload] = field(default_factory=list)
    documents: int = 0
    photos: int = 0

    @property
    def is_sound(self) -> bool:
        return not self.missing and not self.changed


class Row(NamedTuple):
    """What a record says of its file."""

    uuid: UUID  # of the document
    name: str
    sha256: str
    size: int
    label: str


def compare(
    *,
    with_content: bool = True,
    storage: Storage = default_storage,
    grace: timedelta = GRACE,
) -> Findings:
    """Look at every record and every stored file. ``with_content`` also compares SHA-256.

    Raises StoreUnavailable when the store does not answer: nothing is then called missing.
    """
    findings = Findings()
    before = timezone.now() - grace
    look = _Look(storage, with_content, before, findings)
    findings.documents = look.at_all("", _documents())
    findings.photos = look.at_all(ORIGINALS, _photos())
    findings.leftovers += _pages_of_nothing(storage, before)
    findings.leftovers += _parts_of_nothing(storage, before)
    findings.leftovers += [e.name for e in storage.list_entries(UNFINISHED) if e.modified < before]
    findings.leftovers.sort()
    findings.unused = [f"{uuid} ({name})" for uuid, name in _unused(before)]
    findings.abandoned = list(abandoned())
    return findings


def remove(findings: Findings, *, storage: Storage = default_storage) -> int:
    """Delete the files without a record and give up abandoned uploads; returns how many both.

    No document is ever deleted here, also not one that nothing uses."""
    for upload in findings.abandoned:
        discard(upload)
    for name in findings.leftovers:
        give_up(storage, name)
    return len(findings.leftovers) + len(findings.abandoned)


class _Look:
    """One comparison of records with the files of the same folder."""

    def __init__(self, storage: Storage, with_content: bool, before: datetime, findings: Findings):
        self.storage, self.with_content = storage, with_content
        self.before, self.findings = before, findings

    def at_all(self, root: str, rows: Iterable[Row]) -> int:
        """``rows`` in the order of their uuid, as the folders are; returns how many."""
        count, seen = 0, set()
        for prefix, group in groupby(rows, key=lambda row: row.uuid.hex[:2]):
            seen.add(prefix)
            count += self.at(_joined(root, prefix), list(group))
        for prefix in _prefixes(self.storage, root) - seen:
            self.at(_joined(root, prefix), [])
        return count

    def at(self, folder: str, rows: list[Row]) -> int:
        stored = {entry.name: entry for entry in self.storage.list_entries(folder)}
        for row in rows:
            entry = stored.pop(row.name, None)
            if entry is None:
                self.findings.missing.append(row.label)
            elif self._differs(row, entry):
                self.findings.changed.append(row.label)
        self.findings.leftovers += [e.name for e in stored.values() if e.modified < self.before]
        return len(rows)

    def _differs(self, row: Row, entry: Entry) -> bool:
        if entry.size != row.size:
            return True
        return self.with_content and sha256_of(self.storage, row.name) != row.sha256


def _documents() -> Iterator[Row]:
    fields = ("uuid", "file", "sha256", "size", "original_name")
    rows = Document.objects.order_by("uuid").values_list(*fields)
    for uuid, *facts, label in rows.iterator(chunk_size=AT_ONCE):
        yield Row(uuid, *facts, f"{uuid} ({label})")


def _photos() -> Iterator[Row]:
    fields = ("document__uuid", "file", "sha256", "size", "number", "original_name")
    rows = Original.objects.order_by("document__uuid").values_list(*fields)
    for uuid, *facts, number, label in rows.iterator(chunk_size=AT_ONCE):
        yield Row(uuid, *facts, f"{uuid} foto {number} ({label})")


def _pages_of_nothing(storage: Storage, before: datetime) -> Iterator[str]:
    """Images of pages whose document is not there."""
    for prefix in sorted(_prefixes(storage, PAGES)):
        first, last = UUID(hex=prefix + "0" * 30), UUID(hex=prefix + "f" * 30)
        rows = Document.objects.filter(uuid__gte=first, uuid__lte=last)
        known = {str(uuid) for uuid in rows.values_list("uuid", flat=True)}
        for entry in storage.list_entries(_joined(PAGES, prefix)):
            if entry.name.split("/")[2] not in known and entry.modified < before:
                yield entry.name


def _parts_of_nothing(storage: Storage, before: datetime) -> Iterator[str]:
    """Parts of uploads without a record."""
    entries = iter(storage.list_entries(PARTS))
    while some := list(islice(entries, AT_ONCE)):
        names = [entry.name for entry in some]
        known = set(Chunk.objects.filter(name__in=names).values_list("name", flat=True))
        yield from (e.name for e in some if e.name not in known and e.modified < before)


def _unused(before: datetime) -> Iterator[tuple]:
    """(uuid, name) of documents that no evidence points to; a form may still be on its way."""
    above = [
        relation.name
        for relation in Document._meta.related_objects
        if relation.related_model._meta.app_label != Document._meta.app_label
    ]
    rows = Document.objects.filter(
        uploaded_at__lt=before, **{f"{use}__isnull": True for use in above}
    )
    return rows.order_by("pk").values_list("uuid", "original_name").iterator(chunk_size=AT_ONCE)


def _prefixes(storage: Storage, root: str) -> set[str]:
    """The folders 00 to ff under a root; others hold something else."""
    try:
        folders = storage.listdir(root)[0]
    except FileNotFoundError:
        return set()
    return {name for name in folders if len(name) == 2 and set(name) <= set("0123456789abcdef")}


def _joined(root: str, name: str) -> str:
    return f"{root}/{name}" if root else name


def sha256_of(storage: Storage, name: str) -> str:
    """Of the stored bytes, read piece by piece; hexadecimal."""
    digest = hashlib.sha256()
    body, _ = storage.stream(name)
    try:
        while piece := body.read(PIECE):
            digest.update(piece)
    finally:
        body.close()
    return digest.hexdigest()
