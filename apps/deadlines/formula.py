"""Deadlines and working days: pure rules, no Django (spec section 4).

Every date of a deadline is a whole day: it ends at 23.59 on the clock of the province's zone.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median

DAY = timedelta(days=1)
SATURDAY = 5
LONGEST_BREAK = 400  # days in a row without work; more is a mistake in the list of holidays

UPCOMING, OPEN, GRACE, LATE, LOCKED = "upcoming", "open", "grace", "late", "locked"


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Monday to Friday, and neither a national holiday nor joint leave."""
    return day.weekday() < SATURDAY and day not in holidays


def working_days(start: date, end: date, holidays: frozenset[date]) -> int:
    """Working days after ``start`` up to and including ``end``; 0 where end is not later.

    What comes in on Friday and is answered on Monday has waited one day, on the same day none.
    """
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, 7)
    tail = (end - DAY * offset for offset in range(rest))
    weekdays = 5 * weeks + sum(day.weekday() < SATURDAY for day in tail)
    return weekdays - sum(start < day <= end and day.weekday() < SATURDAY for day in holidays)


def add_working_days(start: date, days: int, holidays: frozenset[date]) -> date:
    """The day on which ``days`` working days (0 or more) after ``start`` have passed.

    Raises ValueError where the list of holidays leaves no working day for more than a year.
    """
    day, idle = start, 0
    while days > 0:
        day += DAY
        if is_working_day(day, holidays):
            days, idle = days - 1, 0
            continue
        idle += 1
        if idle > LONGEST_BREAK:
            raise ValueError("Daftar hari libur tidak menyisakan hari kerja.")
    return day


def median_days(days: Collection[int]) -> float | None:
    """The middle of several waits; None where there is none."""
    return median(days) if days else None


@dataclass(frozen=True)
class Deadline:
    """Until when one kind of evidence of one region and year may be sent.

    ``due_on`` is the last day in time, ``grace_until`` the last day without a mark, ``locks_on``
    the last day on which anything is taken (None: never locked). ``reopened_until`` lets the
    region send although it is locked. ``zone`` is WIB, WITA or WIT.
    """

    opens_on: date
    due_on: date
    grace_until: date | None = None
    locks_on: date | None = None
    reopened_until: date | None = None
    zone: str = "WIB"

    def state(self, today: date) -> str:
        """upcoming, open, grace, late or locked; a reopened region is no longer locked."""
        if self.is_past_lock(today) and not self.is_reopened(today):
            return LOCKED
        if today < self.opens_on:
            return UPCOMING
        if today <= self.due_on:
            return OPEN
        return GRACE if self.grace_until and today <= self.grace_until else LATE

    def takes(self, today: date) -> bool:
        """May anything be sent on this day?"""
        return self.state(today) not in (UPCOMING, LOCKED)

    def is_past_lock(self, today: date) -> bool:
        """Is the period locked, whoever was reopened?"""
        return self.locks_on is not None and today > self.locks_on

    def is_reopened(self, today: date) -> bool:
        """Open only because the region was reopened."""
        return (
            self.is_past_lock(today)
            and self.reopened_until is not None
            and today <= self.reopened_until
        )

    def days_left(self, today: date) -> int:
        """Calendar days until the due day; 0 on it, negative after it."""
        return (self.due_on - today).days

    def late_days(self, day: date) -> int:
        """Calendar days after the due day; none within the days of grace."""
        if day <= (self.grace_until or self.due_on):
            return 0
        return (day - self.due_on).days

    def shifted(self, days: int) -> "Deadline":
        """The same for an item that lay with the province for ``days``: all ends move by them."""
        if days <= 0:
            return self

        def later(end: date | None) -> date | None:
            return end and end + DAY * days

        return replace(
            self,
            due_on=later(self.due_on),
            grace_until=later(self.grace_until),
            locks_on=later(self.locks_on),
        )


@dataclass(frozen=True)
class Span:
    """One stay of an item with the province: from its submission to its return, as days."""

    submitted_on: date
    returned_on: date

    @property
    def days(self) -> int:
        return max((self.returned_on - self.submitted_on).days, 0)


def standing_days(spans: Collection[Span]) -> int:
    """Calendar days for which the officer's clock stood still."""
    return sum(span.days for span in spans)
