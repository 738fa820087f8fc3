"""PostgreSQL keeps the plans of the marks' triggers as long as a connection lives: they must be
good ones even if they were made while the tables were empty, or said to be."""

import json

import pytest
from django.db import connection, transaction

from apps.core.database import refresh_statistics
from apps.effectiveness.mark_sources import SOURCES
from tests.effectiveness.histories import NOW, random_world
from tests.makers import make_indicator

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="plans of PostgreSQL"),
]

WRITTEN = ("new_rows", "old_rows")
JOINS = ("Nested Loop", "Hash Join", "Merge Join")
FUNCTIONS = """
    SELECT c.relname, p.proname, p.prosrc, p.proconfig FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE p.proname LIKE 'nilai%%' AND p.proname NOT LIKE 'nilai_cap%%' ORDER BY p.proname"""


@pytest.fixture
def said_to_be_empty(regions, time_machine):
    """Tables full of rows that were taken back, counted as none: every plan looks cheap."""
    time_machine.move_to(NOW, tick=False)
    places = [regions.sulsel, regions.makassar, regions.bone, regions.banjarmasin]
    indicator = make_indicator()
    with transaction.atomic():
        random_world(3, 60, places, indicator)
        transaction.set_rollback(True)
    refresh_statistics()


def plans():
    """(function, its plan) for every trigger of the marks."""
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        for table, name, source, settings in cursor.fetchall():
            for written in WRITTEN:
                cursor.execute(f"CREATE TEMP TABLE {written} AS TABLE {table} WITH NO DATA")
            for setting in settings or []:
                cursor.execute(f"SET LOCAL {setting}")
            statement = source.partition("BEGIN ")[2].partition("; RETURN NULL")[0]
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
            found = cursor.fetchone()[0]
            yield name, (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
            cursor.execute("DROP TABLE new_rows, old_rows")
            cursor.execute("SET LOCAL enable_seqscan = on")


def nodes(plan):
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def reads_written_rows(plan):
    return any(node.get("Relation Name") in WRITTEN for node in nodes(plan))


def reads_whole_table(node) -> bool:
    if node["Node Type"] == "Seq Scan":
        return node["Relation Name"] not in WRITTEN
    is_index = node["Node Type"] in ("Index Scan", "Index Only Scan", "Bitmap Index Scan")
    return is_index and "Index Cond" not in node


def joins_written_rows(node) -> bool:
    """As an inner side: a plan kept from one row would begin them anew for each of many."""
    return node["Node Type"] in JOINS and any(
        below["Parent Relationship"] == "Inner" and reads_written_rows(below)
        for below in node.get("Plans", ())
    )


def test_no_trigger_reads_a_table_whole_though_it_was_said_to_be_empty(said_to_be_empty):
    found = dict(plans())
    assert len(found) == 3 * len(SOURCES)
    wrong = {
        name: node
        for name, plan in found.items()
        for node in nodes(plan)
        if reads_whole_table(node) or joins_written_rows(node)
    }
    assert wrong == {}
