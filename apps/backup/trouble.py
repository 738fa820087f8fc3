"""What keeps a backup from being made or restored, in sentences for whoever runs the command."""

import errno
from contextlib import contextmanager

from apps.documents.store import NO_SPACE

NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class BackupTrouble(Exception):
    """It cannot be done; the text is a sentence that says why and what helps."""


class BackupDamaged(BackupTrouble):
    """The backup is not what it was when it was made."""


@contextmanager
def disk_trouble_told(place):
    """Turn what the disk refuses into BackupTrouble."""
    try:
        yield
    except OSError as error:
        raise BackupTrouble(_sentence(error, place)) from error


def _sentence(error: OSError, place) -> str:
    if error.errno in NO_SPACE:
        return (
            f"Ruang disk tidak cukup di {place}. Kosongkan ruang atau pilih tempat lain, lalu "
            "jalankan lagi. Yang setengah jadi sudah dihapus."
        )
    if error.errno in NO_RIGHT:
        return (
            f"Tidak ada hak tulis di {place}. Beri hak kepada akun yang menjalankan portal, atau "
            "pilih tempat lain."
        )
    return f"Disk di {place} menolak: {error.strerror or error}."
