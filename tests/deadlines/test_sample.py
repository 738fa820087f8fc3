"""The sample shows every state of a deadline, on whatever day it is made."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.deadlines.models import Period
from apps.deadlines.queries import deadlines_for
from apps.exchange.sample.periods import add_periods, quarter_end


@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)))
def test_a_quarter_ends_on_its_last_day(day):
    end = quarter_end(day)
    assert day <= end < day + timedelta(days=92)
    assert (end + timedelta(days=1)).day == 1
    assert (end.month - 1) // 3 == (day.month - 1) // 3


@pytest.fixture
def places(regions, make_region):
    kalteng, sultra = make_region("62", "Kalimantan Tengah"), make_region("74", "Sultra")
    return {
        "open": regions.bone,
        "grace": regions.banjarmasin,
        "late": make_region("62.10", "Kabupaten Gunung Mas", kalteng),
        "locked": make_region("74.12", "Kabupaten Konawe Kepulauan", sultra),
    }


@pytest.mark.parametrize(
    "today", [date(2026, 1, 1), date(2026, 2, 28), date(2026, 12, 31), date(2028, 2, 29)]
)
def test_each_state_can_be_seen_on_any_day(places, koordinator_sulsel, pusat, today):
    add_periods({"koordinator.sulsel": koordinator_sulsel, "pusat": pusat}, today)
    found = deadlines_for(today.year, places.values())
    states = {name: found["budget", region.pk].state(today) for name, region in places.items()}
    assert states == {name: name for name in places}
    assert found["work_plan", places["locked"].pk].is_reopened(today)
    last = deadlines_for(today.year - 1, [places["open"]])
    assert last["decree", places["open"].pk].state(today) == "locked"
    assert last["budget", places["open"].pk].is_reopened(today)
    assert Period.objects.count() == 6
