"""Put a backup into an empty place, and show that what stands there then is what was saved.

The files first, the database last and in one step: as long as it is empty, nothing has been
restored. A mark in the store says whose files lie there, so that a restore which was cut off is
known as such, and goes on when it is started again.
"""

import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import DatabaseError
from django.db.migrations.loader import MigrationLoader

from apps.backup import rows
from apps.backup.databases import NAMES, kind_of
from apps.backup.disk import copy_hashed, open_private
from apps.backup.fetching import records, stored_sha256
from apps.backup.manifest import FILES
from apps.backup.opening import Backup, Visitor
from apps.backup.trouble import BackupDamaged, BackupTrouble, disk_trouble_told

MARK = "pemulihan-belum-selesai"
MOST_TOLD = 50


@dataclass
class Restored:
    """What was put back, ``differences`` to what was saved, in sentences; ``behind``: migrations
    the code has and the database has not."""

    facts: dict
    tables: int = 0
    rows: int = 0
    files: int = 0
    bytes: int = 0
    differences: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)


def restore(
    backup: Backup, *, connection, storage, tell: Callable[[str], None] = lambda text: None
) -> Restored:
    """Restore into an empty database and an empty store; raises BackupTrouble, StoreUnavailable.

    Nothing is written before the whole backup has been read and found to be as it was made.
    """
    kind = kind_of(connection)
    facts = backup.facts
    _check_vendor(facts, connection)
    kind.check_ready(connection)
    going_on = _check_place(facts, kind, connection, storage)
    facts = backup.read_through()
    behind = _check_migrations(facts)
    tell(f"Cadangan utuh: {facts['files']['count']} berkas dan basis data sesuai catatannya")
    if facts["files"]["included"] and not going_on:
        _mark(storage, backup.facts)
    with tempfile.TemporaryDirectory(prefix="pokja-pulih-") as scratch:
        visitor = _Restoring(Path(scratch), storage, going_on, facts)
        backup.read_through(visitor)
        tell(f"Berkas dipulihkan: {visitor.count}")
        if kind.is_empty(connection):
            kind.restore(connection, visitor.dumped)
    done = Restored(facts, behind=behind, files=visitor.count, bytes=facts["files"]["bytes"])
    _compare(done, kind, connection, storage)
    if not done.differences:
        _unmark(storage)
        _end_what_was_open(connection)
    return done


class _Restoring(Visitor):
    """Files into the store, the database into a folder beside."""

    def __init__(self, scratch: Path, storage, going_on: bool, facts: dict):
        self.scratch, self.storage, self.going_on = scratch, storage, going_on
        self.changed = set(facts["files"]["changed"])
        self.dumped = scratch / "basisdata"
        self.count = 0

    def dump(self, body):
        with disk_trouble_told(self.scratch), open_private(self.dumped) as file:
            return copy_hashed(body, file)

    def file(self, name, body, sha256):
        part = self.scratch / "berkas"
        with disk_trouble_told(self.scratch), open_private(part, "wb") as file:
            found = copy_hashed(body, file)[1]
        if found != sha256 and FILES + name not in self.changed:
            raise BackupDamaged(f"{FILES}{name} berubah sejak diperiksa. Jalankan lagi.")
        if not (self.going_on and stored_sha256(self.storage, name) == found):
            self._save(name, part)
        self.count += 1
        return found

    def _save(self, name: str, part: Path) -> None:
        if self.going_on and self.storage.exists(name):
            self.storage.delete(name)
        with part.open("rb") as content:
            saved = self.storage.save(name, File(content, name=name))
        if saved != name:
            self.storage.delete(saved)
            raise BackupTrouble(f"{name} sudah ada di tempat berkas; tempatnya harus kosong.")


def _check_vendor(facts: dict, connection) -> None:
    vendor = facts["database"]["vendor"]
    if vendor != connection.vendor:
        raise BackupTrouble(
            f"Cadangan ini dari {NAMES[vendor]}, sedangkan DATABASE_URL menunjuk "
            f"{NAMES[connection.vendor]}. Pulihkan ke {NAMES[vendor]}; pemulihan ke jenis lain "
            "tidak didukung."
        )


