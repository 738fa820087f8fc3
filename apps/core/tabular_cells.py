"""What a cell of a table that goes out may hold, whatever the file's format. No Django.

Text that a spreadsheet would run as a formula gets an apostrophe in front; the way in
(``tabular_in.clean_value``) takes it off again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from apps.core.tabular_in import FORMULA_STARTS

DATE_FORMAT = "[$-421]d mmmm yyyy"
TIME_FORMAT = "[$-421]d mmmm yyyy hh:mm"
TEXT_FORMAT = "@"
HEADER_COLOUR = "EEF1F4"
WIB = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class Table:
    """One sheet to be written; ``widths`` in characters by header, 16 where none is given.
    ``is_hidden``: no program offers to show it."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence]
    widths: dict[str, int] = field(default_factory=dict)
    is_hidden: bool = False


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: with an apostrophe before = + - @ TAB CR."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def on_the_clock(moment: datetime) -> datetime:
    """The moment as the clock in WIB shows it, without zone."""
    return moment.astimezone(WIB).replace(tzinfo=None) if moment.tzinfo else moment
