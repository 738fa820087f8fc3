"""What a backup says of itself: one JSON file, the list of its files beside it.

    manifes.json        format, time with zone, database, rows and digest of each table, files,
                        last link of the audit chain, whether everything was sound
    basisdata.*         the database: a SQLite file, or PostgreSQL's custom format
    berkas.sha256       "<SHA-256>  berkas/<name in the store>" a line, as `sha256sum -c` reads it
    berkas/             the files

Encrypted, the same stands in ``isi.tar.age``; beside it then lies a short ``manifes.json``, and
with a passphrase the key in ``kunci.age``. Any ``age`` program opens both.
"""

import hashlib
import json
from datetime import datetime
from pathlib import Path

from apps.backup.trouble import BackupDamaged, BackupTrouble

FORMAT = 1
MANIFEST = "manifes.json"
LIST = "berkas.sha256"
FILES = "berkas/"
SEALED = "isi.tar.age"
KEY = "kunci.age"
DUMPS = {"sqlite": "basisdata.sqlite3", "postgresql": "basisdata.pgdump"}


def encode(facts: dict) -> bytes:
    """With a checksum of itself: a changed byte shows in the manifest, too."""
    facts = {key: value for key, value in facts.items() if key != "sha256"}
    own = hashlib.sha256(_canonical(facts)).hexdigest()
    return _canonical(facts | {"sha256": own})


def decode(content: bytes) -> dict:
    """Raises BackupDamaged; BackupTrouble for a format this portal does not know."""
    try:
        facts = json.loads(content)
        intact = encode(facts) == content
    except (ValueError, AttributeError):
        intact = False
    if not intact:
        raise BackupDamaged(f"{MANIFEST} rusak: isinya bukan lagi yang ditulis saat dicadangkan.")
    if facts["format"] != FORMAT:
        raise BackupTrouble(
            f"Cadangan memakai format {facts['format']}, portal ini mengenal format {FORMAT}. "
            "Pulihkan dengan portal yang sesuai."
        )
    return facts


def read(folder: Path) -> dict:
    """The manifest of a backup; raises BackupTrouble where there is none."""
    try:
        return decode((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise BackupTrouble(
            f"{folder} bukan cadangan: {MANIFEST} tidak ada di dalamnya. Sebutkan folder yang "
            "namanya dimulai dengan cadangan-."
        ) from None
    except OSError as error:
        raise BackupTrouble(f"{folder} tidak dapat dibaca: {error.strerror}.") from error


def made_at(facts: dict) -> datetime:
    """With its zone."""
    return datetime.fromisoformat(facts["made_at"])


def _canonical(facts: dict) -> bytes:
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=1)
    return (text + "\n").encode()
