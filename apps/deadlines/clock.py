"""The province's clock: what waits over its target, and how long judging took (spec section 4).

Working days on the clock of the region's province. Everything is counted in a constant number of
queries; the holidays and targets are read once.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from apps.core.formats import format_number, local_time
from apps.deadlines.formula import median_days, working_days
from apps.deadlines.queries import Wait, holidays, target_for, targets, waits_with
from apps.deadlines.words import NONE_YET, median_words
from apps.regions.codes import timezone_label
from apps.regions.enums import Level
from apps.regions.models import Region
from apps.verification.enums import DECISIONS, Action
from apps.verification.models import Evidence, History

LOOK_BACK = timedelta(days=90)
LISTED = 50


class Calendar:
    """Holidays and targets, read once for a page (2 queries)."""

    def __init__(self, now: datetime | None = None):
        self.now = now or timezone.now()
        self.free = holidays()
        self.targets = targets()
        self._days = lru_cache(None)(lambda start, end: working_days(start, end, self.free))

    @property
    def without_holidays(self) -> int | None:
        """The running year where nobody has entered its holidays yet: too many days count."""
        year = local_time(self.now).year
        return None if any(day.year == year for day in self.free) else year

    def days(self, start: datetime, end: datetime, code: str) -> int:
        """Working days between two moments, on the clock of the region with this code."""
        return self._days(_day(start, code), _day(end, code))

    def waits(self, items) -> dict[int, Wait]:
        return waits_with(items, self.now, self.free, self.targets)


def _day(moment: datetime, code: str) -> date:
    return local_time(moment, timezone_label(code)).date()


# --- what was judged -------------------------------------------------------------------------


@dataclass
class Pace:
    """How long decisions took: of one verifier, one province, or all."""

    name: str = ""
    days: list[int] = field(default_factory=list)
    in_time: int = 0

    @property
    def median(self) -> str:
        return median_words(median_days(self.days))

    @property
    def count(self) -> int:
        return len(self.days)

    @property
    def kept(self) -> str:
        """How many were decided within the target: 10 dari 12."""
        if not self.days:
            return NONE_YET
        return f"{format_number(self.in_time)} dari {format_number(self.count)}"

    def add(self, days: int, target: int) -> None:
        self.days.append(days)
        self.in_time += days <= target


@dataclass
class Paces:
    """The decisions of the last 90 days: together, by person, by province of the region."""

    all: Pace = field(default_factory=Pace)
    by_person: dict[int, Pace] = field(default_factory=dict)
    by_province: dict[int, Pace] = field(default_factory=lambda: defaultdict(Pace))

    @property
    def people(self) -> list[Pace]:
        return sorted(self.by_person.values(), key=lambda pace: pace.name.casefold())


def paces(which: Q, calendar: Calendar) -> Paces:
    """Decisions on items of these regions (a condition on History) since 90 days; 1 query.

    Each is measured from the submission before it; what came in by file has none.
    """
    sent = History.objects.filter(
        evidence=OuterRef("evidence"), action=Action.SUBMIT, pk__lt=OuterRef("pk")
    ).order_by("-pk")
    rows = (
        History.objects.standing()
        .filter(which, action__in=DECISIONS, at__gte=calendar.now - LOOK_BACK)
        .annotate(sent_at=Subquery(sent.values("at")[:1]))
        .order_by()
        .values_list(
            "actor_id",
            "actor__full_name",
            "evidence__region__province_id",
            "evidence__region__code",
            "evidence__region__level",
            "sent_at",
            "at",
        )
    )
    found = Paces()
    for actor, name, province, code, level, sent_at, at in rows:
        if sent_at is None:
            continue
        days = calendar.days(sent_at, at, code)
        own = None if level == Level.PROVINSI else province
        target = calendar.targets.get(own, calendar.targets[None])
        found.all.add(days, target)
        found.by_person.setdefault(actor, Pace(name or "sistem")).add(days, target)
        if own is not None:
            found.by_province[own].add(days, target)
    return found


PROVINCE_LEVEL = Q(evidence__region__level=Level.PROVINSI)


def judged_in(province_ids) -> Q:
    """Decisions on what the kab/kota of these provinces sent."""
    return Q(evidence__region__province__in=province_ids) & ~PROVINCE_LEVEL


# --- what waits ------------------------------------------------------------------------------


@dataclass
class Waiting:
    """Items that wait, with their waits, the longest first."""

    items: list[Evidence]
    waits: dict[int, Wait]

    @cached_property
    def over(self) -> list[tuple[Evidence, Wait]]:
        late = [(item, self.waits[item.pk]) for item in self.items if self.waits[item.pk].is_over]
        return sorted(late, key=lambda pair: (-pair[1].days, pair[0].submitted_at, pair[0].pk))

    @property
    def listed(self) -> list[tuple[Evidence, Wait]]:
        return self.over[:LISTED]

    @property
    def more(self) -> int:
        return max(len(self.over) - LISTED, 0)

    @property
    def targets(self) -> set[int]:
        return {wait.target for wait in self.waits.values()}

    @property
    def longest(self) -> Wait | None:
        return max(self.waits.values(), key=lambda wait: wait.days, default=None)

    @property
    def rows(self) -> list[tuple[Evidence, Wait]]:
        return [(item, self.waits[item.pk]) for item in self.items]


def waiting_in(rows, calendar: Calendar) -> Waiting:
    """The submitted items of a queryset; 1 query."""
    items = list(rows.waiting().select_related("region").order_by("submitted_at", "pk"))
    return Waiting(items, calendar.waits(items))


# --- for the national office -----------------------------------------------------------------


@dataclass(frozen=True)
class ProvinceRow:
    """One province as the national office compares them."""

    province: Region
    waiting: int
    over: int
    pace: Pace
    target: int


def province_rows(waiting: Waiting, found: Paces, calendar: Calendar) -> list[ProvinceRow]:
    """Provinces in which something waits or was judged, in the order of their codes; 1 query."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for item, wait in waiting.rows:
        if not item.region.is_province:
            counts[item.region.province_id][0] += 1
            counts[item.region.province_id][1] += wait.is_over
    ids = counts.keys() | found.by_province.keys()
    provinces = Region.objects.filter(pk__in=ids).order_by("code")
    return [
        ProvinceRow(
            province,
            *counts[province.pk],
            found.by_province[province.pk],
            calendar.targets.get(province.pk, calendar.targets[None]),
        )
        for province in provinces
    ]


def target_of(region, calendar: Calendar) -> int:
    return target_for(region, calendar.targets)
