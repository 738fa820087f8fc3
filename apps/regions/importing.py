"""Regions as imported files name them: the book of codes behind the column kode_wilayah."""

from functools import cached_property

from apps.core.importing import Gate, Problems, Record
from apps.regions.codes import parse_kemendagri
from apps.regions.models import Region
from apps.regions.queries import CodeBook, load_code_book


class RegionBook:
    """Provinces, kabupaten and kota by Kemendagri code, within the owner's regions."""

    def __init__(self, gate: Gate):
        self.gate = gate

    @cached_property
    def codes(self) -> CodeBook:
        return load_code_book()

    def find(self, value) -> Region:
        """The region of a cell; ValueError when damaged, unknown or not the owner's."""
        region = self.codes.find(value)
        if refused := self.gate.refusal(region, f"Wilayah {region.code}"):
            raise ValueError(refused)
        return region

    def warn_of_old_code(self, record: Record, problems: Problems) -> None:
        """A code that was changed is understood; whoever keeps the sheet is told the new one."""
        region = record.get("kode_wilayah")
        if region is None:
            return
        written = parse_kemendagri(record.cells["kode_wilayah"], self.codes.names)
        if written != region.code:
            problems.warn(
                record,
                "kode_wilayah",
                f"Kode {written} adalah kode lama; dipakai kode sekarang, {region.code} "
                f"({region.full_name})",
            )
