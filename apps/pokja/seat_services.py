"""Changes to the members of a Pokja: seats and who holds them, always on record.

Every change of one roster waits for the other: the row of the Pokja is locked first. A change of
one seat also names the revision that was seen, so that the second of two people is told.
"""

from datetime import date, timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.accounts.enums import Act
from apps.audit.services import record
from apps.core.cells import fold
from apps.core.formats import format_date
from apps.pokja.models import Pokja, Seat, SeatHolder
from apps.pokja.services import require_manage

FIELDS = (
    "position",
    "home_post",
    "institution",
    "sector",
    "group",
    "decree",
    "started_on",
    "ended_on",
)
ALREADY = "{seat} sudah ada pada susunan ini. Bedakan jabatan asal atau nama bila memang dua orang"
DAY = timedelta(days=1)


class SeatConflict(Exception):
    """Somebody changed this seat since the actor saw it; nothing was saved."""

    def __init__(self, seat: Seat):
        self.seat = seat
        super().__init__(
            f"Kursi {seat} sudah diubah orang lain. Muat ulang untuk melihat isian "
            "terbaru; tidak ada yang ditimpa."
        )


def lock_rosters(pokja_ids) -> None:
    """Until the transaction ends, nobody else changes the members of these Pokja."""
    ids = sorted(set(pokja_ids))
    list(Pokja.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


@transaction.atomic
def add_seat(pokja: Pokja, *, actor, name: str = "", previous=None, **fields) -> Seat:
    """A new seat (``FIELDS``) and, with a name, its first holder.

    Raises ValidationError, also for a seat that stands there already (a form sent twice).
    """
    require_manage(actor, pokja.region)
    lock_rosters([pokja.pk])
    seat = Seat(pokja=pokja, previous=previous, **fields)
    _refuse_double(seat, name)
    seat.full_clean()
    seat.save(force_insert=True)
    if name:
        _save_holder(SeatHolder(seat=seat, name=name, **_span(seat)))
    _log("Menambah anggota", seat, actor, {})
    return seat


@transaction.atomic
def change_seat(seat: Seat, *, actor, revision: int, name: str = "", **fields) -> Seat:
    """Correct a seat and the name of its last holder; the dates of its holders must still fit.

    A holder who began or left with the seat moves with its days. Raises SeatConflict,
    ValidationError.
    """
    seat, before = _claimed(seat, actor, revision)
    old = _span(seat)
    for field, value in fields.items():
        setattr(seat, field, value)
    seat.full_clean()
    seat.save(update_fields=list(fields))
    holders = in_order(seat.holders.all())
    _move_along(holders, old, seat)
    _name_last(seat, holders, name)
    check_holders(seat, holders)
    _log("Mengubah anggota", seat, actor, before)
    return seat


@transaction.atomic
def change_holder(seat: Seat, *, actor, revision: int, name: str, started_on: date) -> Seat:
    """Somebody new holds the seat from a day on; the one before leaves on the day before.

    Raises SeatConflict, ValidationError (by field).
    """
    seat, before = _claimed(seat, actor, revision)
    holders = in_order(seat.holders.all())
    last = holders[-1] if holders else None
    if last and _begins_too_late(last, started_on):
        since = max(filter(None, (last.started_on, last.ended_on)))
        raise ValidationError(
            {"started_on": f"{last.name} tercatat pada {format_date(since)}. Pilih hari sesudahnya"}
        )
    if last and last.ended_on is None:
        last.ended_on = started_on - DAY
        last.save(update_fields=["ended_on"])
    new = SeatHolder(seat=seat, name=name, started_on=started_on, ended_on=seat.ended_on)
    check_holders(seat, [*holders, new])
    _save_holder(new)
    _log("Mengganti pejabat", seat, actor, before)
    return seat


def _begins_too_late(last: SeatHolder, day: date) -> bool:
    """Was the last holder still new, or not yet gone, on the day the next begins?"""
    return bool(
        (last.started_on and last.started_on >= day) or (last.ended_on and last.ended_on >= day)
    )


@transaction.atomic
def end_seat(seat: Seat, *, on: date, actor, revision: int) -> Seat:
    """The last day of a seat and of who holds it; both stay for the days before.

    Raises SeatConflict, ValidationError.
    """
    seat, before = _claimed(seat, actor, revision)
    close(seat, on)
    _log("Mengakhiri keanggotaan", seat, actor, before)
    return seat


def close(seat: Seat, on: date) -> None:
    """Write the last day of a seat and of its open holder. ValidationError when it is too early."""
    if seat.started_on and on < seat.started_on:
        begun = format_date(seat.started_on)
        raise ValidationError({"ended_on": f"Hari terakhir harus setelah mulai menjabat, {begun}"})
    seat.ended_on = on
    seat.full_clean()
    seat.save(update_fields=["ended_on"])
    for holder in seat.holders.all():
        if holder.started_on and holder.started_on > on:
            begun = format_date(holder.started_on)
            raise ValidationError({"ended_on": f"{holder.name} baru mulai menjabat {begun}"})
        if holder.ended_on is None or holder.ended_on > on:
            holder.ended_on = on
            holder.save(update_fields=["ended_on"])


# --- what holds for holders ------------------------------------------------------------------


def in_order(holders) -> list[SeatHolder]:
    """By the day they began; an unknown day comes first."""
    return sorted(holders, key=lambda row: (row.started_on or date.min, row.pk or 0))


def check_holders(seat: Seat, holders: list[SeatHolder]) -> None:
    """ValidationError where two hold the seat on one day, or one outside its days."""
    rows = in_order(holders)
    for holder in rows:
        if seat.started_on and holder.started_on and holder.started_on < seat.started_on:
            begun = format_date(seat.started_on)
            message = f"{holder.name} tidak dapat menjabat sebelum kursi ini ada, {begun}"
            raise ValidationError({"started_on": message})
        if seat.ended_on and (holder.ended_on is None or holder.ended_on > seat.ended_on):
            gone = format_date(seat.ended_on)
            message = f"{holder.name} tidak dapat menjabat sesudah kursi ini berakhir, {gone}"
            raise ValidationError({"started_on": message})
    for first, second in pairwise(rows):
        if (
            first.ended_on is None
            or second.started_on is None
            or (first.ended_on >= second.started_on)
        ):
            raise ValidationError(
                {"started_on": f"{first.name} dan {second.name} menjabat pada hari yang sama"}
            )


def _move_along(holders: list[SeatHolder], old: dict, seat: Seat) -> None:
    """The first holder begins and the last one leaves with the seat, where they did so before."""
    if not holders:
        return
    first, last = holders[0], holders[-1]
    if first.started_on == old["started_on"]:
        first.started_on = seat.started_on
    if last.ended_on == old["ended_on"]:
        last.ended_on = seat.ended_on
    for holder in {first.pk: first, last.pk: last}.values():
        _save_holder(holder)


def _name_last(seat: Seat, holders: list[SeatHolder], name: str) -> None:
    if not name:
        return
    if not holders:
        holders.append(SeatHolder(seat=seat, **_span(seat)))
    holders[-1].name = name
    _save_holder(holders[-1])


def _save_holder(holder: SeatHolder) -> None:
    try:
        holder.full_clean()
    except ValidationError as error:
        raise ValidationError(error.messages) from None
    holder.save()


def _span(seat: Seat) -> dict:
    return {"started_on": seat.started_on, "ended_on": seat.ended_on}


# --- one at a time, and on record ------------------------------------------------------------


def _claimed(seat: Seat, actor, revision: int) -> tuple[Seat, dict]:
    """The seat as stored, claimed by its revision, and its state before the change."""
    require_manage(actor, seat.pokja.region)
    claim_seat(seat, revision)
    stored = Seat.objects.select_related("pokja__region", "decree").get(pk=seat.pk)
    return stored, state_of_seat(stored)


def claim_seat(seat: Seat, revision: int) -> None:
    """Inside a transaction: the right to change a seat seen in this revision, or SeatConflict."""
    lock_rosters([seat.pokja_id])
    if not Seat.objects.filter(pk=seat.pk, revision=revision).update(revision=revision + 1):
        raise SeatConflict(Seat.objects.select_related("pokja").get(pk=seat.pk))


def _refuse_double(seat: Seat, name: str) -> None:
    same = seat.pokja.seats.filter(decree=seat.decree, ended_on=seat.ended_on)
    for other in same.prefetch_related("holders"):
        names = [fold(row.name) for row in other.holders.all()] or [""]
        if identity(other) == identity(seat) and fold(name) in names:
            raise ValidationError(ALREADY.format(seat=seat))


def identity(seat) -> tuple[str, ...]:
    """What makes two seats of one SK the same, whatever the case and signs."""
    return tuple(
        fold(text) for text in (seat.position, seat.institution, seat.home_post, seat.group)
    )


def state_of_seat(seat: Seat) -> dict:
    """What the audit trail keeps of a seat, as stored."""
    return {name: getattr(seat, name) for name in FIELDS if name != "decree"} | {
        "decree": str(seat.decree or ""),
        "holders": [holder_words(row) for row in in_order(seat.holders.all())],
    }


def holder_words(holder) -> str:
    """ "Nama (1 Januari 2025 – 30 Juni 2026)"; open ends stay open."""
    first = format_date(holder.started_on) if holder.started_on else ""
    last = format_date(holder.ended_on) if holder.ended_on else "sekarang"
    return f"{holder.name} ({first} – {last})" if first else f"{holder.name} (sampai {last})"


def _log(action: str, seat: Seat, actor, before: dict) -> None:
    region = seat.pokja.region
    record(
        action,
        seat,
        actor=actor,
        role=role_in(actor, region),
        region=region,
        before=before,
        after=state_of_seat(Seat.objects.select_related("decree").get(pk=seat.pk)),
    )


def role_in(actor, region) -> str:
    """The role somebody changes members in; empty on the command line."""
    return actor.scope.role_for(Act.MANAGE_POKJA, region) if actor else ""
