"""Findings of the books' pages, as headings."""

from apps.books.comparison import GAINED, LOST, Comparison
from apps.books.pages import Volume
from apps.core.formats import format_number
from apps.effectiveness.models import Closing
from apps.effectiveness.official import OfficialFigure


def shelf_finding(rows: list[Volume], year: int | None) -> str:
    """How many of what could be closed is closed."""
    past = [row for row in rows if row.is_past]
    closed = sum(row.closing is not None for row in past)
    if not past:
        return "Belum ada tahun yang dapat ditutup"
    share = f"{format_number(closed)} dari {format_number(len(past))}"
    if year is not None:
        return f"{share} provinsi sudah menutup {year}" if closed else f"Buku {year} belum ditutup"
    return f"{share} tahun sudah ditutup" if closed else "Belum ada tahun yang ditutup"


def book_finding(closing: Closing, figure: OfficialFigure) -> str:
    return f"Buku {closing.year}: {figure.text} efektif"


def comparison_finding(found: Comparison) -> str:
    """Who would change, counted both ways."""
    if found.rules is None:
        return "Tahun ini sekarang tidak dapat dinilai, jadi belum dapat dibandingkan"
    if not found.changes:
        return "Isi buku sama dengan keadaan sekarang"
    gained, lost = found.count(GAINED), found.count(LOST)
    if gained or lost:
        return f"{gained} Pokja akan menjadi efektif, {lost} tidak lagi efektif"
    return f"{len(found.changes)} Pokja berbeda; tidak ada yang berganti hasil"
