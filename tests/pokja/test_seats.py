"""Seats and who holds them: dates that fit, one holder a day, everything on record."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from apps.audit.models import Entry
from apps.pokja.models import Seat, SeatHolder
from apps.pokja.seat_services import (
    SeatConflict,
    add_seat,
    change_holder,
    change_seat,
    end_seat,
)
from tests.makers import make_pokja
from tests.pokja.seats import SEAT, START, make_seat, make_sk, spans
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db
JUNE = date(2025, 6, 30)
JULY = date(2025, 7, 1)


@pytest.fixture
def bone(regions):
    return make_pokja(regions.bone, "bone")


@pytest.fixture
def seat(bone):
    return make_seat(bone, ("Andi", START, None))


def test_a_new_seat_has_its_sk_and_its_first_holder(bone, operator_bone):
    sk = make_sk(bone)
    seat = add_seat(
        bone, actor=operator_bone, name="Andi", decree=sk, started_on=START, group="Data", **SEAT
    )
    assert (seat.decree, seat.group, spans(seat)) == (sk, "Data", [("Andi", START, None)])
    entry = Entry.objects.get()
    assert (entry.action, entry.after["decree"]) == ("Menambah anggota", "SK 1/2025")
    assert entry.after["holders"] == ["Andi (1 Januari 2025 – sekarang)"]


def test_the_same_seat_sent_twice_stands_once(bone, operator_bone):
    add_seat(bone, actor=operator_bone, name="Andi", started_on=START, **SEAT)
    with pytest.raises(ValidationError, match="sudah ada pada susunan ini"):
        add_seat(
            bone,
            actor=operator_bone,
            name="andi",
            started_on=START,
            **SEAT | {"institution": "Sekretariat daerah"},
        )
    assert Seat.objects.count() == 1


def test_two_people_of_one_institution_differ_by_name(bone, operator_bone):
    for name in ("Andi", "Budi"):
        add_seat(bone, actor=operator_bone, name=name, started_on=START, **SEAT)
    assert Seat.objects.count() == 2


@pytest.mark.parametrize(
    "name", ["Andi NIP 19800101 200501 1 001", "7308010101800001", "Andi 0812-3456-7890"]
)
def test_numbers_of_identity_are_no_part_of_a_name(bone, operator_bone, name):
    with pytest.raises(ValidationError, match="tanpa NIP"):
        add_seat(bone, actor=operator_bone, name=name, **SEAT)
    assert not Seat.objects.exists()


def test_a_new_holder_ends_the_former_on_the_day_before(seat, operator_bone):
    change_holder(seat, actor=operator_bone, revision=1, name="Budi", started_on=JULY)
    assert spans(seat) == [("Andi", START, JUNE), ("Budi", JULY, None)]
    entry = Entry.objects.get()
    assert entry.before["holders"] == ["Andi (1 Januari 2025 – sekarang)"]
    assert entry.after["holders"] == [
        "Andi (1 Januari 2025 – 30 Juni 2025)",
        "Budi (1 Juli 2025 – sekarang)",
    ]


def test_the_first_holder_of_a_vacant_seat(bone, operator_bone):
    seat = make_seat(bone)
    change_holder(seat, actor=operator_bone, revision=1, name="Budi", started_on=JULY)
    assert spans(seat) == [("Budi", JULY, None)]


def test_after_a_vacant_time_the_last_holder_keeps_their_end(bone, operator_bone):
    seat = make_seat(bone, ("Andi", START, date(2025, 3, 31)))
    change_holder(seat, actor=operator_bone, revision=1, name="Budi", started_on=JULY)
    assert spans(seat) == [("Andi", START, date(2025, 3, 31)), ("Budi", JULY, None)]


@pytest.mark.parametrize(
    ("holder", "day", "words"),
    [
        (("Andi", JULY, None), JULY, "Andi tercatat pada 1 Juli 2025"),
        (("Andi", JULY, None), JUNE, "Andi tercatat pada 1 Juli 2025"),
        (("Andi", START, JULY), JULY, "Andi tercatat pada 1 Juli 2025"),
        (("Andi", START, None), date(2024, 12, 31), "Andi tercatat pada 1 Januari 2025"),
    ],
)
def test_two_holders_never_share_a_day(bone, operator_bone, holder, day, words):
    seat = make_seat(bone, holder)
    with pytest.raises(ValidationError, match=words):
        change_holder(seat, actor=operator_bone, revision=1, name="Budi", started_on=day)
    assert spans(seat) == [holder]
    assert Seat.objects.get().revision == 1


def test_nobody_holds_a_seat_before_it_exists(bone, operator_bone):
    seat = make_seat(bone)
    with pytest.raises(ValidationError, match="sebelum kursi ini ada, 1 Januari 2025"):
        change_holder(
            seat, actor=operator_bone, revision=1, name="Budi", started_on=date(2024, 12, 31)
        )


def test_the_database_holds_one_present_holder_for_each_seat(seat):
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatHolder.objects.create(seat=seat, name="Budi", started_on=JULY)


def test_the_end_of_a_seat_is_the_end_of_its_holder(seat, operator_bone):
    end_seat(seat, on=JUNE, actor=operator_bone, revision=1)
    assert Seat.objects.get().ended_on == JUNE
    assert spans(seat) == [("Andi", START, JUNE)]
    assert Entry.objects.get().action == "Mengakhiri keanggotaan"


def test_a_seat_may_last_a_single_day(seat, operator_bone):
    end_seat(seat, on=START, actor=operator_bone, revision=1)
    assert spans(seat) == [("Andi", START, START)]


@pytest.mark.parametrize(
    ("holder", "day", "words"),
    [
        (("Andi", START, None), date(2024, 12, 31), "setelah mulai menjabat, 1 Januari 2025"),
        (("Andi", JULY, None), JUNE, "Andi baru mulai menjabat 1 Juli 2025"),
    ],
)
def test_a_seat_does_not_end_before_it_or_its_holder_begins(
    bone, operator_bone, holder, day, words
):
    seat = make_seat(bone, holder)
    with pytest.raises(ValidationError, match=words):
        end_seat(seat, on=day, actor=operator_bone, revision=1)
    assert Seat.objects.get().ended_on is None


def test_a_correction_moves_the_first_holder_with_the_seat(seat, operator_bone):
    change_seat(
        seat, actor=operator_bone, revision=1, name="Andi R.", position="Wakil", started_on=JUNE
    )
    assert Seat.objects.get().position == "Wakil"
    assert spans(seat) == [("Andi R.", JUNE, None)]


def test_a_seat_does_not_begin_after_its_former_holder(bone, operator_bone):
    seat = make_seat(bone, ("Andi", date(2025, 3, 1), JUNE), ("Budi", JULY, None))
    with pytest.raises(ValidationError, match="Andi tidak dapat menjabat sebelum"):
        change_seat(seat, actor=operator_bone, revision=1, started_on=date(2025, 4, 1))
    assert Seat.objects.get().started_on == START


@pytest.mark.parametrize("change", ["holder", "seat", "end"])
def test_what_somebody_else_changed_meanwhile_is_not_overwritten(seat, operator_bone, change):
    change_seat(seat, actor=operator_bone, revision=1, position="Wakil")
    attempts = {
        "holder": lambda: change_holder(
            seat, actor=operator_bone, revision=1, name="Budi", started_on=JULY
        ),
        "seat": lambda: change_seat(seat, actor=operator_bone, revision=1, position="Anggota"),
        "end": lambda: end_seat(seat, on=JUNE, actor=operator_bone, revision=1),
    }
    with pytest.raises(SeatConflict, match="sudah diubah orang lain"):
        attempts[change]()
    assert (Seat.objects.get().position, spans(seat)) == ("Wakil", [("Andi", START, None)])


def test_members_of_another_region_are_not_changed(seat, operator_makassar):
    with pytest.raises(PermissionDenied):
        change_holder(seat, actor=operator_makassar, revision=1, name="Budi", started_on=JULY)
    assert spans(seat) == [("Andi", START, None)]


@pytest.mark.django_db(transaction=True)
def test_of_many_new_holders_at_once_one_is_recorded(seat, operator_bone):
    def attempt(number):
        return lambda: change_holder(
            Seat.objects.select_related("pokja__region").get(pk=seat.pk),
            actor=operator_bone,
            revision=1,
            name=f"Nama {'ABCDEFGH'[number]}",
            started_on=JULY,
        )

    found = outcomes(at_once(*map(attempt, range(8))))
    assert found == {"ok": 1, "SeatConflict": 7}
    assert [row[1:] for row in spans(seat)] == [(START, JUNE), (JULY, None)]


@pytest.mark.django_db(transaction=True)
def test_of_many_equal_seats_added_at_once_one_stands(bone, operator_bone):
    def attempt():
        return add_seat(bone, actor=operator_bone, name="Andi", started_on=START, **SEAT)

    assert outcomes(at_once(*[attempt] * 6)) == {"ok": 1, "ValidationError": 5}
    assert Seat.objects.count() == 1
