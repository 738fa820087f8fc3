"""The files that the rows of a database name, brought from the store and compared.

A stored file is never changed and the record of a document never deleted; what
``periksa_berkas --hapus-sisa`` removes has no record. So what the snapshot names is there also
minutes later: the database first, then the files, gives both of one moment.
"""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.db.models import FileField

from apps.backup.disk import copy_hashed, open_private
from apps.backup.trouble import disk_trouble_told
from apps.documents.store import StoreUnavailable

RESTS = (1, 4)  # seconds before it is tried again: a line may break
AT_ONCE = 2000


class Broken(Exception):
    """The store answers, but the file does not come whole."""


def columns() -> list[tuple[str, str, str]]:
    """(table, column of the name, column of the SHA-256) of everything that keeps a file."""
    return [
        (model._meta.db_table, field.column, model._meta.get_field("sha256").column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, FileField)
    ]


def records(connection) -> Iterator[tuple[str, str]]:
    """(name in the store, SHA-256) of every file that the rows name."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        there = connection.introspection.table_names(cursor)
    for table, name, sha256 in columns():
        if table not in there:  # a version of before
            continue
        statement = (
            f"SELECT {quote(name)}, {quote(sha256)} FROM {quote(table)} "  # noqa: S608
            f"WHERE {quote(name)} <> '' ORDER BY {quote(name)}"
        )
        with connection.chunked_cursor() as cursor:
            cursor.execute(statement)
            while some := cursor.fetchmany(AT_ONCE):
                yield from some


def fetch(storage, name: str, to: Path) -> tuple[int, str]:
    """(size, SHA-256) of a stored file, written to ``to``; tried again where the line breaks.

    Raises FileNotFoundError, Broken, StoreUnavailable, BackupTrouble (the disk of ``to``).
    """
    for rest in (*RESTS, None):
        to.unlink(missing_ok=True)
        try:
            return _fetch_once(storage, name, to)
        except (Broken, StoreUnavailable):
            if rest is None:
                raise
            time.sleep(rest)
    raise AssertionError("the last try returns or raises")


def stored_sha256(storage, name: str) -> str | None:
    """Of a file in the store; None where it is not there or cannot be read."""
    try:
        body, _ = storage.stream(name)
        with closing(body):
            return copy_hashed(_Careful(body))[1]
    except (FileNotFoundError, Broken):
        return None


def _fetch_once(storage, name: str, to: Path) -> tuple[int, str]:
    body, size = storage.stream(name)
    with closing(body), disk_trouble_told(to.parent), open_private(to) as file:
        copied, sha256 = copy_hashed(_Careful(body), file)
    if copied != size:
        raise Broken(name)
    return copied, sha256


class _Careful:
    """A body whose trouble is the store's, not that of the disk it is written to."""

    def __init__(self, body):
        self.body = body

    def read(self, size: int) -> bytes:
        try:
            return self.body.read(size)
        except Exception as error:  # each store has errors of its own
            raise Broken from error
