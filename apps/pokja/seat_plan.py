"""The rows of a list against the seats of one SK: new, changed, kept, no longer there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError

from apps.core.cells import fold
from apps.core.formats import format_date
from apps.core.importing import ADD, CHANGE, KEEP, Outcome, Problems, Record
from apps.pokja.enums import Sector
from apps.pokja.models import Pokja, Seat, SeatHolder
from apps.pokja.seat_services import DAY, FIELDS, check_holders, holder_words, in_order

# Column of the list -> field of the seat; the holder's name and the days are read apart.
POST_FIELDS = {
    "kedudukan": "position",
    "instansi": "institution",
    "unsur": "sector",
    "jabatan_asal": "home_post",
    "bidang": "group",
}
KEY_COLUMNS = ("kedudukan", "instansi", "jabatan_asal", "bidang")
NEWCOMER = "pejabat baru"
SAME_PERSON = 0.85  # so alike are two spellings of one name; 1 is equal
# Where the whole key finds nothing: the same post in another position, or written more fully.
LOOSER_KEYS = (("instansi", "jabatan_asal"), ("kedudukan", "instansi"))


@dataclass(frozen=True)
class Target:
    """Whose list it is: a Pokja, the SK (its evidence, or None) and the first day of new seats."""

    pokja: Pokja
    decree: object = None
    starts_on: date | None = None

    @property
    def key(self) -> tuple:
        return self.pokja.pk, self.decree.family if self.decree else None


@dataclass
class Entry:
    """One row and the seat it speaks of; ``holders`` as they will be, in order."""

    seat: Seat
    outcome: Outcome
    before: dict = field(default_factory=dict)
    holders: list[SeatHolder] = field(default_factory=list)

    @property
    def is_newcomer(self) -> bool:
        """Does somebody new hold the seat, from a day the list does not name?"""
        return any(
            column == "nama" and after.endswith(NEWCOMER)
            for column, _, after in self.outcome.details
        )

    @property
    def after(self) -> dict:
        return state_of(self.seat, self.holders)


def state_of(seat: Seat, holders: Iterable[SeatHolder]) -> dict:
    """As ``state_of_seat``, of a seat that is not written yet."""
    return {name: getattr(seat, name) for name in FIELDS if name != "decree"} | {
        "decree": str(seat.decree or ""),
        "holders": [holder_words(row) for row in holders],
    }


def compare(
    target: Target,
    seats: list[Seat],
    records: list[Record],
    problems: Problems,
    changed_on: date,
) -> tuple[list[Entry], list[Seat]]:
    """(what each row means, seats that still run and are not in the list).

    Somebody new without a day of their own holds the seat from ``changed_on`` on. Seats and
    holders are changed in memory only; bad dates go to ``problems``.
    """
    pairs, left = match(seats, records)
    entries = [
        _kept(record, pairs[record.number], problems, changed_on)
        if record.number in pairs
        else _added(target, record, problems)
        for record in records
    ]
    return entries, [seat for seat in left if seat.ended_on is None]


# --- which row speaks of which seat ----------------------------------------------------------


def match(seats: list[Seat], records: list[Record]) -> tuple[dict[int, Seat], list[Seat]]:
    """Row number -> seat, and the seats no row speaks of.

    First by the post as the list gives it (of several the one with the same name first), then by
    parts of it where that leaves no doubt.
    """
    given = [name for name in KEY_COLUMNS if records and name in records[0].values]
    pairs: dict[int, Seat] = {}
    left = sorted(seats, key=lambda seat: (seat.ended_on is not None, seat.pk))
    for same_name in (True, False):
        _pair(pairs, left, records, given, same_name=same_name, only_one=False)
    running = [seat for seat in left if seat.ended_on is None]
    for key in LOOSER_KEYS:
        columns = [name for name in key if name in given]
        _pair(pairs, running, records, columns, same_name=False, only_one=True)
    taken = {seat.pk for seat in pairs.values()}
    return pairs, [seat for seat in left if seat.pk not in taken]


def _pair(pairs, left: list[Seat], records, columns, *, same_name: bool, only_one: bool) -> None:
    by_key = defaultdict(list)
    for seat in left:
        by_key[_seat_key(seat, columns)].append(seat)
    open_rows = [record for record in records if record.number not in pairs]
    wanted = defaultdict(int)
    for record in open_rows:
        wanted[_row_key(record, columns)] += 1
    for record in open_rows:
        key = _row_key(record, columns)
        found = by_key[key]
        if only_one and (len(found) != 1 or wanted[key] != 1):
            continue
        seat = next((seat for seat in found if not same_name or _knows(seat, record)), None)
        if seat is not None:
            pairs[record.number] = seat
            found.remove(seat)
            left.remove(seat)


def _seat_key(seat: Seat, columns) -> tuple:
    return tuple(fold(getattr(seat, POST_FIELDS[name])) for name in columns)


def _row_key(record: Record, columns) -> tuple:
    return tuple(fold(record.get(name) or "") for name in columns)


def _knows(seat: Seat, record: Record) -> bool:
    name = fold(record.get("nama") or "")
    return not name or any(fold(row.name) == name for row in seat.holders.all())


# --- what a row changes ----------------------------------------------------------------------


def _added(target: Target, record: Record, problems: Problems) -> Entry:
    seat = Seat(
        pokja=target.pokja,
        decree=target.decree,
        started_on=record.get("mulai") or target.starts_on,
        ended_on=record.get("sampai"),
        **{name: record.get(column) or "" for column, name in POST_FIELDS.items()},
    )
    holders = []
    if name := record.get("nama"):
        holders.append(_holder(seat, name, seat.started_on))
    _check(seat, holders, record, problems)
    return Entry(seat, Outcome(record.number, ADD, _label(seat, holders)), {}, holders)


def _kept(record: Record, seat: Seat, problems: Problems, changed_on: date) -> Entry:
    holders = in_order(seat.holders.all())
    before = state_of(seat, holders)
    details = _change_post(seat, record)
    details += _change_holder(seat, holders, record, problems, changed_on)
    details += _change_days(seat, holders, record)
    _check(seat, holders, record, problems)
    action = CHANGE if details else KEEP
    outcome = Outcome(record.number, action, _label(seat, holders), details)
    return Entry(seat, outcome, before, holders)


def _change_post(seat: Seat, record: Record) -> list[tuple]:
    details = []
    for column, name in POST_FIELDS.items():
        before, after = getattr(seat, name), record.get(column, getattr(seat, name))
        if before != after:
            setattr(seat, name, after)
            details.append((column, _shown(column, before), _shown(column, after)))
    return details


def _change_holder(seat, holders, record, problems: Problems, changed_on) -> list[tuple]:
    """A name that is new: the first holder, another spelling of the last, or the next one."""
    name, start = record.get("nama"), record.get("mulai")
    last = holders[-1] if holders else None
    if not name or (last and last.name == name):
        return []
    if last is None:
        holders.append(_holder(seat, name, start or seat.started_on))
        return [("nama", "", name)]
    if any(row.name == name for row in holders):
        problems.warn(record, "nama", f"{name} sudah digantikan {last.name}; nama dibiarkan")
        return []
    if _is_correction(last, name, start):
        old, last.name = last.name, name
        return [("nama", old, f"{name} (pembetulan)")]
    return _succeed(seat, holders, record, problems, start or changed_on)


def _is_correction(last: SeatHolder, name: str, start: date | None) -> bool:
    """The same person written otherwise, or somebody else from the very same day."""
    if start is not None:
        return start == last.started_on
    return SequenceMatcher(None, fold(last.name), fold(name)).ratio() >= SAME_PERSON


def _succeed(seat, holders, record, problems: Problems, start: date) -> list[tuple]:
    last, name = holders[-1], record["nama"]
    since = max(filter(None, (last.started_on, seat.started_on)), default=None)
    if since and start <= since:
        message = f"{last.name} tercatat sejak {format_date(since)}. Isi mulai {name} sesudah itu"
        problems.error(record, "mulai", message)
        return []
    if last.ended_on is None or last.ended_on >= start:
        last.ended_on = start - DAY
    holders.append(_holder(seat, name, start))
    since = f"sejak {format_date(start)}" if record.get("mulai") else NEWCOMER
    return [("nama", last.name, f"{name}, {since}")]


def _change_days(seat: Seat, holders, record: Record) -> list[tuple]:
    """The days of the seat; those of its first and last holder move along. Blank says nothing."""
    details, start, end = [], record.get("mulai"), record.get("sampai")
    known = {seat.started_on, *(row.started_on for row in holders)}
    if start and start not in known:
        details.append(("mulai", _day(seat.started_on), _day(start)))
        if holders and holders[0].started_on == seat.started_on:
            holders[0].started_on = start
        seat.started_on = start
    if end and end != seat.ended_on:
        details.append(("sampai", _day(seat.ended_on), _day(end)))
        leave(seat, holders, end)
    return details


def leave(seat: Seat, holders: list[SeatHolder], end: date) -> None:
    """The last day of a seat and of who holds it then, in memory."""
    seat.ended_on = end
    if holders and (holders[-1].ended_on is None or holders[-1].ended_on > end):
        holders[-1].ended_on = end


def _check(seat: Seat, holders, record: Record, problems: Problems) -> None:
    if fault := fault_of(seat, holders):
        column = "sampai" if record.get("sampai") else "mulai"
        problems.error(record, column, fault)


def fault_of(seat: Seat, holders: list[SeatHolder]) -> str:
    """What is wrong with the days of a seat and its holders; empty where nothing is."""
    for row in (seat, *holders):
        if row.started_on and row.ended_on and row.ended_on < row.started_on:
            return (
                f"{row} berakhir {format_date(row.ended_on)}, sebelum mulai "
                f"{format_date(row.started_on)}"
            )
    try:
        check_holders(seat, holders)
    except ValidationError as error:
        return error.messages[0]
    return ""


def _holder(seat: Seat, name: str, start: date | None) -> SeatHolder:
    return SeatHolder(seat=seat, name=name, started_on=start, ended_on=seat.ended_on)


def _label(seat: Seat, holders) -> str:
    return f"{seat} ({holders[-1].name})" if holders else str(seat)


def _shown(column: str, value) -> str:
    return Sector(value).label if column == "unsur" else value


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
