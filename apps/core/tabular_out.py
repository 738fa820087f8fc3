"""Tables that go out as CSV, and workbooks given back with their errors marked.

Text that a spreadsheet would run as a formula gets an apostrophe in front, as in the XLSX of
``xlsx_out``. Numbers stay numbers, codes stay text. No Django.
"""

import codecs
import csv
import io
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import BinaryIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from apps.core.tabular_cells import (
    DATE_FORMAT,
    HEADER_COLOUR,
    TEXT_FORMAT,
    Table,
    harmless,
    on_the_clock,
)
from apps.core.tabular_in import (
    FORMULA_STARTS,
    LAST_ROW,
    CellError,
    choose_sheet,
    csv_records,
    is_workbook,
    normal_header,
    read_bytes,
)
from apps.core.workbook_guard import DAMAGED, LIMITS, TabularError, check_workbook
from apps.core.xlsx_out import write_xlsx, xlsx_file

__all__ = [
    "DATE_FORMAT",
    "HEADER_FILL",
    "TEXT_FORMAT",
    "Table",
    "csv_file",
    "harmless",
    "mark_errors",
    "write_csv",
    "write_xlsx",
    "xlsx_file",
]

HEADER_FILL = PatternFill("solid", fgColor=HEADER_COLOUR)
ERROR_FILL = PatternFill("solid", fgColor="F8B4AF")
ERROR_SIZE = (320, 110)  # of a comment, in points
COMMENT_AUTHOR = "Portal Pokja"
ROWS_AT_ONCE = 500
# A point and exactly three digits would be read as thousands when the file comes back.
_READS_AS_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)
# The writer makes "" of None and ISO of a date by itself.
_CSV_AS_IS = frozenset({int, date, type(None)})
_FORMULA_STARTS = frozenset(FORMULA_STARTS)


def write_csv(headers: Sequence[str], rows: Iterable[Sequence], *, delimiter: str = ",") -> bytes:
    """``csv_into`` as bytes, for tables that are small whatever is in them."""
    out = io.BytesIO()
    csv_into(out, headers, rows, delimiter=delimiter)
    return out.getvalue()


def csv_file(headers: Sequence[str], rows: Iterable[Sequence]) -> BinaryIO:
    """A temporary file with the table, read from its start; gone when it is closed."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    csv_into(out, headers, rows)
    out.seek(0)
    return out


def csv_into(
    out: BinaryIO, headers: Sequence[str], rows: Iterable[Sequence], *, delimiter: str = ","
) -> None:
    """UTF-8 with BOM, so that Excel shows every letter; decimals with a point, dates as ISO.

    Rows are put together in memory, some at a time: written one by one they take longer.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([harmless(header) for header in headers])
    out.write(codecs.BOM_UTF8)
    rows = map(_csv_row, rows)
    while part := list(islice(rows, ROWS_AT_ONCE)):
        writer.writerows(part)
        out.write(text.getvalue().encode())
        text.seek(0)
        text.truncate()
    out.write(text.getvalue().encode())  # the headers of a table without rows


def _csv_row(row: Sequence) -> list:
    """Most cells of most files are plain text, which costs no call."""
    return [
        value
        if (
            value[:1] not in _FORMULA_STARTS
            if (kind := value.__class__) is str
            else kind in _CSV_AS_IS
        )
        else _CSV_WAYS.get(kind, _for_csv)(value)
        for value in row
    ]


def mark_errors(
    source, errors: Iterable[CellError], *, sheet: str | None = None, expect=()
) -> bytes:
    """The workbook that came in, with every bad cell red and its messages in a comment.

    ``sheet`` and ``expect`` choose the sheet as in ``read_sheet``. A CSV comes back as a workbook
    of text cells. An error without column marks the first cell of its row, one without row A1.
    """
    data = read_bytes(source)
    if is_workbook(data):
        check_workbook(io.BytesIO(data), LIMITS)
        try:
            book = load_workbook(io.BytesIO(data))
        except Exception as error:  # as in tabular_in: the parsers raise dozens of kinds
            raise TabularError(DAMAGED) from error
        headers = {page.title: _headers_of(page) for page in book.worksheets}
        page = book[choose_sheet(headers, sheet, expect)]
    else:
        book = _book_of_csv(data)
        page = book.active
    for (row, column), messages in _by_cell(errors, _headers_of(page)).items():
        cell = _writable(page, row, column)
        cell.fill = ERROR_FILL
        cell.comment = Comment("\n".join(messages), COMMENT_AUTHOR, ERROR_SIZE[1], ERROR_SIZE[0])
    return _saved(book)


def _by_cell(errors, headers):
    found = {}
    for error in errors:
        known = error.column in headers if error.column else False
        column = headers.index(error.column) + 1 if known else 1
        message = error.message
        if error.column and not known:  # a column that is missing has no cell of its own
            message = f"{error.column}: {message}"
        row = min(error.row or 1, LAST_ROW)
        found.setdefault((row, column), []).append(message)
    return found


def _headers_of(page):
    return [normal_header(cell.value) for cell in page[1]]


def _writable(page, row, column):
    """The cell, or the upper left one of the merged range it lies in."""
    cell = page.cell(row, column)
    if isinstance(cell, MergedCell):
        for merged in page.merged_cells.ranges:
            if cell.coordinate in merged:
                return page.cell(merged.min_row, merged.min_col)
    return cell


def _book_of_csv(data):
    book = Workbook()
    try:
        for record in csv_records(data):
            book.active.append([_for_workbook(text) if text else None for text in record])
    except csv.Error:
        pass  # the rows up to the broken one are worth giving back
    for row in book.active.iter_rows():
        for cell in row:
            cell.number_format = TEXT_FORMAT
    return book


def _for_workbook(text: str) -> str:
    return harmless(ILLEGAL_CHARACTERS_RE.sub("", text))


def _for_csv(value):
    """A cell of a kind of its own, such as a word of a choice."""
    for kind, way in _CSV_WAYS.items():
        if isinstance(value, kind):
            return way(value)
    return value


def _csv_decimal(value: Decimal) -> str:
    text = str(value)
    if "E" in text:  # a large or tiny one
        text = format(value, "f")
    return f"{text}0" if "." in text and _READS_AS_THOUSANDS.fullmatch(text) else text


_CSV_WAYS = {
    str: harmless,
    bool: lambda value: "ya" if value else "tidak",
    Decimal: _csv_decimal,
    float: lambda value: _csv_decimal(Decimal(repr(value))),
    datetime: lambda value: on_the_clock(value).isoformat(sep=" ", timespec="seconds"),
}


def _saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
