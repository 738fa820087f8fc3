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


@dataclass(frozen=True)
class Step:
    """Rows of a table whose ``key`` is the value in hand; their ``value`` is handed on."""

    table: str
    key: str
    value: str


@dataclass(frozen=True)
class Way:
    """From a column of the row that was written to regions, step by step."""

    column: str
    steps: tuple[Step, ...] = ()


_HOME = Step("pokja_pokja", "id", "region_id")
_POKJA = (Way("pokja_id", (_HOME,)),)


def _through(table: str, key: str, column: str) -> tuple[Way]:
    return (Way(column, (Step(table, key, "pokja_id"), _HOME)),)


# Evidence: the Pokja of its content; for an SK those of all its versions, since a later version
# that leaves a Pokja out takes the earlier one from it.
_EVIDENCE = (
    *_through("work_plans_workplan", "evidence_id", "id"),
    *_through("indicators_indicatorset", "evidence_id", "id"),
    *_through("budgets_budget", "evidence_id", "id"),
    *_through("pokja_nildeclaration", "evidence_id", "id"),
    Way(
        "family",
        (
            Step("verification_evidence", "family", "id"),
            Step("decrees_decree", "evidence_id", "id"),
            Step("decrees_decreecoverage", "decree_id", "pokja_id"),
            _HOME,
        ),
    ),
)


@dataclass(frozen=True)
class Source:
    """A raw table: which regions a row of it concerns, and which changes of a row matter."""

    table: str
    regions: tuple[Way, ...]  # none: the row is a region itself
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
    _source("pokja_pokja", (Way("region_id"),), "region_id", "formed_on", "dissolved_on"),
    _source("pokja_pokjatype", _POKJA, "pokja_id", "kind"),
    # A region is marked under the province it left and the one it came to.
    _source("regions_region", (), "province_id", "level", "ended_on"),
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
        regions = " UNION ALL ".join(_joined(way, row) for way in source.regions)
        g, found = "g", f"FROM regions_region g WHERE g.id IN ({regions})"
    else:
        g, found = row, f"WHERE {_matters(row, event)}"
    return (
        f"INSERT INTO {MARKS} (region_id, province_id) SELECT {g}.id, {g}.province_id {found} "
        f"AND {g}.province_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {MARKS} m "
        f"WHERE m.region_id = {g}.id AND m.province_id = {g}.province_id)"
    )


def _joined(way: Way, row: str) -> str:
    if not way.steps:
        return f"SELECT {row}.{way.column}"
    first, *others = way.steps
    text, before = f"FROM {first.table} s0", first
    for number, step in enumerate(others):
        text += f" JOIN {step.table} s{number + 1} ON s{number + 1}.{step.key} = "
        text += f"s{number}.{before.value}"
        before = step
    return f"SELECT s{len(others)}.{before.value} {text} WHERE s0.{first.key} = {row}.{way.column}"


def _matters(row: str, event: str) -> str:
    """A new region has no Pokja yet, but a new province has figures: all of them 0."""
    return "1 = 1" if event == UPDATE else f"{row}.level = 'provinsi'"


# --- PostgreSQL ------------------------------------------------------------------------------


_SETTINGS = "SET enable_seqscan = off"


def _postgresql(source: Source, event: str) -> Iterator[tuple[str, list[str]]]:
    """(name, statements): a function and its trigger once a statement.

    A connection keeps the plan it made first, though the tables may have been empty then, or said
    to be: a plan that is right for nothing reads them whole for each row, once they are full. So
    the text leaves no choice: OFFSET 0 keeps each step a look-up of its own, by its own index.
    """
    changed = _changed(source, event)
    if not source.regions:
        found = f"SELECT DISTINCT r.* FROM ({changed}) r WHERE {_matters('r', event)}"
    else:
        regions = " UNION ALL ".join(_step_by_step(way, "r") for way in source.regions)
        found = (
            f"SELECT DISTINCT g.id, g.province_id FROM ({changed}) r "
            f"CROSS JOIN LATERAL ({regions}) x(region_id) "
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
    name = _name(source, event, text + _SETTINGS + body)
    yield (
        name,
        [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            f"{_SETTINGS} AS $marks$ BEGIN {body}; RETURN NULL; END $marks$",
            f"CREATE TRIGGER {name} {text} EXECUTE FUNCTION {name}()",
        ],
    )


def _step_by_step(way: Way, row: str) -> str:
    at, text = f"{row}.{way.column}", ""
    for number, step in enumerate(way.steps):
        text += " FROM " if not number else " CROSS JOIN LATERAL "
        text += f"(SELECT t.{step.value} FROM {step.table} t WHERE t.{step.key} = {at} OFFSET 0) "
        text += f"s{number}"
        at = f"s{number}.{step.value}"
    return f"SELECT {at}{text}"


def _changed(source: Source, event: str) -> str:
    if event == INSERT:
        return "SELECT * FROM new_rows"
    if event == DELETE:
        return "SELECT * FROM old_rows"
    # Not joined by id: the plan kept from one row would compare each of ten thousand with each.
    ways = (f"{{row}}.{way.column}" for way in source.regions)
    told = ", ".join(dict.fromkeys(["{row}.id", *ways, *source.changes]))
    new, old = (f"SELECT {_at(told, table)} FROM {table}" for table in ("new_rows", "old_rows"))
    return f"({new} EXCEPT {old}) UNION ALL ({old} EXCEPT {new})"


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
