"""The catalogue behind the column kode_indikator of imported files."""

from difflib import get_close_matches

from apps.core.cells import as_text, fold
from apps.indicators.models import Indicator


class IndicatorBook:
    """All catalogue entries, read once."""

    def __init__(self):
        self.by_id = Indicator.objects.in_bulk()
        self.codes = [entry.code for entry in self.by_id.values()]
        # Case, "_" and "-" do not matter: ASFR-15-19 is asfr_15_19.
        self.ids = {fold(entry.code): entry.pk for entry in self.by_id.values()}

    def find(self, value) -> int:
        """The id of the entry a cell names; ValueError names the nearest codes."""
        code = as_text(value)
        if found := self.ids.get(fold(code)):
            return found
        near = get_close_matches(code.casefold(), self.codes, 3)
        hint = f": mungkin maksudnya {' atau '.join(near)}?" if near else ""
        raise ValueError(f"Kode indikator {code[:60]} tidak ada di katalog{hint}")

    def direction_of(self, entry_id: int) -> str:
        return self.by_id[entry_id].direction

    def code_of(self, entry_id: int | None) -> str | None:
        return self.by_id[entry_id].code if entry_id else None
