"""Backups while people write: one moment, whole, with everything acknowledged before it."""

import os
import time
from threading import Event, Lock

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import F

from apps.backup.making import make_backup
from apps.backup.trouble import BackupTrouble
from apps.documents.models import Document
from apps.documents.reconcile import compare, remove
from tests.backup.conftest import keep_file
from tests.rivals import at_once, outcomes

WRITERS = 3
TOTAL = 9000
BACKUPS = 2


@pytest.fixture
def moving(portal):
    """move(): shifts pages from one document to another, so that their sum stays TOTAL, and
    keeps a new file; what it acknowledged, by name."""
    first, second, third = portal.files
    Document.objects.filter(pk=first.pk).update(pages=TOTAL)
    Document.objects.filter(pk__in=(second.pk, third.pk)).update(pages=0)
    kept, guard = [first.file.name], Lock()

    def move(number):
        with transaction.atomic():
            Document.objects.filter(pk=first.pk).update(pages=F("pages") - 1)
            Document.objects.filter(pk=second.pk).update(pages=F("pages") + 1)
        document = keep_file(portal.region, f"berkas {number}".encode() * 50)
        with guard:
            kept.append(document.file.name)

    move.kept, move.pair = kept, (first.pk, second.pk)
    return move


def test_every_backup_is_of_one_moment_and_loses_nothing(moving, place, elsewhere, query):
    over, found = Event(), []

    def write(writer):
        count = 0
        while not over.is_set():
            moving(writer * 100_000 + count)
            count += 1
            time.sleep(0.005)
        return count

    def back_up():
        try:
            for _ in range(BACKUPS):
                known = list(moving.kept)
                made = make_backup(place)
                found.append((known, made))
        finally:
            over.set()

    results = at_once(back_up, *(lambda n=n: write(n) for n in range(WRITERS)))

    assert outcomes(results) == {"ok": WRITERS + 1}
    assert min(results[1:]) > 0
    assert len({len(known) for known, _ in found}) > 1  # they did write meanwhile
    assert [made.problems for _, made in found] == [[]] * BACKUPS
    for known, made in found:
        names = (made.path / "berkas.sha256").read_text()
        assert [name for name in known if name not in names] == []
    first, second = moving.pair
    assert pages_of(first, query) + pages_of(second, query) == TOTAL
    half = pages_of(first, query)
    moving(0)
    assert half + pages_of(second, query) != TOTAL  # the control: two moments do not add up
    known, made = found[-1]
    there = put_back(made, elsewhere())
    both = pages_of(first, query, there.connection) + pages_of(second, query, there.connection)
    assert both == TOTAL


def pages_of(pk, query, where=connection):
    return query(where, f"SELECT pages FROM documents_document WHERE id = {pk}")[0][0]  # noqa: S608


def put_back(made, there):
    from apps.backup.opening import Backup
    from apps.backup.restoring import restore

    done = restore(Backup(made.path), connection=there.connection, storage=there.storage)
    assert done.differences == []
    return there


def test_tidying_between_the_snapshot_and_the_copying_takes_nothing(portal, place):
    """`periksa_berkas --hapus-sisa` and lost uploads: what a snapshot names has a record."""
    from datetime import timedelta

    from django.core.files.base import ContentFile

    leftover = default_storage.save("ab/sisa.pdf", ContentFile(b"tanpa catatan"))

    def tidy():
        keep_file(portal.region, b"setelah saat itu")
        assert remove(compare(grace=timedelta(seconds=-60))) == 1

    made = make_backup(place, after_snapshot=tidy)

    assert not default_storage.exists(leftover)
    assert made.problems == []
    assert made.facts["files"]["count"] == 3
    assert Document.objects.count() == 4


@pytest.mark.skipif("sqlite" in os.environ.get("DATABASE_URL", "sqlite"), reason="PostgreSQL")
def test_a_server_that_ends_idle_transactions_does_not_end_a_backup(bare, place, monkeypatch):
    """pg_dump may take an hour, and the connection that holds its moment rests meanwhile."""
    from apps.backup import postgresql

    dump = postgresql._run

    def slowly(*args):
        time.sleep(0.6)
        return dump(*args)

    monkeypatch.setattr(postgresql, "_run", slowly)
    monkeypatch.setitem(
        connection.settings_dict["OPTIONS"],
        "options",
        "-c idle_in_transaction_session_timeout=200 -c statement_timeout=9000",
    )

    assert make_backup(place).problems == []
    monkeypatch.setattr(postgresql, "LIMITS", ())  # the control
    with pytest.raises(BackupTrouble, match="pg_dump gagal"):
        make_backup(place)
