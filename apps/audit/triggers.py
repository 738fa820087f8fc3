"""The database itself refuses to change or remove what the audit trail holds.

Triggers are made after every ``migrate``. Whoever owns the database can take them away; then the
chain shows what was changed, and ``periksa_log`` that they are missing.
"""

import hashlib

from django.db import connections

PREFIX = "audit_tetap_"
REFUSED = "Jejak audit hanya bertambah: tidak dapat diubah atau dihapus."
UPDATE, DELETE, TRUNCATE = "update", "delete", "truncate"
GUARDED = {
    "audit_entry": (UPDATE, DELETE, TRUNCATE),
    "audit_link": (UPDATE, DELETE, TRUNCATE),
    "audit_head": (DELETE, TRUNCATE),  # it moves with the end of the chain
}


def _sqlite(table: str, event: str) -> list[str]:
    """SQLite knows no TRUNCATE."""
    text = f"BEFORE {event.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    return [f"CREATE TRIGGER {_name(table, event, text)} {text}"]


def _postgresql(table: str, event: str) -> list[str]:
    rows = "STATEMENT" if event == TRUNCATE else "ROW"
    body = f"BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation'; END"
    text = f"BEFORE {event.upper()} ON {table} FOR EACH {rows}"
    name = _name(table, event, text + body)
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $tetap$ {body} "
        "$tetap$",
        f"CREATE TRIGGER {name} {text} EXECUTE FUNCTION {name}()",
    ]


def _name(table: str, event: str, text: str) -> str:
    """Changes with what the trigger does, so that an old one is known as such."""
    return f"{PREFIX}{table}_{event}_{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _wanted(vendor: str) -> dict[str, list[str]]:
    """{name: statements that make it}"""
    make = _postgresql if vendor == "postgresql" else _sqlite
    found = {}
    for table, events in GUARDED.items():
        for event in events:
            if event != TRUNCATE or vendor == "postgresql":
                statements = make(table, event)
                found[statements[-1].split()[2]] = statements
    return found


_INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
    "postgresql": "SELECT tgname FROM pg_trigger "
    "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND tgname LIKE %s",
}


def _installed(connection) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor], [f"{PREFIX}%"])
        return {row[0] for row in cursor.fetchall()}


def missing(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and are not, or are switched off; one query."""
    connection = connections[using]
    return sorted(_wanted(connection.vendor).keys() - _installed(connection))


def ensure(using: str = "default") -> None:
    """Make the triggers where they are missing or old; one query where all is well."""
    connection = connections[using]
    wanted, found = _wanted(connection.vendor), _installed(connection)
    if found == set(wanted):
        return
    with connection.cursor() as cursor:
        for statement in _removal(connection.vendor, found - set(wanted)):
            cursor.execute(statement)
        for name in sorted(wanted.keys() - found):
            for statement in wanted[name]:
                cursor.execute(statement)


def removal(using: str = "default") -> list[str]:
    """The statements that take the triggers away: what an attacker does, and a test between two
    databases full of rows."""
    connection = connections[using]
    return _removal(connection.vendor, _installed(connection))


def _removal(vendor: str, names) -> list[str]:
    drop = "DROP FUNCTION {}() CASCADE" if vendor == "postgresql" else "DROP TRIGGER {}"
    return [drop.format(name) for name in sorted(names)]


def after_migrate(*, using, **kwargs) -> None:
    """Make what is missing, once the tables are there."""
    if set(GUARDED) <= set(connections[using].introspection.table_names()):
        ensure(using)
