"""Files of the kind ``rencana-kerja`` (columns to the letter of spec section 7)."""

from functools import cached_property

from apps.core import cells
from apps.core.importing import Column, Problems, Record
from apps.indicators.importing import IndicatorBook
from apps.pokja.evidence_importing import GroupedImporter, read_fund_source
from apps.pokja.models import Pokja
from apps.verification.enums import Kind
from apps.work_plans.codes import format_months, parse_months
from apps.work_plans.models import Activity, WorkPlan
from apps.work_plans.services import plan_family, plan_title


class PlanImporter(GroupedImporter):
    kind, label = "rencana-kerja", "Rencana kerja"
    evidence_kind = Kind.WORK_PLAN
    container, child, parent = WorkPlan, Activity, "plan"
    key_fields = ("no",)
    fields = {
        "no": "no",
        "isu_strategis": "strategic_issue",
        "sasaran": "objective",
        "kegiatan": "name",
        "keluaran": "output",
        "target": "target",
        "satuan": "unit",
        "waktu": "months",
        "lokasi": "location",
        "penanggung_jawab": "person_in_charge",
        "mitra": "partners",
        "kode_indikator": "indicator_id",
        "anggaran": "budget",
        "sumber_dana": "fund_source",
        "realisasi_fisik": "physical_progress",
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
            Column("no", cells.whole(1, 32_767), required=True),
            Column("isu_strategis", cells.text(255), blank=""),
            Column("sasaran", cells.text(255), blank=""),
            Column("kegiatan", cells.text(255), required=True),
            Column("keluaran", cells.text(255), required=True),
            Column("target", cells.decimal(4, 16)),
            Column("satuan", cells.text(60), blank=""),
            Column("waktu", _read_months, required=True),
            Column("lokasi", cells.text(160), blank=""),
            Column("penanggung_jawab", cells.text(160), required=True),
            Column("mitra", cells.text(255), blank=""),
            Column("kode_indikator", self.indicators.find),
            Column("anggaran", cells.rupiah),
            Column("sumber_dana", cells.text(60), blank=""),
            Column("realisasi_fisik", cells.decimal(2, 3, low=0, high=100)),
        )

    def check(self, record: Record, problems: Problems) -> None:
        read_fund_source(record, problems)

    def title(self, pokja: Pokja, parts: tuple) -> str:
        return plan_title(pokja, *parts)

    def family(self, pokja: Pokja, parts: tuple):
        return plan_family(pokja, *parts)

    def shown(self, column, value):
        if column == "waktu":
            return format_months(value)
        if column == "kode_indikator":
            return self.indicators.code_of(value)
        return value


def _read_months(value) -> int:
    return parse_months(cells.as_text(value))
