"""Migrate a database of an earlier release, with rows in every table, to the present one.

python -m safety.migrating <how many states, the latest; 0: all>   (on the database of DATABASE_URL)
"""

import io
import json
import sys
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import django

# Figures that the portal keeps ready: made-up ones would rightly be called wrong.
COMPUTED = ("storedscore", "storedtally", "regiontally", "changestamp")

# Where the rows of then are now, where that is not where they were.
MOVED = {"campaign_letterhead": "papers_letterhead", "campaign_signer": "papers_signer"}
# (table, column of then): (table, column, key) that holds the value now.
CARRIED = {("pokja_seat", "holder"): ("pokja_seatholder", "name", "seat_id")}
MUST_BE_FOUND_AGAIN = {column for _, column in CARRIED}
# Notes of what was mailed: those that were sent go on as "done once", others have no meaning.
GIVEN_UP = {"inbox_remindermail"}


class Rows:
    """One row in each table of a state, as its models of then write them."""

    def __init__(self, apps):
        self.apps, self.made, self.refused = apps, {}, {}
        self.counter = 0

    def fill(self, models):
        """Until no table takes a row any more: those it needs may come later."""
        waiting = list(models)
        while waiting:
            left = []
            for model in waiting:
                if not self.takes(model):
                    left.append(model)
            if len(left) == len(waiting):
                return
            waiting = left

    def takes(self, model) -> bool:
        """Whether the table takes a row: a bare one, or one with every field filled."""
        return self.takes_as(model, full=False) or (
            not is_second_of_its_kind(self.refused[model._meta.label_lower])
            and self.takes_as(model, full=True)
        )

    def takes_as(self, model, *, full: bool) -> bool:
        """Why not is kept in ``refused``."""
        from django.db import DatabaseError, transaction

        name = model._meta.label_lower
        try:
            with transaction.atomic():
                row = model(**self.values(model, full))
                row.save(force_insert=True)
        except (DatabaseError, LookupError, ValueError) as error:
            self.refused[name] = str(error).splitlines()[0][:90]
            return False
        self.made[name] = row
        self.refused.pop(name, None)
        return True

    def values(self, model, full: bool) -> dict:
        """A value for each field that has none by itself; ``full``: for every field, as rules
        between fields may ask."""
        values = {}
        for field in model._meta.local_concrete_fields:
            if field.primary_key and not field.remote_field:
                if field.get_internal_type().endswith("AutoField"):
                    continue
            elif self.comes_by_itself(field) and not (full and self.can_be_given(field)):
                continue
            values[field.name] = self.value(field, full)
        return values

    def comes_by_itself(self, field) -> bool:
        by_itself = field.has_default() or field.null or getattr(field, "auto_now_add", False)
        return by_itself and not self.is_sought(field)

    def is_sought(self, field) -> bool:
        """It is looked for elsewhere afterwards, so it must not be empty."""
        return field.name in MUST_BE_FOUND_AGAIN

    def can_be_given(self, field) -> bool:
        target = field.remote_field and field.remote_field.model._meta.label_lower
        return not target or target in self.made

    def value(self, field, full: bool):
        self.counter += 1
        if field.remote_field:
            return self.made[field.remote_field.model._meta.label_lower]
        if field.choices:
            return field.choices[0][0]
        kind = field.get_internal_type()
        simple = {
            # Of two times the one further down the table is the later.
            "DateField": date(2026, 1, 2) + timedelta(days=self.counter),
            "DateTimeField": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC) + timedelta(self.counter),
            "BooleanField": False,
            "JSONField": {},
            "BinaryField": b"x",
            "UUIDField": uuid4(),
        }
        if kind in simple:
            return simple[kind]
        if full and kind in ("FloatField", "DecimalField"):
            return 0.5  # shares of a page
        if "Integer" in kind or kind in ("FloatField", "DecimalField"):
            return 2026 if "year" in field.name else 1 + self.counter % 49
        return (
            ""
            if field.blank and not field.unique and not full and not self.is_sought(field)
            else f"x{self.counter}"[: field.max_length]
        )


def kept_models(apps, connection):
    """The models of a state whose table is there."""
    tables = set(connection.introspection.table_names())
    return [
        model
        for model in apps.get_models()
        if model._meta.db_table in tables
        and model._meta.managed
        and not model._meta.proxy
        and model._meta.model_name not in COMPUTED
    ]


