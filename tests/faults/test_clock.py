"""The clock of the machine jumps, or stands at an edge: order, sessions and days stay right."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.audit.models import Entry
from apps.audit.services import record
from apps.deadlines.queries import local_today
from apps.decrees.codes import own_end
from apps.evidence.services import submit, withdraw
from apps.verification.models import History
from tests.makers import make_plan, make_pokja

NOON = datetime(2026, 3, 12, 5, 0, tzinfo=UTC)
BACK = timedelta(hours=2)


@pytest.mark.django_db
def test_the_log_keeps_the_order_of_events_when_the_clock_jumps_back(regions, operator_makassar):
    with time_machine.travel(NOON, tick=False) as clock:
        for number, moment in enumerate((NOON, NOON - BACK, NOON - BACK + timedelta(minutes=1))):
            clock.move_to(moment)
            record(f"langkah-{number}", regions.bone, actor=operator_makassar)
    told = list(Entry.objects.filter(action__startswith="langkah").values_list("action", flat=True))
    assert told == ["langkah-2", "langkah-1", "langkah-0"]


@pytest.mark.django_db
def test_the_history_of_an_item_as_well(regions, operator_makassar):
    plan = make_plan(make_pokja(regions.makassar), operator_makassar)
    with time_machine.travel(NOON, tick=False) as clock:
        submit(plan, actor=operator_makassar, revision=plan.revision)
        clock.move_to(NOON - BACK)
        withdraw(plan, actor=operator_makassar, revision=plan.revision)
    assert [each.action for each in History.objects.filter(evidence=plan)][:2] == [
        "withdraw",
        "submit",
    ]


@pytest.mark.django_db
def test_a_session_outlives_a_jump_back_and_ends_no_later_for_it(client_of, operator_makassar):
    with time_machine.travel(NOON, tick=False) as clock:
        client = client_of(operator_makassar)
        assert client.get("/tugas/").status_code == 200
        clock.move_to(NOON - BACK)
        assert client.get("/tugas/").status_code == 200
        clock.move_to(NOON + timedelta(hours=12, minutes=1))
        assert client.get("/tugas/").status_code == 302


# The last minutes of 2025 and the first of 2026, minute by minute on a server that counts in UTC.
EVE = datetime(2025, 12, 31, 14, 59, tzinfo=UTC)


@pytest.mark.django_db
def test_today_is_that_of_the_region_in_every_minute_of_the_years_turn(regions, make_region):
    """WIT, WITA and WIB reach the new year at 15.00, 16.00 and 17.00 UTC."""
    places = {
        15: make_region("91", "Papua"),
        16: regions.makassar,
        17: make_region("31", "DKI Jakarta"),
    }
    wrong = []
    for minute in range(123):
        moment = EVE + timedelta(minutes=minute)
        with time_machine.travel(moment, tick=False):
            for hour, region in places.items():
                expected = date(2026, 1, 1) if moment.hour >= hour else date(2025, 12, 31)
                if local_today(region) != expected:
                    wrong.append((moment, region.name))
    assert wrong == []


def test_a_leap_day_is_a_day():
    assert own_end(date(2026, 1, 1), date(2028, 2, 29), "tertulis") == date(2028, 2, 29)
    with time_machine.travel(datetime(2028, 2, 29, 3, 0, tzinfo=UTC), tick=False):
        assert timezone.localdate() == date(2028, 2, 29)
