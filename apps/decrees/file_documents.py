"""The scans that a file of SK names in its column ``berkas``."""

import hashlib
from pathlib import Path

from django.core.files import File

from apps.core.cells import as_text
from apps.documents.checks import DocumentRefused, check_pdf
from apps.documents.models import Document
from apps.documents.services import store_document
from apps.documents.store import give_up

WHAT = "Berkas SK"


class DocumentFolder:
    """Files of one folder, never of another: a name with a path in it is refused.

    Without a folder (None) names are taken as they are and no file is read.
    """

    def __init__(self, folder, actor):
        self.folder = Path(folder).resolve() if folder else None
        self.actor = actor
        self._pages: dict[str, int] = {}
        self._stored: dict[tuple[str, int], Document] = {}

    def find(self, value) -> str:
        """The name in a cell; ValueError when there is no such file in the folder."""
        name = as_text(value)
        if self.folder is None:
            return name
        path = self.folder / name
        if (
            name in (".", "..")
            or "/" in name
            or "\\" in name
            or path.resolve().parent != (self.folder)
        ):
            raise ValueError("Tulis nama berkas saja, tanpa folder")
        if not path.is_file():
            raise ValueError(f"Berkas {name} tidak ada di folder berkas")
        return name

    def differs(self, name: str, document: Document | None) -> bool:
        """Is this another file than the document kept already?"""
        return document is None or self._sha256(name) != document.sha256

    def check(self, name: str) -> None:
        """ValueError with the sentence for the cell when the file may not be kept."""
        if name in self._pages:
            return
        try:
            with self._open(name) as upload:
                self._pages[name] = check_pdf(upload, WHAT)
        except DocumentRefused as refused:
            raise ValueError(" ".join(refused.messages)) from None

    def store(self, name: str, region) -> Document:
        """Keep a checked file; one document for a region, however many SK name it."""
        key = name, region.pk
        if key not in self._stored:
            with self._open(name) as upload:
                upload.checked_pages = self._pages[name]
                self._stored[key] = store_document(
                    upload, region=region, actor=self.actor, what=WHAT
                )
        return self._stored[key]

    def forget(self) -> None:
        """Remove the files stored by a write that was rolled back."""
        for document in self._stored.values():
            give_up(document.file.storage, document.file.name)
        self._stored.clear()

    def _open(self, name: str) -> File:
        return File((self.folder / name).open("rb"), name=name)

    def _sha256(self, name: str) -> str:
        with (self.folder / name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
