"""Private files, safe on the disk before they get their name."""

import hashlib
import os
from contextlib import contextmanager
from pathlib import Path

from apps.backup.trouble import BackupTrouble

try:
    import fcntl
except ImportError:  # Windows: two backups at once are the administrator's care there
    fcntl = None

PIECE = 256 * 1024
ONLY_MINE = 0o600
LOCK = ".kunci-cadangan"


def open_private(path, mode: str = "xb"):
    """Open for writing what nobody else may read."""
    return open(path, mode, opener=lambda name, flags: os.open(name, flags, ONLY_MINE))


def make_folder(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)


def flush(file) -> None:
    file.flush()
    os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """The names in it, after the bytes."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_tree(folder: Path) -> None:
    for inner, _, _ in os.walk(folder):
        flush_folder(Path(inner))


def write_private(path: Path, content: bytes) -> None:
    with open_private(path) as file:
        file.write(content)
        flush(file)


def copy_hashed(body, out=None) -> tuple[int, str]:
    """(bytes, SHA-256) of everything ``body.read`` gives, written to ``out`` on the way."""
    digest, size = hashlib.sha256(), 0
    while piece := body.read(PIECE):
        digest.update(piece)
        size += len(piece)
        if out is not None:
            out.write(piece)
    return size, digest.hexdigest()


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def locked(place: Path):
    """One backup at a time in a place; a killed one lets go by itself."""
    with open_private(place / LOCK, "ab") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BackupTrouble(
                    f"Cadangan lain sedang dibuat di {place}. Tunggu sampai selesai."
                ) from None
        yield
