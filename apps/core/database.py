"""What the databases do differently and the rest of the portal should not need to know."""

import io
from collections.abc import Collection
from datetime import date, datetime
from functools import cache

from django.db import connection, connections, models, router


def refresh_statistics(*of) -> None:
    """Tell PostgreSQL's planner how large the tables of these models are now; without any, all.

    It learns that by itself within a minute or so; right after thousands of new rows it still
    plans for empty tables and takes seconds for what costs milliseconds. SQLite plans without.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            names = (connection.ops.quote_name(each._meta.db_table) for each in of)
            cursor.execute(f"ANALYZE {', '.join(names)}".rstrip())


def fetch(sql: str, values=(), *, of: type[models.Model] | None = None) -> list[tuple]:
    """Rows of one statement, as the database gives them: for figures that must cost little.

    Only SQL that both databases understand; dates come as date or as ISO text. ``of``: the model
    whose rows these are, read where its readers are sent (a replica); None: the primary.
    """
    with _reader(of).cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _reader(model):
    return connections[router.db_for_read(model)] if model else connection


def fetch_models(model, sql: str, values=()) -> list:
    """Instances of a model from one statement that gives all columns of its table, in any order.

    As ``model.objects.raw``, which costs several times what the database does: it works out each
    time anew which column is which.
    """
    reader = _reader(model)
    with reader.cursor() as cursor:
        cursor.execute(sql, values)
        columns = tuple(each[0] for each in cursor.description)
        rows = cursor.fetchall()
    names, order, conversions = _reading(model, connection.vendor, columns)
    found = []
    for row in rows:
        cells = [row[at] for at in order]
        for at, convert, column in conversions:
            cells[at] = convert(cells[at], column, reader)
        found.append(model.from_db(reader.alias, names, cells))
    return found


@cache
def _reading(model, vendor: str, columns: tuple[str, ...]):
    """How a row becomes an instance: names of the fields, places of their columns in the row, and
    (field's place, function, column) of what has to be converted."""
    fields = model._meta.concrete_fields
    conversions = []
    for at, each in enumerate(fields):
        column = each.get_col(model._meta.db_table)
        own = column.get_db_converters(connection)
        for convert in (*connection.ops.get_db_converters(column), *own):
            conversions.append((at, convert, column))
    names = [each.attname for each in fields]
    return names, [columns.index(each.column) for each in fields], conversions


def release_connections() -> None:
    """Give back this thread's connections before a long wait for somebody's line; the next
    statement opens one again. Inside a transaction nothing happens: it would be lost."""
    for each in connections.all(initialized_only=True):
        if not each.in_atomic_block:
            each.close()


def instant(at: datetime):
    """An aware moment as a value of ``fetch``."""
    return connection.ops.adapt_datetimefield_value(at)


def places(values: Collection) -> str:
    """The places of these values in a list of a statement: "%s, %s"."""
    return ", ".join(["%s"] * len(values))


def among(ids: str) -> str:
    """What stands behind a primary key: it is one of those that a statement gives. As an array
    PostgreSQL goes by index, where it would read the whole table for a join."""
    return f"= ANY(ARRAY({ids}))" if connection.vendor == "postgresql" else f"IN ({ids})"


def insert_rows(model, fields: list[str], rows: list[tuple]) -> None:
    """Insert many rows as plain values, several times as fast as ``bulk_create``.

    ``fields`` are names of the model's fields; values are None, bool, int, date or text without
    control characters. No signal is sent, and nothing but the database checks them.
    """
    if not rows:
        return
    columns = ", ".join(
        connection.ops.quote_name(model._meta.get_field(name).column) for name in fields
    )
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            text = io.StringIO(_for_copy(rows))
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", text)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - names
                _with_iso_days(model, fields, rows),
            )


_NULL = "\x01"  # no value has a control character


def _for_copy(rows: list[tuple]) -> str:
    """The rows as COPY reads them; escaped all at once, which is quicker than each value."""
    lines = ["\t".join([_NULL if value is None else str(value) for value in row]) for row in rows]
    return "\n".join(lines).replace("\\", r"\\").replace(_NULL, r"\N")


def _with_iso_days(model, fields, rows):
    days = [
        at
        for at, name in enumerate(fields)
        if isinstance(model._meta.get_field(name), models.DateField)
    ]
    for row in rows:
        values = list(row)
        for at in days:
            if isinstance(values[at], date):
                values[at] = values[at].isoformat()
        yield values
