"""Files of the kind ``anggota``: members of many Pokja, each row with its Pokja and SK."""

from collections.abc import Iterator

from apps.core import cells
from apps.core.formats import decree_key
from apps.core.importing import Column, Problems, Record, chunks, limited
from apps.core.tabular import Sheet
from apps.decrees.enums import CoverageRole
from apps.decrees.models import DecreeCoverage
from apps.pokja.importing import PokjaBook, codes_in
from apps.pokja.models import Seat
from apps.pokja.seat_importing import POST_COLUMNS, SeatImporter
from apps.pokja.seat_plan import Target
from apps.pokja.seat_services import in_order
from apps.pokja.seat_sheet import COLUMNS
from apps.verification.enums import Status


class MemberImporter(SeatImporter):
    """Rows add to and change the seats of their SK; seats no row speaks of stay."""

    key_column = "kode_pokja"

    @classmethod
    def column_names(cls):
        return ["kode_pokja", "sk", *COLUMNS]

    def prepare(self, sheet: Sheet) -> None:
        self.book = PokjaBook(codes_in(sheet), self.gate)
        self.decrees = _decrees_of(pokja.pk for pokja in self.book.known.values())

    @property
    def columns(self):
        return (
            Column("kode_pokja", self.book.find, required=True),
            Column("sk", cells.text(160)),
            *POST_COLUMNS,
        )

    def check(self, record: Record, problems: Problems) -> None:
        """The words of the column sk become the SK itself."""
        number, pokja = record.get("sk"), record.get("kode_pokja")
        if not number or pokja is None:
            return
        found = self.decrees.get((pokja.pk, decree_key(number)))
        if found is None:
            problems.error(record, "sk", f"SK {number} belum ada pada Pokja {pokja.code}")
        record.values["sk"] = found

    def target_of(self, record: Record) -> Target | None:
        pokja, decree = record.get("kode_pokja"), record.get("sk")
        if pokja is None:
            return None
        if decree is None:
            return Target(pokja)
        return Target(pokja, decree.evidence, decree.valid_from or decree.issued_on)

    def export_rows(self, user, within=None) -> Iterator[list]:
        rows = limited(Seat.objects.for_user(user), "pk", within)
        rows = rows.select_related("pokja__region", "decree__decree").prefetch_related("holders")
        rows = rows.order_by("pokja__region__code", "pokja__code", "id")
        for seat in rows.iterator(chunk_size=1000):
            holders = in_order(seat.holders.all())
            last = holders[-1] if holders else None
            yield [
                seat.pokja.code,
                seat.decree.decree.number if seat.decree else None,
                seat.position,
                seat.institution,
                seat.sector,
                seat.home_post,
                seat.group,
                last.name if last else None,
                last.started_on if last else seat.started_on,
                seat.ended_on,
            ]


def _decrees_of(pokja_ids) -> dict[tuple, object]:
    """(Pokja, folded number) -> SK, the newest version that is not cancelled."""
    found = {}
    for part in chunks(sorted(pokja_ids)):
        rows = (
            DecreeCoverage.objects.filter(pokja__in=part)
            .exclude(role=CoverageRole.REVOKE)
            .exclude(decree__evidence__status=Status.CANCELLED)
            .select_related("decree__evidence")
            .order_by("decree__issued_on", "decree__evidence__version", "id")
        )
        found |= {(row.pokja_id, row.decree.number_key): row.decree for row in rows}
    return found
