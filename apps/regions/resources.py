"""Files of the kind ``profil`` (columns to the letter of spec section 7)."""

from collections.abc import Iterator
from functools import cached_property

from apps.core import cells
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
from apps.regions.models import PROFILE_FIELDS, RegionProfile

EDIT = "edit"  # accounts.enums.Act.EDIT; people stand above regions


class ProfileImporter(Importer):
    kind, label, key_column = "profil", "Profil wilayah", "kode_wilayah"

    def __init__(self, *, actor=None):
        super().__init__(actor=actor)
        self.gate = Gate(actor, (EDIT, "mengisi profil"))

    @classmethod
    def column_names(cls):
        return ["kode_wilayah", "tahun", *PROFILE_FIELDS]

    @cached_property
    def regions(self) -> RegionBook:
        return RegionBook(self.gate)

    @property
    def columns(self):
        readers = dict.fromkeys(PROFILE_FIELDS, cells.count) | {
            "prevalensi_stunting": cells.decimal(2, 3, low=0, high=100),
            "sumber": cells.text(300),
        }
        return (
            Column("kode_wilayah", self.regions.find, required=True),
            Column("tahun", cells.year, required=True),
            *(
                Column(name, read, blank="" if name == "sumber" else None)
                for name, read in readers.items()
            ),
        )

    def check(self, record: Record, problems: Problems) -> None:
        self.regions.warn_of_old_code(record, problems)

    def key_of(self, record: Record):
        if not record.has("kode_wilayah", "tahun"):
            return None
        return record["kode_wilayah"].pk, record["tahun"]

    def plan(self, records: list[Record], problems: Problems) -> Plan:
        keys = {key: record for record in records if (key := self.key_of(record))}
        stored = {}
        for part in chunks(sorted({region for region, _ in keys})):
            rows = RegionProfile.objects.filter(
                region__in=part, year__in={year for _, year in keys}
            )
            stored |= {(row.region_id, row.year): row for row in rows}
        plan = ProfilePlan()
        for key, record in keys.items():
            plan.add(record, stored.get(key))
        return plan

    def export_rows(self, user, within=None) -> Iterator[list]:
        rows = limited(RegionProfile.objects.for_user(user), "pk", within).order_by(
            "region__code", "year"
        )
        yield from (
            list(row)
            for row in rows.values_list("region__code", "year", *PROFILE_FIELDS.values()).iterator(
                chunk_size=2000
            )
        )


class ProfilePlan(Plan):
    def __init__(self):
        super().__init__()
        self.created: list[RegionProfile] = []
        self.changed: list[tuple[RegionProfile, dict, dict]] = []

    def add(self, record: Record, stored: RegionProfile | None) -> None:
        region = record["kode_wilayah"]
        label = f"{region.code} {record['tahun']}"
        given = {
            name: record.values[column]
            for column, name in PROFILE_FIELDS.items()
            if column in record.values
        }
        if stored is None:
            self.created.append(RegionProfile(region=region, year=record["tahun"], **given))
            self.outcomes.append(Outcome(record.number, ADD, label))
            return
        found = list(differing(record, PROFILE_FIELDS, lambda name: getattr(stored, name)))
        if found:
            stored.region = region
            before = {name: value for _, name, value, _ in found}
            self.changed.append((stored, before, {name: value for _, name, _, value in found}))
        details = [(column, before, after) for column, _, before, after in found]
        self.outcomes.append(Outcome(record.number, CHANGE if details else KEEP, label, details))

    def write(self) -> None:
        self.traces = []
        RegionProfile.objects.bulk_create(self.created, batch_size=1000)
        for row in self.created:
            values = {name: getattr(row, name) for name in PROFILE_FIELDS.values()}
            after = {name: value for name, value in values.items() if value not in (None, "")}
            self.traces.append(Trace("profil.impor", row, row.region, {}, after))
        self._lock()
        for row, before, after in self.changed:
            for name, value in after.items():
                setattr(row, name, value)
            self.traces.append(Trace("profil.impor", row, row.region, before, after))
        overwrite(RegionProfile, [row for row, _, _ in self.changed], list(PROFILE_FIELDS.values()))

    def _lock(self) -> None:
        """Hold the rows; all fields are written, so none may differ from what was read."""
        held = {}
        for part in chunks(row.pk for row, _, _ in self.changed):
            held |= RegionProfile.objects.select_for_update().order_by("pk").in_bulk(part)
        for row, _, _ in self.changed:
            names = PROFILE_FIELDS.values()
            if row.pk not in held or any(
                getattr(held[row.pk], name) != getattr(row, name) for name in names
            ):
                raise PlanOutdated
