"""The one store of files, wherever it lies: a folder or S3-compatible (setting FILE_STORE).

Both kinds (``folder_store``, ``s3_store``) are Django storages that promise more: a name is there
only when all its bytes are, nothing is written over, trouble is told as ``StoreUnavailable``, and
they can ``list_entries`` and ``stream``.
"""

import errno
import logging
import tempfile
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from apps.core.errors import Unavailable

logger = logging.getLogger(__name__)

FULL = (
    "Penyimpanan portal sedang penuh, jadi berkas belum tersimpan. Coba lagi nanti. "
    "Bila masih penuh, beri tahu admin."
)
NOT_KEPT = (
    "Penyimpanan portal sedang tidak dapat dihubungi, jadi berkas belum tersimpan. "
    "Coba lagi beberapa menit lagi."
)
NOT_READ = "Penyimpanan portal sedang tidak dapat dihubungi. Coba lagi beberapa menit lagi."
NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StoreUnavailable(Unavailable):
    """The store cannot take or give a file just now; nothing of it was kept.

    The text is a sentence for the person; ``status`` the HTTP status that says the same.
    """

    def __init__(self, sentence: str = NOT_READ):
        super().__init__(sentence)
        self.status = 507 if sentence == FULL else 503


class Entry(NamedTuple):
    """One stored file: its name, its size in bytes, when it was written."""

    name: str
    size: int
    modified: datetime


@contextmanager
def disk_trouble_told(sentence: str = NOT_KEPT):
    """Turn what a disk refuses into StoreUnavailable; a file that is not there stays that."""
    try:
        yield
    except (FileNotFoundError, FileExistsError):
        raise
    except OSError as error:
        logger.error("Penyimpanan berkas menolak: %s", error)
        raise StoreUnavailable(FULL if error.errno in NO_SPACE else sentence) from error


@contextmanager
def on_disk(file):
    """A path of a stored file's bytes, also where the store is not a folder.

    ``file`` is a FieldFile. Raises FileNotFoundError when the store has lost it,
    StoreUnavailable when it cannot be asked. Never write to the path: it may be the file itself.
    """
    try:
        path = file.path
    except NotImplementedError:
        with tempfile.NamedTemporaryFile(suffix=Path(file.name).suffix) as copy:
            with file.storage.open(file.name, "rb") as held, disk_trouble_told(NOT_READ):
                for chunk in held.chunks():
                    copy.write(chunk)
                copy.flush()
            yield copy.name
        return
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    yield path


def give_up(storage, name: str) -> None:
    """Delete a file whose record was not kept. Where even that fails it is a leftover, which
    ``reconcile`` finds; the trouble that led here is what the person must hear of."""
    try:
        storage.delete(name)
    except Exception:
        logger.exception("Berkas %s tertinggal di penyimpanan.", name)
