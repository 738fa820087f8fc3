"""The roster of a Pokja on a day: which seats there are, who holds them, who held them before."""

from dataclasses import dataclass, field
from datetime import date

from apps.pokja.models import Pokja, Seat, SeatHolder, covers
from apps.pokja.seat_services import in_order
from apps.pokja.seat_words import position_rank


@dataclass
class Place:
    """A seat on a day. ``history`` holds everybody who held this post by then or later, newest
    first, the same post under earlier SK included."""

    seat: Seat
    holder: SeatHolder | None
    history: list[SeatHolder] = field(default_factory=list)

    @property
    def earlier(self) -> list[SeatHolder]:
        """Who held the post before, or will after: everybody but the holder of the day."""
        if self.holder is None:
            return self.history
        return [row for row in self.history if row.name != self.holder.name]


@dataclass
class Group:
    """Seats of one bidang or seksi; those of the Pokja as a whole have no name."""

    name: str
    places: list[Place] = field(default_factory=list)


def seats_of(pokja: Pokja, user) -> list[Seat]:
    """All seats the user may see, of any day, with SK and holders; 2 queries."""
    rows = Seat.objects.for_user(user).filter(pokja=pokja).select_related("decree")
    return list(rows.prefetch_related("holders"))


def roster(seats: list[Seat], day: date) -> list[Place]:
    """The seats that exist on that day, in the order of an annex."""
    by_id = {seat.pk: seat for seat in seats}
    held = [seat for seat in seats if seat.is_held_on(day)]
    held.sort(key=lambda seat: (position_rank(seat.position), seat.pk))
    return [Place(seat, holder_on(seat, day), _history(seat, by_id)) for seat in held]


def holder_on(seat: Seat, day: date) -> SeatHolder | None:
    return next((row for row in seat.holders.all() if covers(row, day)), None)


def _history(seat: Seat, by_id: dict[int, Seat]) -> list[SeatHolder]:
    """Newest first; the walk along earlier SK ends where it would turn in a circle."""
    found, seen = [], set()
    while seat is not None and seat.pk not in seen:
        seen.add(seat.pk)
        found += reversed(in_order(seat.holders.all()))
        seat = by_id.get(seat.previous_id)
    return _without_seams(found)


def _without_seams(holders: list[SeatHolder]) -> list[SeatHolder]:
    """One person who stays under the next SK is one line; copies, nothing stored is changed."""
    joined: list[SeatHolder] = []
    for row in holders:
        if joined and joined[-1].name == row.name:
            later = joined[-1]
            joined[-1] = SeatHolder(
                name=row.name, started_on=row.started_on, ended_on=later.ended_on
            )
        else:
            joined.append(row)
    return joined


def grouped(places: list[Place]) -> list[Group]:
    """Those of the Pokja as a whole first, then each bidang in the order it was entered."""
    groups: dict[str, Group] = {}
    first_seat = {}
    for place in places:
        name = place.seat.group.strip()
        groups.setdefault(name.casefold(), Group(name)).places.append(place)
        known = first_seat.get(name.casefold(), place.seat.pk)
        first_seat[name.casefold()] = min(known, place.seat.pk)
    return [groups[key] for key in sorted(groups, key=lambda key: (key != "", first_seat[key]))]
