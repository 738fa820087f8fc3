"""Files of the kind ``anggaran`` (columns to the letter of spec section 7)."""

from apps.budgets.enums import Basis, Stage
from apps.budgets.models import Budget, BudgetLine
from apps.budgets.services import budget_family, budget_title
from apps.core import cells
from apps.core.formats import format_rupiah
from apps.core.importing import Column, Problems, Record
from apps.pokja.evidence_importing import GroupedImporter, read_fund_source
from apps.pokja.models import Pokja
from apps.verification.enums import Kind


class BudgetImporter(GroupedImporter):
    kind, label = "anggaran", "Anggaran"
    evidence_kind = Kind.BUDGET
    container, child, parent = Budget, BudgetLine, "budget"
    part_fields = ("year", "stage")
    carried = ("document_id",)
    key_fields = ("fund_source", "sub_activity_code")
    fields = {
        "sumber_dana": "fund_source",
        "kode_sub_kegiatan": "sub_activity_code",
        "nama_sub_kegiatan": "sub_activity_name",
        "pagu_sub_kegiatan": "sub_activity_ceiling",
        "pagu_pokja": "ceiling",
        "realisasi": "spent",
        "tanggal_data": "as_of",
        "dasar": "basis",
        "halaman": "page",
    }

    @classmethod
    def column_names(cls):
        return ["kode_pokja", "tahun", "tahap", *cls.fields]

    @property
    def columns(self):
        return (
            self.pokja_column(),
            Column("tahun", cells.year, required=True),
            Column("tahap", cells.choice(Stage.choices), required=True),
            Column("sumber_dana", cells.text(60), required=True),
            Column("kode_sub_kegiatan", cells.code_text(40, "Kode sub kegiatan"), blank=""),
            Column("nama_sub_kegiatan", cells.text(255), blank=""),
            Column("pagu_sub_kegiatan", cells.rupiah),
            Column("pagu_pokja", cells.rupiah, required=True),
            Column("realisasi", cells.rupiah),
            Column("tanggal_data", cells.day),
            Column("dasar", cells.choice(Basis.choices), blank=""),
            Column("halaman", cells.text(20), blank=""),
        )

    def parts_of(self, record: Record) -> tuple:
        return record["tahun"], record["tahap"]

    def check(self, record: Record, problems: Problems) -> None:
        read_fund_source(record, problems)
        ceiling, whole = record.get("pagu_pokja"), record.get("pagu_sub_kegiatan")
        if ceiling is not None and whole is not None and ceiling > whole:
            problems.warn(
                record, "pagu_pokja", f"Lebih besar dari pagu sub kegiatan {format_rupiah(whole)}"
            )
        spent = record.get("realisasi")
        if ceiling is not None and spent is not None and spent > ceiling:
            problems.warn(
                record, "realisasi", f"Lebih besar dari pagu Pokja {format_rupiah(ceiling)}"
            )

    def title(self, pokja: Pokja, parts: tuple) -> str:
        return budget_title(pokja, *parts)

    def family(self, pokja: Pokja, parts: tuple):
        return budget_family(pokja, *parts)
