"""Opening and closing: off at first, pinned editions, one of two people at once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from apps.audit.models import Entry
from apps.core.errors import Conflict
from apps.effectiveness.closing import close_again, reopen
from apps.evidence.services import cancel
from apps.open_data.models import Publication
from apps.open_data.publishing import PublishingRefused, publish, publish_anew, withdraw
from apps.open_data.queries import publication_for, released_rows, revised_since
from tests.open_data.conftest import CONTACT
from tests.rivals import at_once, outcomes


def rows(publication):
    return [(item.code, item.met) for item in released_rows(publication)]


def changed(book, world, koordinator):
    """Bone reopened, its SK cancelled, and closed again as the second edition."""
    held = reopen(
        book, world.bone.region, reason="Keliru", until=date(2026, 4, 1), actor=koordinator
    )
    world.signed.refresh_from_db()
    cancel(world.signed, actor=koordinator, revision=world.signed.revision, note="Keliru")
    close_again(held, actor=koordinator)


def test_nothing_is_open_before_somebody_opens_it(book):
    assert publication_for("73", 2025) is None


def test_what_was_opened_holds_the_rows_of_the_book_and_is_on_record(opened):
    assert rows(opened) == [("7308-bk", 1), ("7371-bk", 4)]
    entry = Entry.objects.filter(action="Membuka data untuk umum").get()
    assert (entry.region_id, entry.role, entry.reason) == (
        opened.province_id,
        "coordinator",
        "Rapat tertutup",
    )


def test_a_contact_is_needed(book, koordinator_sulsel):
    with pytest.raises(PublishingRefused, match="Tulis kontak"):
        publish(book, contact="  ", actor=koordinator_sulsel)
    assert not Publication.objects.exists()


def test_a_region_closed_again_leaves_what_was_opened_as_it_was(
    opened, book, world, koordinator_sulsel
):
    changed(book, world, koordinator_sulsel)
    assert rows(opened) == [("7308-bk", 1), ("7371-bk", 4)]
    assert revised_since(opened) == {world.bone.region_id}


def test_a_region_open_again_moves_nothing(opened, book, world, koordinator_sulsel):
    reopen(
        book, world.bone.region, reason="Keliru", until=date(2026, 4, 1), actor=koordinator_sulsel
    )
    world.signed.refresh_from_db()
    cancel(world.signed, actor=koordinator_sulsel, revision=world.signed.revision, note="Keliru")
    assert rows(opened) == [("7308-bk", 1), ("7371-bk", 4)]
    assert revised_since(opened) == set()


def test_the_newest_editions_take_the_place_of_the_older_ones(
    opened, book, world, koordinator_sulsel
):
    changed(book, world, koordinator_sulsel)
    done = publish_anew(opened, contact=CONTACT, actor=koordinator_sulsel)
    opened.refresh_from_db()
    assert publication_for("73", 2025) == done
    assert rows(done) == [("7308-bk", 0), ("7371-bk", 4)]
    assert (opened.withdrawal_reason, opened.withdrawn_by) == (
        "Diganti terbitan baru.",
        koordinator_sulsel,
    )


def test_the_same_editions_are_not_published_anew(opened, koordinator_sulsel):
    with pytest.raises(PublishingRefused, match="edisi terakhir"):
        publish_anew(opened, contact=CONTACT, actor=koordinator_sulsel)
    assert publication_for("73", 2025) == opened


def test_closing_takes_a_reason_and_stays_on_record(opened, koordinator_sulsel):
    with pytest.raises(PublishingRefused, match="Tulis alasan"):
        withdraw(opened, reason=" ", actor=koordinator_sulsel)
    withdraw(opened, reason="Ada kekeliruan", actor=koordinator_sulsel)
    assert publication_for("73", 2025) is None
    assert Entry.objects.get(action="Menutup data untuk umum").reason == "Ada kekeliruan"


def test_what_is_closed_already_is_told(opened, koordinator_sulsel):
    withdraw(opened, reason="Keliru", actor=koordinator_sulsel)
    with pytest.raises(Conflict, match="sudah ditutup atau diganti oleh Koordinator Sulsel"):
        withdraw(opened, reason="Keliru", actor=koordinator_sulsel)


def test_the_database_refuses_a_second_standing_one_and_an_end_without_a_reason(opened):
    same = {"province": opened.province, "year": 2025, "closing": opened.closing, "contact": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(**same)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(**same, withdrawn_at=opened.published_at)


@pytest.mark.django_db(transaction=True)
def test_of_four_who_open_at_once_one_does_and_the_others_are_told(book, koordinator_sulsel, pusat):
    def task(person):
        return lambda: publish(book, contact=CONTACT, actor=person)

    results = at_once(*[task(person) for person in (koordinator_sulsel, pusat) * 2])
    assert outcomes(results) == {"ok": 1, "Conflict": 3}
    assert Publication.objects.count() == 1
    assert Entry.objects.filter(action="Membuka data untuk umum").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_who_close_at_once_one_does_and_the_others_are_told(
    opened, koordinator_sulsel, pusat
):
    def task(person):
        return lambda: withdraw(Publication.objects.get(), reason="Keliru", actor=person)

    results = at_once(*[task(person) for person in (koordinator_sulsel, pusat) * 2])
    assert outcomes(results) == {"ok": 1, "Conflict": 3}
    assert Entry.objects.filter(action="Menutup data untuk umum").count() == 1
