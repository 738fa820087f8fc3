"""Which deadline holds for whom: the most specific, on the clock of the province."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from apps.deadlines.models import PERIOD_KINDS, Period, PeriodSwitch, Reopening, ServiceTarget
from apps.deadlines.queries import (
    deadline_of,
    deadlines_for,
    holding,
    local_today,
    target_days,
)
from apps.deadlines.services import PeriodClosed, require_open

PLACES = [(kind, province) for kind in ("budget", "") for province in (73, None)]


@given(st.sets(st.sampled_from([*PLACES, ("decree", 73), ("budget", 63)])))
def test_the_most_specific_period_wins(present):
    """Province and kind, then province, then kind, then all; others never."""
    order = [("budget", 73), ("", 73), ("budget", None), ("", None)]
    expected = next((place for place in order if place in present), None)
    assert holding({place: place for place in present}, "budget", 73) == expected


def test_each_kind_and_region_gets_its_own(regions, make_period):
    make_period(date(2026, 3, 31))
    make_period(date(2026, 4, 30), kind="budget")
    make_period(date(2026, 5, 31), province=regions.sulsel)
    found = deadlines_for(2026, [regions.makassar, regions.banjarmasin])
    due = {key: deadline.due_on.month for key, deadline in found.items()}
    assert due == {
        **{(kind, regions.makassar.pk): 5 for kind in PERIOD_KINDS},
        **{(kind, regions.banjarmasin.pk): 3 for kind in PERIOD_KINDS},
        ("budget", regions.banjarmasin.pk): 4,
    }
    assert found["decree", regions.banjarmasin.pk].zone == "WITA"


def test_no_period_means_no_deadline_and_everything_is_taken(regions):
    assert deadlines_for(2026, [regions.makassar]) == {}
    assert require_open("budget", 2026, regions.makassar) is None


def test_deadlines_of_many_regions_cost_three_queries(
    regions, make_period, make_region, django_assert_num_queries
):
    make_period()
    many = [make_region(f"73.{n:02}", f"Kabupaten {n}", regions.sulsel) for n in range(10, 30)]
    with django_assert_num_queries(3):
        assert len(deadlines_for(2026, [*many, regions.banjarmasin])) == 21 * 4


# --- the order of the dates ------------------------------------------------------------------

WRONG = {
    "Batas pengisian tidak boleh sebelum tanggal dibuka.": {"opens_on": date(2026, 4, 1)},
    "Masa tenggang tidak boleh sebelum batas pengisian.": {"grace_until": date(2026, 3, 30)},
    "Tanggal kunci tidak boleh sebelum batas pengisian atau masa tenggang.": {
        "locks_on": date(2026, 3, 30)
    },
}


@pytest.mark.parametrize(("sentence", "dates"), WRONG.items())
def test_dates_in_the_wrong_order_are_told_and_the_database_refuses_them(db, sentence, dates):
    dates = {"opens_on": date(2026, 1, 2)} | dates
    period = Period(year=2026, due_on=date(2026, 3, 31), **dates)
    with pytest.raises(ValidationError) as caught:
        period.full_clean()
    assert sentence in caught.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        period.save()


def test_a_lock_before_the_end_of_the_grace_is_refused(make_period):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_period(grace_until=date(2026, 4, 7), locks_on=date(2026, 4, 6))


def test_a_year_and_kind_has_one_period_in_a_place(regions, make_period):
    make_period(kind="budget")
    make_period(kind="budget", province=regions.sulsel)
    for province in (None, regions.sulsel):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_period(kind="budget", province=province)


# --- whose midnight --------------------------------------------------------------------------


def test_the_last_day_ends_at_the_provinces_midnight(make_region, make_period):
    """31 March 23.59 in Papua is 21.59 in Jakarta: two hours of the same day differ."""
    papua, aceh = make_region("91", "Papua"), make_region("11", "Aceh")
    make_period(locks_on=date(2026, 3, 31))
    for moment, open_in in (
        (datetime(2026, 3, 31, 14, 59, tzinfo=UTC), {"WIT", "WIB"}),
        (datetime(2026, 3, 31, 15, 0, tzinfo=UTC), {"WIB"}),
        (datetime(2026, 3, 31, 16, 59, tzinfo=UTC), {"WIB"}),
        (datetime(2026, 3, 31, 17, 0, tzinfo=UTC), set()),
    ):
        taken = set()
        for region in (papua, aceh):
            deadline = deadline_of("decree", 2026, region)
            if deadline.takes(local_today(region, moment)):
                taken.add(deadline.zone)
        assert taken == open_in, moment


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)))
def test_papua_is_never_behind_aceh(moment):
    class Papua:
        timezone_label = "WIT"

    class Aceh:
        timezone_label = "WIB"

    ahead = (local_today(Papua, moment) - local_today(Aceh, moment)).days
    assert ahead == (moment.hour in (15, 16))


# --- closed ----------------------------------------------------------------------------------


@time_machine.travel(datetime(2026, 4, 1, 2, tzinfo=UTC), tick=False)
def test_a_locked_period_tells_since_when_and_whom_to_ask(regions, make_period):
    make_period(locks_on=date(2026, 3, 31))
    with pytest.raises(PeriodClosed) as caught:
        require_open("budget", 2026, regions.makassar)
    assert str(caught.value) == (
        "Anggaran 2026 untuk Kota Makassar sudah dikunci setelah 31 Maret 2026 pukul 23.59 WITA, "
        "jadi belum dapat dikirim. Draf Anda tetap tersimpan. Mintalah koordinator provinsi "
        "membuka kembali."
    )


@time_machine.travel(datetime(2025, 12, 30, 2, tzinfo=UTC), tick=False)
def test_a_period_that_has_not_begun_tells_when_it_does(regions, make_period):
    make_period()
    with pytest.raises(PeriodClosed, match="Pengisian SK 2026 dibuka 2 Januari 2026"):
        require_open("decree", 2026, regions.makassar)


def switch(regions, number, locked, day):
    PeriodSwitch.objects.create(
        province=regions.sulsel,
        year=2026,
        kind="budget",
        number=number,
        is_locked=locked,
        day=day,
        reason="Uji",
    )


def test_a_lock_by_hand_holds_from_its_day_and_for_its_kind_and_province(regions, make_period):
    make_period(locks_on=date(2026, 6, 30))
    switch(regions, 1, True, date(2026, 3, 12))
    found = deadlines_for(2026, [regions.makassar, regions.banjarmasin])
    day = date(2026, 3, 12)
    assert found["budget", regions.makassar.pk].state(day) == "locked"
    assert found["decree", regions.makassar.pk].state(day) == "open"
    assert found["budget", regions.banjarmasin.pk].state(day) == "open"


def test_an_unlock_takes_back_a_lock_by_hand_and_the_date_to_come_stays(regions, make_period):
    make_period(locks_on=date(2026, 6, 30))
    switch(regions, 1, True, date(2026, 3, 12))
    switch(regions, 2, False, date(2026, 3, 20))
    deadline = deadline_of("budget", 2026, regions.makassar)
    assert deadline.takes(date(2026, 3, 20))
    assert not deadline.takes(date(2026, 7, 1))


def test_an_unlock_after_the_date_opens_the_period_again(regions, make_period):
    make_period(locks_on=date(2026, 6, 30))
    switch(regions, 1, False, date(2026, 7, 5))
    assert deadline_of("budget", 2026, regions.makassar).state(date(2026, 7, 5)) == "late"


def test_a_reopening_is_for_its_region_and_kind_until_its_day(regions, make_period):
    make_period(locks_on=date(2026, 4, 30))
    Reopening.objects.create(
        region=regions.bone, year=2026, kind="budget", until=date(2026, 5, 10), reason="Banjir"
    )
    found = deadlines_for(2026, [regions.bone, regions.makassar])
    day = date(2026, 5, 10)
    taken = {key for key, deadline in found.items() if deadline.takes(day)}
    assert taken == {("budget", regions.bone.pk)}
    assert not found["budget", regions.bone.pk].takes(date(2026, 5, 11))


# --- targets ---------------------------------------------------------------------------------


def test_a_province_has_its_own_target_and_the_others_the_default(regions):
    assert target_days(regions.makassar) == 3
    ServiceTarget.objects.create(days=4)
    ServiceTarget.objects.create(province=regions.sulsel, days=2)
    assert target_days(regions.makassar) == 2
    assert target_days(regions.banjarmasin) == 4
    assert target_days(regions.sulsel) == 4  # judged by the national office


def test_there_is_one_default_target(db):
    ServiceTarget.objects.create(days=4)
    with pytest.raises(ValidationError, match="sudah ada"):
        ServiceTarget(days=5).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceTarget.objects.create(days=5)
