"""Marks by the database: whatever is written to a raw row leaves a mark at the regions it concerns.

The mark is put by triggers, so that no way of writing can forget it: pages, imports, the admin,
bulk statements, SQL by hand. It goes with the transaction of the write. Marks are only added, so
two writers never wait for each other. PostgreSQL marks once a statement, SQLite (which writes one
transaction at a time) once a region.

The triggers are made after every ``migrate``. Whenever they were missing, everything is marked.
With them come those of the stamp (see ``stamps``), which the marks then move on as well.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connections

from apps.effectiveness import stamps

MARKS = "effectiveness_stalemark"
PREFIX = "nilai_"
INSERT, UPDATE, DELETE = "insert", "update", "delete"

_POKJA = "SELECT p.region_id FROM pokja_pokja p WHERE p.id = {row}.pokja_id"
_CONTENT = (
    "SELECT p.region_id FROM {table} c JOIN pokja_pokja p ON p.id = c.pokja_id "
    "WHERE c.{key} = {{row}}.{field}"
)


def _through(table: str, key: str, field: str) -> str:
    return _CONTENT.format(table=table, key=key, field=field)


# Evidence: the Pokja of its content; for an SK those of all its versions, since a later version
# that leaves a Pokja out takes the earlier one from it.
_EVIDENCE = " UNION ".join(
    [
        _through(table, "evidence_id", "id")
        for table in (
            "work_plans_workplan",
            "indicators_indicatorset",
            "budgets_budget",
            "pokja_nildeclaration",
        )
    ]
    + [
        "SELECT p.region_id FROM verification_evidence e "
        "JOIN decrees_decree d ON d.evidence_id = e.id "
        "JOIN decrees_decreecoverage c ON c.decree_id = d.id "
        "JOIN pokja_pokja p ON p.id = c.pokja_id WHERE e.family = {row}.family"
    ]
)


@dataclass(frozen=True)
class Source:
    """A raw table: which regions a row of it concerns, and which changes of a row matter."""

    table: str
    regions: str  # a SELECT of region ids, given {row}
    changes: tuple[str, ...]  # expressions of {row}
    columns: tuple[str, ...]


def _source(table, regions, *columns, changes=()) -> Source:
    plain = tuple(f"{{row}}.{column}" for column in columns)
    return Source(table, regions, changes or plain, columns)


SOURCES = (
    _source("verification_evidence", _EVIDENCE, "status", "family", "version", "region_id", "year"),
    _source(
        "decrees_decree",
        _through("decrees_decreecoverage", "decree_id", "id"),
        "evidence_id",
        "number_key",
        "issued_on",
        "valid_from",
        "valid_until",
        "validity_basis",
    ),
    _source("decrees_decreecoverage", _POKJA, "decree_id", "pokja_id", "role", "parent_key"),
    _source("work_plans_workplan", _POKJA, "evidence_id", "pokja_id", "year"),
    _source("work_plans_activity", _through("work_plans_workplan", "id", "plan_id"), "plan_id"),
    _source("indicators_indicatorset", _POKJA, "evidence_id", "pokja_id", "year"),
    _source(
        "indicators_target",
        _through("indicators_indicatorset", "id", "indicator_set_id"),
        "indicator_set_id",
        "target",
        changes=("{row}.indicator_set_id", "({row}.target IS NULL)"),
    ),
    _source("budgets_budget", _POKJA, "evidence_id", "pokja_id", "year", "stage"),
    _source(
        "budgets_budgetline",
        _through("budgets_budget", "id", "budget_id"),
        "budget_id",
        "fund_source",
        "ceiling",
        changes=("{row}.budget_id", "{row}.fund_source", "({row}.ceiling > 0)"),
    ),
    _source("pokja_nildeclaration", _POKJA, "evidence_id", "pokja_id", "year", "criterion"),
    _source("pokja_pokja", "SELECT {row}.region_id", "region_id", "formed_on", "dissolved_on"),
    _source("pokja_pokjatype", _POKJA, "pokja_id", "kind"),
    # A region is marked under the province it left and the one it came to.
    _source("regions_region", "", "province_id", "level", "ended_on"),
)


# --- SQLite ----------------------------------------------------------------------------------


def _sqlite(source: Source, event: str) -> Iterator[tuple[str, list[str]]]:
    """(name, statements): one row trigger; a region that is marked already is not marked again,
    which is safe because nobody else writes meanwhile."""
    rows = {INSERT: ("NEW",), DELETE: ("OLD",), UPDATE: ("NEW", "OLD")}[event]
    statements = [_sqlite_mark(source, event, row) for row in rows]
    of = f" OF {', '.join(source.columns)}" if event == UPDATE else ""
    when = ""
    if event == UPDATE:
        pairs = (f"{_at(e, 'OLD')} IS NOT {_at(e, 'NEW')}" for e in source.changes)
        when = f" WHEN {' OR '.join(pairs)}"
    body = "; ".join(statements)
    text = f"AFTER {event.upper()}{of} ON {source.table} FOR EACH ROW{when} BEGIN {body}; END"
    name = _name(source, event, text)
    yield name, [f"CREATE TRIGGER {name} {text}"]


def _sqlite_mark(source: Source, event: str, row: str) -> str:
    if source.regions:
        g, found = "g", f"FROM regions_region g WHERE g.id IN ({_at(source.regions, row)})"
    else:
        g, found = row, f"WHERE {_matters(row, event)}"
    return (
        f"INSERT INTO {MARKS} (region_id, province_id) SELECT {g}.id, {g}.province_id {found} "
        f"AND {g}.province_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {MARKS} m "
        f"WHERE m.region_id = {g}.id AND m.province_id = {g}.province_id)"
    )


def _matters(row: str, event: str) -> str:
    """A new region has no Pokja yet, but a new province has figures: all of them 0."""
    return "1 = 1" if event == UPDATE else f"{row}.level = 'provinsi'"


# --- PostgreSQL ------------------------------------------------------------------------------


def _postgresql(source: Source, event: str) -> Iterator[tuple[str, list[str]]]:
    """(name, statements): a function and its trigger once a statement.

    OFFSET 0 keeps each row's look-up by index, whatever the plan was first made for.
    """
    changed = _changed(source, event)
    if not source.regions:
        found = f"SELECT DISTINCT r.* FROM ({changed}) r WHERE {_matters('r', event)}"
    else:
        found = (
            f"SELECT DISTINCT g.id, g.province_id FROM ({changed}) r "
            f"CROSS JOIN LATERAL (SELECT * FROM ({_at(source.regions, 'r')}) y OFFSET 0) x "
            "CROSS JOIN LATERAL (SELECT o.id, o.province_id FROM regions_region o "
            "WHERE o.id = x.region_id OFFSET 0) g"
        )
    body = (
        f"INSERT INTO {MARKS} (region_id, province_id) SELECT f.id, f.province_id "
        f"FROM ({found}) f WHERE f.province_id IS NOT NULL"
    )
    tables = {INSERT: "NEW TABLE AS new_rows", DELETE: "OLD TABLE AS old_rows"}
    tables[UPDATE] = f"{tables[INSERT]} {tables[DELETE]}"
    text = f"AFTER {event.upper()} ON {source.table} REFERENCING {tables[event]} FOR EACH STATEMENT"
    name = _name(source, event, text + body)
    yield (
        name,
        [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$marks$ BEGIN {body}; RETURN NULL; END $marks$",
            f"CREATE TRIGGER {name} {text} EXECUTE FUNCTION {name}()",
        ],
    )


def _changed(source: Source, event: str) -> str:
    if event == INSERT:
        return "SELECT * FROM new_rows"
    if event == DELETE:
        return "SELECT * FROM old_rows"
    differs = " OR ".join(f"{_at(e, 'o')} IS DISTINCT FROM {_at(e, 'n')}" for e in source.changes)
    joined = f"FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE {differs}"
    return f"SELECT n.* {joined} UNION ALL SELECT o.* {joined}"


# --- making and removing ---------------------------------------------------------------------


def _at(text: str, row: str) -> str:
    return text.format(row=row)


def _name(source: Source, event: str, text: str) -> str:
    """Changes with what the trigger does, so that an old one is known as such."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{PREFIX}{source.table}_{event[0]}_{digest}"


def _wanted(vendor: str) -> dict[str, list[str]]:
    make = _postgresql if vendor == "postgresql" else _sqlite
    marks = {
        name: statements
        for source in SOURCES
        for event in (INSERT, UPDATE, DELETE)
        for name, statements in make(source, event)
    }
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
            f"INSERT INTO {MARKS} (region_id, province_id) SELECT id, province_id "
            "FROM regions_region WHERE province_id IS NOT NULL "
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
