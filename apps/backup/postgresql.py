"""A PostgreSQL database: pg_dump of one exported snapshot, given back by pg_restore."""

import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db.utils import ConnectionHandler, DatabaseError
from psycopg2.extensions import make_dsn

from apps.backup.disk import copy_hashed, flush, open_private
from apps.backup.rows import LEFT_OUT
from apps.backup.trouble import BackupTrouble

# What libpq may be told on a command line; the password goes another way.
LIBPQ = frozenset(
    {"host", "hostaddr", "port", "user", "dbname", "service", "passfile", "options"}
    | {"sslmode", "sslcert", "sslkey", "sslrootcert", "connect_timeout", "target_session_attrs"}
)
DEBIAN = Path("/usr/lib/postgresql")
MOST_TOLD = 300
LIMITS = ("idle_in_transaction_session_timeout", "statement_timeout")
SAME = ("--no-owner", "--no-privileges")


@contextmanager
def snapshot(connection, dump: Path) -> Iterator:
    """Dump the database as it is at one moment to ``dump``; a connection that sees that moment."""
    program = tool("pg_dump", connection)
    reader = connection.copy()
    try:
        reader.set_autocommit(False)
        with reader.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            for limit in LIMITS:  # it rests in its transaction until pg_dump is done
                cursor.execute(f"SET LOCAL {limit} = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            moment = cursor.fetchone()[0]
        left_out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
        words = ["--format=custom", f"--snapshot={moment}", *SAME, *left_out]
        with open_private(dump) as file:
            _run(connection, [program, *words], file)
            flush(file)
        yield reader
    finally:
        reader.close()


def problems(connection) -> list[str]:
    """PostgreSQL holds its references itself."""
    return []


def is_empty(connection) -> bool:
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def check_ready(connection) -> None:
    """Raises BackupTrouble where restoring would fail for want of pg_restore."""
    tool("pg_restore", connection)


def restore(connection, dump: Path) -> None:
    """The whole database or nothing: one transaction."""
    program = tool("pg_restore", connection)
    words = ["--single-transaction", "--exit-on-error", "--no-comments", *SAME]
    connection.close()
    _run(connection, [program, *words, str(dump)])


def sequences_behind(connection) -> list[str]:
    """Tables that would give a number away twice."""
    behind, quote = [], connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for found in connection.introspection.get_sequences(cursor, table):
                column, sequence = quote(found["column"]), quote(found["name"])
                cursor.execute(
                    f"SELECT (SELECT coalesce(max({column}), 0) FROM {quote(table)}), "  # noqa: S608
                    f"last_value, is_called FROM {sequence}"
                )
                highest, last, called = cursor.fetchone()
                if highest > last or (highest == last and not called):
                    behind.append(f"Tabel {table}: nomor berikutnya sudah terpakai")
    return behind


@contextmanager
def scratch(connection, folder: Path) -> Iterator:
    """An empty database for a drill: that of DATABASE_URL_LATIHAN, or one made on the same server
    and removed."""
    if settings.DRILL_DATABASE:
        with _given(settings.DRILL_DATABASE) as there:
            yield there
        return
    name = f"pokja_latihan_{secrets.token_hex(4)}"
    _administer(connection, f'CREATE DATABASE "{name}" TEMPLATE template0')
    there = connection.copy()
    there.settings_dict = connection.settings_dict | {"NAME": name}
    try:
        yield there
    finally:
        there.close()
        _administer(connection, f'DROP DATABASE IF EXISTS "{name}"')


def scratch_folder(connection) -> Path | None:
    """No place of its own on this machine: the temporary folder."""
    return None


@contextmanager
def _given(config) -> Iterator:
    there = ConnectionHandler({"default": config}).create_connection("default")
    if there.vendor != "postgresql" or not is_empty(there):
        there.close()
        raise BackupTrouble(
            "DATABASE_URL_LATIHAN harus basis data PostgreSQL yang kosong. Latihan tidak menghapus "
            "milik siapa pun."
        )
    try:
        yield there
    finally:
        there.close()
        with there.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        there.close()


def _administer(connection, statement: str) -> None:
    try:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        raise BackupTrouble(
            "Basis data untuk latihan tidak dapat dibuat atau dihapus. Beri akun basis data hak "
            "CREATEDB, atau isi DATABASE_URL_LATIHAN dengan basis data kosong. "
            f"PostgreSQL: {str(error).strip().splitlines()[0]}"
        ) from error


def tool(name: str, connection) -> str:
    """A program that understands the server: not older than it. Raises BackupTrouble."""
    connection.ensure_connection()
    server = connection.pg_version // 10000
    versions = {path: _version(path) for path in _found(name)}
    fitting = {path: version for path, version in versions.items() if version >= server}
    if fitting:
        return min(fitting, key=fitting.get)
    help_ = (
        f"Pasang klien PostgreSQL {server} (paket postgresql-client-{server}) atau isi PG_BIN_DIR "
        "dengan folder programnya."
    )
    if versions:
        raise BackupTrouble(
            f"{name} versi {max(versions.values())} terlalu tua untuk server PostgreSQL {server}. "
            + help_
        )
    raise BackupTrouble(f"{name} tidak ditemukan. {help_}")


def _found(name: str) -> list[str]:
    """In PG_BIN_DIR alone where that is set; else on the path and where Debian keeps them."""
    if settings.PG_BIN_DIR:
        program = shutil.which(name, path=settings.PG_BIN_DIR)
        return [program] if program else []
    programs = [shutil.which(name), *map(str, DEBIAN.glob(f"*/bin/{name}"))]
    return [program for program in programs if program]


def _version(program: str) -> int:
    """The major one; 0 for a program that does not say."""
    told = subprocess.run(  # noqa: S603  a program of the administrator's
        [program, "--version"], capture_output=True, text=True, check=False
    )
    found = re.search(r"\(PostgreSQL\) (\d+)", told.stdout)
    return int(found[1]) if found else 0


@contextmanager
def _words_for(connection, words: list[str]) -> Iterator[list[str]]:
    """With the way to the database; the password in a private file, since a command line is seen
    by everybody on the machine."""
    params = connection.get_connection_params()
    known = {key: value for key, value in params.items() if key in LIBPQ}
    with tempfile.NamedTemporaryFile("w", prefix="pokja-sandi-") as passfile:
        if params.get("password"):
            secret = re.sub(r"([\\:])", r"\\\1", params["password"])
            passfile.write(f"*:*:*:*:{secret}\n")
            passfile.flush()
            known["passfile"] = passfile.name
        yield [*words, "--no-password", f"--dbname={make_dsn(**known)}"]


def _run(connection, words: list[str], out=None) -> None:
    """Run it to its end, its output into the file ``out``; raises BackupTrouble, OSError."""
    with _words_for(connection, words) as line, tempfile.TemporaryFile() as complaints:
        with subprocess.Popen(  # noqa: S603  words made here
            line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints
        ) as process:
            try:
                copy_hashed(process.stdout, out)
            except BaseException:
                process.kill()
                raise
        complaints.seek(0)
        told = complaints.read().decode("utf-8", "replace").strip()
    if process.returncode:
        raise BackupTrouble(f"{Path(words[0]).name} gagal: {told[:MOST_TOLD]}")
