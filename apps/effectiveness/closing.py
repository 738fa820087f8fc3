"""Closing a province's year, reopening one region of it, closing that again (spec section 5).

A book is never changed and never deleted: a region that was reopened gets the next edition of its
rows, and the earlier ones stay. Who may do it is asked by the pages (``Act.MANAGE_PERIODS``); here
stands what makes sense now, and that of two people at once one acts and the other is told.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Act
from apps.accounts.queries import operators_by_region
from apps.audit.services import record
from apps.core.errors import Conflict
from apps.core.formats import format_date, local_time
from apps.deadlines.queries import local_today
from apps.effectiveness import closing_locks
from apps.effectiveness.book_rows import rules_data, rules_from
from apps.effectiveness.freezing import freeze
from apps.effectiveness.models import Closing, FrozenScore, RegionReopening
from apps.effectiveness.rubrics import Rules, rules_for
from apps.notices.enums import Event
from apps.notices.services import tell
from apps.pokja.models import Pokja
from apps.regions.models import Region

CANNOT_SCORE = (
    "Tahun {year} tidak dapat dinilai: belum ada rubrik yang berlaku untuk tahun itu, atau "
    "bobotnya tidak berjumlah 100. Tahun ini dapat ditutup setelah rubriknya diterbitkan."
)


class ClosingRefused(Exception):
    """The step makes no sense as things stand; the text says why, for people."""


# --- closing ---------------------------------------------------------------------------------


def close(province, year: int, *, actor, note: str = "") -> Closing:
    """Freeze every Pokja of a province's year as it stands now, and lock its kinds.

    Only years that have ended: the figures of the running year move by the day. Raises
    ClosingRefused (not ended, no usable rubric) or Conflict (closed already, also a moment ago).
    """
    rules = _rules_to_close(year)
    try:
        with transaction.atomic():
            done = Closing.objects.create(  # first: of two at once the second waits here
                province=province,
                year=year,
                on=date(year, 12, 31),
                rubric_id=rules.rubric_id,
                rules=rules_data(rules),
                regions=_regions(province),
                note=note.strip(),
                closed_by=actor,
            )
            closing_locks.lock_year(province, year, actor=actor)
            rows = freeze(done, Pokja.objects.filter(region__province=province), rules)
            after = {"tahun": year, "rubrik": rules.name, "Pokja": len(rows)}
            _trace("Menutup tahun", done, province, actor, after=after, reason=done.note)
            _tell_of_closing(done, actor)
    except IntegrityError:
        held = Closing.objects.filter(province=province, year=year).first()
        if held is None:
            raise
        raise _closed_already(held) from None
    return done


def why_not_closable(year: int) -> str:
    """Why a year cannot be closed by anybody; empty where it can. At most 3 queries."""
    this_year = timezone.localdate().year
    if year >= this_year:
        return (
            f"Tahun {year} belum berakhir, jadi angkanya masih bergerak setiap hari. "
            f"Tahun itu dapat ditutup mulai 1 Januari {year + 1}."
        )
    return "" if rules_for(year) else CANNOT_SCORE.format(year=year)


def _rules_to_close(year: int) -> Rules:
    if why := why_not_closable(year):
        raise ClosingRefused(why)
    return rules_for(year)


def _regions(province) -> list[dict]:
    """The regions the official figure counts, with the names they bear today."""
    rows = Region.objects.with_pokja_level().filter(province=province).order_by("code")
    return [
        {"id": row.pk, "code": row.code, "name": row.full_name, "level": row.level} for row in rows
    ]


def _closed_already(held: Closing) -> Conflict:
    return Conflict(
        f"Tahun {held.year} untuk {held.province} sudah ditutup oleh "
        f"{held.closed_by or 'sistem'} pada {_day(held.closed_at, held.province)}.",
        "Angkanya sudah dibekukan; tidak ada yang berubah oleh langkah Anda.",
        url=address(held),
    )


# --- one region ------------------------------------------------------------------------------


def reopen(closing: Closing, region, *, reason: str, until: date, actor) -> RegionReopening:
    """Let the figures of one region move again, and let it send until a day after today.

    Raises ClosingRefused (no reason, a day that is not to come, a region of no book) or Conflict.
    """
    reason = reason.strip()
    _check_reopening(closing, region, reason, until)
    try:
        with transaction.atomic():
            done = RegionReopening.objects.create(
                closing=closing, region=region, reason=reason, until=until, opened_by=actor
            )
            closing_locks.open_region(done, actor=actor)
            after = {"tahun": closing.year, "sampai": str(until)}
            _trace("Membuka kembali buku wilayah", done, region, actor, after=after, reason=reason)
    except IntegrityError:
        held = running(closing, region)
        if held is None:
            raise
        raise _reopened_already(held) from None
    return done


def _check_reopening(closing, region, reason, until) -> None:
    if region.pk not in {each["id"] for each in closing.regions}:
        raise ClosingRefused(f"{region} tidak tercatat dalam buku {closing.year} ini.")
    if not reason:
        raise ClosingRefused("Tulis alasan wilayah ini dibuka kembali.")
    if until <= local_today(region):
        raise ClosingRefused("Batas baru harus sesudah hari ini.")


def running(closing: Closing, region) -> RegionReopening | None:
    """The reopening of a region that has not been closed again."""
    rows = RegionReopening.objects.filter(closing=closing, region=region, closed_at=None)
    return rows.select_related("opened_by", "region").first()


def _reopened_already(held: RegionReopening) -> Conflict:
    return Conflict(
        f"{held.region} sudah dibuka kembali oleh {held.opened_by or 'sistem'} sampai "
        f"{format_date(held.until)}.",
        f"Alasan: {held.reason}",
        url=address(held.closing),
    )


def close_again(reopening: RegionReopening, *, actor) -> RegionReopening:
    """Freeze the region as it stands now as the next edition, by the rubric of its book.

    The other regions are left as they are. Raises Conflict where somebody was faster.
    """
    closing, region = reopening.closing, reopening.region
    with transaction.atomic():
        rows = RegionReopening.objects.filter(pk=reopening.pk, closed_at=None)
        if not rows.update(closed_at=timezone.now(), closed_by=actor):
            raise _closed_again_already(RegionReopening.objects.get(pk=reopening.pk))
        ended = RegionReopening.objects.filter(closing=closing, region=region)
        edition = 1 + ended.exclude(closed_at=None).count()
        held = FrozenScore.objects.filter(closing=closing, region=region, is_current=True)
        held.update(is_current=False)
        pokja = Pokja.objects.filter(region=region)
        frozen = freeze(closing, pokja, rules_from(closing.rules), edition)
        closing_locks.end_openings(closing.year, [region.pk], actor=actor)
        after = {"tahun": closing.year, "edisi": edition, "Pokja": len(frozen)}
        _trace("Menutup lagi buku wilayah", reopening, region, actor, after=after)
        _tell_of_closing_again(reopening, actor)
    reopening.refresh_from_db()
    return reopening


def _closed_again_already(held: RegionReopening) -> Conflict:
    return Conflict(
        f"{held.region} sudah ditutup lagi oleh {held.closed_by or 'sistem'}.",
        "Angkanya sudah dibekukan; tidak ada yang berubah oleh langkah Anda.",
        url=address(held.closing),
    )


# --- what the locks ask ----------------------------------------------------------------------


def why_closed(year: int, region) -> str:
    """Why a region takes nothing for a year: its book is closed, and it is not open again (or its
    new day has passed); empty otherwise. At most 2 queries."""
    closing = Closing.objects.filter(province=region.province_id, year=year).first()
    if closing is None:
        return ""
    held = running(closing, region)
    if held is None:
        return (
            f"Buku tahun {year} untuk {region} sudah ditutup. "
            "Koordinator dapat membuka kembali wilayah ini dari buku tahun."
        )
    if held.until < local_today(region):
        return (
            f"Batas baru tahun {year} untuk {region} sudah lewat pada {format_date(held.until)}. "
            "Koordinator dapat menutup lagi wilayah ini, lalu membukanya dengan batas baru."
        )
    return ""


# --- telling ---------------------------------------------------------------------------------


def address(closing: Closing) -> str:
    return reverse("books:book", args=[closing.year, closing.province.code])


def _tell_of_closing(closing: Closing, actor) -> None:
    people = operators_by_region([each["id"] for each in closing.regions])
    _tell(
        (user for officers in people.values() for user in officers),
        f"Angka tahun {closing.year} {closing.province} sudah dibekukan dan isiannya ditutup. "
        "Bila ada yang perlu diperbaiki, mintalah koordinator membuka kembali wilayah Anda.",
        closing,
        f"tutup-buku:{closing.pk}",
        actor,
    )


def _tell_of_closing_again(reopening: RegionReopening, actor) -> None:
    closing, region = reopening.closing, reopening.region
    _tell(
        operators_by_region([region.pk]).get(region.pk, ()),
        f"Angka tahun {closing.year} untuk {region} dibekukan lagi dan isiannya ditutup.",
        closing,
        f"tutup-lagi:{reopening.pk}",
        actor,
    )


def _tell(people, text, closing, key, actor) -> None:
    others = [user for user in people if user != actor]
    tell(others, Event.DEADLINE, text, address(closing), key=key)


def _trace(action, obj, region, actor, *, after, reason="") -> None:
    role = actor.scope.role_for(Act.MANAGE_PERIODS, region) if actor else ""
    record(action, obj, actor=actor, role=role, region=region, after=after, reason=reason)


def _day(moment, region) -> str:
    return format_date(local_time(moment, region.timezone_label).date())
