"""Pokja as imported files name them: the book of codes behind the column kode_pokja."""

from collections.abc import Iterable
from decimal import Decimal

from apps.core.cells import as_text, fold
from apps.core.importing import Gate, chunks
from apps.core.tabular import Sheet
from apps.pokja.models import Pokja

CODE_LIMIT = 60
SUBJECT = "Pokja ini"


class PokjaBook:
    """Pokja by kode_pokja for all rows of a file; one query for each 5,000 codes."""

    def __init__(self, values: Iterable, gate: Gate):
        self.gate = gate
        self.known: dict[str, Pokja] = {}
        codes = {code for value in values if (code := _plain_code(value))}
        for part in chunks(sorted(codes)):
            for pokja in Pokja.objects.filter(code__in=part).select_related(
                "region", "merged_into"
            ):
                self.known[pokja.code] = pokja
        self._hints: dict[str, str] | None = None

    def find(self, value) -> Pokja:
        """The Pokja a cell names. ValueError when unknown, damaged or outside the owner's regions.

        For somebody with regions of their own "unknown" and "elsewhere" are the same answer.
        """
        code = read_code(value)
        pokja = self.known.get(code)
        if pokja is None:
            raise ValueError(self._unknown(code))
        if refused := self.gate.refusal(pokja.region, f"Pokja {code}"):
            raise ValueError(refused)
        return pokja

    def _unknown(self, code: str) -> str:
        likely = self._likely(code)
        hint = f": mungkin maksudnya {likely}? Tulis kode sebagai teks" if likely else ""
        if self.gate.hides_others:
            return f"Pokja {code} tidak ada di wilayah Anda{hint}"
        return f"Pokja {code} tidak dikenal{hint}"

    def _likely(self, code: str) -> str:
        """A code that differs in case, signs or lost zeros only; among those the owner may see."""
        if self._hints is None:
            rows = Pokja.objects.all()
            if self.gate.actor is not None:
                rows = rows.for_user(self.gate.actor)
            self._hints = {_bare(known): known for known in rows.values_list("code", flat=True)}
        return self._hints.get(_bare(code), "")


def codes_in(sheet: Sheet, column: str = "kode_pokja") -> list:
    return [row.cells.get(column) for row in sheet.rows]


def read_code(value) -> str:
    """The text of a code cell; a number with a fraction has lost a zero and is refused."""
    if isinstance(value, float | Decimal) and value != int(value):
        shown = f"{value:.15g}"
        raise ValueError(
            f"Kode {shown} tersimpan sebagai angka: mungkin maksudnya {shown} atau "
            f"{shown}0? Tulis kode sebagai teks"
        )
    code = as_text(value)
    if len(code) > CODE_LIMIT:
        raise ValueError(f"Terlalu panjang, paling banyak {CODE_LIMIT} karakter")
    return code


def _plain_code(value) -> str:
    try:
        return "" if value is None else read_code(value)
    except ValueError:
        return ""


def _bare(code: str) -> str:
    return fold(code).lstrip("0")
