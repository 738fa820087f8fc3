"""Clocks that stop and start: the officer's on submission and return, the province's between."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from apps.deadlines.formula import Span, standing_days
from apps.deadlines.models import LateMark, ServiceTarget
from apps.deadlines.queries import spans_of, standing_of, waits_for
from apps.deadlines.services import PeriodClosed
from apps.evidence.services import (
    cancel,
    open_version,
    return_with_notes,
    submit,
    undo,
    verify,
    withdraw,
)
from apps.verification.models import Evidence
from tests import makers


@contextmanager
def on(month, day, hour=3):
    """10.00 in Jakarta, 11.00 in Makassar unless another hour (UTC) is named."""
    with time_machine.travel(datetime(2026, month, day, hour, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def step(plan, operator_makassar, verifikator_sulsel, koordinator_sulsel):
    """step("send", 3, 31): take a step with the plan on a day of 2026."""
    takes = {
        "send": lambda item: submit(item, actor=operator_makassar, revision=item.revision),
        "withdraw": lambda item: withdraw(item, actor=operator_makassar, revision=item.revision),
        "return": lambda item: return_with_notes(
            item, actor=verifikator_sulsel, revision=item.revision, note="Lengkapi"
        ),
        "undo": lambda item: undo(item, actor=verifikator_sulsel, revision=item.revision),
        "verify": lambda item: verify(item, actor=verifikator_sulsel, revision=item.revision),
        "cancel": lambda item: cancel(
            item, actor=koordinator_sulsel, revision=item.revision, note="Keliru"
        ),
    }

    def take(name, month, day, hour=3, item=plan):
        with on(month, day, hour):
            return takes[name](Evidence.objects.select_related("region").get(pk=item.pk))

    return take


def marks():
    return list(LateMark.objects.order_by("pk").values_list("days", "standing_days"))


# --- late ------------------------------------------------------------------------------------


def test_what_comes_in_time_has_no_mark(step, make_period):
    make_period()
    step("send", 3, 31)
    assert marks() == []


def test_what_comes_late_is_marked_with_its_days(step, make_period):
    make_period()
    sent = step("send", 4, 3)
    assert (sent.late_mark.days, sent.late_mark.due_on) == (3, date(2026, 3, 31))
    assert str(sent.late_mark) == "Terlambat 3 hari"


def test_within_the_grace_there_is_no_mark(step, make_period):
    make_period(grace_until=date(2026, 4, 3))
    step("send", 4, 3)
    assert marks() == []


def test_a_mark_survives_later_edits_of_the_period(step, make_period):
    period = make_period()
    step("send", 4, 3)
    period.due_on = date(2026, 6, 30)
    period.save()
    assert marks() == [(3, 0)]
    period.delete()
    assert marks() == [(3, 0)]


def test_the_day_is_that_of_the_provinces_clock(step, make_period):
    """16.30 UTC on 31 March is half past midnight on 1 April in Makassar."""
    make_period()
    step("send", 3, 31, hour=16)
    assert marks() == [(1, 0)]


def test_what_renews_something_verified_is_not_late(step, plan, make_period, operator_makassar):
    make_period()
    step("send", 3, 1)
    step("verify", 3, 3)
    with on(10, 1):
        draft = open_version(Evidence.objects.get(pk=plan.pk), actor=operator_makassar)
    step("send", 10, 2, item=draft)
    assert marks() == []


def test_a_later_stage_of_a_verified_budget_is_not_late(
    pokja, make_period, operator_makassar, verifikator_sulsel
):
    make_period()
    papers = makers.make_document(pokja.region, operator_makassar)
    with on(2, 1):
        first = makers.make_budget(pokja, operator_makassar, document=papers)
        makers.verified(first, operator_makassar, verifikator_sulsel)
    with on(10, 1):
        second = makers.make_budget(pokja, operator_makassar, document=papers, stage="perubahan")
        submit(second, actor=operator_makassar, revision=second.revision)
    assert marks() == []


# --- the officer's clock ---------------------------------------------------------------------


def test_days_with_the_province_are_given_back(step, plan, make_period):
    """Sent two days before the deadline, returned after it: two days are left again."""
    make_period()
    step("send", 3, 29)
    step("return", 4, 8)
    assert standing_of(plan) == 10
    step("send", 4, 10)
    assert marks() == []


def test_who_takes_longer_than_what_was_left_is_late_by_the_rest(step, make_period):
    make_period()
    step("send", 3, 29)
    step("return", 4, 8)
    step("send", 4, 13)
    assert marks() == [(3, 10)]


def test_a_late_item_that_comes_back_does_not_grow_later_at_the_province(step, make_period):
    make_period()
    step("send", 4, 3)
    step("return", 4, 20)
    step("send", 4, 22)
    assert marks() == [(3, 0), (5, 17)]


def test_every_round_counts(step, plan, make_period):
    make_period()
    step("send", 3, 29)
    step("return", 4, 8)
    step("send", 4, 9)
    step("return", 4, 29)
    assert standing_of(plan) == 30
    step("send", 4, 30)
    assert marks() == []


def test_what_the_officer_withdrew_gives_no_days(step, plan, make_period):
    make_period()
    step("send", 3, 1)
    step("withdraw", 3, 30)
    assert standing_of(plan) == 0
    step("send", 4, 1)
    assert marks() == [(1, 0)]


def test_a_return_that_was_undone_was_none(step, plan, make_period):
    make_period()
    step("send", 3, 29)
    step("return", 4, 8)
    step("undo", 4, 8)
    assert standing_of(plan) == 0
    step("return", 4, 10)
    assert standing_of(plan) == 12


def test_a_cancelled_verification_gives_the_days_since_the_submission(
    step, plan, make_period, operator_makassar
):
    make_period()
    step("send", 3, 30)
    step("verify", 4, 2)
    step("cancel", 4, 20)
    with on(4, 20):
        draft = open_version(Evidence.objects.get(pk=plan.pk), actor=operator_makassar)
    assert standing_of(draft) == 21
    step("send", 4, 21, item=draft)
    assert marks() == []


def test_the_lock_moves_too_for_what_lay_with_the_province(step, plan, make_period):
    make_period(locks_on=date(2026, 3, 31))
    step("send", 3, 30)
    step("return", 4, 10)
    with pytest.raises(PeriodClosed, match="sudah dikunci setelah 11 April 2026"):
        step("send", 4, 12)
    step("send", 4, 11)
    plan.refresh_from_db()
    assert plan.status == "submitted"


class Makassar:
    timezone_label = "WITA"


@given(st.lists(st.integers(0, 30), min_size=2, max_size=12))
def test_standing_days_are_the_gaps_between_sending_and_return(gaps):
    """Whatever the rhythm: what lies between is either the officer's or the province's."""
    moment, steps = datetime(2026, 1, 5, 3, tzinfo=UTC), []
    for at, gap in enumerate(gaps):
        moment += timedelta(days=gap)
        steps.append(("submit", moment, "submitted") if at % 2 == 0 else ("return", moment, ""))
    held = standing_days(spans_of(steps, Makassar))
    assert held == sum(gap for at, gap in enumerate(gaps) if at % 2 == 1)


def test_an_accepted_objection_makes_one_stay_of_two():
    """Returned on the 10th, put back into the queue on the 12th: it had not come back at all."""
    day = [datetime(2026, 3, n, 3, tzinfo=UTC) for n in range(1, 31)]
    steps = [
        ("submit", day[4], "submitted"),
        ("return", day[9], "returned"),
        ("requeue", day[11], "submitted"),
        ("return", day[19], "returned"),
    ]
    assert spans_of(steps, Makassar) == [Span(date(2026, 3, 5), date(2026, 3, 20))]


# --- the province's clock --------------------------------------------------------------------


def wait_on(plan, month, day, hour=3):
    item = Evidence.objects.select_related("region__province").get(pk=plan.pk)
    now = datetime(2026, month, day, hour, tzinfo=UTC)
    return waits_for([item], now).get(item.pk)


def test_the_province_is_counted_in_working_days(step, plan, holiday):
    for day in (18, 19, 20, 23, 24):
        holiday(date(2026, 3, day))
    step("send", 3, 17)  # a Tuesday; then Nyepi and Idul Fitri
    wait = wait_on(plan, 3, 24)
    assert (wait.days, wait.is_over, wait.words) == (
        0,
        False,
        "Menunggu kurang dari 1 hari kerja, target 3",
    )
    assert wait_on(plan, 3, 27).days == 3
    assert wait_on(plan, 3, 28).is_over is False
    wait = wait_on(plan, 3, 30)
    assert (wait.days, wait.is_over, wait.words) == (4, True, "Menunggu 4 hari kerja, target 3")


def test_the_province_clock_starts_on_its_own_day(step, plan):
    """Friday 23.30 in Jakarta is Saturday in Makassar: Monday is the first day all the same."""
    step("send", 3, 6, hour=16)
    assert wait_on(plan, 3, 9).days == 1


def test_the_clock_stops_with_the_decision_and_starts_with_the_next_sending(step, plan):
    step("send", 3, 2)
    step("return", 3, 9)
    assert wait_on(plan, 3, 20) is None
    step("send", 3, 16)
    assert wait_on(plan, 3, 17).days == 1


def test_the_target_is_that_of_the_province(step, plan, regions):
    ServiceTarget.objects.create(province=regions.sulsel, days=1)
    step("send", 3, 2)
    assert wait_on(plan, 3, 4).is_over is True


def test_waits_cost_two_queries_and_none_where_nothing_waits(step, plan, django_assert_num_queries):
    step("send", 3, 2)
    items = list(Evidence.objects.select_related("region__province"))
    with django_assert_num_queries(2):
        waits_for(items)
    with django_assert_num_queries(0):
        assert waits_for([]) == {}
