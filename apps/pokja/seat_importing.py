"""Lists of members, all or nothing: the list of one SK from its page, or a file of many Pokja.

A row adds a seat, changes one or leaves it alone; with ``ends_on`` the running seats that the list
of an SK no longer names end on that day. The same list twice changes nothing.
"""

import hashlib
from collections.abc import Iterable

from django.utils import timezone

from apps.accounts.enums import Act
from apps.audit.services import record_many
from apps.core import cells
from apps.core.importing import (
    ADD,
    KEEP,
    Column,
    Gate,
    Importer,
    Plan,
    PlanOutdated,
    Problems,
    Record,
    Report,
    Trace,
    chunks,
    overwrite,
    run_import,
)
from apps.core.tabular import Sheet
from apps.pokja.enums import Sector
from apps.pokja.models import Seat, SeatHolder
from apps.pokja.seat_plan import Entry, Target, compare, fault_of, leave, state_of
from apps.pokja.seat_services import FIELDS, in_order, lock_rosters, role_in
from apps.pokja.seat_sheet import COLUMNS
from apps.pokja.seat_words import ALLOWED_SECTORS, SECTOR_WORDS, name_fault

BATCH = 1_000
HOLDER_FIELDS = ["name", "started_on", "ended_on"]


class RosterChanged(Exception):
    """The members changed since the preview that is being confirmed; nothing was saved."""


def person(value) -> str:
    """A name without numbers of identity."""
    name = cells.text(150)(value)
    if fault := name_fault(name):
        raise ValueError(fault)
    return name


POST_COLUMNS = (
    Column("kedudukan", cells.text(100), required=True),
    Column("instansi", cells.text(150), required=True),
    Column("unsur", cells.choice(Sector.choices, SECTOR_WORDS, ALLOWED_SECTORS), required=True),
    Column("jabatan_asal", cells.text(150), blank=""),
    Column("bidang", cells.text(150), blank=""),
    Column("nama", person),
    Column("mulai", cells.day),
    Column("sampai", cells.day),
)


class SeatImporter(Importer):
    """The list of one SK of one Pokja (``target``).

    ``ends_on``: the last day of running seats that are not in the list; None leaves them.
    ``changed_on``: the first day of new holders without a day in the list; today unless given.
    ``expected``: the fingerprint of the preview that is confirmed; RosterChanged on another one.
    After a run ``leaving``, ``newcomers`` (new holders without a day) and ``fingerprint`` tell
    what it found.
    """

    kind, label, key_column = "anggota", "Anggota Pokja", "kedudukan"

    def __init__(
        self,
        *,
        actor=None,
        target: Target | None = None,
        ends_on=None,
        changed_on=None,
        expected="",
    ):
        super().__init__(actor=actor)
        self.gate = Gate(actor, (Act.MANAGE_POKJA, "mengelola anggota Pokja"))
        self.target, self.ends_on, self.expected = target, ends_on, expected
        self.changed_on = changed_on or timezone.localdate()
        self.newcomers = 0
        self.leaving: list[Seat] = []
        self.fingerprint = ""

    @classmethod
    def column_names(cls):
        return list(COLUMNS)

    @property
    def columns(self):
        return POST_COLUMNS

    def target_of(self, record: Record) -> Target | None:
        """Whose list a row belongs to; None where that could not be read."""
        return self.target

    def key_of(self, record: Record):
        target = self.target_of(record)
        if target is None or not record.has("kedudukan", "instansi"):
            return None
        named = ("kedudukan", "instansi", "jabatan_asal", "bidang", "nama", "mulai")
        return target.key, *(cells.fold(str(record.get(name) or "")) for name in named)

    def plan(self, records: list[Record], problems: Problems) -> "SeatPlan":
        groups = self._groups(records)
        targets = [target for target, _ in groups.values()]
        stored = load_seats(target.pokja.pk for target in targets)
        plan = SeatPlan(targets, stored)
        for key, (target, rows) in groups.items():
            entries, left = compare(target, stored.get(key, []), rows, problems, self.changed_on)
            plan.entries += entries
            if self.target is not None:
                self._end(left, plan, problems)
        plan.outcomes = [entry.outcome for entry in plan.entries]
        self.newcomers = sum(entry.is_newcomer for entry in plan.entries)
        self.fingerprint = plan.fingerprint(self.leaving)
        if self.expected and self.expected != self.fingerprint:
            raise RosterChanged
        return plan

    def _groups(self, records: list[Record]) -> dict[tuple, tuple[Target, list[Record]]]:
        groups: dict[tuple, tuple[Target, list[Record]]] = {}
        for record in records:
            target = self.target_of(record)
            if target is not None and record.has("kedudukan", "instansi", "unsur"):
                groups.setdefault(target.key, (target, []))[1].append(record)
        return groups

    def _end(self, left: list[Seat], plan: "SeatPlan", problems: Problems) -> None:
        self.leaving = left
        if self.ends_on is None:
            return
        for seat in left:
            holders = in_order(seat.holders.all())
            before = state_of(seat, holders)
            leave(seat, holders, self.ends_on)
            if fault := fault_of(seat, holders):
                problems.error(None, None, fault)
            plan.ended.append(Entry(seat, None, before, holders))


