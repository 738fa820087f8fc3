"""Regions as imported files name them: the book of codes behind the column kode_wilayah."""

from functools import cached_property

from apps.core.importing import Gate
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
