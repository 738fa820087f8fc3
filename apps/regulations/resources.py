"""Files of the kind ``regulasi``: regulations of the nation (administrators) and of regions."""

from collections.abc import Iterator
from functools import cached_property

from django.utils import timezone

from apps.accounts.enums import Act
from apps.core import cells
from apps.core.formats import decree_key
from apps.core.importing import (
    ADD,
    CHANGE,
    KEEP,
    Column,
    Gate,
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
from apps.regions.importing import RegionBook
from apps.regulations.codes import parse_topics, place_fault
from apps.regulations.enums import RegulationKind
from apps.regulations.models import FIRST_YEAR, LAST_YEAR, Regulation

COLUMNS = (
    "jenis",
    "nomor",
    "tahun",
    "tentang",
    "kode_wilayah",
    "tanggal",
    "berlaku_mulai",
    "berlaku_sampai",
    "topik",
    "sumber",
    "penetap",
)
FIELDS = {
    "tentang": "subject",
    "tanggal": "enacted_on",
    "berlaku_mulai": "valid_from",
    "berlaku_sampai": "valid_until",
    "topik": "topics",
    "sumber": "source",
}
ALSO = {
    "perka": "perban",
    "perka bkkbn": "perban",
    "perban bkkbn": "perban",
    "peraturan kepala bkkbn": "perban",
    "undang undang": "uu",
    "edaran": "se",
}
NATIONAL_ONLY = "Regulasi nasional hanya dicatat administrator. Isi kode_wilayah"


def regulation_cells(row: Regulation) -> list:
    """One regulation as a row of the file."""
    return [
        row.kind,
        row.number,
        row.year,
        row.subject,
        row.region.code if row.region else "",
        row.enacted_on,
        row.valid_from,
        row.valid_until,
        row.topics,
        row.source,
        row.issuer,
    ]


def read_topics(value) -> str:
    return parse_topics(cells.as_text(value))


class RegulationImporter(Importer):
    kind, label, key_column = "regulasi", "Regulasi", "nomor"

    def __init__(self, *, actor=None):
        super().__init__(actor=actor)
        self.gate = Gate(actor, (Act.MANAGE_POKJA, "mencatat regulasi"))

    @classmethod
    def column_names(cls):
        return list(COLUMNS)

    @cached_property
    def regions(self) -> RegionBook:
        return RegionBook(self.gate)

    @property
    def columns(self):
        return (
            Column("jenis", cells.choice(RegulationKind.choices, ALSO), required=True),
            Column("nomor", cells.text(60), required=True),
            Column("tahun", cells.whole(FIRST_YEAR, LAST_YEAR), required=True),
            Column("tentang", cells.text(500), required=True),
            Column("kode_wilayah", self.regions.find),
            Column("tanggal", cells.day),
            Column("berlaku_mulai", cells.day),
            Column("berlaku_sampai", cells.day),
            Column("topik", read_topics, blank=""),
            Column("sumber", cells.text(300), blank=""),
            Column("penetap", cells.text(120), blank=""),
        )

    def check(self, record: Record, problems: Problems) -> None:
        """Kinds fit their regions, ends follow beginnings."""
        region, kind = record.get("kode_wilayah"), record.get("jenis")
        unread = record.cells.get("kode_wilayah") and region is None
        level = region.level if region else ""
        if kind and not unread and (fault := place_fault(kind, level)):
            problems.error(record, "jenis", fault)
        until = record.get("berlaku_sampai")
        starts = (record.get("tanggal"), record.get("berlaku_mulai"))
        if until and any(start and until < start for start in starts):
            problems.error(record, "berlaku_sampai", "Tanggal akhir sebelum tanggal mulai")

    def key_of(self, record: Record):
        if not record.has("jenis", "nomor", "tahun"):
            return None
        region = record.get("kode_wilayah")
        if record.cells.get("kode_wilayah") and region is None:
            return None
        return (
            region.pk if region else None,
            record["jenis"],
            record.get("penetap", ""),
            record["tahun"],
            decree_key(record["nomor"]),
        )

    def plan(self, records: list[Record], problems: Problems) -> Plan:
        keys = {key: record for record in records if (key := self.key_of(record))}
        stored = {}
        for part in chunks(sorted({key[-1] for key in keys})):
            for row in Regulation.objects.filter(number_key__in=part).select_related("region"):
                stored[row.region_id, row.kind, row.issuer, row.year, row.number_key] = row
        plan = RegulationPlan(problems, may_write_national=self._may_write_national)
        for key, record in keys.items():
            if record.has("tentang"):
                plan.add(record, key, stored.get(key))
        return plan

    @property
    def _may_write_national(self) -> bool:
        return self.actor is None or self.actor.is_superuser

    def export_rows(self, user, within=None) -> Iterator[list]:
        rows = limited(Regulation.objects.for_user(user), "pk", within)
        rows = rows.select_related("region").order_by("region__code", "year", "id")
        for row in rows.iterator(chunk_size=1000):
            yield regulation_cells(row)


class RegulationPlan(Plan):
    def __init__(self, problems: Problems, *, may_write_national: bool):
        super().__init__()
        self.problems, self.may_write_national = problems, may_write_national
        self.created: list[Regulation] = []
        self.changed: list[tuple[Regulation, dict, dict]] = []

    def add(self, record: Record, key, stored: Regulation | None) -> None:
        label = f"{record['jenis']} {record['nomor']}/{record['tahun']}"
        region = record.get("kode_wilayah")
        if stored is None:
            self._refuse_national(record, region)
            self.created.append(self._new(record, key, region))
            self.outcomes.append(Outcome(record.number, ADD, label))
            return
        found = list(differing(record, FIELDS, lambda name: getattr(stored, name)))
        if found:
            self._refuse_national(record, region)
            self._change(record, stored, found)
        details = [(column, before, after) for column, _, before, after in found]
        self.outcomes.append(Outcome(record.number, CHANGE if found else KEEP, label, details))

    def _refuse_national(self, record: Record, region) -> None:
        if region is None and not self.may_write_national:
            self.problems.error(record, "kode_wilayah", NATIONAL_ONLY)

    @staticmethod
    def _new(record: Record, key, region) -> Regulation:
        given = {
            name: record.values[column]
            for column, name in FIELDS.items()
            if column in record.values
        }
        _, kind, issuer, year, number_key = key
        return Regulation(
            region=region,
            kind=kind,
            issuer=issuer,
            year=year,
            number=record["nomor"],
            number_key=number_key,
            **given,
        )

    def _change(self, record: Record, stored: Regulation, found) -> None:
        before = {name: value for _, name, value, _ in found}
        after = {name: value for _, name, _, value in found}
        held = {name: after.get(name, getattr(stored, name)) for name in FIELDS.values()}
        starts = (held["enacted_on"], held["valid_from"])
        if stored.revoked_by_id and held["valid_until"] is None:
            text = "Regulasi ini dicabut; isi hari terakhir berlakunya"
            self.problems.error(record, "berlaku_sampai", text)
        elif held["valid_until"] and any(day and held["valid_until"] < day for day in starts):
            text = "Tanggal akhir yang tersimpan sebelum tanggal mulai"
            self.problems.error(record, "berlaku_sampai", text)
        self.changed.append((stored, before, after))

    def write(self) -> None:
        self.traces = []
        Regulation.objects.bulk_create(self.created, batch_size=1000)
        for row in self.created:
            after = {name: getattr(row, name) for name in ("kind", "number", *FIELDS.values())}
            self.traces.append(Trace("regulasi.impor", row, row.region, {}, after))
        self._lock()
        now = timezone.now()
        for row, before, after in self.changed:
            if "valid_until" in after:
                row.ended_at, row.planned_until = now, row.valid_until
            for name, value in after.items():
                setattr(row, name, value)
            row.revision += 1
            self.traces.append(Trace("regulasi.impor", row, row.region, before, after))
        fields = [*FIELDS.values(), "ended_at", "planned_until", "revision"]
        overwrite(Regulation, [row for row, _, _ in self.changed], fields)

    def _lock(self) -> None:
        held = {}
        for part in chunks(row.pk for row, _, _ in self.changed):
            held |= Regulation.objects.select_for_update().order_by("pk").in_bulk(part)
        for row, _, _ in self.changed:
            if row.pk not in held or held[row.pk].revision != row.revision:
                raise PlanOutdated
