"""What the page of deadlines shows: places with their four kinds, locks, reopened regions."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Act
from apps.core.formats import format_date, local_time
from apps.deadlines import words
from apps.deadlines.formula import Deadline
from apps.deadlines.models import PERIOD_KINDS, Period, PeriodSwitch, Reopening
from apps.deadlines.queries import (
    deadline_from,
    deadlines_for,
    holding,
    last_switches,
    local_today,
    periods_of,
)
from apps.regions.models import Region
from apps.verification.enums import Kind

SLUGS = {
    Kind.DECREE: "sk",
    Kind.WORK_PLAN: "rencana-kerja",
    Kind.INDICATOR_SET: "indikator",
    Kind.BUDGET: "anggaran",
}
KIND_OF_SLUG = {slug: kind for kind, slug in SLUGS.items()}
HISTORY_SHOWN = 40


@dataclass(frozen=True)
class Row:
    """One kind of one place; ``deadline`` None where none is set."""

    kind: str
    label: str
    deadline: Deadline | None
    state: str = ""
    css: str = ""
    icon: str = ""
    told: str = ""  # who locked or unlocked it by hand, and why
    action: str = ""
    action_url: str = ""


@dataclass
class Place:
    """A region (None: the whole country) and its four kinds."""

    name: str
    zone: str
    rows: list[Row]
    today: date
    region: Region | None = None
    manages: bool = False

    @property
    def found(self) -> dict[str, Deadline]:
        return {row.kind: row.deadline for row in self.rows if row.deadline}

    @property
    def has_lock(self) -> bool:
        return any(found.is_past_lock(self.today) for found in self.found.values())


def address(year: int, province=None) -> str:
    """The page of deadlines of a year, for those who choose a province with it."""
    query = {"tahun": year} | ({"provinsi": province.code} if province else {})
    return f"{reverse('deadlines:periods')}?{urlencode(query)}"


def regions_shown(user, province: Region | None) -> list[Region]:
    """The regions a person's page has: the own ones; the chosen province for those who see all."""
    scope = user.scope
    if scope.sees_all:
        return [province] if province else []
    ids = scope.operator_ids | scope.observer_ids | scope.province_ids
    return list(Region.objects.for_user(user).filter(pk__in=ids).select_related("province"))


def places_of(user, year: int, regions: list[Region]) -> list[Place]:
    """4 queries, whatever the number of regions; the whole country where there is none."""
    if not regions:
        return [_nation(year, user)]
    found = deadlines_for(year, regions)
    switches = last_switches(year, {region.province_id for region in regions})
    return [_place(user, year, region, found, switches) for region in regions]


def _place(user, year, region, found, switches) -> Place:
    today, zone = local_today(region), region.timezone_label
    manages = region.is_province and user.scope.can(Act.MANAGE_PERIODS, region)
    rows = []
    for kind in PERIOD_KINDS:
        deadline = found.get((kind, region.pk))
        switch = switches.get((kind, region.province_id))
        rows.append(_row(kind, deadline, today, switch, zone, (year, region) if manages else None))
    return Place(region.full_name, zone, rows, today, region, manages)


def _nation(year, user) -> Place:
    periods = periods_of(year, [])
    today = local_time(timezone.now(), "WIB").date()
    rows = []
    for kind in PERIOD_KINDS:
        period = holding(periods, kind, None)
        rows.append(_row(kind, period and deadline_from(period), today))
    return Place("Seluruh Indonesia", "WIB", rows, today)


def _row(kind, deadline, today, switch=None, zone="WIB", at=None) -> Row:
    if deadline is None:
        return Row(kind, kind.label, None)
    css, icon = words.STATE_LOOKS[deadline.state(today)]
    action = action_url = ""
    if at:
        locked = deadline.is_past_lock(today)
        action = "Buka kunci" if locked else "Kunci"
        name = "deadlines:unlock" if locked else "deadlines:lock"
        action_url = reverse(name, args=[at[0], at[1].pk, SLUGS[kind]])
    return Row(
        kind,
        kind.label,
        deadline,
        words.state_words(deadline, today),
        css,
        icon,
        _told(switch, zone),
        action,
        action_url,
    )


def _told(switch: PeriodSwitch | None, zone: str) -> str:
    if switch is None:
        return ""
    word = "Dikunci" if switch.is_locked else "Kunci dibuka"
    return f"{word} oleh {switch.by or 'sistem'}, {format_date(switch.day)}: {switch.reason}"


def heading_of(places: list[Place], year: int) -> str:
    """The finding of the first place; the others have theirs in their tables."""
    return words.periods_finding(places[0].found, year, places[0].today)


# --- reopened regions, and what was done -----------------------------------------------------


def reopenings_of(user, year: int, province=None) -> list[Reopening]:
    """Those of the person's regions, the last first; 1 query."""
    rows = Reopening.objects.for_user(user).filter(year=year)
    if province is not None:
        rows = rows.filter(region__province=province)
    rows = rows.select_related("region__province", "by", "ended_by")
    return list(rows[:HISTORY_SHOWN])


def switches_of(user, year: int, province=None) -> list[PeriodSwitch]:
    """Locks and unlocks by hand in the person's provinces, the last first; 1 query."""
    rows = PeriodSwitch.objects.for_user(user).filter(year=year)
    if province is not None:
        rows = rows.filter(province=province)
    return list(rows.select_related("province", "by")[:HISTORY_SHOWN])


def is_running(reopening: Reopening) -> bool:
    """Not ended, and its date not past."""
    today = local_today(reopening.region)
    return reopening.ended_at is None and reopening.until >= today


def provinces_with_own(year: int) -> list[Region]:
    """Provinces that have deadlines of their own in this year; 1 query."""
    own = Period.objects.filter(year=year).exclude(province=None)
    return list(Region.objects.filter(pk__in=own.values("province")).order_by("code"))
