"""From the SK that a file means to what is written: new, changed, next version or left alone."""

from django.db.models import Max

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
from apps.decrees.codes import lacks_serial
from apps.decrees.enums import CoverageRole
from apps.decrees.facts import BLANK_SERIAL, DUPLICATE
from apps.decrees.file_units import FIELDS, Unit, units_of, values_of
from apps.decrees.models import Decree, DecreeCoverage
from apps.decrees.queries import Numbered, names_of_users_of
from apps.decrees.services import decree_title
from apps.pokja.evidence_importing import status_detail
from apps.pokja.grouped_plan import BATCH
from apps.verification import importing as arrivals
from apps.verification.enums import Kind, Status
from apps.verification.importing import Arrivals, Waiting


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
        self.units = units_of(records, self.importer.key_of, problems)
        self._warn_unknown_parents(records, problems)
        self._warn_numbers(problems)
        for unit in self.units:
            self._compare(unit, problems)
            self.outcomes += unit.outcomes

    def _warn_unknown_parents(self, records, problems: Problems) -> None:
        children = [record for record in records if record.get("sk_induk")]
        known = {(record["kode_pokja"].pk, decree_key(record["nomor"])) for record in records}
        for part in chunks(sorted({decree_key(record["sk_induk"]) for record in children})):
            rows = DecreeCoverage.objects.filter(decree__number_key__in=part).exclude(
                decree__evidence__status=Status.CANCELLED
            )
            known |= set(rows.values_list("pokja_id", "decree__number_key"))
        for record in children:
            if (record["kode_pokja"].pk, decree_key(record["sk_induk"])) not in known:
                problems.warn(
                    record,
                    "sk_induk",
                    f"SK {record['sk_induk']} belum tercatat untuk "
                    f"Pokja {record['kode_pokja'].code}; perubahan atau pencabutannya "
                    "baru berpengaruh setelah SK itu dicatat",
                )

    def _warn_numbers(self, problems: Problems) -> None:
        """A blank serial number, or one that another SK has: told, never refused (spec 4)."""
        asked = {}
        for unit in self.units:
            record = unit.records[0]
            if lacks_serial(record["nomor"]):
                problems.warn(record, "nomor", BLANK_SERIAL)
            else:
                asked[id(unit)] = Numbered(
                    decree_key(record["nomor"]),
                    record["tanggal_ditetapkan"],
                    unit.region.pk,
                    unit.held.evidence.family if unit.held else None,
                )
        users = {}
        for part in chunks(asked.values()):
            users |= names_of_users_of(part)
        for unit in self.units:
            if found := users.get(asked.get(id(unit))):
                number = unit.records[0]["nomor"]
                message = DUPLICATE.format(number=number, user=found[0])
                problems.warn(unit.records[0], "nomor", message)

    def _compare(self, unit: Unit, problems: Problems) -> None:
        unit.values = values_of(unit, unit.held)
        self._compare_document(unit, problems)
        for record in unit.records:
            unit.outcomes.append(self._outcome(unit, record))
        changed = (
            unit.stored is None
            or bool(unit.dropped)
            or any(item.action != KEEP for item in unit.outcomes)
        )
        if unit.stored and changed:
            self._warn_companions(unit, problems)
        try:
            unit.arrival = self.arrivals.add(
                unit.stored.evidence if unit.stored else None,
                changed=changed,
                kind=Kind.DECREE,
                region=unit.region,
                year=None,
                title=decree_title(self._covered(unit)),
            )
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
            problems.error(
                culprit,
                "berkas",
                f"Satu SK punya satu berkas; baris {record.number} "
                f"menyebut {name}, baris ini {other}",
            )
        if documents.folder is None:
            if not kept:
                problems.warn(
                    record,
                    "berkas",
                    f"Berkas {name} tidak ikut diimpor karena folder berkas tidak diberikan",
                )
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
        details = [
            (column, shown(column, getattr(held, name)), shown(column, unit.values[name]))
            for column, name in FIELDS.items()
            if getattr(held, name) != unit.values[name]
        ]
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
            problems.warn(
                unit.records[0],
                "nomor",
                f"SK ini juga mencakup Pokja {', '.join(others)}; isinya ikut berubah",
            )

    def _covered(self, unit: Unit) -> list:
        pokja = {}
        if unit.stored:
            pokja = {
                key: row.pokja for key, row in unit.stored.rows.items() if key not in unit.dropped
            }
        pokja |= {record["kode_pokja"].pk: record["kode_pokja"] for record in unit.records}
        return list(pokja.values())

    # --- writing ---

    def write(self) -> None:
        self.arrivals.write()
        self._refuse_doubles()
        written = [
            unit
            for unit in self.units
            if unit.arrival.how != arrivals.KEEP
            and (unit.arrival.changed or unit.arrival.how == arrivals.NEXT)
        ]
        decrees = [self._decree(unit) for unit in written]
        fresh = [decree for decree in decrees if decree.pk is None]
        kept = [decree for decree in decrees if decree.pk is not None]
        Decree.objects.bulk_create(fresh, batch_size=BATCH)
        for part in chunks(decree.pk for decree in kept):
            DecreeCoverage.objects.filter(decree__in=part).delete()
        overwrite(Decree, kept, [*FIELDS.values(), "number_key", "document"])
        DecreeCoverage.objects.bulk_create(
            [
                row
                for unit, decree in zip(written, decrees, strict=True)
                for row in self._coverage(unit, decree)
            ],
            batch_size=BATCH,
        )

    def _refuse_doubles(self) -> None:
        """Another file has brought in one of the new SK since planning (regions are held now)."""
        new = {
            (unit.region.pk, decree_key(unit.values["number"]))
            for unit in self.units
            if unit.arrival.how == arrivals.NEW
        }
        for part in chunks(sorted({key for _, key in new})):
            rows = Decree.objects.filter(pk__gt=self.newest_id, number_key__in=part)
            if new & set(rows.values_list("evidence__region_id", "number_key")):
                raise PlanOutdated

    def _decree(self, unit: Unit) -> Decree:
        in_place = unit.arrival.how == arrivals.IN_PLACE
        decree = (
            unit.stored
            if in_place
            else Decree(
                evidence=unit.arrival.evidence, document=unit.held.document if unit.held else None
            )
        )
        for name, value in unit.values.items():
            setattr(decree, name, value)
        decree.number_key = decree_key(decree.number)
        if unit.berkas:
            decree.document = self.importer.documents.store(unit.berkas, unit.region)
        return decree

    def _coverage(self, unit: Unit, decree: Decree) -> list[DecreeCoverage]:
        rows = {}
        if unit.stored:
            rows = {
                key: (row.role, row.parent_number)
                for key, row in unit.stored.rows.items()
                if key not in unit.dropped
            }
        for record in unit.records:
            key = record["kode_pokja"].pk
            parent = record.get("sk_induk", rows.get(key, ("", ""))[1])
            rows[key] = (record["peran"], parent)
        return [
            DecreeCoverage(
                decree=decree,
                pokja_id=key,
                role=role,
                parent_number=parent,
                parent_key="" if role == CoverageRole.ESTABLISH else decree_key(parent),
            )
            for key, (role, parent) in rows.items()
        ]
