"""A SQLite database: copied by SQLite's own online backup, given back as one file."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from django.db.utils import ConnectionHandler

from apps.backup.disk import copy_hashed, flush, flush_folder, open_private
from apps.backup.rows import LEFT_OUT
from apps.backup.trouble import BackupDamaged, BackupTrouble

SHOWN = 5


@contextmanager
def snapshot(connection, dump: Path) -> Iterator:
    """Copy the database as it is at one moment to ``dump``; a connection to the copy.

    Everybody reads and writes on meanwhile. What is no longer in the database, and what is left
    out, is not in the copy either.
    """
    with open_private(dump):
        pass
    try:
        _copy(_file(connection), dump)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, str(error)) from error
        raise BackupTrouble(f"Basis data SQLite tidak dapat disalin: {error}.") from error
    with open_private(dump, "r+b") as file:
        flush(file)
    reader = _connect(dump)
    try:
        yield reader
    finally:
        reader.close()


def problems(connection) -> list[str]:
    """What SQLite finds wrong with the file itself, and references that lead nowhere."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(5)")
        told = [f"SQLite: {row[0]}" for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        rows = cursor.fetchmany(SHOWN)
    return told + [f"Tabel {row[0]} baris {row[1]}: rujukan ke {row[2]} putus" for row in rows]


def is_empty(connection) -> bool:
    """No tables; a file that is not there has none, and is not made by asking."""
    file = _file(connection)
    if not file.exists():
        return True
    try:
        with closing(sqlite3.connect(file)) as there:
            return not there.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise BackupTrouble(f"{file} bukan basis data SQLite yang dapat dibaca: {error}") from error


def check_ready(connection) -> None:
    """Nothing but the file is needed."""


def restore(connection, dump: Path) -> None:
    """The whole database or nothing: written beside, then given its name."""
    place = _file(connection)
    part = place.with_name(f"{place.name}.pulih")
    part.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    with dump.open("rb") as body, open_private(part) as file:
        copy_hashed(body, file)
        flush(file)
    try:
        with closing(sqlite3.connect(part)) as there:
            there.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        part.unlink()
        raise BackupDamaged(f"Basis data di dalam cadangan tidak dapat dibuka: {error}") from error
    connection.close()
    for ending in ("-wal", "-shm"):  # of the empty file that gives way
        Path(f"{place}{ending}").unlink(missing_ok=True)
    part.replace(place)
    flush_folder(place.parent)


def sequences_behind(connection) -> list[str]:
    """Tables that would give a number away twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        behind = []
        for name, last in cursor.fetchall():
            table = connection.ops.quote_name(name)
            cursor.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}")  # noqa: S608
            if cursor.fetchone()[0] > last:
                behind.append(f"Tabel {name}: nomor berikutnya sudah terpakai")
    return behind


@contextmanager
def scratch(connection, folder: Path) -> Iterator:
    """An empty database in the folder, for a drill."""
    there = _connect(folder / "latihan.sqlite3", like=connection)
    try:
        yield there
    finally:
        there.close()


def scratch_folder(connection) -> Path | None:
    """Where data may lie for a moment: beside the database, where it lies anyway."""
    return _file(connection).parent


def _copy(file: Path, dump: Path) -> None:
    if not file.is_file():  # SQLite would make it
        raise BackupTrouble(f"Basis data {file} tidak ada. Periksa DATABASE_URL.")
    with (
        closing(sqlite3.connect(file, timeout=30)) as source,
        closing(sqlite3.connect(dump, isolation_level=None)) as copy,
    ):
        source.backup(copy, pages=-1)  # in one step: within one read transaction
        _lighten(copy)


def _lighten(copy: sqlite3.Connection) -> None:
    copy.execute("PRAGMA journal_mode = DELETE")
    for table in LEFT_OUT:
        with suppress(sqlite3.OperationalError):  # a version of before or after may lack it
            copy.execute(f'DELETE FROM "{table}"')  # noqa: S608  names of our own
    copy.execute("VACUUM")


def _file(connection) -> Path:
    name = str(connection.settings_dict["NAME"])
    if name == ":memory:" or name.startswith("file:"):
        raise BackupTrouble(
            "Basis data SQLite ini bukan berkas biasa, jadi tidak dapat dicadangkan. Isi "
            "DATABASE_URL dengan sqlite:////jalur/portal.sqlite3."
        )
    return Path(name)


def _connect(file: Path, like=None):
    """The copy keeps its own journal (one file); a database to work in gets the portal's."""
    config = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}
    if like is not None:
        config["OPTIONS"] = like.settings_dict["OPTIONS"]
    return ConnectionHandler({"default": config}).create_connection("default")
