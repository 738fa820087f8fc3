"""Sentences of the switch."""

from apps.core.formats import format_number
from apps.open_data.models import Publication


def switch_finding(opened: int, closed: int) -> str:
    """How many of the closed years are open to everybody."""
    if not closed:
        return "Belum ada buku tahun yang dapat dibuka untuk umum"
    if not opened:
        return f"Belum ada yang terbuka untuk umum dari {format_number(closed)} buku tahun"
    return f"{format_number(opened)} dari {format_number(closed)} buku tahun terbuka untuk umum"


def named(publication: Publication) -> str:
    return f"Data {publication.year} {publication.province}"


def contact_of(province) -> str:
    """What to suggest as a contact: the help of the province, as it stands on every page."""
    told = (province.help_name, province.help_email)
    return ", ".join(filter(None, told)) or f"Perwakilan BKKBN {province.full_name}"
