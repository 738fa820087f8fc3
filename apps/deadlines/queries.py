"""Which deadline holds for whom, and how long the province has let an item wait.

Not limited to a scope: the caller passes regions and items it may show.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from apps.core.formats import local_time
from apps.deadlines.formula import Deadline, Span, standing_days, working_days
from apps.deadlines.models import (
    DEFAULT_TARGET,
    PERIOD_KINDS,
    Holiday,
    LateMark,
    Period,
    PeriodSwitch,
    Reopening,
    ServiceTarget,
)
from apps.deadlines.words import late_words, wait_words
from apps.verification.enums import Action, Status
from apps.verification.models import Evidence, History


@dataclass(frozen=True)
class Wait:
    """How long an item has lain with the province, in working days, against its target."""

    days: int
    target: int

    @property
    def is_over(self) -> bool:
        return self.days > self.target

    @property
    def words(self) -> str:
        return wait_words(self)


# --- days ------------------------------------------------------------------------------------


def holidays() -> frozenset[date]:
    """Every day on which offices are closed, national holidays and joint leave alike."""
    return frozenset(Holiday.objects.values_list("date", flat=True))


def local_day(moment: datetime, region) -> date:
    """The day it is at ``moment`` on the clock of the region's province."""
    return local_time(moment, region.timezone_label).date()


def local_today(region, now: datetime | None = None) -> date:
    """Today on the clock of the region's province."""
    return local_day(now or timezone.now(), region)


# --- deadlines -------------------------------------------------------------------------------


def deadlines_for(year: int, regions: Iterable) -> dict[tuple[str, int], Deadline]:
    """{(kind, region id): Deadline} of these regions; no key where no deadline is set.

    3 queries, whatever the number of regions.
    """
    regions = list(regions)
    provinces = {region.province_id for region in regions}
    periods = periods_of(year, provinces)
    switches = last_switches(year, provinces)
    reopened = _reopened(year, regions)
    found = {}
    for region in regions:
        for kind in PERIOD_KINDS:
            period = holding(periods, kind, region.province_id)
            if period is not None:
                switch = switches.get((kind, region.province_id))
                until = reopened.get((kind, region.pk))
                found[kind.value, region.pk] = deadline_from(
                    period, switch, until, region.timezone_label
                )
    return found


def deadline_of(kind: str, year: int, region) -> Deadline | None:
    """The deadline of one kind for one region; None where none is set."""
    return deadlines_for(year, [region]).get((kind, region.pk))


def periods_of(year: int, provinces: Iterable[int]) -> dict[tuple[str, int | None], Period]:
    """{(kind or "", province id or None): Period} that could hold for these provinces."""
    rows = Period.objects.filter(Q(province=None) | Q(province__in=list(provinces)), year=year)
    return {(row.kind, row.province_id): row for row in rows}


def holding(periods: dict, kind: str, province_id: int) -> Period | None:
    """The most specific period: province and kind, province, kind, all."""
    places = ((kind, province_id), ("", province_id), (kind, None), ("", None))
    return next((periods[place] for place in places if place in periods), None)


def last_switches(year: int, provinces: Iterable[int]) -> dict[tuple[str, int], PeriodSwitch]:
    """{(kind, province id): the lock or unlock by hand that holds}."""
    rows = PeriodSwitch.objects.filter(year=year, province__in=list(provinces))
    rows = rows.select_related("by").order_by("number")
    return {(row.kind, row.province_id): row for row in rows}


def last_switch(province, year: int, kind: str) -> PeriodSwitch | None:
    """The lock or unlock by hand that holds for one kind of one province."""
    rows = PeriodSwitch.objects.filter(province=province, year=year, kind=kind)
    return rows.select_related("by").order_by("number").last()


def _reopened(year: int, regions: list) -> dict[tuple[str, int], date]:
    rows = Reopening.objects.filter(year=year, region__in=regions, ended_at=None)
    found = {}
    for row in rows:
        for kind in [row.kind] if row.kind else PERIOD_KINDS:
            key = (kind, row.region_id)
            found[key] = max(found.get(key, row.until), row.until)
    return found


def deadline_from(period: Period, switch=None, reopened_until=None, zone="WIB") -> Deadline:
    """A period as it holds after locks by hand and a reopening."""
    return Deadline(
        opens_on=period.opens_on,
        due_on=period.due_on,
        grace_until=period.grace_until,
        locks_on=_locks_on(period, switch),
        reopened_until=reopened_until,
        zone=zone,
    )


