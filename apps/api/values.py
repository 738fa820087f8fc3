"""How stored values stand in JSON."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

# Columns that are rupiah: always two places. Other quantities go without needless zeros.
MONEY = frozenset({"anggaran", "pagu_sub_kegiatan", "pagu_pokja", "realisasi"})


def told(column: str, value):
    """A stored value as JSON has it: exact text for decimals, ISO for days, None for empty."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return f"{value:.2f}" if column in MONEY else _plain(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
