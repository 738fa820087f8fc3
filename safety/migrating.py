"""Migrate a database of an earlier release, with rows in every table, to the present one.

python -m safety.migrating <how many states, the latest; 0: all>   (on the database of DATABASE_URL)
"""

import io
import json
import sys
from datetime import date, datetime
from uuid import uuid4

import django

# Figures that the portal keeps ready: made-up ones would rightly be called wrong.
COMPUTED = ("storedscore", "storedtally", "regiontally")


class Rows:
    """One row in each table of a state, as its models of then write them."""

    def __init__(self, apps):
        self.apps, self.made, self.refused = apps, {}, {}
        self.counter = 0

    def fill(self, models):
        """Until no table takes a row any more: those it needs may come later."""
        from django.db import DatabaseError, transaction

        waiting = list(models)
        while waiting:
            left = []
            for model in waiting:
                try:
                    with transaction.atomic():
                        row = model(**self.values(model))
                        row.save(force_insert=True)
                    self.made[model._meta.label_lower] = row
                    self.refused.pop(model._meta.label_lower, None)
                except (DatabaseError, LookupError, ValueError) as error:
                    self.refused[model._meta.label_lower] = str(error).splitlines()[0][:90]
                    left.append(model)
            if len(left) == len(waiting):
                return
            waiting = left

    def values(self, model) -> dict:
        """A value for each field that has none by itself."""
        values = {}
        for field in model._meta.local_concrete_fields:
            if field.primary_key and not field.remote_field:
                if field.get_internal_type().endswith("AutoField"):
                    continue
            elif field.has_default() or field.null or getattr(field, "auto_now_add", False):
                continue
            values[field.name] = self.value(field)
        return values

    def value(self, field):
        self.counter += 1
        if field.remote_field:
            return self.made[field.remote_field.model._meta.label_lower]
        if field.choices:
            return field.choices[0][0]
        kind = field.get_internal_type()
        simple = {
            "DateField": date(2026, 1, 2),
            "DateTimeField": datetime.fromisoformat("2026-01-02T03:04:05+00:00"),
            "BooleanField": False,
            "JSONField": {},
            "BinaryField": b"x",
            "UUIDField": uuid4(),
        }
        if kind in simple:
            return simple[kind]
        if "Integer" in kind or kind in ("FloatField", "DecimalField"):
            return 2026 if "year" in field.name else 1 + self.counter % 90
        return "" if field.blank and not field.unique else f"x{self.counter}"[: field.max_length]


def contents(models) -> dict[str, list]:
    """{table: its rows, as the columns of these models say}."""
    return {
        model._meta.db_table: sorted(map(repr, model._base_manager.values_list()))
        for model in models
    }


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
    before = contents(filled)
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
    """Tables whose rows of then are not there any more, in the columns of then."""
    lost = []
    for model in models:
        from django.db import DatabaseError, transaction

        try:
            with transaction.atomic():
                now = set(contents([model])[model._meta.db_table])
        except DatabaseError as error:  # a column of then is gone
            lost.append(f"{model._meta.db_table}: {str(error).splitlines()[0]}")
            continue
        if set(before[model._meta.db_table]) - now:
            lost.append(model._meta.db_table)
    return lost


def _is_seen(before, models) -> bool:
    """Control: a row that is gone is noticed."""
    last = models[-1]
    told = before | {last._meta.db_table: [*before[last._meta.db_table], "(99, 'hilang')"]}
    return _lost(told, models) == [last._meta.db_table]


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
