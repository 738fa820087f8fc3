"""Many writers at once: nobody waits for another's transaction, and the chain misses nobody."""

import threading

import pytest
from django.db import connection, transaction

from apps.audit.chain import link_everything
from apps.audit.checking import check
from apps.audit.models import Entry, Head, Link
from apps.audit.services import record
from tests.rivals import at_once, outcomes

WRITERS, EACH = 8, 5


@pytest.mark.django_db(transaction=True)
def test_every_entry_of_many_writers_gets_one_link(regions, operator_bone):
    def write():
        for number in range(EACH):
            with transaction.atomic():
                record(f"Uji {number}", regions.bone, actor=operator_bone)
        return True

    assert outcomes(at_once(*[write] * WRITERS)) == {"ok": WRITERS}
    link_everything()  # what found the chain busy and had nobody after it
    assert list(Link.objects.values_list("seq", flat=True)) == list(range(1, WRITERS * EACH + 1))
    assert Link.objects.values("entry").distinct().count() == Entry.objects.count()
    assert check().faults == []


@pytest.mark.django_db(transaction=True)
def test_linkers_at_once_lengthen_one_chain(regions, operator_bone):
    Entry.objects.bulk_create(
        Entry(action="Uji", object_type="x.y", object_id=str(number)) for number in range(300)
    )
    assert sum(at_once(*[link_everything] * 4)) == 300
    assert Head.objects.get().seq == 300
    assert check().faults == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time anyway")
def test_a_long_transaction_holds_up_no_other(regions, operator_bone):
    inside, done = threading.Event(), threading.Event()

    def long():
        with transaction.atomic():
            record("Lama", regions.bone, actor=operator_bone)
            inside.set()
            assert done.wait(timeout=30)
        return True

    def quick():
        assert inside.wait(timeout=30)
        record("Cepat", regions.bone, actor=operator_bone)
        linked = list(Link.objects.values_list("entry__action", flat=True))
        done.set()
        return linked

    assert at_once(long, quick) == [True, ["Cepat"]]
    assert list(Link.objects.values_list("entry__action", flat=True)) == ["Cepat", "Lama"]
    assert check().faults == []
