"""The members of a new SK begin from those of the SK before, and end those where they stood."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.audit.services import record_many
from apps.core.cells import fold
from apps.core.importing import Trace
from apps.pokja.models import Pokja, Seat, SeatHolder
from apps.pokja.seat_importing import RosterChanged
from apps.pokja.seat_plan import state_of
from apps.pokja.seat_services import (
    DAY,
    close,
    identity,
    in_order,
    lock_rosters,
    role_in,
    state_of_seat,
)
from apps.pokja.seat_words import position_rank
from apps.pokja.services import require_manage

KEPT, CHANGED, NEW, GONE = "tetap", "berubah", "baru", "tidak ada lagi"
# Fields of a row, beside the name of the holder.
POST = ("position", "home_post", "institution", "sector", "group")


@dataclass
class Difference:
    """One post under both SK: what stays, what is another, what is gone. ``changes`` are
    (label, before, after)."""

    state: str
    label: str
    changes: list[tuple[str, str, str]]


def seats_to_follow(seats: list[Seat], starts_on: date) -> list[Seat]:
    """Of the seats of the SK before, those that still ran on the day before the new one, in the
    order of an annex."""
    held = [seat for seat in seats if seat.is_held_on(starts_on - DAY)]
    return sorted(held, key=lambda seat: (position_rank(seat.position), seat.pk))


def row_of(seat: Seat) -> dict:
    """A seat as a row of the table that is offered, with its last holder's name."""
    holders = in_order(seat.holders.all())
    running = [row for row in holders if row.ended_on == seat.ended_on]
    return {name: getattr(seat, name) for name in POST} | {
        "source": seat.pk,
        "name": running[-1].name if running else "",
    }


def differences(rows: list[dict], old: list[Seat]) -> list[Difference]:
    """The rows to be against the seats they come from, then the seats nobody follows."""
    sources = {seat.pk: seat for seat in old}
    found = [_difference(row, sources.get(row.get("source"))) for row in rows]
    followed = {row.get("source") for row in rows}
    return found + [Difference(GONE, str(seat), []) for seat in old if seat.pk not in followed]


def _difference(row: dict, source: Seat | None) -> Difference:
    label = f"{row['position']}, {row['institution']}"
    if source is None:
        return Difference(NEW, label, [])
    before = row_of(source)
    changes = [
        (_label(name), _shown(name, before[name]), _shown(name, row[name]))
        for name in (*POST, "name")
        if before[name] != row[name]
    ]
    return Difference(CHANGED if changes else KEPT, label, changes)


def _label(name: str) -> str:
    model = SeatHolder if name == "name" else Seat
    return str(model._meta.get_field(name).verbose_name)


def _shown(name: str, value: str) -> str:
    return (
        dict(Seat._meta.get_field("sector").choices).get(value, value)
        if name == "sector"
        else (value)
    )


def state_key(seats: list[Seat]) -> str:
    """Changes whenever one of these seats does."""
    words = repr(sorted((seat.pk, seat.revision) for seat in seats))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


@transaction.atomic
def follow(
    pokja: Pokja, decree, *, before, starts_on: date, rows: list[dict], seen: str, actor
) -> list[Seat]:
    """Seats of ``decree`` (its evidence) from ``starts_on`` on; those of ``before`` end the day
    before. ``rows`` have ``POST``, ``name`` and ``source`` (id of the seat followed, or None).

    ``seen`` is the ``state_key`` of the seats shown. Raises RosterChanged when they are others
    now, or the SK has seats by now; ValidationError for a seat that began too late to end.
    """
    require_manage(actor, pokja.region)
    lock_rosters([pokja.pk])
    _refuse_doubles(rows)
    stored = _seats_under(pokja, before)
    old = seats_to_follow(stored, starts_on)
    if state_key(old) != seen or _seats_under(pokja, decree):
        raise RosterChanged
    traces = [_ended(seat, starts_on - DAY) for seat in stored if _runs_on(seat, starts_on)]
    sources = {seat.pk: seat for seat in old}
    made = [_made(pokja, decree, starts_on, row, sources) for row in rows]
    Seat.objects.bulk_create([seat for seat, _ in made])
    SeatHolder.objects.bulk_create([holder for _, holder in made if holder])
    _record(traces + [_begun(*pair) for pair in made], actor, f"Salin dari {before} ke {decree}")
    return [seat for seat, _ in made]


def _seats_under(pokja: Pokja, evidence) -> list[Seat]:
    """The seats an SK gives, in whatever version."""
    rows = pokja.seats.filter(decree__family=evidence.family)
    return list(rows.select_related("decree", "pokja__region").prefetch_related("holders"))


def _begun(seat: Seat, holder: SeatHolder | None) -> Trace:
    after = state_of(seat, [holder] if holder else [])
    return Trace("Menyalin anggota", seat, seat.pokja.region, {}, after)


def _record(traces: list[Trace], actor, reason: str) -> None:
    record_many(traces, actor=actor, role_in=lambda region: role_in(actor, region), reason=reason)


def _runs_on(seat: Seat, starts_on: date) -> bool:
    return seat.ended_on is None or seat.ended_on >= starts_on


def _ended(seat: Seat, last_day: date) -> Trace:
    before = state_of_seat(seat)
    if seat.started_on and seat.started_on > last_day:
        raise ValidationError(
            f"{seat} baru mulai pada atau sesudah SK baru berlaku. Betulkan tanggal mulainya dahulu"
        )
    close(seat, last_day)
    seat.revision += 1
    seat.save(update_fields=["revision"])
    return Trace("Mengakhiri keanggotaan", seat, seat.pokja.region, before, state_of_seat(seat))


def _made(pokja, decree, starts_on, row: dict, sources: dict) -> tuple[Seat, SeatHolder | None]:
    seat = Seat(
        pokja=pokja,
        decree=decree,
        started_on=starts_on,
        previous=sources.get(row.get("source")),
        **{name: row[name] for name in POST},
    )
    seat.clean_fields()
    if not row["name"]:
        return seat, None
    holder = SeatHolder(seat=seat, name=row["name"], started_on=starts_on)
    holder.clean_fields(exclude=["seat"])
    return seat, holder


def _refuse_doubles(rows: list[dict]) -> None:
    seen = set()
    for row in rows:
        key = (*identity(Seat(**{name: row[name] for name in POST})), fold(row["name"]))
        if key in seen:
            raise ValidationError(
                f"{row['position']}, {row['institution']} tertulis dua kali. Bedakan jabatan "
                "asal atau nama bila memang dua orang"
            )
        seen.add(key)
