"""Working days and deadlines, as pure rules over any dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.deadlines.formula import (
    Deadline,
    Span,
    add_working_days,
    is_working_day,
    median_days,
    standing_days,
    working_days,
)

DAY = timedelta(days=1)
days = st.dates(date(2024, 11, 1), date(2028, 3, 1))
free_days = st.frozensets(st.dates(date(2024, 12, 1), date(2028, 1, 31)), max_size=40)
# The end of 2025 and the beginning of 2026 as three ministers decreed them.
NEW_YEAR = frozenset({date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)})
IDUL_FITRI = frozenset(date(2026, 3, day) for day in (18, 19, 20, 21, 22, 23, 24))


def counted(start, end, free):
    """The same by walking every day: what the formula must agree with."""
    walked = (start + DAY * n for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, free) for day in walked)


@given(days, days, free_days)
def test_working_days_are_those_one_counts_on_a_calendar(start, end, free):
    assert working_days(start, end, free) == counted(start, end, free)


@given(days, days, days, free_days)
def test_working_days_add_up_over_any_day_between(first, second, third, free):
    first, second, third = sorted((first, second, third))
    whole = working_days(first, third, free)
    assert whole == working_days(first, second, free) + working_days(second, third, free)


@given(days, st.integers(0, 120), free_days)
def test_adding_working_days_comes_to_the_day_on_which_they_have_passed(start, count, free):
    end = add_working_days(start, count, free)
    assert working_days(start, end, free) == count
    assert count == 0 or is_working_day(end, free)


@given(days, days, free_days, free_days)
def test_a_further_holiday_never_makes_a_wait_longer(start, end, free, more):
    assert working_days(start, end, free | more) <= working_days(start, end, free)


@pytest.mark.parametrize(
    ("start", "end", "free", "expected"),
    [
        (date(2026, 3, 6), date(2026, 3, 9), frozenset(), 1),  # Friday to Monday
        (date(2026, 3, 7), date(2026, 3, 8), frozenset(), 0),  # Saturday to Sunday
        (date(2026, 3, 9), date(2026, 3, 9), frozenset(), 0),
        (date(2026, 3, 10), date(2026, 3, 9), frozenset(), 0),
        (date(2025, 12, 24), date(2026, 1, 5), NEW_YEAR, 5),  # 29, 30, 31, 2 and 5
        (date(2026, 3, 17), date(2026, 3, 25), IDUL_FITRI, 1),
    ],
)
def test_working_days_over_weekends_the_new_year_and_idul_fitri(start, end, free, expected):
    assert working_days(start, end, free) == expected


def test_a_list_without_working_days_is_told_and_does_not_run_on():
    free = frozenset(date(2026, 1, 1) + DAY * n for n in range(500))
    with pytest.raises(ValueError, match="tidak menyisakan hari kerja"):
        add_working_days(date(2026, 1, 1), 1, free)


# --- deadlines -------------------------------------------------------------------------------


@st.composite
def deadlines(draw):
    opens = draw(days)
    due = opens + DAY * draw(st.integers(0, 90))
    grace = draw(st.none() | st.integers(0, 20))
    grace = None if grace is None else due + DAY * grace
    lock = draw(st.none() | st.integers(0, 60))
    lock = None if lock is None else (grace or due) + DAY * lock
    reopened = draw(st.none() | days)
    return Deadline(opens, due, grace, lock, reopened, "WITA")


ORDER = ["upcoming", "open", "grace", "late", "locked"]


@given(deadlines(), days, st.integers(0, 200))
def test_states_only_go_forward(deadline, day, later):
    closed = Deadline(deadline.opens_on, deadline.due_on, deadline.grace_until, deadline.locks_on)
    states = [ORDER.index(closed.state(day)), ORDER.index(closed.state(day + DAY * later))]
    assert states == sorted(states)


@given(deadlines(), days)
def test_nothing_is_late_before_the_due_day_or_within_the_grace(deadline, day):
    late = deadline.late_days(day)
    in_time = day <= (deadline.grace_until or deadline.due_on)
    assert (late == 0) if in_time else (late == (day - deadline.due_on).days > 0)


@given(deadlines(), days)
def test_a_reopened_region_may_send_until_its_day(deadline, day):
    if deadline.reopened_until and deadline.is_past_lock(day) and day >= deadline.opens_on:
        assert deadline.takes(day) == (day <= deadline.reopened_until)


@given(deadlines(), days, st.integers(0, 60))
def test_days_with_the_province_move_every_end_and_make_nobody_later(deadline, day, count):
    moved = deadline.shifted(count)
    assert moved.days_left(day) == deadline.days_left(day) + count
    assert moved.late_days(day) <= deadline.late_days(day)
    assert moved.opens_on == deadline.opens_on
    assert moved.shifted(0) == moved


@pytest.mark.parametrize(
    ("day", "state", "late"),
    [
        (date(2026, 1, 1), "upcoming", 0),
        (date(2026, 1, 2), "open", 0),
        (date(2026, 3, 31), "open", 0),
        (date(2026, 4, 7), "grace", 0),
        (date(2026, 4, 8), "late", 8),
        (date(2026, 4, 30), "late", 30),
        (date(2026, 5, 1), "locked", 31),
    ],
)
def test_each_day_of_a_period_counts_to_its_end(day, state, late):
    deadline = Deadline(
        date(2026, 1, 2), date(2026, 3, 31), date(2026, 4, 7), date(2026, 4, 30), zone="WIT"
    )
    assert (deadline.state(day), deadline.late_days(day)) == (state, late)


def test_stays_with_the_province_are_added():
    spans = [Span(date(2026, 3, 2), date(2026, 3, 12)), Span(date(2026, 3, 13), date(2026, 3, 13))]
    assert standing_days(spans) == 10


def test_the_median_of_an_even_number_is_between_the_two():
    assert median_days([1, 2, 3, 9]) == 2.5
    assert median_days([]) is None
