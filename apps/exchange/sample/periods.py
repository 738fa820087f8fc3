"""Sample deadlines: open, in grace, late, locked and reopened can all be seen, on any day.

Sulawesi Selatan is in time (and locked its budgets of last year by hand), Kalimantan Selatan is in
its days of grace, Kalimantan Tengah is late, Sulawesi Tenggara is locked with one region reopened.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from apps.deadlines.models import Period, PeriodSwitch, Reopening
from apps.deadlines.queries import deadlines_for
from apps.deadlines.services import note_late
from apps.regions.models import Region
from apps.verification.enums import Action, Kind
from apps.verification.models import History

SOUTH_SULAWESI, SOUTH_KALIMANTAN, CENTRAL_KALIMANTAN, SOUTHEAST_SULAWESI = "73", "63", "62", "74"
ROOM = timedelta(days=7)


def add_periods(people, today: date) -> None:
    """The periods of this year and the last, with what koordinator and Pusat did by hand."""
    codes = (SOUTH_SULAWESI, SOUTH_KALIMANTAN, CENTRAL_KALIMANTAN, SOUTHEAST_SULAWESI)
    codes += ("73.08", "74.12")
    regions = {region.code: region for region in Region.objects.filter(code__in=codes)}
    _this_year(regions, today)
    _last_year(regions, today)
    _by_hand(regions, people, today)
    _mark_late(today)


def _period(year, province, due, *, grace=None, lock=None, kind="") -> None:
    opens = min(date(year, 1, 1), due)
    Period.objects.create(
        year=year,
        province=province,
        kind=kind,
        opens_on=opens,
        due_on=due,
        grace_until=grace,
        locks_on=lock,
    )


def _this_year(regions, today) -> None:
    year, day = today.year, timedelta(days=1)
    due = quarter_end(today + ROOM)
    _period(year, regions[SOUTH_SULAWESI], due, grace=due + ROOM, lock=due + 30 * day)
    late = today - 3 * day
    _period(year, regions[SOUTH_KALIMANTAN], late, grace=today + 4 * day, lock=today + 30 * day)
    _period(year, regions[CENTRAL_KALIMANTAN], today - 20 * day, lock=today + 40 * day)
    _period(year, regions[SOUTHEAST_SULAWESI], today - 60 * day, lock=today - 10 * day)


def _last_year(regions, today) -> None:
    year = today.year - 1
    _period(year, None, date(year, 3, 31), grace=date(year, 4, 7), lock=date(year, 12, 31))
    _period(year, regions[SOUTH_SULAWESI], date(year, 9, 30), kind=Kind.BUDGET)


def _by_hand(regions, people, today) -> None:
    """A lock by hand, and two regions reopened; moments in the past, as they would be."""
    province, bone, konkep = (regions[code] for code in (SOUTH_SULAWESI, "73.08", "74.12"))
    who = people["koordinator.sulsel"]
    locked = PeriodSwitch.objects.create(
        province=province,
        year=today.year - 1,
        kind=Kind.BUDGET,
        number=1,
        is_locked=True,
        day=today - timedelta(days=9),
        reason="Angka tahun lalu sudah dilaporkan pada Rakerda (data contoh).",
        by=who,
    )
    PeriodSwitch.objects.filter(pk=locked.pk).update(at=_moment(locked.day))
    for region, year, kind, by, days in (
        (bone, today.year - 1, Kind.BUDGET, who, 10),
        (konkep, today.year, Kind.WORK_PLAN, people["pusat"], 5),
    ):
        held = Reopening.objects.create(
            region=region,
            year=year,
            kind=kind,
            until=today + timedelta(days=days),
            reason="Kantor terdampak banjir pada pekan terakhir (data contoh).",
            by=by,
        )
        Reopening.objects.filter(pk=held.pk).update(at=_moment(today - timedelta(days=2)))


def _mark_late(today) -> None:
    """What the sample sent after its deadline carries the mark, as if it had been sent here."""
    rows = History.objects.filter(
        Q(evidence__year=today.year) | Q(evidence__year=None, at__year=today.year),
        action=Action.SUBMIT,
        evidence__version=1,
        evidence__region__province__code__in=(CENTRAL_KALIMANTAN, SOUTHEAST_SULAWESI),
    ).exclude(evidence__kind=Kind.NIL)
    rows = list(rows.select_related("evidence__region"))
    found = deadlines_for(today.year, {row.evidence.region for row in rows})
    for row in rows:
        note_late(row, found.get((row.evidence.kind, row.evidence.region_id)))


def quarter_end(day: date) -> date:
    """The last day of the quarter in which ``day`` lies."""
    month = 3 * ((day.month + 2) // 3)
    first_after = date(day.year + month // 12, month % 12 + 1, 1)
    return first_after - timedelta(days=1)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 5)))
