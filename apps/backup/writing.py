"""Where a backup is written to: a folder of files, or one encrypted stream."""

import os
import tarfile
from contextlib import contextmanager
from pathlib import Path

from apps.backup.disk import flush_tree, sha256_of, write_private
from apps.backup.manifest import FILES, KEY, MANIFEST, SEALED, encode
from apps.backup.sealing import Lock, sealing


class PlainFolder:
    """The files as they are. One that an earlier backup holds as well is the same file on the
    disk (a hard link), where the disk knows how."""

    def __init__(self, folder: Path, earlier: Path | None = None):
        self.folder, self.earlier = folder, earlier

    def add(self, name: str, path: Path, sha256: str) -> None:
        """Take over the file at ``path`` under a name; it is no longer at ``path`` afterwards."""
        place = self.folder / name
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self._linked(name, sha256):
            path.unlink()
            return
        with path.open("rb") as file:
            os.fsync(file.fileno())
        path.rename(place)

    def finish(self, facts: dict) -> dict:
        """Write the manifest last; the facts as they stand beside the backup."""
        write_private(self.folder / MANIFEST, encode(facts))
        flush_tree(self.folder)
        return facts

    def _linked(self, name: str, sha256: str) -> bool:
        if self.earlier is None or not name.startswith(FILES):
            return False
        try:
            if sha256_of(self.earlier / name) != sha256:
                return False
            os.link(self.earlier / name, self.folder / name)
        except OSError:
            return False
        return True


class SealedStream:
    """Everything in one encrypted tar."""

    def __init__(self, folder: Path, tar: tarfile.TarFile):
        self.folder, self.tar = folder, tar

    def add(self, name: str, path: Path, sha256: str) -> None:
        with path.open("rb") as file:
            member = self._member(name, os.fstat(file.fileno()).st_size)
            self.tar.addfile(member, file)
        path.unlink()

    def finish(self, facts: dict) -> dict:
        path = self.folder / MANIFEST
        write_private(path, encode(facts))
        self.add(MANIFEST, path, "")
        return facts

    @staticmethod
    def _member(name: str, size: int) -> tarfile.TarInfo:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        return member


@contextmanager
def folder_sink(folder: Path, earlier: Path | None):
    yield PlainFolder(folder, earlier)


@contextmanager
def sealed_sink(folder: Path, lock: Lock):
    """When the block ends, the encrypted file and what stands beside it are on the disk."""
    with sealing(folder / SEALED, lock) as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
        sink = SealedStream(folder, tar)
        yield sink
    if lock.key:
        write_private(folder / KEY, lock.key)


def write_outside(folder: Path, facts: dict) -> dict:
    """The short manifest beside an encrypted backup: nothing of what is in it."""
    sealed = folder / SEALED
    told = {key: facts[key] for key in ("format", "made_at", "sound")}
    told["database"] = {"vendor": facts["database"]["vendor"]}
    told["files"] = {key: facts["files"][key] for key in ("included", "count", "bytes")}
    told["sealed"] = {"size": sealed.stat().st_size, "sha256": sha256_of(sealed)}
    write_private(folder / MANIFEST, encode(told))
    flush_tree(folder)
    return told
