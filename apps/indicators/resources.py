"""Files of the kinds ``indikator`` and ``target`` (columns to the letter of spec section 7)."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from apps.accounts.enums import Act
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
    limited,
    overwrite,
)
from apps.indicators.codes import YES_NO
from apps.indicators.enums import Direction
from apps.indicators.importing import IndicatorBook
from apps.indicators.models import IndicatorSet, RegionTarget, Target
from apps.indicators.services import indicators_family, indicators_title
from apps.pokja.evidence_importing import GroupedImporter
from apps.pokja.models import Pokja
from apps.regions.importing import RegionBook
from apps.verification.enums import Kind

VALUES = ("baseline", "target", "tw1", "tw2", "tw3", "tw4", "tahunan")

_number = cells.decimal(4, 16, negative=True)


def read_value(value) -> Decimal:
    """A number, or ya/tidak (also Excel's TRUE/FALSE) as 1 or 0."""
    if isinstance(value, bool):
        return Decimal(int(value))
    word = value.strip().casefold() if isinstance(value, str) else ""
    return YES_NO[word] if word in YES_NO else _number(value)


def check_direction(record: Record, direction: str, columns, problems: Problems) -> None:
    """ya/tidak belongs to yes/no indicators, and those take nothing else (or 1 and 0)."""
    for column in columns:
        value, cell = record.get(column), record.cells.get(column)
        if value is None:
            continue
        is_word = isinstance(cell, bool) or (
            isinstance(cell, str) and cell.strip().casefold() in YES_NO
        )
        if direction == Direction.YES_NO and value not in (0, 1):
            problems.error(record, column, "Isi dengan ya atau tidak")
        elif direction != Direction.YES_NO and is_word:
            problems.error(record, column, "Isi dengan angka; indikator ini bukan ya/tidak")


def show_value(direction: str, value):
    """A stored value as the file writes it."""
    if direction == Direction.YES_NO and value is not None:
        return "ya" if value else "tidak"
    return value


class IndicatorImporter(GroupedImporter):
    kind, label = "indikator", "Indikator"
    evidence_kind = Kind.INDICATOR_SET
    container, child, parent = IndicatorSet, Target, "indicator_set"
    key_fields = ("indicator_id",)
    fields = {
        "kode_indikator": "indicator_id",
        "baseline": "baseline",
        "tahun_baseline": "baseline_year",
        "target": "target",
        "sumber_data": "source",
        "tw1": "q1",
        "tw2": "q2",
        "tw3": "q3",
        "tw4": "q4",
        "tahunan": "annual",
    }

    @classmethod
    def column_names(cls):
        return ["kode_pokja", "tahun", *cls.fields]

    @cached_property
    def indicators(self) -> IndicatorBook:
        return IndicatorBook()

    @property
    def columns(self):
        return (
            self.pokja_column(),
            Column("tahun", cells.year, required=True),
            Column("kode_indikator", self.indicators.find, required=True),
            Column("baseline", read_value),
            Column("tahun_baseline", cells.whole(1990, 2100)),
            Column("target", read_value, required=True),
            Column("sumber_data", cells.text(160), blank=""),
            *(Column(name, read_value) for name in VALUES[2:]),
        )

    def check(self, record: Record, problems: Problems) -> None:
        if entry := record.get("kode_indikator"):
            check_direction(record, self.indicators.direction_of(entry), VALUES, problems)

    def title(self, pokja: Pokja, parts: tuple) -> str:
        return indicators_title(pokja, *parts)

    def family(self, pokja: Pokja, parts: tuple):
        return indicators_family(pokja, *parts)

    def shown(self, column, value):
        return self.indicators.code_of(value) if column == "kode_indikator" else value


class TargetImporter(Importer):
    """Targets of regions. Setting them is for those who split targets (spec section 3)."""

    kind, label, key_column = "target", "Target wilayah", "kode_wilayah"

    def __init__(self, *, actor=None):
        super().__init__(actor=actor)
        # Splitting targets and cancelling are one line of the table of rights.
        self.gate = Gate(actor, (Act.CANCEL, "menetapkan target"))

    @classmethod
    def column_names(cls):
        return ["kode_wilayah", "tahun", "kode_indikator", "target", "dokumen"]

    @cached_property
    def indicators(self) -> IndicatorBook:
        return IndicatorBook()

    @cached_property
    def regions(self) -> RegionBook:
        return RegionBook(self.gate)

    @property
    def columns(self):
        return (
            Column("kode_wilayah", self.regions.find, required=True),
            Column("tahun", cells.year, required=True),
            Column("kode_indikator", self.indicators.find, required=True),
            Column("target", read_value, required=True),
            Column("dokumen", cells.text(160), blank=""),
        )

    def check(self, record: Record, problems: Problems) -> None:
        self.regions.warn_of_old_code(record, problems)
        if entry := record.get("kode_indikator"):
            check_direction(record, self.indicators.direction_of(entry), ("target",), problems)

    def key_of(self, record: Record):
        if not record.has("kode_wilayah", "tahun", "kode_indikator"):
            return None
        if record.cells.get("dokumen") is not None and not record.has("dokumen"):
            return None
        return (
            record["kode_wilayah"].pk,
            record["tahun"],
            record["kode_indikator"],
            record.get("dokumen", ""),
        )

    def plan(self, records: list[Record], problems: Problems) -> Plan:
        keys = {key: record for record in records if (key := self.key_of(record))}
        stored = {}
        for part in chunks(sorted({key[0] for key in keys})):
            for row in RegionTarget.objects.filter(
                region__in=part, year__in={key[1] for key in keys}
            ):
                stored[row.region_id, row.year, row.indicator_id, row.document] = row
        plan = TargetPlan(self.indicators)
        for key, record in keys.items():
            if record.has("target"):
                plan.add(record, key, stored.get(key), self._label(record, key))
        return plan

    def _label(self, record: Record, key) -> str:
        parts = (record["kode_wilayah"].code, key[1], self.indicators.code_of(key[2]), key[3])
        return " ".join(str(part) for part in parts if part)

    def export_rows(self, user, within=None) -> Iterator[list]:
        rows = (
            limited(RegionTarget.objects.for_user(user), "pk", within)
            .exclude(region=None)
            .order_by("region__code", "year", "indicator__order", "document")
        )
        rows = rows.values_list("region__code", "year", "indicator_id", "value", "document")
        for code, year, entry, value, document in rows.iterator(chunk_size=2000):
            shown = show_value(self.indicators.direction_of(entry), value)
            yield [code, year, self.indicators.code_of(entry), shown, document]


class TargetPlan(Plan):
    def __init__(self, indicators: IndicatorBook):
        super().__init__()
        self.indicators = indicators
        self.created: list[RegionTarget] = []
        self.changed: list[tuple[RegionTarget, Decimal]] = []

    def add(self, record: Record, key, stored: RegionTarget | None, label: str) -> None:
        value = record["target"]
        if stored is None:
            _, year, indicator, document = key
            self.created.append(
                RegionTarget(
                    region=record["kode_wilayah"],
                    year=year,
                    value=value,
                    document=document,
                    indicator=self.indicators.by_id[indicator],
                )
            )
            self.outcomes.append(Outcome(record.number, ADD, label))
        elif stored.value == value:
            self.outcomes.append(Outcome(record.number, KEEP, label))
        else:
            stored.region = record["kode_wilayah"]
            stored.indicator = self.indicators.by_id[key[2]]
            self.changed.append((stored, value))
            self.outcomes.append(
                Outcome(record.number, CHANGE, label, [("target", stored.value, value)])
            )

    def write(self) -> None:
        self.traces = []
        RegionTarget.objects.bulk_create(self.created, batch_size=1000)
        self.traces += [
            Trace("target.impor", row, row.region, {}, {"value": row.value}) for row in self.created
        ]
        held = {}
        for part in chunks(row.pk for row, _ in self.changed):
            rows = RegionTarget.objects.select_for_update().filter(pk__in=part).order_by("pk")
            held |= dict(rows.values_list("pk", "value"))
        if any(held.get(row.pk) != row.value for row, _ in self.changed):
            raise PlanOutdated
        for row, value in self.changed:
            self.traces.append(
                Trace("target.impor", row, row.region, {"value": row.value}, {"value": value})
            )
            row.value = value
        overwrite(RegionTarget, [row for row, _ in self.changed], ["value"])
