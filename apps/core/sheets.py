"""Sheets of an official table as plain data: columns, lines, totals as formulas, notes.

``workbook_out`` makes a workbook of them; a paper can be made of the same. No Django.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from openpyxl.utils import get_column_letter

TITLE_ROW, SENTENCE_ROW, FINDING_ROW, HEADER_ROW, NUMBER_ROW, FIRST_ROW = range(1, 7)

# What a column holds.
TEXT, CODE, COUNT, POINTS, PERCENT, MONEY, DAY = (
    "text",
    "code",
    "count",
    "points",
    "percent",
    "money",
    "day",
)
BODY, TOTAL, SECTION = "body", "total", "section"  # kinds of lines


@dataclass(frozen=True)
class Formula:
    """``text`` begins with "="; ``value`` (a number or text) is what it comes to."""

    text: str
    value: object


@dataclass(frozen=True)
class Column:
    """``width`` in characters; ``form`` is one of the constants above. ``fills``: the colour (hex)
    of each of some whole numbers."""

    header: str
    width: float = 16
    form: str = TEXT
    fills: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One row: a value for each column, None for an empty cell."""

    cells: Sequence
    kind: str = BODY


@dataclass(frozen=True)
class Sheet:
    """``names``: so many columns stay in view; ``notes`` stand below the table.

    The first line stands in row ``FIRST_ROW``. Lines of kind TOTAL at the end stay outside the
    filter, so that sorting leaves them where they are.
    """

    name: str
    title: str
    sentence: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    finding: str = ""
    names: int = 0
    notes: Sequence[str] = ()

    @property
    def body_rows(self) -> int:
        """Lines without the totals at the end."""
        count = len(self.lines)
        while count and self.lines[count - 1].kind == TOTAL:
            count -= 1
        return count

    @property
    def last_row(self) -> int:
        """The last row that the filter covers."""
        return NUMBER_ROW + self.body_rows


@dataclass(frozen=True)
class Dress:
    """What the sheets of a book have in common. ``signature``: the lines above the empty space
    and those below it; ``footer``: left in the foot of each printed page."""

    title: str
    made_at: datetime
    footer: str
    mark: str = ""
    signature: tuple[Sequence[str], Sequence[str]] = ((), ())
    paper: str = "a4"


# --- formulas --------------------------------------------------------------------------------


def cell_name(column: int, row: int) -> str:
    """ "C6" of column 3, row 6."""
    return f"{get_column_letter(column)}{row}"


def area(column: int, first: int, last: int) -> str:
    """ "D6:D30" of column 4."""
    return f"{cell_name(column, first)}:{cell_name(column, last)}"


def total_of(column: int, first: int, last: int, value, function: str = "SUM") -> Formula:
    """A formula over the rows of one column."""
    return Formula(f"={function}({area(column, first, last)})", value)


def percent_of(part: str, whole: str, value) -> Formula:
    """Part by whole, as the portal prints it: 0% and 100% only where they are exact, nothing
    where there is no whole, above 100% as it is."""
    share = f"{part}/{whole}"
    near = f"MEDIAN(0.01,0.99,ROUND({share},2))"
    inside = f"IF(AND({part}>0,{part}<{whole}),{near},ROUND({share},2))"
    return Formula(f'=IF({whole}=0,"",{inside})', "" if value is None else value)
