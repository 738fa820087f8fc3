"""G2: columns that a form does not own stay as they are, whatever comes along with it."""

from itertools import islice
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.forms import models as form_models

from safety.doors import forms_of
from safety.places import fresh
from safety.watching import writes

PERSONAS = ("operator_makassar", "verifikator_sulsel", "koordinator_sulsel", "staf_sulsel", "admin")
# Drawn anew each time: no two equal posts leave the same.
RANDOM = {"uuid", "family", "secret_hash", "file", "code", "sha256", "session_data", "password"}
RANDOM |= {"form_token", "token", "hash", "chain", "previous_hash", "entry_hash"}
MOST = 60_000  # letters of a form that are sent, so that no limit of the server speaks first


@pytest.fixture
def columns():
    """Every column of every model of the portal, by the names a form would send."""
    names = set()
    for model in apps.get_models():
        if model.__module__.startswith("apps."):
            for field in model._meta.concrete_fields:
                names |= {field.name, field.attname}
    return sorted(names - {"csrfmiddlewaretoken"})


def effect(people, persona, form, data):
    """({table: rows after}, status) of sending a form; undone."""
    client = fresh(*people[persona])
    with writes() as tables:
        response = client.post(form.action, data)
        after = {name: _rows(name) for name in sorted(tables)}
    level(after)
    return after, response.status_code


def level(tables=None):
    """Let new rows get the same numbers again: sequences of PostgreSQL are not undone with the
    rest. ``tables``: their names; None for all."""
    if connection.vendor != "postgresql":
        return
    models = [
        model for model in apps.get_models() if tables is None or model._meta.db_table in tables
    ]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608  names of our tables
        kept = [at for at, column in enumerate(cursor.description) if column[0] not in RANDOM]
        return [tuple(row[at] for at in kept) for row in cursor.fetchall()]


def sent(form) -> dict:
    return {name: values for name, values in form.values.items() if values}


def prefixed(form, names):
    """The names as they stand, and under the prefix of the form's own fields."""
    prefixes = {name.rpartition("-")[0] for name in form.names if "-" in name} | {""}
    for prefix in sorted(prefixes)[:3]:
        yield from (f"{prefix}-{name}" if prefix else name for name in names)


def hunt(people, scene, columns, values, personas, figures, limit=None, first_only=False):
    changed = []
    level()
    for persona in personas:
        for form in islice(forms_of(people, scene, persona), limit):
            if first_only and changed:
                return changed
            own = {name.rpartition("-")[2] for name in form.names} | set(form.names)
            foreign = [name for name in prefixed(form, columns) if name not in own]
            before, status = effect(people, persona, form, sent(form))
            figures["forms"] += 1
            for value in values:
                data = sent(form) | dict.fromkeys(foreign, value)
                after, _ = effect(people, persona, form, data)
                figures["tried"] += len(foreign)
                if after != before:
                    changed.append(
                        f"{persona} {form.action} ({status}) {value}: {_told(before, after)}"
                    )
    return changed


def _told(before, after):
    return {
        table: [
            pair for pair in zip(before.get(table, []), rows, strict=False) if pair[0] != pair[1]
        ][:1]
        for table, rows in after.items()
        if rows != before.get(table)
    }


def test_foreign_columns(figures, short, people, scenes, columns, today):
    figures |= {"forms": 0, "tried": 0, "columns": len(columns)}
    values = (str(scenes["foreign"].region.pk), "verified", "on")
    personas = ("staf_sulsel",) if short else PERSONAS
    changed = hunt(
        people, scenes["own"], columns, values, personas, figures, limit=40 if short else None
    )
    figures["changed"] = [told[:400] for told in changed]


def test_control_a_naive_form_is_noticed(figures, people, scenes, columns, today):
    """The control: a form that sets whatever column is sent, as a careless one would."""
    real = form_models.construct_instance

    def naive(form, instance, fields=None, exclude=None):
        instance = real(form, instance, fields, exclude)
        for field in instance._meta.concrete_fields:
            is_foreign = field.name not in form.fields and not field.primary_key
            if is_foreign and field.attname in form.data:
                setattr(instance, field.attname, form.data[field.attname])
        return instance

    found = {"forms": 0, "tried": 0}
    foreign = (str(scenes["foreign"].region.pk),)
    with patch.object(form_models, "construct_instance", naive):
        changed = hunt(people, scenes["own"], columns, foreign, ("admin",), found, first_only=True)
    figures["control"] = len(changed)
    figures["control_noticed"] = [told[:400] for told in changed]
