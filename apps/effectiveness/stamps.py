"""A name for the state of everything a dashboard shows, kept by the database itself.

Triggers on every table the dashboards read add a random positive number to the stamp, in the
transaction of the write, whatever wrote it: a page, an import, the admin, SQL by hand. So the sum
changes with every commit that could change a page, for all processes at once, and no sum ever
comes back: not even in a database that was restored to an earlier day and written on.

Readers ask for the sum (``version``); a page drawn between two equal answers shows that state.
"""

import hashlib
from collections.abc import Iterator

from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    InterfaceError,
    connection,
    connections,
    router,
)

STAMPS = "effectiveness_changestamp"
PREFIX = "nilai_cap_"  # of the triggers; begins as those of the marks, which are kept the same way
EVENTS = ("insert", "update", "delete")

# table -> columns whose change can show; () for all of them.
TABLES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "verification_evidence",
            "verification_history",
            "verification_note",
            "verification_returnreason",
            "decrees_decree",
            "decrees_decreecoverage",
            "work_plans_workplan",
            "work_plans_activity",
            "indicators_indicator",
            "indicators_indicatorset",
            "indicators_target",
            "budgets_budget",
            "budgets_budgetline",
            "pokja_pokja",
            "pokja_pokjatype",
            "pokja_seat",
            "pokja_nildeclaration",
            "regions_region",
            "regions_regioncode",
            "regions_regionname",
            "regions_regionevent",
            "regions_regionprofile",
            "regions_publishedfact",
            "regulations_regulation",
            "effectiveness_rubric",
            "effectiveness_rubriccriterion",
            "effectiveness_rubricpoint",
            "effectiveness_effectivetarget",
            "effectiveness_closing",
            "effectiveness_regionreopening",
            "effectiveness_frozenscore",
            "effectiveness_stalemark",
            "regions_installationflag",
        ),
        (),
    ),
    # Who closed a year: by name. Everything else about people changes no figure.
    "accounts_user": ("username", "full_name"),
}


def version() -> str | None:
    """The state of the data as it is committed now; None where it cannot be told, or where the
    database that this page is read from (a replica) has not yet what the primary has. One query
    for each of the two."""
    from apps.effectiveness.models import ChangeStamp

    totals = {_total(using) for using in {DEFAULT_DB_ALIAS, router.db_for_read(ChangeStamp)}}
    return str(totals.pop()) if len(totals) == 1 and None not in totals else None


def _total(using: str) -> int | None:
    try:
        with connections[using].cursor() as cursor:
            cursor.execute(f"SELECT SUM(number) FROM {STAMPS}")  # noqa: S608 - a name of ours
            return cursor.fetchone()[0]
    except (DatabaseError, InterfaceError):
        if using == DEFAULT_DB_ALIAS:
            raise
        return None  # a replica that is away keeps no page from being shown


def move() -> None:
    """Move the stamp on by hand, for what no trigger watches; goes with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_STEP[connection.vendor])


def gather() -> None:
    """PostgreSQL: many rows become one, the sum stays; what is being written is not touched."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH gone AS (DELETE FROM {STAMPS} RETURNING number) "  # noqa: S608 - a name of ours
            f"INSERT INTO {STAMPS} (number) SELECT SUM(number) FROM gone HAVING COUNT(*) > 0"
        )


def forget(using: str = "default") -> None:
    """No state has a name any more, until something is written under the triggers again."""
    there = connections[using]
    if STAMPS in there.introspection.table_names():
        with there.cursor() as cursor:
            cursor.execute(f"DELETE FROM {STAMPS}")  # noqa: S608 - a name of ours


# Up to a billion each time: after 9 billion writes the sum would no longer fit.
_STEP = {
    "sqlite": f"INSERT INTO {STAMPS} (id, number) "  # noqa: S608 - a name of ours
    "VALUES (1, 1 + ABS(RANDOM() % 1000000000)) "
    "ON CONFLICT (id) DO UPDATE SET number = number + excluded.number",
    "postgresql": f"INSERT INTO {STAMPS} (number) "  # noqa: S608 - a name of ours
    "VALUES (1 + FLOOR(RANDOM() * 1000000000)::bigint)",
}


# --- triggers --------------------------------------------------------------------------------


def wanted(vendor: str) -> Iterator[tuple[str, list[str]]]:
    """(name, statements) of every trigger; the name changes with what the trigger does."""
    make = _postgresql if vendor == "postgresql" else _sqlite
    for table, columns in TABLES.items():
        yield from make(table, columns)


def _sqlite(table: str, columns: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    for event in EVENTS:
        of = f" OF {', '.join(columns)}" if columns and event == "update" else ""
        when = ""
        if of:
            changed = " OR ".join(f"OLD.{each} IS NOT NEW.{each}" for each in columns)
            when = f" WHEN {changed}"
        text = (
            f"AFTER {event.upper()}{of} ON {table} FOR EACH ROW{when} BEGIN {_STEP['sqlite']}; END"
        )
        name = _name(f"{table}_{event[0]}", text)
        yield name, [f"CREATE TRIGGER {name} {text}"]


def _postgresql(table: str, columns: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """Once a statement: many rows at once cost one stamp."""
    of = f" OF {', '.join(columns)}" if columns else ""
    text = (
        f"AFTER INSERT OR UPDATE{of} OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION"
    )
    body = f"BEGIN {_STEP['postgresql']}; RETURN NULL; END"
    name = _name(table, text + body)
    yield (
        name,
        [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$stamp$ {body} $stamp$",
            f"CREATE TRIGGER {name} {text} {name}()",
        ],
    )


def _name(what: str, text: str) -> str:
    return f"{PREFIX}{what}_{hashlib.sha256(text.encode()).hexdigest()[:8]}"
