"""The locks that go with a book: what is closed takes nothing, what is reopened takes it again."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from apps.accounts.queries import operators_of
from apps.audit.services import record
from apps.core.formats import format_date
from apps.deadlines.locking import (
    LockRefused,
    end_reopening,
    newest_reopening,
    reopen,
    set_lock,
)
from apps.deadlines.models import PERIOD_KINDS, Period, Reopening
from apps.deadlines.queries import deadlines_for, holding, last_switch, local_today, periods_of
from apps.effectiveness.models import RegionReopening
from apps.notices.enums import Event
from apps.notices.services import tell

REASON = "Tahun ditutup; angkanya dibekukan."


def lock_year(province, year: int, *, actor) -> None:
    """Lock every kind of a province's year from today on, and end what was open in between."""
    _give_deadlines(province, year, actor)
    today = local_today(province)
    found = deadlines_for(year, [province])
    for kind in PERIOD_KINDS:
        if not found[kind.value, province.pk].is_past_lock(today):
            last = last_switch(province, year, kind)
            seen = last.number if last else 0
            set_lock(province, year, kind, locked=True, reason=REASON, actor=actor, seen=seen)
    members = Reopening.objects.filter(region__province=province)
    end_openings(year, members.values("region"), actor=actor)


def _give_deadlines(province, year, actor) -> None:
    """A lock needs a deadline; a kind that never had one was due until the day before."""
    periods = periods_of(year, [province.pk])
    missing = [kind for kind in PERIOD_KINDS if holding(periods, kind, province.pk) is None]
    if not missing:
        return
    last = local_today(province) - timedelta(days=1)
    for kind in [""] if len(missing) == len(PERIOD_KINDS) else missing:
        made = Period.objects.create(
            year=year,
            kind=kind,
            province=province,
            opens_on=date(year, 1, 1),
            due_on=last,
            locks_on=last,
        )
        after = {"batas": str(last), "dikunci setelah": str(last)}
        record("Menetapkan batas waktu", made, actor=actor, region=province, after=after)


def end_openings(year: int, regions: Iterable, *, actor) -> None:
    """End every reopening of these regions (primary keys) that still runs."""
    rows = Reopening.objects.filter(region__in=regions, year=year, ended_at=None)
    for row in rows.select_related("region"):
        end_reopening(row, actor=actor)


def open_region(reopening: RegionReopening, *, actor) -> None:
    """Let the region send all kinds of its year until the new day; its officers are told."""
    region, year = reopening.region, reopening.closing.year
    newest = newest_reopening(region, year)
    try:
        reopen(
            region,
            year,
            "",
            until=reopening.until,
            reason=reopening.reason,
            actor=actor,
            seen=newest.pk if newest else 0,
        )
    except LockRefused:  # an administrator took the deadlines away: nothing holds it back
        tell(
            [user for user in operators_of(region) if user != actor],
            Event.REOPENED,
            f"Angka tahun {year} untuk {region} dibuka kembali sampai "
            f"{format_date(reopening.until)}: {reopening.reason}",
            reverse("books:book", args=[year, reopening.closing.province.code]),
            key=f"buka-buku:{reopening.pk}",
        )
