"""The store as a folder (MEDIA_ROOT): on this machine or mounted from another."""

import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from apps.documents.store import NOT_READ, Entry, disk_trouble_told

# Files being written; what a crash leaves here nobody has been promised.
UNFINISHED = "belum-jadi"


class FolderStore(FileSystemStorage):
    """Writes beside, flushes to the disk, then gives the name: no reader and no crash ever meets
    half a file. A full disk leaves nothing behind."""

    is_folder = True  # a web server may read it

    def _save(self, name, content):
        part = Path(self.path(f"{UNFINISHED}/{uuid.uuid4().hex}"))
        try:
            self._fill(part, content)
            return self._settle(part, name)
        finally:
            with suppress(OSError):  # it is a leftover then
                part.unlink()

    def _fill(self, part: Path, content) -> None:
        """Only what the disk says is its trouble: the content may come over a broken line."""
        with disk_trouble_told():
            part.parent.mkdir(parents=True, exist_ok=True)
            file = part.open("xb")
        try:
            for chunk in content.chunks():
                with disk_trouble_told():
                    self._write(file, chunk)
            with disk_trouble_told():
                file.flush()
                os.fsync(file.fileno())
        finally:
            with disk_trouble_told():
                file.close()

    @staticmethod
    def _write(file, chunk: bytes) -> None:
        file.write(chunk)

    def _settle(self, part: Path, name: str) -> str:
        """Give the whole file its name, another one where that is taken; returns the name."""
        with disk_trouble_told():
            if self.file_permissions_mode is not None:
                part.chmod(self.file_permissions_mode)
            self._ensure_location_group_id(part)  # the web server reads by its group
        while True:
            place = Path(self.path(name))
            with disk_trouble_told():
                place.parent.mkdir(parents=True, exist_ok=True)
                try:
                    _link(part, place)
                except FileExistsError:
                    name = self.get_available_name(name)
                    continue
                _flush_folder(place.parent)
            return place.relative_to(self.location).as_posix()

    def _open(self, name, mode="rb"):
        with disk_trouble_told(NOT_READ):
            return super()._open(name, mode)

    def delete(self, name):
        with disk_trouble_told(NOT_READ):
            super().delete(name)

    def stream(self, name: str) -> tuple:
        """(file to read in pieces, its size in bytes); raises FileNotFoundError."""
        file = self.open(name, "rb")
        return file.file, os.fstat(file.fileno()).st_size

    def list_entries(self, prefix: str) -> Iterator[Entry]:
        """Every file under a folder, at any depth."""
        for folder, _, names in os.walk(self.path(prefix)):
            for name in names:
                path = Path(folder, name)
                try:
                    facts = path.stat()
                except FileNotFoundError:  # gone since the folder was read
                    continue
                modified = datetime.fromtimestamp(facts.st_mtime, UTC)
                stored = path.relative_to(self.location).as_posix()
                yield Entry(stored, facts.st_size, modified)


def _link(part: Path, place: Path) -> None:
    """A link refuses a name that is taken; a rename, which would not, is for disks without."""
    try:
        os.link(part, place)
    except FileExistsError:
        raise
    except OSError:
        if place.exists():
            raise FileExistsError(place) from None
        part.rename(place)


def _flush_folder(folder: Path) -> None:
    """A power cut after the answer must find the name as well as the bytes."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
