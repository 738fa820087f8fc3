"""Which rows of a file are one SK, and which stored SK they mean.

One row speaks of one Pokja. Rows of a region with the same number, date and content are one SK;
the same number and date with other content is another SK (with a warning). A row means the stored
SK with its number, date and Pokja, in the newest version.
"""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from apps.core.formats import decree_key
from apps.core.importing import Outcome, Problems, Record, chunks
from apps.decrees.enums import ValidityBasis
from apps.decrees.models import Decree, DecreeCoverage
from apps.verification.enums import Status
from apps.verification.importing import Arrival
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


def units_of(records: list[Record], key_of, problems: Problems) -> list[Unit]:
    """The SK that rows of a file mean; ``key_of(record)`` is (number key, date, Pokja id)."""
    stored = stored_decrees(records)
    units: list[Unit] = []
    groups: dict[tuple, list[Record]] = {}
    first: dict[tuple, Record] = {}
    for record in records:
        number = (
            record["kode_pokja"].region_id,
            decree_key(record["nomor"]),
            record["tanggal_ditetapkan"],
        )
        content = tuple(record.get(column) for column in _COMPARED)
        if number in first and (*number, content) not in groups:
            problems.warn(
                record,
                "nomor",
                "Nomor dan tanggalnya sama dengan baris "
                f"{first[number].number} tetapi isinya lain "
                f"({_differences(first[number], record)}); dicatat sebagai "
                "SK terpisah",
            )
        first.setdefault(number, record)
        groups.setdefault((*number, content), []).append(record)
    for group in groups.values():
        units += _split(group, stored, key_of)
    _part_rivals(units)
    return units


def stored_decrees(records: list[Record]) -> dict[tuple, Decree]:
    """Newest versions by (number key, date, Pokja id). A cancelled one does not match,
    unless an older verified version of it counts again."""
    later = Evidence.objects.filter(
        family=OuterRef("evidence__family"), version__gt=OuterRef("evidence__version")
    )
    counts = Evidence.objects.filter(family=OuterRef("evidence__family"), status=Status.VERIFIED)
    decrees: dict[int, Decree] = {}
    for part in chunks(sorted({decree_key(record["nomor"]) for record in records})):
        rows = (
            Decree.objects.filter(~Exists(later), number_key__in=part)
            .annotate(counts=Exists(counts))
            .select_related("evidence__region", "document")
        )
        for decree in rows:
            if decree.evidence.status != Status.CANCELLED or decree.counts:
                decree.rows = {}
                decrees[decree.pk] = decree
    found: dict[tuple, Decree] = {}
    # Not by prefetch_related: SQLite gives up on thousands of keys in a nested prefetch.
    for part in chunks(sorted(decrees)):
        for row in (
            DecreeCoverage.objects.filter(decree__in=part)
            .select_related("pokja")
            .order_by("decree_id", "id")
        ):
            decree = decrees[row.decree_id]
            decree.rows[row.pokja_id] = row
            found[decree.number_key, decree.issued_on, row.pokja_id] = decree
    return found


def _differences(one: Record, other: Record) -> str:
    return ", ".join(column for column in _COMPARED if one.get(column) != other.get(column))


def _split(group: list[Record], stored, key_of) -> list[Unit]:
    """Rows of one content may mean several stored SK; new rows join the first of them."""
    by_stored: dict[int, Unit] = {}
    loose = []
    for record in group:
        decree = stored.get(key_of(record))
        if decree is None:
            loose.append(record)
        else:
            by_stored.setdefault(decree.pk, Unit([], decree)).records.append(record)
    units = list(by_stored.values()) or [Unit([])]
    units[0].records += loose
    return units


def _part_rivals(units: list[Unit]) -> None:
    """Two contents for one stored SK: one keeps it, the rows of the others leave it."""
    by_stored: dict[int, list[Unit]] = {}
    for unit in units:
        if unit.stored:
            by_stored.setdefault(unit.stored.pk, []).append(unit)
    for rivals in by_stored.values():
        keeper = next((unit for unit in rivals if _says_the_same(unit)), rivals[0])
        for unit in rivals:
            if unit is not keeper:
                keeper.dropped |= {record["kode_pokja"].pk for record in unit.records}
                unit.stored, unit.parted_from = None, unit.stored


def _says_the_same(unit: Unit) -> bool:
    return all(
        getattr(unit.stored, name) == value
        for name, value in values_of(unit, unit.stored).items()
        if name != "number"
    )


def values_of(unit: Unit, stored: Decree | None) -> dict:
    """Every field of the SK: the file's over the stored ones."""
    record = unit.records[0]
    values = {name: getattr(stored, name) for name in FIELDS.values()} if stored else {}
    for column, name in FIELDS.items():
        if column in record.values:
            values[name] = record.values[column]
    if not record.get("dasar_masa_berlaku"):
        _settle_basis(values, record, stored)
    return values


def _settle_basis(values: dict, record: Record, stored: Decree | None) -> None:
    """A blank basis follows from the end; one not in the file stays while it makes sense."""
    end = values.get("valid_until")
    kept = stored.validity_basis if stored and "dasar_masa_berlaku" not in record.values else ""
    if not kept or (kept == ValidityBasis.WRITTEN and end is None):
        kept = ValidityBasis.WRITTEN if end else ValidityBasis.UNTIL_REVOKED
    values["validity_basis"] = kept
