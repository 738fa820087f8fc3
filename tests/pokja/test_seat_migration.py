"""The name that stood in a seat becomes its holder, and the way back finds it again."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from apps.effectiveness import triggers

BEFORE = [("pokja", "0001_initial")]
AFTER = [("pokja", "0004_seat_without_holder_text")]


def migrate(target):
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.fixture
def latest(transactional_db):
    """The command ``migrate`` takes the triggers away and brings them back; here it is us."""
    triggers.remove()
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    triggers.ensure()


def test_names_become_holders_and_back(latest, make_region):
    region = make_region("73", "Sulawesi Selatan")
    apps = migrate(BEFORE)
    pokja = apps.get_model("pokja", "Pokja").objects.create(code="P", name="P", region_id=region.pk)
    start, end = date(2025, 1, 1), date(2025, 6, 30)
    seats = apps.get_model("pokja", "Seat").objects
    common = {"pokja": pokja, "position": "Ketua", "institution": "X", "sector": "media"}
    named = seats.create(holder="Andi", started_on=start, ended_on=end, **common)
    seats.create(holder="", **common)

    holders = migrate(AFTER).get_model("pokja", "SeatHolder").objects
    assert list(holders.values_list("seat_id", "name", "started_on", "ended_on")) == [
        (named.pk, "Andi", start, end)
    ]
    again = migrate(BEFORE).get_model("pokja", "Seat").objects.order_by("id")
    assert list(again.values_list("holder", flat=True)) == ["Andi", ""]
