"""Read a backup, plain or encrypted, and compare every byte with what it says of itself."""

import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from apps.backup import manifest
from apps.backup.disk import PIECE, copy_hashed, sha256_of
from apps.backup.manifest import FILES, KEY, LIST, MANIFEST, SEALED
from apps.backup.sealing import WrongKey, drain, identities_from, unsealing
from apps.backup.trouble import BackupDamaged

LARGEST_MANIFEST = 64 * 1024 * 1024
LIST_BROKEN = f"{LIST} rusak: daftar berkasnya bukan lagi yang ditulis saat dicadangkan."


class Visitor:
    """What is done with the parts of a backup on the way; here they are only read."""

    def dump(self, body) -> tuple[int, str]:
        """Size and SHA-256 of the database's bytes."""
        return copy_hashed(body)

    def file(self, name: str, body, sha256: str) -> str:
        """SHA-256 of a file's bytes; ``sha256`` is what its record says, ``name`` its name in the
        store."""
        return copy_hashed(body)[1]


class Backup:
    """A backup in a folder; ``facts`` are what its open manifest says."""

    def __init__(self, folder: Path, key_file: Path | None = None):
        """Raises BackupTrouble: no backup, damaged, no key or the wrong one."""
        self.folder = folder
        self.facts = manifest.read(folder)
        self.sealed = "sealed" in self.facts
        self._identities = self._opened_by(key_file) if self.sealed else []

    def read_through(self, visitor: Visitor | None = None) -> dict:
        """Hand every part to the visitor; the manifest with everything in it.

        Raises BackupDamaged when anything is missing, added or changed. It may be the last byte
        that tells: read once before anything is done with it.
        """
        if self.sealed:
            self._check_sealed_size()
        with self._members() as members, tempfile.TemporaryFile() as names:
            return _Reading(visitor or Visitor(), names).through(members)

    def _opened_by(self, key_file: Path | None) -> list:
        if key_file is None:
            raise WrongKey(
                "Cadangan ini terkunci. Sebutkan berkas kunci rahasia atau berkas kata sandinya "
                "dengan --kunci FILE."
            )
        sealed_key = self.folder / KEY
        return identities_from(key_file, sealed_key.read_bytes() if sealed_key.exists() else b"")

    def _check_sealed_size(self) -> None:
        path, wanted = self.folder / SEALED, self.facts["sealed"]
        if not path.is_file():
            raise BackupDamaged(f"{SEALED} tidak ada di {self.folder}.")
        if path.stat().st_size != wanted["size"] or sha256_of(path) != wanted["sha256"]:
            raise BackupDamaged(f"{SEALED} rusak: SHA-256 tidak sama dengan yang dicatat.")

    @contextmanager
    def _members(self) -> Iterator:
        """(name, body) of every part, in the order they were written."""
        if not self.sealed:
            yield _in_folder(self.folder, self.facts)
            return
        with unsealing(self.folder / SEALED, self._identities) as stream:
            try:
                yield _in_tar(stream)
            except tarfile.TarError as error:
                raise BackupDamaged(f"{SEALED} rusak atau terpotong.") from error
            drain(stream)


class _Reading:
    """Once through the parts, beside the list of files that comes first."""

    def __init__(self, visitor: Visitor, names):
        self.visitor, self.names = visitor, names
        self.missing: list[str] = []
        self.changed: list[str] = []
        self.count = 0

    def through(self, members) -> dict:
        _, listed = copy_hashed(self._body_of(members, LIST), self.names)
        self.names.seek(0)
        dump_name, body = _next(members)
        dump = self.visitor.dump(body)
        name, body = _next(members)
        for sha256, wanted in self._lines():
            if name != wanted:
                self.missing.append(wanted)
                continue
            self.count += 1
            if self.visitor.file(name.removeprefix(FILES), body, sha256) != sha256:
                self.changed.append(name)
            name, body = _next(members)
        if name != MANIFEST:
            raise BackupDamaged(f"{name} tidak tercatat di {LIST}.")
        facts = manifest.decode(body.read(LARGEST_MANIFEST))
        self._compare(facts, listed, (dump_name, *dump))
        return facts

    def _body_of(self, members, wanted: str):
        name, body = _next(members)
        if name != wanted:
            raise BackupDamaged(f"{wanted} tidak ada di cadangan.")
        return body

    def _lines(self) -> Iterator[tuple[str, str]]:
        for line in self.names:
            sha256, _, name = line.decode("utf-8", "replace").rstrip("\n").partition("  ")
            if not is_safe(name):
                raise BackupDamaged(LIST_BROKEN)
            yield sha256, name

    def _compare(self, facts: dict, listed: str, dump: tuple) -> None:
        wanted = facts["database"]
        if listed != facts["files"]["sha256"]:
            raise BackupDamaged(LIST_BROKEN)
        if dump != (wanted["dump"], wanted["size"], wanted["sha256"]):
            raise BackupDamaged(f"{wanted['dump']} rusak: SHA-256 tidak sama dengan yang dicatat.")
        for name in _except(self.missing, facts["files"]["missing"]):
            raise BackupDamaged(f"{name} tidak ada di cadangan.")
        for name in _except(self.changed, facts["files"]["changed"]):
            raise BackupDamaged(f"{name} rusak: SHA-256 tidak sama dengan yang dicatat.")


def is_safe(name: str) -> bool:
    """Below the folder of files and nowhere else."""
    parts = PurePosixPath(name).parts
    return name.startswith(FILES) and len(parts) > 1 and ".." not in parts and "\\" not in name


def _except(found: list[str], told: list[str]) -> list[str]:
    return sorted(set(found) - set(told))


def _next(members) -> tuple:
    try:
        return next(members)
    except StopIteration:
        raise BackupDamaged("Cadangan terpotong: sebagian isinya tidak ada.") from None


def _in_tar(stream) -> Iterator:
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        for member in tar:
            if member.isfile():
                yield member.name, tar.extractfile(member)


def _in_folder(folder: Path, facts: dict) -> Iterator:
    """The files in the order of the list; one that is not on it comes last, and is told."""
    there = 0
    names = [LIST, facts["database"]["dump"]]
    for name in names:
        yield from _opened(folder, name)
    with _readable(folder / LIST).open("rb") as lines:
        for line in lines:
            name = line.decode("utf-8", "replace").rstrip("\n").partition("  ")[2]
            if is_safe(name):
                for item in _opened(folder, name):
                    there += 1
                    yield item
    inside = (path for path in (folder / FILES).rglob("*") if not path.is_dir())
    if sum(1 for _ in inside) != there:
        raise BackupDamaged(f"Di {folder / FILES} ada berkas yang tidak tercatat di {LIST}.")
    yield from _opened(folder, MANIFEST)


def _opened(folder: Path, name: str) -> Iterator:
    path = folder / name
    if path.is_file() and not path.is_symlink():
        with path.open("rb", buffering=PIECE) as body:
            yield name, body


def _readable(path: Path) -> Path:
    if not path.is_file():
        raise BackupDamaged(f"{path.name} tidak ada di cadangan.")
    return path