def come_forward(state: dict) -> dict:
    """Figures of one journey: empty, to the state, filled, to now; and whether code of then can
    still write afterwards."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    _empty(connection)
    executor = MigrationExecutor(connection)
    targets = list(state.items())
    executor.migrate(targets)
    apps = executor.loader.project_state(targets).apps
    rows = Rows(apps)
    rows.fill(kept_models(apps, connection))
    filled = [apps.get_model(label) for label in rows.made]
    before = {model._meta.db_table: _columns_then(model) for model in filled}
    call_command("migrate", verbosity=0)
    lost = _lost(before, filled)
    again = Rows(apps)
    again.made = dict(rows.made)
    again.fill([model for model in filled if not _is_unique_by_relation(model)])
    return {
        "tables": len(filled),
        "refused": rows.refused,
        "lost": lost,
        "control": _is_seen(before, filled),
        "old_code": {
            table: why for table, why in again.refused.items() if not is_second_of_its_kind(why)
        },
        "unapplied": len(MigrationExecutor(connection).migration_plan(_leaves(connection))),
        "triggers": _triggers(connection),
        "scores": _scores(),
    }


def _scores() -> str:
    """What `periksa_nilai` finds once the marks of those rows are worked off; "" for nothing."""
    from django.core.management import CommandError, call_command

    from apps.effectiveness.stored import settle

    settle()
    try:
        call_command("periksa_nilai", verbosity=0, stdout=io.StringIO())
    except CommandError as error:
        return str(error)
    return ""


def is_second_of_its_kind(why: str) -> bool:
    """The table takes rows of then; only this one is there already."""
    return "unique" in why.casefold()


def _leaves(connection):
    from django.db.migrations.loader import MigrationLoader

    return MigrationLoader(connection).graph.leaf_nodes()


def _is_unique_by_relation(model) -> bool:
    """A second row would need second rows of what it belongs to."""
    fields = [field for field in model._meta.local_concrete_fields if field.remote_field]
    together = [set(names) for names in model._meta.unique_together]
    together += [set(each.fields) for each in model._meta.constraints if hasattr(each, "fields")]
    names = {field.name for field in fields}
    choices = {field.name for field in model._meta.local_concrete_fields if field.choices}
    fixed = names | choices | {"year", "code", "month", "version", "level"}
    return any(field.unique for field in fields) or any(each <= fixed for each in together)


def _lost(before, models) -> list[str]:
    """Tables of which something of then is not there any more."""
    lost = []
    for model in models:
        table = model._meta.db_table
        if table in GIVEN_UP:
            continue
        now = _columns_of(model, MOVED.get(table, table))
        if missing := [name for name, values in before[table].items() if values - now[name]]:
            lost.append(f"{table}: {', '.join(missing)}")
    return lost


def _columns_of(model, table: str) -> dict[str, set]:
    """{column of then: its values with the key of their row}, wherever they are now."""
    key, found = model._meta.pk.column, {}
    for field in model._meta.local_concrete_fields:
        at, column, owner = CARRIED.get((table, field.column), (table, field.column, key))
        found[field.column] = _values(at, owner, column)
    return found


def _columns_then(model) -> dict[str, set]:
    table, key = model._meta.db_table, model._meta.pk.column
    fields = model._meta.local_concrete_fields
    return {field.column: _values(table, key, field.column) for field in fields}


def _values(table: str, key: str, column: str) -> set[str]:
    from django.db import DatabaseError, connection, transaction

    names = [connection.ops.quote_name(name) for name in (key, column, table)]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT {}, {} FROM {}".format(*names))  # noqa: S608 - quoted names
            return set(map(repr, cursor.fetchall()))
    except DatabaseError:  # table or column is gone: so are the values
        return set()


def _is_seen(before, models) -> bool:
    """Control: a row that is gone is noticed."""
    last = models[-1]
    table, key = last._meta.db_table, last._meta.pk.column
    more = before[table] | {key: before[table][key] | {"(99, 99)"}}
    return _lost(before | {table: more}, models) == [f"{table}: {key}"]


def _empty(connection) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        return
    from pathlib import Path

    connection.close()
    for ending in ("", "-wal", "-shm"):
        Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)


def _triggers(connection) -> int:
    where = "sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        where = "pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {where}")  # noqa: S608  two fixed texts
        return cursor.fetchone()[0]


def main(count: str) -> None:
    django.setup()
    from tests.faults.states import STATES

    wanted = list(STATES.items())[-int(count) :]
    print(json.dumps({name: come_forward(state) for name, state in wanted}))


if __name__ == "__main__":
    main(*sys.argv[1:])
