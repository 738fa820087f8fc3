"""From rows of a file to decrees: which rows are one SK, which stored SK they mean, and writing.

One row speaks of one Pokja. Rows of a region with the same number, date and content are one SK;
the same number and date with other content is another SK (with a warning). A row means the stored
SK with its number, date and Pokja, in the newest version.
"""

from dataclasses import dataclass, field

from django.db.models import Exists, Max, OuterRef

from apps.core.formats import decree_key
from apps.core.importing import (
    ADD,
    CHANGE,
    KEEP,
    Outcome,
    Plan,
    PlanOutdated,
    Problems,
    Record,
    chunks,
    overwrite,
)
from apps.decrees.enums import CoverageRole, ValidityBasis
from apps.decrees.models import Decree, DecreeCoverage
from apps.decrees.services import decree_title
from apps.pokja.evidence_importing import BATCH, status_detail
from apps.verification import importing as arrivals
from apps.verification.enums import Kind, Status
from apps.verification.importing import Arrival, Arrivals, Waiting
from apps.verification.models import Evidence

# Column -> field of Decree: what all Pokja of one SK share (the file itself aside).
FIELDS = {
    "nomor": "number",
    "tanggal_ditetapkan": "issued_on",
    "tentang": "title",
    "penanda_tangan_jabatan": "signer_position",
    "penanda_tangan_status": "signer_status",
    "penanda_tangan_nama": "signer_name",
    "berlaku_mulai": "valid_from",
    "berlaku_sampai": "valid_until",
    "dasar_masa_berlaku": "validity_basis",
}
# The number is compared by its key: "188.45/97" and "188.45 / 97" are one SK.
_COMPARED = [column for column in FIELDS if column != "nomor"]


@dataclass
class Unit:
    """One SK to be: its rows, the stored SK they mean, and what it will say."""

    records: list[Record]
    stored: Decree | None = None
    values: dict = field(default_factory=dict)
    # Pokja ids that leave the stored SK because the file says something else of them.
    dropped: set[int] = field(default_factory=set)
    # What the file changes about rows that were part of another stored SK.
    parted_from: Decree | None = None
    berkas: str = ""
    outcomes: list[Outcome] = field(default_factory=list)
    arrival: Arrival | None = None

    @property
    def held(self) -> Decree | None:
        """The stored SK that says, so far, what these rows are about."""
        return self.stored or self.parted_from

    @property
    def region(self):
        return self.records[0]["kode_pokja"].region


