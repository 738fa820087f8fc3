"""Files and their records, side by side: what a crash left over, and what is missing or changed.

A process killed between writing a file and committing its record leaves a file nobody refers to
(the record is committed last, so the other way round cannot happen by a crash).
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from apps.documents.models import Document
from apps.documents.pages import FOLDER

# Younger files may belong to an upload that has not been committed yet.
GRACE = timedelta(hours=1)
STORED = re.compile(r"^[0-9a-f]{2}$")


@dataclass
class Findings:
    """Names of files without a record, and documents whose file is missing or has changed."""

    leftovers: list[str] = field(default_factory=list)
    missing: list[Document] = field(default_factory=list)
    changed: list[Document] = field(default_factory=list)
    checked: int = 0

    @property
    def is_sound(self) -> bool:
        return not self.missing and not self.changed


def compare(*, with_content: bool = True, storage: Storage = default_storage) -> Findings:
    """Look at every record and every stored file. ``with_content`` also compares SHA-256."""
    findings = Findings()
    known = set()
    for document in Document.objects.order_by("pk").iterator(chunk_size=500):
        known.add(document.file.name)
        findings.checked += 1
        if not storage.exists(document.file.name):
            findings.missing.append(document)
        elif with_content and sha256_of(storage, document.file.name) != document.sha256:
            findings.changed.append(document)
    oldest = timezone.now() - GRACE
    findings.leftovers = [
        name
        for name in stored_files(storage)
        if name not in known and storage.get_modified_time(name) < oldest
    ]
    return findings


def remove(findings: Findings, *, storage: Storage = default_storage) -> int:
    """Delete the files without a record; returns how many."""
    for name in findings.leftovers:
        storage.delete(name)
    return len(findings.leftovers)


def stored_files(storage: Storage) -> list[str]:
    """Names of all document files; page images and other folders are not documents."""
    folders, _ = storage.listdir("") if storage.exists("") else ([], [])
    names = []
    for folder in folders:
        if folder != FOLDER and STORED.match(folder):
            names += [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
    return sorted(names)


def sha256_of(storage: Storage, name: str) -> str:
    digest = hashlib.sha256()
    with storage.open(name, "rb") as file:
        for chunk in file.chunks():
            digest.update(chunk)
    return digest.hexdigest()
