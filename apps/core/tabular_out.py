"""Tables that go out as XLSX or CSV, and workbooks given back with their errors marked.

Text that a spreadsheet would run as a formula gets an apostrophe in front, in both formats; the
way in (``tabular_in.clean_value``) takes it off again. Numbers stay numbers, codes stay text.
No Django.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

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

DATE_FORMAT = "[$-421]d mmmm yyyy"
TIME_FORMAT = "[$-421]d mmmm yyyy hh:mm"
TEXT_FORMAT = "@"
HEADER_FILL = PatternFill("solid", fgColor="EEF1F4")
ERROR_FILL = PatternFill("solid", fgColor="F8B4AF")
ERROR_SIZE = (320, 110)  # of a comment, in points
COMMENT_AUTHOR = "Portal Pokja"
WIB = timezone(timedelta(hours=7))
# A point and exactly three digits would be read as thousands when the file comes back.
_READS_AS_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)


@dataclass(frozen=True)
class Table:
    """One sheet to be written; ``widths`` in characters by header, 16 where none is given."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence]
    widths: dict[str, int] = field(default_factory=dict)


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: with an apostrophe before = + - @ TAB CR."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write_xlsx(tables: Iterable[Table]) -> bytes:
    """A workbook with a bold, frozen and filterable header row on each sheet.

    Strings are text cells (so codes keep their zeros), int, float and Decimal are numbers,
    True and False "ya" and "tidak", times are those of WIB. Sheet titles are cut to 31 letters.
    """
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        page = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", table.title)[:31])
        page.append([_for_workbook(header) for header in table.headers])
        for row in table.rows:
            page.append([_for_workbook(value) for value in row])
        _dress(page, table)
    return _saved(book)


def write_csv(headers: Sequence[str], rows: Iterable[Sequence], *, delimiter: str = ",") -> bytes:
    """UTF-8 with BOM, so that Excel shows every letter; decimals with a point, dates as ISO."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([harmless(header) for header in headers])
    writer.writerows([_for_csv(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


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
    _as_text(book.active)
    return book


def _for_workbook(value):
    if isinstance(value, str):  # most cells of most files
        return harmless(ILLEGAL_CHARACTERS_RE.sub("", value))
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return _on_the_clock(value)
    return value


def _on_the_clock(moment):
    return moment.astimezone(WIB).replace(tzinfo=None) if moment.tzinfo else moment


def _for_csv(value):
    if isinstance(value, str):  # most cells of most files
        return harmless(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return _on_the_clock(value).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | Decimal):
        text = format(Decimal(repr(value)) if isinstance(value, float) else value, "f")
        return f"{text}0" if _READS_AS_THOUSANDS.fullmatch(text) else text
    return value


def _dress(page, table):
    _as_text(page)
    for cell in page[1]:
        cell.font = Font(bold=True)
        cell.fill = HEADER_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = Border(bottom=Side(style="thin"))
    for index, header in enumerate(table.headers, start=1):
        letter = get_column_letter(index)
        page.column_dimensions[letter].width = table.widths.get(header, 16)
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _as_text(page):
    """Text cells keep being text when somebody types over them; dates are spelled out."""
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.number_format = TEXT_FORMAT
            elif isinstance(cell.value, datetime):
                cell.number_format = TIME_FORMAT
            elif isinstance(cell.value, date):
                cell.number_format = DATE_FORMAT


def _saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