class DecreePlan(Plan):
    def __init__(self, importer):
        super().__init__()
        self.importer = importer
        self.arrivals = Arrivals(asked=importer.status, actor=importer.actor)
        self.units: list[Unit] = []

    def undo_files(self) -> None:
        self.importer.documents.forget()

    # --- planning ---

    def build(self, records: list[Record], problems: Problems) -> None:
        self.newest_id = Decree.objects.aggregate(newest=Max("id"))["newest"] or 0
        stored = self._stored(records)
        self._gather(records, stored, problems)
        self._warn_unknown_parents(records, problems)
        for unit in self.units:
            self._compare(unit, problems)
            self.outcomes += unit.outcomes

    def _stored(self, records: list[Record]) -> dict[tuple, Decree]:
        """Newest versions by (number key, date, Pokja id). A cancelled one does not match,
        unless an older verified version of it counts again."""
        later = Evidence.objects.filter(
            family=OuterRef("evidence__family"), version__gt=OuterRef("evidence__version"))
        counts = Evidence.objects.filter(
            family=OuterRef("evidence__family"), status=Status.VERIFIED)
        decrees: dict[int, Decree] = {}
        for part in chunks(sorted({decree_key(record["nomor"]) for record in records})):
            rows = Decree.objects.filter(~Exists(later), number_key__in=part).annotate(
                counts=Exists(counts)).select_related("evidence__region", "document")
            for decree in rows:
                if decree.evidence.status != Status.CANCELLED or decree.counts:
                    decree.rows = {}
                    decrees[decree.pk] = decree
        found: dict[tuple, Decree] = {}
        # Not by prefetch_related: SQLite gives up on thousands of keys in a nested prefetch.
        for part in chunks(sorted(decrees)):
            for row in DecreeCoverage.objects.filter(decree__in=part).select_related(
                    "pokja").order_by("decree_id", "id"):
                decree = decrees[row.decree_id]
                decree.rows[row.pokja_id] = row
                found[decree.number_key, decree.issued_on, row.pokja_id] = decree
        return found

    def _gather(self, records, stored, problems: Problems) -> None:
        groups: dict[tuple, list[Record]] = {}
        first: dict[tuple, Record] = {}
        for record in records:
            number = (record["kode_pokja"].region_id, decree_key(record["nomor"]),
                      record["tanggal_ditetapkan"])
            content = tuple(record.get(column) for column in _COMPARED)
            if number in first and (*number, content) not in groups:
                problems.warn(record, "nomor", "Nomor dan tanggalnya sama dengan baris "
                              f"{first[number].number} tetapi isinya lain "
                              f"({self._differences(first[number], record)}); dicatat sebagai "
                              "SK terpisah")
            first.setdefault(number, record)
            groups.setdefault((*number, content), []).append(record)
        for group in groups.values():
            self._split(group, stored)
        self._part_rivals()

    def _differences(self, one: Record, other: Record) -> str:
        return ", ".join(
            column for column in _COMPARED if one.get(column) != other.get(column))

    def _split(self, group: list[Record], stored) -> None:
        """Rows of one content may mean several stored SK; new rows join the first of them."""
        by_stored: dict[int, Unit] = {}
        loose = []
        for record in group:
            decree = stored.get(self.importer.key_of(record))
            if decree is None:
                loose.append(record)
            else:
                by_stored.setdefault(decree.pk, Unit([], decree)).records.append(record)
        units = list(by_stored.values()) or [Unit([])]
        units[0].records += loose
        self.units += units

    def _part_rivals(self) -> None:
        """Two contents for one stored SK: one keeps it, the rows of the others leave it."""
        by_stored: dict[int, list[Unit]] = {}
        for unit in self.units:
            if unit.stored:
                by_stored.setdefault(unit.stored.pk, []).append(unit)
        for rivals in by_stored.values():
            keeper = next((unit for unit in rivals if self._says_the_same(unit)), rivals[0])
            for unit in rivals:
                if unit is not keeper:
                    keeper.dropped |= {record["kode_pokja"].pk for record in unit.records}
                    unit.stored, unit.parted_from = None, unit.stored

    def _says_the_same(self, unit: Unit) -> bool:
        return all(getattr(unit.stored, name) == value
                   for name, value in self._values(unit, unit.stored).items() if name != "number")

    def _values(self, unit: Unit, stored: Decree | None) -> dict:
        """Every field of the SK: the file's over the stored ones."""
        record = unit.records[0]
        values = {name: getattr(stored, name) for name in FIELDS.values()} if stored else {}
        for column, name in FIELDS.items():
            if column in record.values:
                values[name] = record.values[column]
        if not record.get("dasar_masa_berlaku"):
            self._settle_basis(values, record, stored)
        return values

    def _settle_basis(self, values: dict, record: Record, stored: Decree | None) -> None:
        """A blank basis follows from the end; one not in the file stays while it makes sense."""
        end = values.get("valid_until")
        kept = stored.validity_basis if stored and "dasar_masa_berlaku" not in record.values else ""
        if not kept or (kept == ValidityBasis.WRITTEN and end is None):
            kept = ValidityBasis.WRITTEN if end else ValidityBasis.UNTIL_REVOKED
        values["validity_basis"] = kept

    def _warn_unknown_parents(self, records, problems: Problems) -> None:
        children = [record for record in records if record.get("sk_induk")]
        known = {(record["kode_pokja"].pk, decree_key(record["nomor"])) for record in records}
        for part in chunks(sorted({decree_key(record["sk_induk"]) for record in children})):
            rows = DecreeCoverage.objects.filter(decree__number_key__in=part).exclude(
                decree__evidence__status=Status.CANCELLED)
            known |= set(rows.values_list("pokja_id", "decree__number_key"))
        for record in children:
            if (record["kode_pokja"].pk, decree_key(record["sk_induk"])) not in known:
                problems.warn(record, "sk_induk", f"SK {record['sk_induk']} belum tercatat untuk "
                              f"Pokja {record['kode_pokja'].code}; perubahan atau pencabutannya "
                              "baru berpengaruh setelah SK itu dicatat")

    def _compare(self, unit: Unit, problems: Problems) -> None:
        unit.values = self._values(unit, unit.held)
        self._compare_document(unit, problems)
        for record in unit.records:
            unit.outcomes.append(self._outcome(unit, record))
        changed = (unit.stored is None or bool(unit.dropped)
                   or any(item.action != KEEP for item in unit.outcomes))
        if unit.stored and changed:
            self._warn_companions(unit, problems)
        try:
            unit.arrival = self.arrivals.add(
                unit.stored.evidence if unit.stored else None, changed=changed, kind=Kind.DECREE,
                region=unit.region, year=None, title=decree_title(self._covered(unit)))
        except Waiting as waiting:
            problems.error(unit.records[0], "nomor", str(waiting))
            return
        if unit.arrival.how != arrivals.KEEP and not changed:
            for item in unit.outcomes:
                item.action, item.details = CHANGE, status_detail(unit.arrival)

    def _compare_document(self, unit: Unit, problems: Problems) -> None:
        """Which file the SK gets; ``berkas`` stays empty where it keeps what it has."""
        documents, named = self.importer.documents, {}
        for record in unit.records:
            if name := record.get("berkas"):
                named.setdefault(name, record)
        if not named:
            return
        (name, record), *more = named.items()
        kept = unit.held and unit.held.document
        for other, culprit in more:
            problems.error(culprit, "berkas", f"Satu SK punya satu berkas; baris {record.number} "
                           f"menyebut {name}, baris ini {other}")
        if documents.folder is None:
            if not kept:
                problems.warn(record, "berkas", f"Berkas {name} tidak ikut diimpor karena folder "
                              "berkas tidak diberikan")
            return
        if not documents.differs(name, kept):
            return
        try:
            documents.check(name)
        except ValueError as error:
            problems.error(record, "berkas", str(error))
        unit.berkas = name

    def _outcome(self, unit: Unit, record: Record) -> Outcome:
        pokja, held = record["kode_pokja"], unit.held
        label = f"{record['nomor']} untuk {pokja.code}"
        row = held.rows.get(pokja.pk) if held else None
        if row is None:
            return Outcome(record.number, ADD, label)
        shown = self.importer.shown
        details = [(column, shown(column, getattr(held, name)), shown(column, unit.values[name]))
                   for column, name in FIELDS.items() if getattr(held, name) != unit.values[name]]
        for column, before in (("peran", row.role), ("sk_induk", row.parent_number)):
            if column in record.values and record[column] != before:
                details.append((column, shown(column, before), shown(column, record[column])))
        if unit.berkas:
            details.append(("berkas", held.document and held.document.original_name, unit.berkas))
        return Outcome(record.number, CHANGE if details else KEEP, label, details)

    def _warn_companions(self, unit: Unit, problems: Problems) -> None:
        """The file changes an SK that also covers Pokja it does not name: they change with it."""
        speaks_of = {record["kode_pokja"].pk for record in unit.records} | unit.dropped
        others = [row.pokja.code for key, row in unit.stored.rows.items() if key not in speaks_of]
        shared = any(getattr(unit.stored, name) != unit.values[name] for name in FIELDS.values())
        if others and (shared or unit.berkas):
            problems.warn(unit.records[0], "nomor", "SK ini juga mencakup Pokja "
                          f"{', '.join(others)}; isinya ikut berubah")

    def _covered(self, unit: Unit) -> list:
        pokja = {}
        if unit.stored:
            pokja = {key: row.pokja for key, row in unit.stored.rows.items()
                     if key not in unit.dropped}
        pokja |= {record["kode_pokja"].pk: record["kode_pokja"] for record in unit.records}
        return list(pokja.values())

    # --- writing ---

    def write(self) -> None:
        self.arrivals.write()
        self._refuse_doubles()
        written = [unit for unit in self.units if unit.arrival.how != arrivals.KEEP and (
            unit.arrival.changed or unit.arrival.how == arrivals.NEXT)]
        decrees = [self._decree(unit) for unit in written]
        fresh = [decree for decree in decrees if decree.pk is None]
        kept = [decree for decree in decrees if decree.pk is not None]
        Decree.objects.bulk_create(fresh, batch_size=BATCH)
        for part in chunks(decree.pk for decree in kept):
            DecreeCoverage.objects.filter(decree__in=part).delete()
        overwrite(Decree, kept, [*FIELDS.values(), "number_key", "document"])
        DecreeCoverage.objects.bulk_create(
            [row for unit, decree in zip(written, decrees, strict=True)
             for row in self._coverage(unit, decree)], batch_size=BATCH)

    def _refuse_doubles(self) -> None:
        """Another file has brought in one of the new SK since planning (regions are held now)."""
        new = {(unit.region.pk, decree_key(unit.values["number"])) for unit in self.units
               if unit.arrival.how == arrivals.NEW}
        for part in chunks(sorted({key for _, key in new})):
            rows = Decree.objects.filter(pk__gt=self.newest_id, number_key__in=part)
            if new & set(rows.values_list("evidence__region_id", "number_key")):
                raise PlanOutdated

    def _decree(self, unit: Unit) -> Decree:
        in_place = unit.arrival.how == arrivals.IN_PLACE
        decree = unit.stored if in_place else Decree(
            evidence=unit.arrival.evidence, document=unit.held.document if unit.held else None)
        for name, value in unit.values.items():
            setattr(decree, name, value)
        decree.number_key = decree_key(decree.number)
        if unit.berkas:
            decree.document = self.importer.documents.store(unit.berkas, unit.region)
        return decree

    def _coverage(self, unit: Unit, decree: Decree) -> list[DecreeCoverage]:
        rows = {}
        if unit.stored:
            rows = {key: (row.role, row.parent_number) for key, row in unit.stored.rows.items()
                    if key not in unit.dropped}
        for record in unit.records:
            key = record["kode_pokja"].pk
            parent = record.get("sk_induk", rows.get(key, ("", ""))[1])
            rows[key] = (record["peran"], parent)
        return [DecreeCoverage(decree=decree, pokja_id=key, role=role, parent_number=parent,
                               parent_key="" if role == CoverageRole.ESTABLISH
                               else decree_key(parent))
                for key, (role, parent) in rows.items()]
