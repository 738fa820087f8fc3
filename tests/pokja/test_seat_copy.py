"""The members of a new SK begin from those of the SK before, and end those where they stood."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from apps.audit.models import Entry
from apps.pokja.models import Seat
from apps.pokja.seat_copy import differences, follow, row_of, seats_to_follow, state_key
from apps.pokja.seat_importing import RosterChanged
from apps.pokja.seat_services import change_seat
from tests.makers import make_pokja
from tests.pokja.seats import START, make_seat, make_sk, spans
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db


@pytest.fixture
def bone(regions, today):
    return make_pokja(regions.bone, "bone")


@pytest.fixture
def sk(bone):
    return make_sk(bone)


NEW_START = date(2026, 1, 1)
LAST = date(2025, 12, 31)


@pytest.fixture
def old(bone, sk):
    """Two running seats of the SK before, and one that ended long ago."""
    make_seat(bone, ("Lama", START, date(2025, 2, 1)), decree=sk, ended_on=date(2025, 2, 1))
    make_seat(bone, position="Anggota", institution="Bappeda", decree=sk)
    make_seat(bone, ("Andi", START, None), decree=sk)
    return seats_to_follow(list(Seat.objects.all()), NEW_START)


def copy(bone, sk, rows, seen, actor, start=NEW_START, decree=None):
    decree = decree or make_sk(bone, "SK 9/2026", "submitted")
    return follow(bone, decree, before=sk, starts_on=start, rows=rows, seen=seen, actor=actor)


def test_running_seats_are_offered_in_the_order_of_an_annex(old):
    assert [(row_of(seat)["position"], row_of(seat)["name"]) for seat in old] == [
        ("Ketua", "Andi"),
        ("Anggota", ""),
    ]


def test_seats_go_on_under_the_new_sk_and_end_under_the_old(bone, sk, old, operator_bone):
    rows = [row_of(seat) for seat in old]
    made = copy(bone, sk, rows, state_key(old), operator_bone)
    assert [(seat.started_on, seat.previous) for seat in made] == [
        (NEW_START, old[0]),
        (NEW_START, old[1]),
    ]
    assert set(sk.seats.exclude(ended_on=date(2025, 2, 1)).values_list("ended_on")) == {(LAST,)}
    assert (spans(old[0]), spans(made[0])) == (
        [("Andi", START, LAST)],
        [("Andi", NEW_START, None)],
    )
    assert sorted(Entry.objects.values_list("action", flat=True)) == [
        *["Mengakhiri keanggotaan"] * 2,
        *["Menyalin anggota"] * 2,
    ]


def test_the_difference_names_another_holder_a_new_and_a_dropped_post(old):
    rows = [
        row_of(old[0]) | {"name": "Budi", "sector": "komunitas"},
        {
            "position": "Anggota",
            "institution": "Radio",
            "sector": "media",
            "home_post": "",
            "group": "",
            "name": "",
            "source": None,
        },
    ]
    found = differences(rows, old)
    assert [(item.state, item.label) for item in found] == [
        ("berubah", "Ketua, Sekretariat Daerah"),
        ("baru", "Anggota, Radio"),
        ("tidak ada lagi", "Anggota, Bappeda"),
    ]
    assert found[0].changes == [
        ("unsur", "Pemerintah", "Komunitas"),
        ("nama pejabat", "Andi", "Budi"),
    ]


def test_a_roster_that_changed_meanwhile_is_not_copied(bone, sk, old, operator_bone):
    seen = state_key(old)
    change_seat(old[0], actor=operator_bone, revision=1, position="Pengarah")
    with pytest.raises(RosterChanged):
        copy(bone, sk, [row_of(seat) for seat in old], seen, operator_bone)
    assert not Seat.objects.filter(started_on=NEW_START).exists()


def test_a_source_from_elsewhere_is_no_source(bone, sk, old, operator_bone, regions):
    foreign = make_seat(make_pokja(regions.makassar, "mks"))
    made = copy(bone, sk, [row_of(old[0]) | {"source": foreign.pk}], state_key(old), operator_bone)
    assert made[0].previous is None


def test_a_seat_that_began_after_the_new_sk_stops_the_copy(bone, sk, old, operator_bone):
    make_seat(bone, position="Anggota", institution="Baru", decree=sk, started_on=NEW_START)
    with pytest.raises(ValidationError, match="Anggota, Baru baru mulai"):
        copy(bone, sk, [row_of(old[0])], state_key(old), operator_bone)
    assert Seat.objects.filter(ended_on=LAST).count() == 0


@pytest.mark.parametrize("change", [{"name": "NIK 7308010101800001"}, {"sector": "bukan"}])
def test_bad_values_of_a_row_save_nothing(bone, sk, old, operator_bone, change):
    with pytest.raises(ValidationError):
        copy(bone, sk, [row_of(old[0]) | change], state_key(old), operator_bone)
    assert not Seat.objects.filter(ended_on=LAST).exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_copies_at_once_one_is_saved(bone, sk, old, operator_bone):
    rows, seen = [row_of(seat) for seat in old], state_key(old)
    decree = make_sk(bone, "SK 9/2026", "submitted")
    tasks = [lambda: copy(bone, sk, rows, seen, operator_bone, decree=decree)] * 4
    assert outcomes(at_once(*tasks)) == {"ok": 1, "RosterChanged": 3}
    assert decree.seats.count() == 2