def _locks_on(period: Period, switch: PeriodSwitch | None) -> date | None:
    """A lock by hand holds from its day on. An unlock takes back a lock by hand, and a lock by
    date that had fallen before it; a lock by date that is still to come stays."""
    if switch is None:
        return period.locks_on
    if switch.is_locked:
        last = switch.day - timedelta(days=1)
        return min(last, period.locks_on) if period.locks_on else last
    passed = period.locks_on is not None and period.locks_on < switch.day
    return None if passed else period.locks_on


# --- the officer's clock ---------------------------------------------------------------------

_ARRIVALS = (Action.SUBMIT, Action.IMPORT)
_ENDS = (Action.RETURN, Action.CANCEL)


def standing_of(evidence: Evidence) -> int:
    """Calendar days for which an item lay with the province and came back; 1 query."""
    return standing_for([evidence]).get(evidence.family, 0)


def standing_for(items: Iterable[Evidence]) -> dict[UUID, int]:
    """{family: days its items lay with the province}; 1 query. Their region must be loaded.

    A stay begins with a submission and ends with a return, or with the cancelling of what had
    been verified. What the officer withdrew gives no days; a return that was undone, or that an
    accepted objection took back, was none.
    """
    regions = {item.family: item.region for item in items}
    rows = History.objects.standing().filter(
        evidence__family__in=regions,
        action__in=(*_ARRIVALS, *_ENDS, Action.REQUEUE, Action.WITHDRAW),
    )
    steps = defaultdict(list)
    for family, *step in rows.order_by("pk").values_list(
        "evidence__family", "action", "at", "to_status"
    ):
        steps[family].append(step)
    return {family: standing_days(spans_of(steps[family], regions[family])) for family in steps}


def spans_of(steps: Iterable[tuple[str, datetime, str]], region) -> list[Span]:
    """The stays with the province in the history (action, when, new status) of one family."""
    spans, since = [], None
    for action, at, status in steps:
        if action in _ARRIVALS:
            since = local_day(at, region) if status == Status.SUBMITTED else since
        elif action == Action.WITHDRAW:
            since = None
        elif action == Action.REQUEUE:  # it should not have come back: one stay with the one before
            since = spans.pop().submitted_on if spans else local_day(at, region)
        elif since is not None:
            spans.append(Span(since, local_day(at, region)))
            since = None
    return spans


# --- the province's clock --------------------------------------------------------------------


def targets() -> dict[int | None, int]:
    """{province id, or None for the default: working days}."""
    found = dict(ServiceTarget.objects.values_list("province_id", "days"))
    return {None: DEFAULT_TARGET} | found


def target_for(region, known: dict[int | None, int]) -> int:
    """The target for what this region sends; the national office keeps to the default."""
    own = None if region.is_province else region.province_id
    return known.get(own, known[None])


def target_days(region) -> int:
    """Within how many working days what this region sends is to be answered."""
    return target_for(region, targets())


def waits_for(evidences: Iterable[Evidence], now: datetime | None = None) -> dict[int, Wait]:
    """{evidence pk: Wait} of those that are submitted; 2 queries. Their region must be loaded.

    Working days after the day of submission, on the clock of the province's zone.
    """
    items = list(evidences)
    if not any(_is_waiting(item) for item in items):
        return {}
    return waits_with(items, now or timezone.now(), holidays(), targets())


def waits_with(items, now: datetime, free: frozenset[date], known: dict) -> dict[int, Wait]:
    """The same with holidays and targets at hand; no query."""
    return {
        item.pk: Wait(
            working_days(
                local_day(item.submitted_at, item.region), local_today(item.region, now), free
            ),
            target_for(item.region, known),
        )
        for item in items
        if _is_waiting(item)
    }


def _is_waiting(item: Evidence) -> bool:
    return item.status == Status.SUBMITTED and item.submitted_at is not None


# --- late ------------------------------------------------------------------------------------


def late_note(row: History) -> str:
    """ ", terlambat 3 hari" behind a submission that came late; select late_mark with the rows."""
    mark = getattr(row, "late_mark", None)
    return f", {late_words(mark.days).lower()}" if mark else ""


def last_late(history: Iterable[History]) -> LateMark | None:
    """The mark of the last submission in a history, newest first, with late_mark selected."""
    sent = next((row for row in history if row.action == Action.SUBMIT), None)
    return getattr(sent, "late_mark", None)


def late_marks_of(evidences: Iterable[Evidence]) -> dict[int, LateMark]:
    """{evidence pk: the mark of its last submission}, where that came late; 1 query."""
    rows = History.objects.filter(evidence__in=list(evidences), action=Action.SUBMIT)
    rows = rows.select_related("late_mark").defer("snapshot").order_by("pk")
    last = {row.evidence_id: row for row in rows}
    return {pk: mark for pk, row in last.items() if (mark := getattr(row, "late_mark", None))}
