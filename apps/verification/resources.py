"""Files of the kind ``alasan``: the coded reasons for returning, kept by offices in sheets."""

import re
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
    differing,
    limited,
    overwrite,
)
from apps.verification.enums import Kind
from apps.verification.models import ReturnReason

FIELDS = {
    "jenis_bukti": "kind",
    "alasan": "label",
    "cara_memperbaiki": "advice",
    "dipakai": "is_active",
    "urutan": "order",
}
EVERY_KIND = "semua"
_KIND = cells.choice([*Kind.choices, ("", EVERY_KIND)])
_YES_NO = cells.choice([("ya", "Ya"), ("tidak", "Tidak")])
_CODE = cells.code_text(50)


def read_code(value) -> str:
    code = _CODE(value).strip()
    if not re.fullmatch(r"[-a-zA-Z0-9_]+", code):
        raise ValueError("Kode hanya memuat huruf, angka, - dan _")
    return code


def read_yes_no(value) -> bool:
    """ya or tidak; also Excel's TRUE and FALSE."""
    return value if isinstance(value, bool) else _YES_NO(value) == "ya"


def shown(name: str, value):
    """A stored value as the file writes it."""
    if name == "is_active":
        return "ya" if value else "tidak"
    return value or EVERY_KIND if name == "kind" else value


class ReasonImporter(Importer):
    kind, label, key_column = "alasan", "Alasan pengembalian", "kode"

    @classmethod
    def column_names(cls):
        return ["kode", *FIELDS]

    @property
    def columns(self):
        return (
            Column("kode", read_code, required=True),
            Column("jenis_bukti", _KIND, blank=""),
            Column("alasan", cells.text(160), required=True),
            Column("cara_memperbaiki", cells.text(255), blank=""),
            Column("dipakai", read_yes_no, blank=True),
            Column("urutan", cells.whole(0, 32767), blank=0),
        )

    def check(self, record: Record, problems: Problems) -> None:
        """Reasons have no region: only administrators (and the command line) write them."""
        if self.actor is not None and not self.actor.is_superuser:
            problems.error(record, "kode", "Hanya administrator yang mengubah alasan pengembalian")

    def key_of(self, record: Record):
        return record.get("kode")

    def plan(self, records: list[Record], problems: Problems) -> Plan:
        stored = {row.code: row for row in ReturnReason.objects.all()}
        plan = ReasonPlan()
        for record in records:
            if code := self.key_of(record):
                plan.add(record, stored.get(code))
        return plan

    def export_rows(self, user, within=None) -> Iterator[list]:
        for row in limited(ReturnReason.objects.order_by("kind", "order", "pk"), "pk", within):
            yield [row.code, *(shown(name, getattr(row, name)) for name in FIELDS.values())]


class ReasonPlan(Plan):
    def __init__(self):
        super().__init__()
        self.created: list[ReturnReason] = []
        self.changed: list[tuple[ReturnReason, dict, dict]] = []

    def add(self, record: Record, stored: ReturnReason | None) -> None:
        label = f"{record['kode']} {record.get('alasan', '')}"
        if stored is None:
            given = {
                name: record.values[column]
                for column, name in FIELDS.items()
                if column in record.values
            }
            self.created.append(ReturnReason(code=record["kode"], **given))
            self.outcomes.append(Outcome(record.number, ADD, label))
            return
        found = list(differing(record, FIELDS, lambda name: getattr(stored, name)))
        details = [
            (column, shown(name, before), shown(name, after))
            for column, name, before, after in found
        ]
        if found:
            before = {name: value for _, name, value, _ in found}
            self.changed.append((stored, before, {name: value for _, name, _, value in found}))
        self.outcomes.append(Outcome(record.number, CHANGE if found else KEEP, label, details))

    def write(self) -> None:
        ReturnReason.objects.bulk_create(self.created)
        self.traces = [
            Trace("alasan.impor", row, None, {}, {"kode": row.code, "alasan": row.label})
            for row in self.created
        ]
        keys = [row.pk for row, _, _ in self.changed]
        held = ReturnReason.objects.select_for_update().order_by("pk").in_bulk(keys)
        for row, before, after in self.changed:
            now = held.get(row.pk)
            if now is None or any(getattr(now, name) != value for name, value in before.items()):
                raise PlanOutdated
            for name, value in after.items():
                setattr(row, name, value)
            self.traces.append(Trace("alasan.impor", row, None, before, after))
        overwrite(ReturnReason, [row for row, _, _ in self.changed], ["code", *FIELDS.values()])
