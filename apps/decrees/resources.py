"""Files of the kind ``sk`` (columns to the letter of spec section 7), one row for each Pokja."""

from collections.abc import Iterator

from apps.core import cells
from apps.core.formats import decree_key, format_date
from apps.core.importing import Column, Plan, Problems, Record, limited
from apps.decrees.enums import CoverageRole, SignerStatus, ValidityBasis
from apps.decrees.file_documents import DocumentFolder
from apps.decrees.file_plan import DecreePlan
from apps.decrees.file_units import FIELDS
from apps.decrees.models import DecreeCoverage
from apps.pokja.evidence_importing import EvidenceImporter, newest_visible

ROLES = {
    "membentuk": CoverageRole.ESTABLISH,
    "mengubah": CoverageRole.AMEND,
    "mencabut": CoverageRole.REVOKE,
}
ROLE_WORDS = {value: word for word, value in ROLES.items()}
SIGNER_WORDS = {
    "penjabat": "pj",
    "penjabat sementara": "pjs",
    "pelaksana tugas": "plt",
    "pelaksana harian": "plh",
    "atas nama": "an",
}

_role = cells.choice(ROLES.items(), also=ROLES, allowed=", ".join(ROLES))
_signer_status = cells.choice(
    SignerStatus.choices, also=SIGNER_WORDS, allowed="definitif, Pj., Pjs., Plt., Plh., a.n."
)


class DecreeImporter(EvidenceImporter):
    kind, label, key_column = "sk", "SK", "nomor"

    @classmethod
    def column_names(cls):
        return [
            "nomor",
            "tanggal_ditetapkan",
            "kode_pokja",
            "peran",
            "sk_induk",
            "tentang",
            "penanda_tangan_jabatan",
            "penanda_tangan_status",
            "penanda_tangan_nama",
            "berlaku_mulai",
            "berlaku_sampai",
            "dasar_masa_berlaku",
            "berkas",
        ]

    def prepare(self, sheet) -> None:
        super().prepare(sheet)
        self.documents = DocumentFolder(self.folder, self.actor)

    @property
    def columns(self):
        return (
            Column("nomor", _read_number, required=True),
            Column("tanggal_ditetapkan", cells.day, required=True),
            self.pokja_column(),
            Column("peran", _role, required=True),
            Column("sk_induk", _read_number, blank=""),
            Column("tentang", cells.text(5000), required=True),
            Column("penanda_tangan_jabatan", cells.text(160), blank=""),
            Column("penanda_tangan_status", _signer_status, blank=""),
            Column("penanda_tangan_nama", cells.text(160), blank=""),
            Column("berlaku_mulai", cells.day, required=True),
            Column("berlaku_sampai", cells.day),
            Column("dasar_masa_berlaku", cells.choice(ValidityBasis.choices), blank=""),
            Column("berkas", self.documents.find, blank=""),
        )

    def check(self, record: Record, problems: Problems) -> None:
        self._check_dates(record, problems)
        role, parent = record.get("peran"), record.get("sk_induk")
        if role == CoverageRole.ESTABLISH:
            record.values["sk_induk"] = ""
        elif role and not parent and record.cells.get("sk_induk") is None:
            problems.error(
                record,
                "sk_induk",
                f"Isi nomor SK yang diubah atau dicabut (peran {ROLE_WORDS[role]})",
            )

    def _check_dates(self, record: Record, problems: Problems) -> None:
        start, end = record.get("berlaku_mulai"), record.get("berlaku_sampai")
        if start and end and end < start:
            problems.error(
                record, "berlaku_sampai", f"Tanggal ini sebelum berlaku_mulai {format_date(start)}"
            )
        # Only a decree that establishes needs an end; the others change or end another's.
        written = record.get("dasar_masa_berlaku") == ValidityBasis.WRITTEN
        if (
            written
            and record.get("peran") == CoverageRole.ESTABLISH
            and record.cells.get("berlaku_sampai") is None
        ):
            problems.error(
                record, "berlaku_sampai", "Isi tanggal akhir, karena dasar_masa_berlaku tertulis"
            )

    def key_of(self, record: Record):
        if not record.has("nomor", "tanggal_ditetapkan", "kode_pokja"):
            return None
        return decree_key(record["nomor"]), record["tanggal_ditetapkan"], record["kode_pokja"].pk

    def plan(self, records: list[Record], problems: Problems) -> Plan:
        plan = DecreePlan(self)
        plan.build([record for record in records if self.key_of(record)], problems)
        return plan

    def shown(self, column: str, value):
        """A stored value as the file writes it."""
        if column == "peran":
            return ROLE_WORDS.get(value, value)
        if column == "penanda_tangan_status" and value:
            return SignerStatus(value).label
        return value

    def export_rows(self, user, within=None) -> Iterator[list]:
        names = {
            "peran": "role",
            "sk_induk": "parent_number",
            "kode_pokja": "pokja__code",
            "berkas": "decree__document__original_name",
            **{column: f"decree__{name}" for column, name in FIELDS.items()},
        }
        columns = self.column_names()
        rows = newest_visible(DecreeCoverage.objects, user, "decree__evidence")
        rows = limited(rows, "decree", within).order_by(
            "pokja__region__code", "pokja__code", "decree__issued_on", "id"
        )
        for row in rows.values_list(*(names[name] for name in columns)).iterator(chunk_size=2000):
            yield [self.shown(name, value) for name, value in zip(columns, row, strict=True)]


def _read_number(value) -> str:
    number = cells.text(160)(value)
    if not decree_key(number):
        raise ValueError("Nomor SK tidak memuat huruf atau angka")
    return number