def load_seats(pokja_ids: Iterable[int]) -> dict[tuple, list[Seat]]:
    """Seats by Pokja and family of their SK, with holders; 2 queries for each 5,000 Pokja."""
    found: dict[tuple, list[Seat]] = {}
    for part in chunks(sorted(set(pokja_ids))):
        rows = Seat.objects.filter(pokja__in=part).select_related("decree", "pokja__region")
        for seat in rows.prefetch_related("holders").order_by("id"):
            family = seat.decree.family if seat.decree else None
            found.setdefault((seat.pokja_id, family), []).append(seat)
    return found


class SeatPlan(Plan):
    """Seats and holders to be written, in a few statements; ``ended`` has no rows in the list."""

    def __init__(self, targets: list[Target], stored: dict[tuple, list[Seat]]):
        super().__init__()
        self.pokja_ids = {target.pokja.pk for target in targets}
        self.seen = {seat.pk: seat.revision for rows in stored.values() for seat in rows}
        self.entries: list[Entry] = []
        self.ended: list[Entry] = []

    @property
    def changes_anything(self) -> bool:
        return bool(self.ended) or super().changes_anything

    def fingerprint(self, leaving: list[Seat]) -> str:
        """The same for the same consequences; 32 letters."""
        rows = [(item.row, item.action, item.label, item.details) for item in self.outcomes]
        words = repr((rows, [seat.pk for seat in leaving]))
        return hashlib.sha256(words.encode()).hexdigest()[:32]

    def write(self) -> None:
        lock_rosters(self.pokja_ids)
        self._refuse_outdated()
        added = [entry for entry in self.entries if entry.outcome.action == ADD]
        changed = [
            entry for entry in self.entries if entry.outcome.action not in (ADD, KEEP)
        ] + self.ended
        for entry in changed:
            entry.seat.revision += 1
        Seat.objects.bulk_create([entry.seat for entry in added], batch_size=BATCH)
        fields = [name for name in FIELDS if name != "decree"] + ["revision"]
        overwrite(Seat, [entry.seat for entry in changed], fields)
        holders = [row for entry in added + changed for row in entry.holders]
        # Those who leave first: a seat has one holder at a time, also while this is written.
        overwrite(SeatHolder, [row for row in holders if row.pk], HOLDER_FIELDS)
        fresh = [row for row in holders if not row.pk]
        SeatHolder.objects.bulk_create(fresh, batch_size=BATCH)
        self.traces = [
            Trace("Impor anggota", entry.seat, entry.seat.pokja.region, entry.before, entry.after)
            for entry in added + changed
        ]

    def _refuse_outdated(self) -> None:
        now = {}
        for part in chunks(sorted(self.pokja_ids)):
            now |= dict(Seat.objects.filter(pokja__in=part).values_list("pk", "revision"))
        if now != self.seen:
            raise PlanOutdated


def import_seats(importer: SeatImporter, sheet: Sheet, *, dry_run=False, reason="") -> Report:
    """Run a list; with ``dry_run`` only told. RosterChanged when the preview no longer holds."""
    actor = importer.actor

    def record(traces) -> None:
        record_many(
            traces, actor=actor, role_in=lambda region: role_in(actor, region), reason=reason
        )

    return run_import(importer, sheet, dry_run=dry_run, record=record)
