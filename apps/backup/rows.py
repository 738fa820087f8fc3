"""What stands in a database, so that two can be compared: rows and a digest of each table.

The digest does not depend on the order of the rows (a sum of one hash for each), so that no index
and no sorting is needed; twice the same row counts twice.
"""

import hashlib

# Never in a backup: log-ins (whoever holds the key of one is that person) and the parts of
# uploads on their way, which nobody has been promised.
LEFT_OUT = ("django_session", "documents_chunk")
AT_ONCE = 2000
MODULUS = 1 << 128

# All rows as text the same way, whatever the server or the role was set to.
_PLAIN = (
    "SET LOCAL TIME ZONE 'UTC'",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL extra_float_digits = 3",
    "SET LOCAL bytea_output = 'hex'",
)
_HALF = "('x' || encode(substring(h FROM {at} FOR 8), 'hex'))::bit(64)::bigint::numeric"
_DIGEST = (
    "SELECT count(*), coalesce(sum({first}), 0), coalesce(sum({second}), 0) FROM "
    "(SELECT sha256(convert_to(whole_row_::text, 'UTF8')) AS h FROM {table} whole_row_) hashed"
)


def tables(connection) -> list[str]:
    """Those whose rows a backup holds, by name."""
    with connection.cursor() as cursor:
        return sorted(set(connection.introspection.table_names(cursor)) - set(LEFT_OUT))


def figures(connection) -> dict[str, list]:
    """{table: [rows, digest]}; on PostgreSQL inside a transaction."""
    measure = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for statement in _PLAIN if connection.vendor == "postgresql" else ():
            cursor.execute(statement)
        return {name: measure(connection, cursor, name) for name in tables(connection)}


def differences(wanted: dict[str, list], found: dict[str, list]) -> list[str]:
    """What is not the same, in sentences."""
    told = [f"Tabel {name} tidak ada" for name in sorted(wanted.keys() - found.keys())]
    told += [f"Tabel {name} tidak ada di cadangan" for name in sorted(found.keys() - wanted.keys())]
    for name in sorted(wanted.keys() & found.keys()):
        (rows, digest), (rows_found, digest_found) = wanted[name], found[name]
        if rows != rows_found:
            told.append(f"Tabel {name}: {rows_found} baris, seharusnya {rows}")
        elif digest != digest_found:
            told.append(f"Tabel {name}: isi barisnya berbeda")
    return told


def triggers(connection) -> list[str]:
    """Names of the triggers people or the portal made."""
    statement = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    return sorted(row[0] for row in _all(connection, statement))


def migrations(connection) -> list[list[str]]:
    """[app, name] of those applied."""
    statement = "SELECT app, name FROM django_migrations ORDER BY app, name"
    return [list(row) for row in _all(connection, statement)]


def _all(connection, statement: str) -> list:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _postgresql(connection, cursor, table: str) -> list:
    """Computed by the server: nothing but the sum comes over the line."""
    cursor.execute(
        _DIGEST.format(
            table=connection.ops.quote_name(table),
            first=_HALF.format(at=1),
            second=_HALF.format(at=9),
        )
    )
    count, first, second = cursor.fetchone()
    return [count, f"{int(first) % MODULUS:032x}{int(second) % MODULUS:032x}"]


def _sqlite(connection, cursor, table: str) -> list:
    quote = connection.ops.quote_name
    cursor.execute("SELECT name FROM pragma_table_info(%s) ORDER BY cid", [table])
    # A plus before a column gives the stored value as it is: no converter of its declared type.
    columns = ", ".join(f"+{quote(row[0])}" for row in cursor.fetchall())
    cursor.execute(f"SELECT {columns} FROM {quote(table)}")  # noqa: S608  names of the schema
    count = total = 0
    while some := cursor.fetchmany(AT_ONCE):
        count += len(some)
        for row in some:
            half = hashlib.sha256(repr(row).encode("utf-8", "surrogatepass")).digest()[:16]
            total += int.from_bytes(half, "big")
    return [count, f"{total % MODULUS:032x}"]


def audit_anchor(connection) -> str | None:
    """ "<links>:<digest>" of the end of the audit chain, as ``periksa_log`` reads it: a chain made
    anew later does not pass for this one. None from before there was a chain."""
    with connection.cursor() as cursor:
        if "audit_head" not in connection.introspection.table_names(cursor):
            return None
    found = _all(connection, "SELECT seq, digest FROM audit_head ORDER BY id")
    return f"{found[0][0]}:{found[0][1]}" if found else None
