"""Who sits in a Pokja on a day, in which order, and whether all sectors are there."""

from datetime import date, timedelta

import pytest

from apps.pokja.models import RosterRequirement, Seat, SeatHolder
from apps.pokja.roster import grouped, roster, seats_of
from apps.pokja.seat_words import POSITIONS, position_rank
from apps.pokja.sectors import (
    institutions_of,
    load_roster_requirements,
    needs_of,
    sector_counts,
)
from tests.makers import make_pokja
from tests.pokja.seats import START, make_seat, make_sk

pytestmark = pytest.mark.django_db
END = date(2025, 12, 31)
DAY = timedelta(days=1)


@pytest.fixture
def pokja(regions):
    return make_pokja(regions.makassar)


def names_on(pokja, user, day):
    return [
        (place.seat.position, place.holder and place.holder.name)
        for place in roster(seats_of(pokja, user), day)
    ]


@pytest.mark.parametrize(
    ("day", "there"),
    [(START - DAY, False), (START, True), (END, True), (END + DAY, False)],
)
def test_a_seat_is_there_from_its_first_to_its_last_day(pokja, admin, day, there):
    make_seat(pokja, ("Andi", START, END), ended_on=END)
    assert names_on(pokja, admin, day) == ([("Ketua", "Andi")] if there else [])
    assert Seat.objects.held_on(day).exists() is there


def test_open_ends_are_open(pokja, admin):
    make_seat(pokja, ("Andi", None, None), started_on=None)
    assert names_on(pokja, admin, date(1990, 1, 1)) == [("Ketua", "Andi")]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 6, 30), "Andi"),
        (date(2025, 7, 1), None),
        (date(2025, 8, 31), None),
        (date(2025, 9, 1), "Budi"),
    ],
)
def test_the_holder_is_that_of_the_day(pokja, admin, day, name):
    make_seat(pokja, ("Andi", START, date(2025, 6, 30)), ("Budi", date(2025, 9, 1), None))
    assert names_on(pokja, admin, day) == [("Ketua", name)]


def test_positions_stand_in_the_order_of_an_annex(pokja, admin):
    for position in (
        "Anggota",
        "Juru tulis",
        "Sekretaris II",
        "Ketua I",
        "Wakil Ketua",
        "PENGARAH",
    ):
        make_seat(pokja, position=position)
    assert [position for position, _ in names_on(pokja, admin, START)] == [
        "PENGARAH",
        "Ketua I",
        "Wakil Ketua",
        "Sekretaris II",
        "Anggota",
        "Juru tulis",
    ]


def test_known_positions_keep_their_order():
    assert [position_rank(word) for word in POSITIONS] == list(range(len(POSITIONS)))


def test_groups_follow_those_of_the_whole_pokja(pokja, admin):
    for group in ("Bidang Data", "", "Bidang Advokasi", "bidang data"):
        make_seat(pokja, group=group)
    groups = grouped(roster(seats_of(pokja, admin), START))
    assert [(group.name, len(group.places)) for group in groups] == [
        ("", 1),
        ("Bidang Data", 2),
        ("Bidang Advokasi", 1),
    ]


def test_the_history_of_a_post_reaches_back_over_its_sk(pokja, admin):
    old = make_seat(
        pokja,
        ("Andi", START, date(2025, 6, 30)),
        ("Budi", date(2025, 7, 1), END),
        ended_on=END,
    )
    make_seat(pokja, ("Budi", END + DAY, None), started_on=END + DAY, previous=old)
    place = roster(seats_of(pokja, admin), END + DAY)[0]
    assert [(row.name, row.started_on, row.ended_on) for row in place.history] == [
        ("Budi", date(2025, 7, 1), None),
        ("Andi", START, date(2025, 6, 30)),
    ]
    assert [row.name for row in place.earlier] == ["Andi"]


def test_a_circle_of_seats_ends_the_walk(pokja, admin):
    one = make_seat(pokja, ("Andi", START, None))
    two = make_seat(pokja, previous=one)
    Seat.objects.filter(pk=one.pk).update(previous=two)
    assert [len(place.history) for place in roster(seats_of(pokja, admin), START)] == [1, 1]


# --- who may see what ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "shown"), [("verified", 2), ("submitted", 1), ("draft", 1), ("cancelled", 1)]
)
def test_an_observer_sees_seats_of_verified_sk_and_those_without(
    pokja, pengamat_makassar, operator_makassar, status, shown
):
    make_seat(pokja, ("Andi", START, None), decree=make_sk(pokja, status=status))
    make_seat(pokja, ("Budi", START, None))
    assert len(seats_of(pokja, pengamat_makassar)) == shown
    assert SeatHolder.objects.for_user(pengamat_makassar).count() == shown
    assert len(seats_of(pokja, operator_makassar)) == 2


def test_an_observer_who_is_an_operator_elsewhere_sees_both(make_user, regions, pengamat_makassar):
    from apps.accounts.models import Assignment

    Assignment.objects.create(user=pengamat_makassar, role="operator", region=regions.bone)
    for region in (regions.makassar, regions.bone):
        pokja = make_pokja(region, code=region.code)
        make_seat(pokja, decree=make_sk(pokja, status="draft"))
    from apps.accounts.models import User

    user = User.objects.get(pk=pengamat_makassar.pk)
    assert [seat.pokja.region for seat in Seat.objects.for_user(user)] == [regions.bone]


# --- sectors ---------------------------------------------------------------------------------


def test_all_five_sectors_are_counted_in_their_order(pokja):
    for sector in ("media", "pemerintah", "pemerintah", "pemerintah"):
        make_seat(pokja, sector=sector)
    found = sector_counts(Seat.objects.all())
    assert [(item.label, item.count, item.share) for item in found] == [
        ("Pemerintah", 3, 100),
        ("Perguruan tinggi", 0, 0),
        ("Dunia usaha", 0, 0),
        ("Komunitas", 0, 0),
        ("Media", 1, 33),
    ]
    assert [bool(item.invite) for item in found] == [False, True, True, True, False]


def test_no_seat_at_all_divides_by_nothing():
    assert {item.count for item in sector_counts([])} == {0}


def test_an_institution_counts_once_however_it_is_written(pokja):
    seats = [Seat(institution=name) for name in ("Bappeda", "BAPPEDA ", "Dinas P3A", "Dinas P-3-A")]
    assert len(institutions_of(seats)) == 2


def test_the_two_sectors_of_the_indicator_are_loaded_once_and_stay_as_edited():
    assert load_roster_requirements() == 2
    RosterRequirement.objects.filter(code="nonpemerintah").update(is_active=False)
    assert load_roster_requirements() == 0
    assert list(RosterRequirement.objects.values_list("sector", "is_active")) == [
        ("pemerintah", True),
        ("nonpemerintah", False),
    ]


def test_needs_name_what_is_missing(pokja):
    load_roster_requirements()
    RosterRequirement.objects.create(
        code="bappeda", label="Bappeda", institution="Bappeda; Bapperida", order=5
    )
    RosterRequirement.objects.create(
        code="tpps", label="Dinkes", institution="Kesehatan", kind="stunting"
    )
    seats = [make_seat(pokja, institution="BAPPERIDA Kota Makassar")]
    needs = [(need.rule.label, need.is_met) for need in needs_of(pokja, seats)]
    assert needs == [("Pemerintah", True), ("Nonpemerintah", False), ("Bappeda", True)]
