"""Files of the kind ``libur``: the national holidays and joint leave of a year."""

from collections.abc import Iterator

from apps.core import cells
from apps.core.importing import (
    ADD,
    CHANGE,
    KEEP,
    Column,
    Importer,
    Outcome,
    Plan,
    PlanOutdated,
    Problems,
    Record,
    Trace,
    chunks,
    differing,
    limited,
    overwrite,
)
from apps.deadlines.models import Holiday

FIELDS = {"nama": "name", "cuti_bersama": "is_joint_leave"}
_YES_NO = cells.choice([("ya", "Ya"), ("tidak", "Tidak")])


def read_yes_no(value) -> bool:
    """ya or tidak; also Excel's TRUE and FALSE."""
    return value if isinstance(value, bool) else _YES_NO(value) == "ya"


def shown(value):
    """A stored value as the file writes it."""
    return ("tidak", "ya")[value] if isinstance(value, bool) else value


class HolidayImporter(Importer):
    kind, label, key_column = "libur", "Hari libur", "tanggal"

    @classmethod
    def column_names(cls):
        return ["tanggal", *FIELDS]

    @property
    def columns(self):
        return (
            Column("tanggal", cells.day, required=True),
            Column("nama", cells.text(120), required=True),
            Column("cuti_bersama", read_yes_no, blank=False),
        )

    def check(self, record: Record, problems: Problems) -> None:
        """Holidays have no region: only administrators (and the command line) write them."""
        if self.actor is not None and not self.actor.is_superuser:
            problems.error(record, "tanggal", "Hanya administrator yang mengubah hari libur")

    def key_of(self, record: Record):
        return record.get("tanggal")

    def plan(self, records: list[Record], problems: Problems) -> Plan:
        keys = {key: record for record in records if (key := self.key_of(record))}
        stored = {}
        for part in chunks(sorted(keys)):
            stored |= {row.date: row for row in Holiday.objects.filter(date__in=part)}
        plan = HolidayPlan()
        for day, record in keys.items():
            plan.add(record, stored.get(day))
        return plan

    def export_rows(self, user, within=None) -> Iterator[list]:
        rows = limited(Holiday.objects.order_by("date"), "pk", within)
        for row in rows:
            yield [row.date, row.name, shown(row.is_joint_leave)]


class HolidayPlan(Plan):
    def __init__(self):
        super().__init__()
        self.created: list[Holiday] = []
        self.changed: list[tuple[Holiday, dict, dict]] = []

    def add(self, record: Record, stored: Holiday | None) -> None:
        label = f"{record['tanggal']} {record.get('nama', '')}"
        if stored is None:
            given = {
                name: record.values[column]
                for column, name in FIELDS.items()
                if column in record.values
            }
            self.created.append(Holiday(date=record["tanggal"], **given))
            self.outcomes.append(Outcome(record.number, ADD, label))
            return
        found = list(differing(record, FIELDS, lambda name: getattr(stored, name)))
        details = [(column, shown(before), shown(after)) for column, _, before, after in found]
        if found:
            before = {name: value for _, name, value, _ in found}
            self.changed.append((stored, before, {name: value for _, name, _, value in found}))
        self.outcomes.append(Outcome(record.number, CHANGE if found else KEEP, label, details))

    def write(self) -> None:
        self.traces = []
        Holiday.objects.bulk_create(self.created)
        for row in self.created:
            after = {"date": row.date, "name": row.name, "is_joint_leave": row.is_joint_leave}
            self.traces.append(Trace("libur.impor", row, None, {}, after))
        held = (
            Holiday.objects.select_for_update()
            .order_by("pk")
            .in_bulk([row.pk for row, _, _ in self.changed])
        )
        for row, before, after in self.changed:
            if row.pk not in held or any(
                getattr(held[row.pk], name) != value for name, value in before.items()
            ):
                raise PlanOutdated
            for name, value in after.items():
                setattr(row, name, value)
            self.traces.append(Trace("libur.impor", row, None, before, after))
        overwrite(Holiday, [row for row, _, _ in self.changed], ["date", *FIELDS.values()])
