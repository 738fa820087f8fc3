"""Tables as a workbook, written row by row: a million rows need no more memory than ten. No Django.

Rows go to a temporary file while they are read and from there into the archive. The same tables
give the same bytes: nothing in the file tells when it was made.
"""

import io
import re
import tempfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from xlsxwriter import Workbook

from apps.core.tabular_cells import (
    DATE_FORMAT,
    HEADER_COLOUR,
    TEXT_FORMAT,
    TIME_FORMAT,
    Table,
    harmless,
    on_the_clock,
)
from apps.core.tabular_in import LAST_ROW
from apps.core.workbook_guard import TabularError

WIDTH = 16  # of a column, in characters
A4 = 9
NO_DAY = datetime(2000, 1, 1)  # stands for no moment: see above
TOO_MANY_ROWS = "Data ini terlalu banyak untuk satu lembar Excel. Unduh sebagai CSV"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]]")


def write_xlsx(tables: Iterable[Table]) -> bytes:
    """``xlsx_file`` as bytes, for workbooks that are small whatever is in them."""
    out = io.BytesIO()
    xlsx_into(out, tables)
    return out.getvalue()


def xlsx_file(tables: Iterable[Table]) -> BinaryIO:
    """A temporary file with the workbook, read from its start; gone when it is closed."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    xlsx_into(out, tables)
    out.seek(0)
    return out


def xlsx_into(out: BinaryIO, tables: Iterable[Table]) -> None:
    """A workbook with a bold, frozen and filterable header row on each sheet.

    Strings are text cells (so codes keep their zeros), int, float and Decimal are numbers,
    True and False "ya" and "tidak", times are those of WIB. Sheet titles are cut to 31 letters.
    Raises TabularError for more rows than a sheet holds.
    """
    with Workbook(out, {"constant_memory": True, "default_date_format": DATE_FORMAT}) as book:
        book.set_properties({"created": NO_DAY})
        looks = _Looks(book)
        for table in tables:
            title = _title(table.title, {page.name.casefold() for page in book.worksheets()})
            _Page(book.add_worksheet(title), looks).write(table)


class _Looks:
    """The formats of cells; text cells keep being text when somebody types over them."""

    def __init__(self, book: Workbook):
        self.text = book.add_format({"num_format": TEXT_FORMAT})
        self.day = book.add_format({"num_format": DATE_FORMAT})
        self.moment = book.add_format({"num_format": TIME_FORMAT})
        self.head = book.add_format(
            {
                "num_format": TEXT_FORMAT,
                "bold": True,
                "bg_color": f"#{HEADER_COLOUR}",
                "text_wrap": True,
                "valign": "top",
                "bottom": 1,
            }
        )


class _Page:
    """One sheet that is being written."""

    def __init__(self, page, looks: _Looks):
        self.page, self.looks = page, looks
        # By type: asked for each of 300,000 cells.
        self.ways = {
            str: self.put_text,
            bool: self.put_truth,
            int: page.write_number,
            float: page.write_number,
            Decimal: page.write_number,
            datetime: self.put_moment,
            date: self.put_day,
            type(None): self.put_nothing,
        }

    def write(self, table: Table) -> None:
        if table.is_hidden:
            self.page.very_hidden()
        self._dress(table)
        for column, header in enumerate(table.headers):
            self.put_text(0, column, header, self.looks.head)
        ways, at = self.ways, 0
        for at, row in enumerate(table.rows, start=1):
            if at >= LAST_ROW:
                raise TabularError(TOO_MANY_ROWS)
            for column, value in enumerate(row):
                (ways.get(value.__class__) or self._way(value))(at, column, value)
        self.page.autofilter(0, 0, at, max(len(table.headers) - 1, 0))

    def _way(self, value):
        """For what is of a kind of its own, such as the words of a choice."""
        for known, way in self.ways.items():
            if isinstance(value, known):
                return way
        raise TypeError(f"A cell cannot hold {value!r}.")

    def put_text(self, row: int, column: int, value: str, look=None) -> None:
        text = value if value.isprintable() else _ILLEGAL.sub("", value)
        text = harmless(text)
        if text.startswith("<r>") and text.endswith("</r>"):
            # Alone the writer would take it for finished XML; three pieces it escapes.
            parts = (text[:1], text[1:2], text[2:])
            self.page.write_rich_string(row, column, *parts, look or self.looks.text)
        elif text:
            self.page.write_string(row, column, text, look or self.looks.text)

    def put_truth(self, row: int, column: int, value: bool) -> None:
        self.put_text(row, column, "ya" if value else "tidak")

    def put_day(self, row: int, column: int, value: date) -> None:
        if value.year < 1900:  # before the first day a spreadsheet knows
            return self.put_text(row, column, value.isoformat())
        self.page.write_datetime(row, column, value, self.looks.day)

    def put_moment(self, row: int, column: int, value: datetime) -> None:
        self.page.write_datetime(row, column, on_the_clock(value), self.looks.moment)

    def put_nothing(self, row: int, column: int, value: None) -> None:
        """An empty cell is not written."""

    def _dress(self, table: Table) -> None:
        for column, header in enumerate(table.headers):
            self.page.set_column(column, column, table.widths.get(header, WIDTH))
        self.page.freeze_panes(1, 0)
        self.page.repeat_rows(0)
        self.page.set_landscape()
        self.page.set_paper(A4)
        self.page.fit_to_pages(1, 0)


def _title(title: str, taken: set[str]) -> str:
    """A name that a sheet may have and no other of the book has."""
    name = _NOT_IN_TITLES.sub(" ", title)[:31].strip("'") or "Lembar"
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{name[:27]} {number}"
    return found