def _check_place(facts: dict, kind, connection, storage) -> bool:
    """Whether an earlier restore of this backup goes on; raises BackupTrouble where the place is
    neither empty nor left by one."""
    mark = _mark_in(storage)
    if mark is not None:
        if mark != facts["sha256"]:
            raise BackupTrouble(
                "Pemulihan dari cadangan lain belum selesai di sini. Jalankan pulihkan lagi dengan "
                "cadangan itu, atau kosongkan basis data dan tempat berkasnya."
            )
        return True
    if not kind.is_empty(connection):
        raise BackupTrouble(
            "Basis data tidak kosong. Pulihkan hanya ke tempat kosong: buat basis data baru, isi "
            "DATABASE_URL dengan alamatnya, lalu jalankan pulihkan sebelum siapkan."
        )
    if _has_files(storage) and facts["files"]["included"]:
        raise BackupTrouble(
            "Tempat berkas (MEDIA_ROOT atau FILE_STORE) tidak kosong. Sebutkan folder atau bucket "
            "yang kosong, lalu jalankan lagi."
        )
    return False


def _check_migrations(facts: dict) -> list[str]:
    """Migrations of the code that the backup is behind; raises BackupTrouble when it is ahead."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    known = loader.disk_migrations
    applied = {tuple(pair) for pair in facts["migrations"]}
    if ahead := sorted(applied - known.keys()):
        raise BackupTrouble(
            "Cadangan dibuat oleh portal yang lebih baru daripada yang terpasang: migrasi "
            f"{ahead[0][0]}.{ahead[0][1]} tidak dikenal. Pasang versi itu, lalu jalankan lagi."
        )
    return [f"{app}.{name}" for app, name in sorted(known.keys() - applied)]


def _compare(done: Restored, kind, connection, storage) -> None:
    """Fill in what was found and every difference to what was saved."""
    facts, told = done.facts, done.differences
    wanted = {name: list(figure) for name, figure in facts["database"]["tables"].items()}
    try:
        found = _figures(connection)
        done.tables, done.rows = len(found), sum(figure[0] for figure in found.values())
        told += rows.differences(wanted, found)
        if rows.triggers(connection) != facts["database"]["triggers"]:
            told.append("Pemicu basis data tidak sama")
        if rows.migrations(connection) != [list(pair) for pair in facts["migrations"]]:
            told.append("Catatan migrasi tidak sama")
        told += _except(kind.sequences_behind(connection), facts["database"]["behind"])
        told += _except(kind.problems(connection), facts["database"]["problems"])
    except DatabaseError as error:
        told.append(f"Basis data tidak dapat dibaca: {str(error).strip().splitlines()[0]}")
        return
    if facts["files"]["included"]:
        told += _file_differences(facts, connection, storage)


def _except(found: list[str], told: list[str]) -> list[str]:
    """What was not so already when the backup was made."""
    return sorted(set(found) - set(told))


def _figures(connection) -> dict[str, list]:
    """Inside a transaction, which PostgreSQL asks for."""
    connection.set_autocommit(False)
    try:
        return rows.figures(connection)
    finally:
        connection.rollback()
        connection.set_autocommit(True)


def _file_differences(facts: dict, connection, storage) -> list[str]:
    """Read every file that the restored rows name, from the store."""
    flawed = {*facts["files"]["missing"], *facts["files"]["changed"]}
    told = []
    for name, sha256 in records(connection):
        if FILES + name not in flawed and stored_sha256(storage, name) != sha256:
            told.append(f"Berkas {name} hilang atau berubah")
    return told


def _end_what_was_open(connection) -> None:
    """Log-ins and uploads on their way belong to the portal that was lost: everybody signs in
    again and sends an unfinished file anew."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for table in sorted(there & set(rows.LEFT_OUT)):
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608  names of our own
        if "documents_upload" in there:
            cursor.execute("DELETE FROM documents_upload WHERE document_id IS NULL")


def _has_files(storage) -> bool:
    try:
        folders, files = storage.listdir("")
    except FileNotFoundError:
        return False
    return bool(files) or any(next(iter(storage.list_entries(folder)), None) for folder in folders)


def _mark_in(storage) -> str | None:
    try:
        body, _ = storage.stream(MARK)
    except FileNotFoundError:
        return None
    with closing(body):
        return body.read().decode("utf-8", "replace").strip()


def _mark(storage, facts: dict) -> None:
    storage.save(MARK, ContentFile(f"{facts['sha256']}\n".encode()))


def _unmark(storage) -> None:
    storage.delete(MARK)
