"""The trail stands in the order of writing, whatever the clock of the machine did meanwhile."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from apps.audit.models import Entry
from apps.trail import people
from tests.makers import make_document

NOON = datetime(2026, 3, 12, 5, 0, tzinfo=UTC)
BACK = timedelta(hours=2)


@pytest.fixture
def jumped(note, pokja):
    """ "Lalu" was written after the clock had jumped back two hours."""
    with time_machine.travel(NOON, tick=False) as clock:
        note("Dulu", pokja)
        clock.move_to(NOON - BACK)
        note("Lalu", pokja)


def deeds_on(client, address):
    return [line.entry.action for line in client.get(address).context["page"].lines]


@pytest.mark.parametrize(
    "query",
    ["", "wilayah=73.71", "pelaku=operator", "jenis=pokja.pokja", "dari=2026-03-12", "tahun=2026"],
)
def test_what_was_written_last_stands_first(client_of, koordinator_sulsel, jumped, query):
    assert deeds_on(client_of(koordinator_sulsel), f"/jejak/?{query}") == ["Lalu", "Dulu"]


def test_so_on_the_page_of_a_pokja_and_in_the_file(client_of, operator_makassar, jumped, pokja):
    client = client_of(operator_makassar)
    assert deeds_on(client, f"/jejak/pokja/{pokja.pk}/") == ["Lalu", "Dulu"]
    answer = client.get("/jejak/unduh/").getvalue().decode("utf-8-sig")
    assert [row["tindakan"] for row in csv.DictReader(io.StringIO(answer))][1:] == [
        "Lalu",
        "Dulu",
    ]


def test_so_with_the_readers_of_a_document(
    note, regions, operator_makassar, koordinator_sulsel, time_machine
):
    document = make_document(regions.makassar, operator_makassar)
    found = people.Found([document.pk], [], [])
    for moment in (NOON, NOON - BACK):
        time_machine.move_to(moment, tick=False)
        note("Membuka berkas", document)
    rows = people.openings(found, koordinator_sulsel, NOON.date(), NOON.date())
    assert [row.at for row in rows] == [NOON - BACK, NOON]


def test_days_are_still_those_of_the_clock(client_of, koordinator_sulsel, jumped, note):
    """What the clock puts into the day counts, whatever was written before and after it."""
    for deed, hours in (("Esok", 24), ("Hari itu", 1), ("Kemarin", -24)):
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            note(deed)
    client = client_of(koordinator_sulsel)
    day = "/jejak/?dari=2026-03-12&sampai=2026-03-12"
    assert deeds_on(client, day) == ["Hari itu", "Lalu", "Dulu"]
    assert deeds_on(client, "/jejak/?dari=2027-01-01") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value"),
    [("object_type", "pokja.pokja"), ("region_id", 1), ("actor_id", 1), ("action", "Uji")],
)
def test_no_filter_sorts(column, value):
    """Each filter has an index that gives the order of numbers."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by the rows that are there, and there are none")
    plan = Entry.objects.filter(**{column: value}).order_by("-id")[:51].explain()
    assert "audit_" in plan
    assert "TEMP B-TREE" not in plan
