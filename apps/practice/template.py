"""The template every room is copied from: tables, reference data, the sample region."""

import secrets
import shutil
from contextlib import closing
from pathlib import Path
from threading import Lock

from django.apps import apps
from django.db import connection, transaction

from apps.exchange.reference import load_reference
from apps.practice.rooms import FILES, open_stay, template_name, templates
from apps.practice.sample import add_regions, fill

# Rows of a room begin here. Real ones never come this far, so an address, a form or a draft kept
# by the browser that strays from the one to the other finds nothing there.
FIRST_ID = 900_000_000

_making = Lock()


def template() -> Path:
    """The folder of the template; made where it is missing, which takes some seconds."""
    place = templates() / template_name()
    if place.is_dir():
        return place
    with _making:
        if not place.is_dir():
            _make(place)
    return place


def _make(place: Path) -> None:
    """Made beside and then given its name: nobody copies half of it, and of two processes that
    make it at once one is enough."""
    part = place.with_name(f"separuh-{secrets.token_hex(4)}")
    (part / FILES).mkdir(parents=True, mode=0o700)
    try:
        _fill(part)
        part.rename(place)
    except OSError:
        if not place.is_dir():
            raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _fill(room: Path) -> None:
    stay = open_stay(room)
    with closing(stay.connection), stay.inside():
        _make_tables()
        with transaction.atomic():
            regions = add_regions()
            for _ in load_reference():
                pass
            fill(regions)
        for work in stay.later:
            work()


def _make_tables() -> None:
    """Straight from the models: two hundred migrations would take ten times as long."""
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sqlite_sequence (name, seq) SELECT name, %s FROM sqlite_master "
            "WHERE type = 'table' AND sql LIKE '%%AUTOINCREMENT%%'",
            [FIRST_ID],
        )
