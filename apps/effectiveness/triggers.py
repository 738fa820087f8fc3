"""Marks by the database: whatever is written to a raw row leaves a mark at the regions it concerns.

The mark is put by triggers, so that no way of writing can forget it: pages, imports, the admin,
bulk statements, SQL by hand. It goes with the transaction of the write. Marks are only added, so
two writers never wait for each other. What is watched stands in ``mark_sources``, the text for each
database in a module of its own.

The triggers are made after every ``migrate``. Whenever they were missing, everything is marked.
With them come those of the stamp (see ``stamps``), which the marks then move on as well.
"""

from django.db import connections

from apps.effectiveness import marks_postgresql, marks_sqlite, stamps
from apps.effectiveness.mark_sources import EVENTS, MARKS, PREFIX, SOURCES

_TEXTS = {"sqlite": marks_sqlite, "postgresql": marks_postgresql}


def _wanted(vendor: str) -> dict[str, list[str]]:
    trigger = _TEXTS[vendor].trigger
    marks = dict(trigger(source, event) for source in SOURCES for event in EVENTS)
    return marks | dict(stamps.wanted(vendor))


_INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE %s",
}


def installed(using: str = "default") -> set[str]:
    """Names of the triggers that are there; one query."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor], [f"{PREFIX}%"])
        return {row[0] for row in cursor.fetchall()}


def ensure(using: str = "default") -> bool:
    """Make the triggers where they are missing or old; then everything is marked. One query, and
    nothing else where all is well. Returns whether anything had to be made."""
    connection = connections[using]
    wanted = _wanted(connection.vendor)
    found = installed(using)
    if found == set(wanted):
        return False
    _drop(connection, found - set(wanted))
    with connection.cursor() as cursor:
        for name in wanted.keys() - found:
            for statement in wanted[name]:
                cursor.execute(statement)
        cursor.execute(
            f"INSERT INTO {MARKS} (region_id, province_id) "  # noqa: S608 - a name of ours
            "SELECT id, province_id FROM regions_region WHERE province_id IS NOT NULL "
            "AND (id = province_id OR id IN (SELECT region_id FROM pokja_pokja))"
        )
    return True


def remove(using: str = "default") -> None:
    """Take the triggers away; the next ``ensure`` marks everything. Until then no stamp names the
    state of the data, so that nothing drawn is kept."""
    _drop(connections[using], installed(using))
    stamps.forget(using)


def _drop(connection, names) -> None:
    with connection.cursor() as cursor:
        for name in sorted(names):
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION {name}() CASCADE")
            else:
                cursor.execute(f"DROP TRIGGER {name}")


# --- with every migrate ----------------------------------------------------------------------


def before_migrate(*, using, plan=(), **kwargs) -> None:
    """SQLite rebuilds tables while it migrates, and refuses where triggers name them."""
    if plan and connections[using].vendor == "sqlite":
        remove(using)


def after_migrate(*, using, **kwargs) -> None:
    """Make what is missing, once all tables are there."""
    tables = set(connections[using].introspection.table_names())
    needed = {MARKS, stamps.STAMPS, *(source.table for source in SOURCES), *stamps.TABLES}
    if needed <= tables:
        ensure(using)
