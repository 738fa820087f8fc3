"""The point for government and other members rests on the seats of the reference date."""

from datetime import date, timedelta

import pytest

from apps.effectiveness.points import facts_for
from apps.effectiveness.queries import assess
from apps.pokja.models import Pokja
from tests.makers import make_pokja
from tests.pokja.seats import START, make_seat

pytestmark = pytest.mark.django_db
ON = date(2025, 12, 31)
DAY = timedelta(days=1)


@pytest.fixture
def pokja(regions):
    return make_pokja(regions.makassar)


def sectors_on(pokja, on):
    rows = Pokja.objects.filter(pk=pokja.pk)
    return facts_for(assess(rows, on.year, on), rows, on.year, on)[pokja.pk].sectors


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        (ON, None, True),
        (ON + DAY, None, False),
        (START, ON, True),
        (START, ON - DAY, False),
        (None, None, True),
    ],
)
def test_a_seat_counts_on_its_first_and_last_day(pokja, first, last, counts):
    make_seat(pokja, sector="media", started_on=first, ended_on=last)
    assert sectors_on(pokja, ON) == ({"media"} if counts else set())


def test_a_vacant_seat_counts_as_a_held_one(pokja):
    make_seat(pokja, sector="komunitas")
    make_seat(pokja, ("Andi", START, date(2025, 6, 30)), sector="pemerintah")
    assert sectors_on(pokja, ON) == {"komunitas", "pemerintah"}


@pytest.mark.parametrize("count", [1, 30])
def test_seats_cost_one_query_however_many(pokja, django_assert_num_queries, count):
    for _ in range(count):
        make_seat(pokja, sector="media")
    rows = Pokja.objects.filter(pk=pokja.pk)
    found = assess(rows, 2025, ON)
    with django_assert_num_queries(4):
        facts_for(found, rows, 2025, ON)
