"""Tables that come in as XLSX or CSV (spec section 7). No Django.

One way in for the portal, the admin and the command line: every source becomes a ``Sheet`` whose
rows keep the number the sheet shows (the header is row 1). Text stays text, numbers stay numbers,
formulas are never evaluated: what counts is the value last saved beside them. The way out stands
in ``tabular_out``; other apps import both from ``tabular``.
"""

import csv
import io
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from os import PathLike

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from apps.core.workbook_guard import (
    DAMAGED,
    LIMITS,
    Limits,
    TabularError,
    check_workbook,
    too_many_rows,
)

Value = str | int | float | Decimal | bool | date | datetime | time | None

NOT_UTF8 = "Berkas CSV harus UTF-8. Di Excel pilih Simpan sebagai, lalu CSV UTF-8"
OLD_EXCEL = "Berkas Excel lama (.xls) tidak dapat dibaca. Simpan ulang sebagai .xlsx"
NOT_A_SHEET = "Berkas ini bukan lembar kerja. Pilih berkas XLSX atau CSV"
EMPTY_FILE = "Berkas kosong. Pilih berkas lain"
NO_HEADER = "Baris 1 kosong. Baris 1 harus berisi nama kolom"
LAST_ROW = 1_048_576  # of any spreadsheet
MEMORY_SHEET = "ingatan"  # of a workbook of ours: for the portal alone, and hidden
MEMORY_CELLS = 300  # of its first column that are looked at
UNNAMED_COLUMNS = 5  # so many columns beyond the last header are looked at for stray values
ZIP_MAGIC, OLE_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SCAN_MAGICS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG")  # the scanned annex instead of its table
# Text that a spreadsheet would take for a formula; the way out puts an apostrophe before it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class CellError:
    """One thing wrong in an imported table; ``row`` and ``column`` are None where none is meant."""

    message: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        if self.row is None:
            return self.message
        place = f"baris {self.row}"
        return (
            f"{place}, kolom {self.column}: {self.message}"
            if self.column
            else (f"{place}: {self.message}")
        )


@dataclass(frozen=True)
class Row:
    """One row that is not blank; ``number`` counts as the sheet shows it, the header being 1."""

    number: int
    cells: dict[str, Value]


@dataclass(frozen=True)
class Sheet:
    """A table as read. ``headers`` are trimmed, in small letters and without a closing "*".

    A column with values but no name appears as "(kolom D)", so that it can be named in a warning.
    ``written`` gives the header cell behind a name, for people to find it again. ``memory``: the
    texts of the first column of the hidden sheet that our own workbooks carry.
    """

    name: str
    headers: list[str]
    rows: list[Row] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    memory: tuple[str, ...] = ()


def read_sheet(source, *, sheet: str | None = None, expect=(), limits: Limits = LIMITS) -> Sheet:
    """Read a path or binary file object; its content, not its name, tells XLSX from CSV.

    In a workbook the sheet named ``sheet`` is read, else the one whose header row holds most of
    the columns in ``expect``, else the first. Raises TabularError with an Indonesian sentence for
    a file that is too large, damaged, hostile, without header or with a header twice.
    """
    data = read_bytes(source, limits)
    if data.startswith(ZIP_MAGIC):
        return _read_workbook(data, sheet, expect, limits)
    if data.startswith(OLE_MAGIC):
        raise TabularError(OLD_EXCEL)
    if data.startswith(SCAN_MAGICS):
        raise TabularError(NOT_A_SHEET)
    return _collect("CSV", csv_records(data), limits)


def is_workbook(data: bytes) -> bool:
    return data.startswith(ZIP_MAGIC)


def csv_records(data: bytes) -> "csv.reader":
    """The records of a CSV in UTF-8, separated by comma or semicolon, whichever row 1 uses more."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TabularError(NOT_UTF8) from error
    if "\0" in text:
        raise TabularError(NOT_UTF8)
    first_line = text.lstrip("\r\n").partition("\n")[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def normal_header(value) -> str:
    """The name a header cell stands for: " Kode_Pokja* " and "Kode Pokja" are kode_pokja."""
    return "" if value is None else "_".join(str(value).strip().rstrip("*").split()).casefold()


def clean_value(value) -> Value:
    """A cell's value for import: text trimmed, blank as None, whole floats as int.

    The apostrophe that our own files put before text such as "=A1" is taken off again.
    """
    if isinstance(value, str):
        value = value.strip()
        if value.startswith("'") and value[1:2] in FORMULA_STARTS:
            value = value[1:]
        return value or None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def choose_sheet(headers_of: dict[str, list[str]], sheet: str | None, expect) -> str:
    """Which of a workbook's sheets holds the table; see ``read_sheet``."""
    names = list(headers_of)
    for name in names:
        if sheet and name.strip().casefold() == sheet.strip().casefold():
            return name
    wanted = set(expect)
    return max(names, key=lambda name: len(wanted.intersection(headers_of[name])))


