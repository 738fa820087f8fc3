"""Values of yes/no indicators in words. Pure: no Django."""

from decimal import Decimal

YES_NO = {"ya": Decimal(1), "tidak": Decimal(0)}


def yes_no_word(value) -> str:
    """ya or tidak for a stored value."""
    return "ya" if value else "tidak"
