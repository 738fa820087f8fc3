"""Locking and unlocking a kind of a province's year, and reopening one region (spec section 3).

Who may do it is asked by the pages (``Act.MANAGE_PERIODS``); here stands what makes sense now,
and that of two people at once one acts and the other is told.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Act
from apps.accounts.queries import operators_of
from apps.audit.services import record
from apps.core.errors import Conflict
from apps.core.formats import format_date
from apps.deadlines.keepers import why_kept
from apps.deadlines.models import KIND_CHOICES, PERIOD_KINDS, PeriodSwitch, Reopening
from apps.deadlines.queries import deadline_of, deadlines_for, last_switch, local_today
from apps.notices.enums import Event
from apps.notices.services import tell

LABELS = dict(KIND_CHOICES)


class LockRefused(Exception):
    """The step makes no sense as things stand; the text says why, for people."""


# --- a kind of a province --------------------------------------------------------------------


def set_lock(
    province, year: int, kind: str, *, locked: bool, reason: str, actor, seen: int
) -> PeriodSwitch:
    """Lock, or take a lock back. ``seen`` is the number of the last switch the actor saw.

    Raises LockRefused (no deadline, or already so) or Conflict (somebody switched meanwhile).
    """
    last = last_switch(province, year, kind)
    if (last.number if last else 0) != seen:
        raise _switched(last)
    _check_switch(province, year, kind, locked)
    try:
        with transaction.atomic():
            done = PeriodSwitch.objects.create(
                province=province,
                year=year,
                kind=kind,
                number=seen + 1,
                is_locked=locked,
                day=local_today(province),
                reason=reason.strip(),
                by=actor,
            )
            _trace("Mengunci periode" if locked else "Membuka kunci periode", done, province)
    except IntegrityError:
        raise _switched(last_switch(province, year, kind)) from None
    return done


def _check_switch(province, year, kind, locked) -> None:
    deadline = deadline_of(kind, year, province)
    name = f"{LABELS[kind]} {year}"
    if deadline is None:
        raise LockRefused(
            f"{name} belum punya batas pengisian. Mintalah administrator menetapkannya dahulu."
        )
    if deadline.is_past_lock(local_today(province)) == locked:
        raise LockRefused(
            f"{name} sudah dikunci." if locked else f"{name} tidak sedang dikunci, jadi tetap."
        )
    if not locked and (why := why_kept(year, province)):
        raise LockRefused(why)


def _switched(last: PeriodSwitch | None) -> Conflict:
    if last is None:
        return Conflict("Kunci periode ini sudah berubah sejak halaman dibuka.")
    did = "dikunci" if last.is_locked else "dibuka kuncinya"
    return Conflict(
        f"{last.get_kind_display()} {last.year} baru saja {did} oleh {last.by}.",
        f"Alasan: {last.reason}",
        url=reverse("deadlines:periods"),
    )


# --- one region ------------------------------------------------------------------------------


def newest_reopening(region, year: int, **more) -> Reopening | None:
    """The last reopening of a region's year that was not ended, in time or past its date."""
    rows = Reopening.objects.filter(region=region, year=year, ended_at=None, **more)
    return rows.select_related("by", "region").order_by("pk").last()


def reopen(
    region, year: int, kind: str, *, until: date, reason: str, actor, seen: int
) -> Reopening:
    """Let one region send again until a date; ``kind`` "" stands for all kinds.

    One of the same kind is replaced. ``seen`` is the id of the newest one the actor saw, 0 for
    none. Raises LockRefused (nothing is locked, or the date is past) or Conflict.
    """
    _check_reopening(region, year, kind, until)
    try:
        with transaction.atomic():
            newest = newest_reopening(region, year)
            if (newest.pk if newest else 0) != seen:
                raise _reopened(newest)
            before = newest_reopening(region, year, kind=kind)
            if before and not _end(before, actor):
                raise _reopened(newest_reopening(region, year))
            done = Reopening.objects.create(
                region=region, year=year, kind=kind, until=until, reason=reason.strip(), by=actor
            )
            _trace("Membuka kembali periode satu wilayah", done, region, until=str(until))
            _tell_operators(done, actor)
    except IntegrityError:
        raise _reopened(newest_reopening(region, year)) from None
    return done


def _check_reopening(region, year, kind, until) -> None:
    today = local_today(region)
    if until < today:
        raise LockRefused("Tanggal pembukaan kembali sudah lewat. Pilih hari ini atau sesudahnya.")
    if why := why_kept(year, region):
        raise LockRefused(why)
    found = deadlines_for(year, [region])
    kinds = [kind] if kind else PERIOD_KINDS
    held = [found[each, region.pk] for each in kinds if (each, region.pk) in found]
    if not any(deadline.is_past_lock(today) for deadline in held):
        name = LABELS[kind] if kind else "Isian"
        raise LockRefused(
            f"{name} {year} untuk {region} tidak sedang dikunci, jadi tidak perlu dibuka kembali."
        )


def _reopened(newest: Reopening | None) -> Conflict:
    if newest is None:
        return Conflict("Pembukaan kembali ini sudah diakhiri orang lain.")
    return Conflict(
        f"{newest.region} baru saja dibuka kembali oleh {newest.by} sampai "
        f"{format_date(newest.until)}.",
        f"Alasan: {newest.reason}",
        url=reverse("deadlines:periods"),
    )


def end_reopening(reopening: Reopening, *, actor) -> bool:
    """End a reopening before its date; False where somebody had ended it already."""
    with transaction.atomic():
        if not _end(reopening, actor):
            return False
        _trace("Mengakhiri pembukaan kembali", reopening, reopening.region, actor=actor)
        return True


def _end(reopening: Reopening, actor) -> bool:
    rows = Reopening.objects.filter(pk=reopening.pk, ended_at=None)
    return bool(rows.update(ended_at=timezone.now(), ended_by=actor))


def _tell_operators(reopening: Reopening, actor) -> None:
    kind = f"{LABELS[reopening.kind]} " if reopening.kind else ""
    people = [user for user in operators_of(reopening.region) if user != actor]
    tell(
        people,
        Event.REOPENED,
        f"Pengisian {kind}{reopening.year} untuk {reopening.region} dibuka kembali sampai "
        f"{format_date(reopening.until)}: {reopening.reason}",
        f"{reverse('deadlines:periods')}?tahun={reopening.year}",
        key=f"buka-kembali:{reopening.pk}",
    )


def _trace(action, obj, region, *, actor=None, **after) -> None:
    actor = actor or obj.by
    record(
        action,
        obj,
        actor=actor,
        role=actor.scope.role_for(Act.MANAGE_PERIODS, region) if actor else "",
        region=region,
        after={"jenis": obj.kind or "semua", "tahun": obj.year} | after,
        reason=obj.reason,
    )