def read_bytes(source, limits: Limits = LIMITS) -> bytes:
    """The bytes of a path or binary file object, refused above the size limit or when empty."""
    if isinstance(source, str | PathLike):
        try:
            with open(source, "rb") as file:
                data = file.read(limits.file_size + 1)
        except OSError as error:
            raise TabularError(f"Berkas {source} tidak dapat dibuka") from error
    else:
        source.seek(0)
        data = source.read(limits.file_size + 1)
    if len(data) > limits.file_size:
        most = limits.file_size // (1024 * 1024)
        raise TabularError(f"Berkas terlalu besar. Ukuran paling besar {most} MB")
    if not data.strip():
        raise TabularError(EMPTY_FILE)
    return data


def _read_workbook(data, sheet, expect, limits):
    file = io.BytesIO(data)
    check_workbook(file, limits)
    try:
        book = load_workbook(file, read_only=True, data_only=True)
        pages = {page.title: page for page in book.worksheets}
        hidden = pages.pop(MEMORY_SHEET, None) if len(pages) > 1 else None
        if not pages:
            raise TabularError(DAMAGED)
        headers = {name: _header_row(page, limits) for name, page in pages.items()}
        name = choose_sheet(headers, sheet, expect)
        width = len(headers[name]) + UNNAMED_COLUMNS
        records = pages[name].iter_rows(values_only=True, max_col=width)
        found = _collect(name, map(_as_typed, records), limits)
        return replace(found, memory=_memory(hidden)) if hidden else found
    except TabularError:
        raise
    except Exception as error:  # openpyxl lets whatever its parsers raise escape: dozens of kinds
        raise TabularError(DAMAGED) from error


def _memory(page) -> tuple[str, ...]:
    page.reset_dimensions()
    rows = page.iter_rows(values_only=True, max_row=MEMORY_CELLS, max_col=1)
    return tuple(str(row[0]) for row in rows if row and row[0] is not None)


def _as_typed(record) -> list:
    """Text such as "_x0041_" stands in a workbook as "_x005F_x0041_": unescaped it is a letter."""
    return [
        value.replace("_x005F_x", "_x") if value.__class__ is str and "_x005F_x" in value else value
        for value in record
    ]


def _header_row(page, limits):
    # The size a sheet claims may be wrong either way. One column above the limit shows that
    # there are more; a row is never unrolled to the 16,384 columns a single far cell asks for.
    page.reset_dimensions()
    first = next(page.iter_rows(values_only=True, max_row=1, max_col=limits.columns + 1), ())
    return trimmed_headers(first)


def trimmed_headers(record) -> list[str]:
    """The header cells of a record under their normal names, without blank ones at the end."""
    headers = [normal_header(cell) for cell in record]
    while headers and not headers[-1]:
        headers.pop()
    return headers


def _collect(name, records, limits):
    """A Sheet of raw records; blank rows are left out and still counted."""
    records = enumerate(_guarded(records), start=1)
    _, first = next(records, (1, ()))
    headers = _headers(first, limits)
    names = [header for header in headers if header]
    rows, unnamed = [], {}
    for number, record in records:
        if number > LAST_ROW:  # a row may claim any number, and all before it would be counted up
            raise TabularError(DAMAGED)
        if all(value is None for value in record):
            continue
        cells = dict.fromkeys(names)
        for index, raw in enumerate(record):
            value = clean_value(raw)
            if index < len(headers) and headers[index]:
                cells[headers[index]] = value
            elif value is not None:
                unnamed[index] = f"(kolom {get_column_letter(index + 1)})"
        if any(value is not None for value in cells.values()):
            if number > limits.rows + 1:
                raise TabularError(too_many_rows(limits))
            rows.append(Row(number, cells))
    written = {normal_header(cell): " ".join(str(cell).split()) for cell in first}
    return Sheet(name, names + [unnamed[index] for index in sorted(unnamed)], rows, written)


def _guarded(records):
    number = 0
    try:
        for record in records:
            number += 1
            yield record
    except csv.Error as error:
        message = f"Baris {number + 1} tidak dapat dibaca. Periksa tanda kutip dan pemisahnya"
        raise TabularError(message) from error


def _headers(first, limits):
    headers = trimmed_headers(first)
    if not headers:
        raise TabularError(NO_HEADER)
    if len(headers) > limits.columns:
        raise TabularError(f"Berkas memuat lebih dari {limits.columns} kolom")
    twice = sorted({header for header in headers if header and headers.count(header) > 1})
    if twice:
        raise TabularError(f"Nama kolom {', '.join(twice)} tertulis lebih dari sekali di baris 1")
    return headers
