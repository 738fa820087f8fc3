"""SQLite without room, read-only, locked: pages are read on, what is written is told 503."""

import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.db import connection

from apps.core.outages import TITLE
from apps.decrees.models import Decree
from tests.makers import make_pokja

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 60  # saves until the last free page is written


@pytest.fixture
def portal(client_of, operator_makassar):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL: test_line.py")
    client = client_of(operator_makassar)
    client.raise_request_exception = False
    return client


@contextmanager
def pragma(name, during, afterwards):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name} = {during}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA {name} = {afterwards}")


@contextmanager
def no_room():
    """Not a page more than the file has; pages that are free are taken first."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
    with pragma("max_page_count", pages, 2**30):
        yield


@contextmanager
def read_only():
    with pragma("query_only", "ON", "OFF"):
        yield


@contextmanager
def locked():
    """Another program holds the file, longer than anybody waits."""
    name = connection.settings_dict["NAME"]
    with pragma("busy_timeout", 200, 30_000), closing(sqlite3.connect(name)) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def save(portal, pokja, number):
    url = f"/pokja/{pokja.pk}/2026/isi/sk/"
    title = "Pembentukan " * 15
    return portal.post(url, {"draf": "1", "number": f"188.45/{number}", "title": title})


@pytest.mark.parametrize("trouble", [no_room, read_only, locked])
def test_what_cannot_be_written_is_told_and_pages_are_read_on(portal, regions, trouble, today):
    pokja = make_pokja(regions.makassar)
    portal.get("/pokja/")  # what is written of a visit now and then
    with trouble():
        assert portal.get("/pokja/").status_code == 200
        kept, answer = [], save(portal, pokja, 0)
        while answer.status_code == 302 and len(kept) < MOST:
            kept.append(len(kept))
            answer = save(portal, pokja, len(kept))
        assert answer.status_code == 503
        assert TITLE in answer.content.decode()
    assert save(portal, pokja, 99).status_code == 302
    assert sorted(Decree.objects.values_list("number", flat=True)) == sorted(
        f"188.45/{number}" for number in [*kept, 99]
    )
