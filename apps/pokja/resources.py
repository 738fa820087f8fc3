"""Files of the kind ``pokja`` (columns to the letter of spec section 7)."""

from collections.abc import Iterator
from functools import cached_property

from django.utils import timezone

from apps.accounts.enums import Act
from apps.core import cells
from apps.core.formats import format_date
from apps.core.importing import (
    ADD,
    CHANGE,
    KEEP,
    Column,
    Gate,
    Importer,
    Outcome,
    Plan,
    Problems,
    Record,
    limited,
)
from apps.core.tabular import Sheet
from apps.pokja.codes import parse_kinds
from apps.pokja.importing import PokjaBook, codes_in, read_code
from apps.pokja.models import Pokja
from apps.pokja.register import Entry, RegisterPlan
from apps.regions.importing import RegionBook

# Column -> key of an Entry's values; ``region`` and ``merged_into`` hold ids of the database
# or, for a Pokja that the same file adds, its code.
FIELDS = {
    "kode_wilayah": "region",
    "jenis": "kinds",
    "nama": "name",
    "dibentuk": "formed_on",
    "bubar": "dissolved_on",
    "dilebur_ke": "merged_into",
}


class PokjaImporter(Importer):
    kind, label, key_column = "pokja", "Pokja", "kode_pokja"

    def __init__(self, *, actor=None):
        super().__init__(actor=actor)
        self.gate = Gate(actor, (Act.MANAGE_POKJA, "mengelola daftar Pokja"))

    @classmethod
    def column_names(cls):
        return ["kode_pokja", *FIELDS]

    def prepare(self, sheet: Sheet) -> None:
        codes = codes_in(sheet)
        self.codes_in_file = {str(code) for code in codes if code is not None}
        self.book = PokjaBook([*codes, *codes_in(sheet, "dilebur_ke")], self.gate)

    @cached_property
    def regions(self) -> RegionBook:
        return RegionBook(self.gate)

    @property
    def columns(self):
        return (
            Column("kode_pokja", self._read_own_code, required=True),
            Column("kode_wilayah", self.regions.find, required=True),
            Column("jenis", parse_kinds, required=True),
            Column("nama", cells.text(200), required=True),
            Column("dibentuk", cells.day),
            Column("bubar", cells.day),
            Column("dilebur_ke", self._read_merged_into),
        )

    def _read_own_code(self, value) -> str:
        """A known code must be the owner's; an unknown one is a new Pokja."""
        code = read_code(value)
        return self.book.find(value).code if code in self.book.known else code

    def _read_merged_into(self, value) -> str:
        code = read_code(value)
        return code if code in self.codes_in_file else self.book.find(value).code

    def check(self, record: Record, problems: Problems) -> None:
        self.regions.warn_of_old_code(record, problems)
        code = record.get("kode_pokja")
        if code and code == record.get("dilebur_ke"):
            problems.error(record, "dilebur_ke", "Pokja tidak dapat dilebur ke dirinya sendiri")
        cell = record.cells.get("kode_pokja")
        if code and code not in self.book.known and not isinstance(cell, str):
            problems.warn(
                record,
                "kode_pokja",
                f"Kode {code} tersimpan sebagai angka; dipakai apa adanya sebagai teks",
            )

    def key_of(self, record: Record):
        return record.get("kode_pokja")

    # --- planning ---

    def plan(self, records: list[Record], problems: Problems) -> Plan:
        plan = RegisterPlan(actor=self.actor, pokja=self.book.known)
        kinds = plan.load_kinds()
        settled = self._settled_regions(records)
        for record in records:
            if not record.has("kode_pokja"):
                continue
            stored = self.book.known.get(record["kode_pokja"])
            entry = self._entry(record, stored, kinds, problems)
            self._check_dates(record, entry, problems)
            self._check_region(record, stored, settled, problems)
            plan.entries.append(entry)
            plan.outcomes.append(entry.outcome)
        self._refuse_circles(records, problems)
        return plan

    def _entry(self, record: Record, stored: Pokja | None, kinds, problems: Problems) -> Entry:
        before = _state(stored, kinds) if stored else {}
        after = dict(before)
        for column, name in FIELDS.items():
            if column in record.values:
                after[name] = record.values[column]
        if stored and "jenis" in record.values and set(after["kinds"]) == set(before["kinds"]):
            after["kinds"] = before["kinds"]  # the order of the kinds says nothing
        if after.get("merged_into") and after.get("dissolved_on") is None:
            after["dissolved_on"] = self._merged_on(record, before, problems)
        columns = {name: column for column, name in FIELDS.items()}
        details = [
            (columns[name], _shown(before.get(name)), _shown(after[name]))
            for name in after
            if stored and after[name] != before[name]
        ]
        action = ADD if stored is None else CHANGE if details else KEEP
        label = f"{record['kode_pokja']} {after.get('name', '')}".strip()
        return Entry(
            record["kode_pokja"],
            stored,
            before,
            after,
            Outcome(record.number, action, label, details),
        )

    def _merged_on(self, record: Record, before: dict, problems: Problems):
        """A merger without its date: the date on record, else today; told in a warning."""
        day = before.get("dissolved_on") or timezone.localdate()
        problems.warn(
            record,
            "bubar",
            "Tanggal peleburan kosong; dipakai "
            f"{format_date(day)}. Isi kolom bubar bila tanggalnya lain",
        )
        return day

    def _check_dates(self, record: Record, entry: Entry, problems: Problems) -> None:
        formed, dissolved = entry.after.get("formed_on"), entry.after.get("dissolved_on")
        if formed and dissolved and dissolved < formed:
            column = "bubar" if record.get("bubar") else "dibentuk"
            problems.error(
                record,
                column,
                f"Tanggal bubar {format_date(dissolved)} sebelum "
                f"tanggal dibentuk {format_date(formed)}",
            )

    def _settled_regions(self, records: list[Record]) -> set[int]:
        """Of the Pokja that would move to another region, those that already hold evidence."""
        moved = [
            stored.pk
            for record in records
            if record.has("kode_pokja", "kode_wilayah")
            and (stored := self.book.known.get(record["kode_pokja"]))
            and stored.region_id != record["kode_wilayah"].pk
        ]
        held: set[int] = set()
        if moved:
            # Whatever hangs on a Pokja and has a status is evidence; its tables stand above.
            for relation in Pokja._meta.related_objects:
                if hasattr(relation.related_model, "status_path"):
                    rows = relation.related_model.objects.filter(pokja__in=moved)
                    held |= set(rows.values_list("pokja_id", flat=True))
        return held

    def _check_region(self, record, stored, settled, problems: Problems) -> None:
        if stored and stored.pk in settled:
            problems.error(
                record,
                "kode_wilayah",
                f"Pokja ini sudah punya bukti di {stored.region.name} "
                f"({stored.region.code}), jadi wilayahnya tidak dapat diganti",
            )

    def _refuse_circles(self, records: list[Record], problems: Problems) -> None:
        """A into B into A: the walk along dilebur_ke never ends."""
        into = {
            record["kode_pokja"]: record.get("dilebur_ke")
            for record in records
            if record.has("kode_pokja")
        }
        for stored in self.book.known.values():
            if stored.merged_into:
                into.setdefault(stored.code, stored.merged_into.code)
        for record in records:
            start = record.get("kode_pokja")
            code, steps = into.get(start), 1
            while code and code != start and steps <= len(into):
                code, steps = into.get(code), steps + 1
            if code and code == start and steps > 1:
                problems.error(record, "dilebur_ke", f"Peleburan ini berputar kembali ke {start}")

    # --- the way out ---

    def export_rows(self, user, within=None) -> Iterator[list]:
        rows = limited(Pokja.objects.for_user(user), "pk", within).select_related(
            "region", "merged_into"
        )
        rows = rows.prefetch_related("kind_rows").order_by("region__code", "code")
        for row in rows.iterator(chunk_size=2000):
            yield [
                row.code,
                row.region.code,
                ";".join(row.kinds),
                row.name,
                row.formed_on,
                row.dissolved_on,
                row.merged_into.code if row.merged_into else None,
            ]


def _state(pokja: Pokja, kinds: dict[int, tuple[str, ...]]) -> dict:
    return {
        "region": pokja.region,
        "kinds": kinds.get(pokja.pk, ()),
        "name": pokja.name,
        "formed_on": pokja.formed_on,
        "dissolved_on": pokja.dissolved_on,
        "merged_into": pokja.merged_into.code if pokja.merged_into else None,
    }


def _shown(value):
    if isinstance(value, tuple):
        return ";".join(value)
    return getattr(value, "code", value)
