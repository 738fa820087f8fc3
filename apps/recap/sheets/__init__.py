"""The seven sheets of a recap, in their order."""

from apps.core.sheets import Sheet
from apps.recap.gathering import Recap
from apps.recap.sheets import budgets, gaps, notes, pokja, regions, summary, trend

PRINTED = ("Ringkasan", "Kab-Kota", "Kekurangan")  # those of the PDF


def all_sheets(recap: Recap) -> list[Sheet]:
    """Every sheet; no query."""
    makers = (summary, regions, pokja, gaps, budgets, trend, notes)
    return [maker.sheet(recap) for maker in makers]


def printed_sheets(recap: Recap) -> list[Sheet]:
    """The sheets of the paper; no query."""
    return [maker.sheet(recap) for maker in (summary, regions, gaps)]
