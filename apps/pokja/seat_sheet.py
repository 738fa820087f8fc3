"""The annex of an SK as a sheet: pasted text, an uploaded file, and the template for both.

Pasted text may have no header; its columns then stand in the order of ``COLUMNS``. What was read
can be written as text again (``as_text``), so that a preview can be confirmed without the file.
"""

import csv
import io
from collections.abc import Sequence

from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

from apps.core.tabular import (
    Limits,
    Row,
    Sheet,
    Table,
    TabularError,
    clean_value,
    normal_header,
    read_sheet,
    write_xlsx,
)
from apps.core.workbook_guard import too_many_rows

COLUMNS = ("kedudukan", "instansi", "unsur", "jabatan_asal", "bidang", "nama", "mulai", "sampai")
REQUIRED = ("kedudukan", "instansi", "unsur")
SHEET = "anggota"
LIMITS = Limits(file_size=2 * 1024 * 1024, rows=300, columns=30)
TEXT_LIMIT = 400_000  # letters; 300 rows of long names are about 60,000

# What annexes and offices call the columns.
OTHER_HEADERS = {
    "kedudukan_dalam_pokja": "kedudukan",
    "kedudukan_dalam_tim": "kedudukan",
    "lembaga": "instansi",
    "instansi/lembaga": "instansi",
    "unit_kerja": "instansi",
    "sektor": "unsur",
    "jabatan": "jabatan_asal",
    "jabatan_dalam_dinas": "jabatan_asal",
    "jabatan_dinas": "jabatan_asal",
    "bidang/seksi": "bidang",
    "seksi": "bidang",
    "nama_pejabat": "nama",
    "sejak": "mulai",
}
NUMBERING = ("no", "no.", "nomor")
EXAMPLES = (
    ("Ketua", "Sekretariat Daerah", "pemerintah", "Sekretaris Daerah", "", "", "", ""),
    ("Anggota", "Universitas Contoh", "perguruan tinggi", "Dekan", "Bidang Data", "", "", ""),
)
GUIDE = (
    ("kedudukan*", "Kedudukan dalam Pokja, misalnya Ketua, Sekretaris, Anggota"),
    ("instansi*", "Nama instansi atau lembaga"),
    ("unsur*", "pemerintah, perguruan tinggi, dunia usaha, komunitas, atau media"),
    ("jabatan_asal", "Jabatan di instansi asal, misalnya Kepala Bappeda"),
    ("bidang", "Bidang atau seksi dalam Pokja"),
    ("nama", "Nama pejabat; tanpa NIP, NIK, atau nomor telepon"),
    ("mulai", "Tanggal mulai; kosong berarti tanggal mulai berlaku SK"),
    ("sampai", "Hari terakhir; kosong berarti masih menjabat"),
)


def read_upload(file) -> Sheet:
    """An XLSX or CSV file. TabularError with a sentence for what is no table of this kind."""
    return _with_our_headers(read_sheet(file, sheet=SHEET, expect=COLUMNS, limits=LIMITS))


def read_text(text: str) -> Sheet:
    """Rows pasted from a sheet or typed: separated by tabs, semicolons or commas.

    Rows are numbered as pasted, the first being 1. TabularError where there is nothing to read,
    or too much.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip("\n\ufeff")
    if not text.strip():
        raise TabularError("Belum ada baris yang ditempel")
    if len(text) > TEXT_LIMIT or text.count("\n") > 4 * LIMITS.rows:
        raise TabularError(too_many_rows(LIMITS))
    records = [[clean_value(cell) for cell in record] for record in _records(text)]
    headers = _headers_of(records[0])
    first = 2 if headers else 1
    rows = records[first - 1 :]
    if not headers:
        rows = _without_numbering(rows)
        headers = _columns_for(rows)
    return _sheet(headers, rows, first)


def as_text(sheet: Sheet) -> str:
    """The same rows as tab-separated text; blank rows keep the numbers right.

    Rows that came without a header (the first is 1) stay without one: their numbers would move.
    """
    names = [name for name in COLUMNS if name in sheet.headers]
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    at = 1
    if not sheet.rows or sheet.rows[0].number > 1:
        writer.writerow(names)
        at = 2
    for row in sheet.rows:
        out.write("\n" * (row.number - at))
        writer.writerow(_plain(row.cells.get(name)) for name in names)
        at = row.number + 1
    return out.getvalue()


def template() -> bytes:
    """An XLSX with guide, two example rows and a list of sectors to choose from."""
    headers = [f"{name}*" if name in REQUIRED else name for name in COLUMNS]
    widths = dict.fromkeys(headers, 24)
    pages = [
        Table(SHEET, headers, EXAMPLES, widths),
        Table("petunjuk", ("kolom", "isi"), GUIDE, {"kolom": 18, "isi": 70}),
    ]
    book = load_workbook(io.BytesIO(write_xlsx(pages)))
    page = book[SHEET]
    choices = '"pemerintah,perguruan tinggi,dunia usaha,komunitas,media"'
    picker = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=True)
    picker.errorTitle, picker.error = "Unsur", "Pilih salah satu unsur dari daftar"
    page.add_data_validation(picker)
    picker.add(f"C2:C{LIMITS.rows + 1}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _records(text: str) -> list[list[str]]:
    """Cells as a sheet copies them: quoted where they hold a line break. A lone quote is text."""
    delimiter = _delimiter(text)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:
        return [line.split(delimiter) for line in text.split("\n")]


def _delimiter(text: str) -> str:
    first = next(line for line in text.split("\n") if line.strip())
    return next((mark for mark in "\t;|" if mark in first), ",")


def _header_name(cell) -> str:
    name = normal_header(cell)
    return OTHER_HEADERS.get(name, name)


def _headers_of(record: Sequence) -> list[str]:
    """Our names of a header row; empty where the row is data."""
    names = [_header_name(cell) for cell in record]
    return names if sum(name in REQUIRED for name in names) >= 2 else []


def _columns_for(rows: list[list]) -> list[str]:
    """As many columns, in their order, as the widest row has; TabularError for a wider one."""
    width = max(len(row) for row in rows)
    if width > len(COLUMNS):
        raise TabularError(
            f"Ada baris dengan {width} kolom, lebih dari {len(COLUMNS)}. Sertakan baris judul kolom"
        )
    return list(COLUMNS[: max(width, len(REQUIRED))])


def _without_numbering(rows: list[list]) -> list[list]:
    """Annexes begin with a number; where every row does, that column is left out."""
    filled = [row for row in rows if any(cell is not None for cell in row)]
    if filled and all(str(row[0] or "").rstrip(".").isdecimal() for row in filled):
        return [row[1:] for row in rows]
    return rows


def _sheet(headers: list[str], rows: list[list], first: int) -> Sheet:
    twice = sorted({name for name in headers if name and headers.count(name) > 1})
    if twice:
        raise TabularError(f"Nama kolom {', '.join(twice)} tertulis lebih dari sekali")
    found = []
    for number, record in enumerate(rows, start=first):
        cells = dict.fromkeys(name for name in headers if name)
        cells |= {name: cell for name, cell in zip(headers, record, strict=False) if name}
        if any(cell is not None for cell in cells.values()):
            found.append(Row(number, cells))
    if len(found) > LIMITS.rows:
        raise TabularError(too_many_rows(LIMITS))
    names = [name for name in headers if name and name not in NUMBERING]
    return Sheet(SHEET, names, found, {name: name for name in names})


def _with_our_headers(sheet: Sheet) -> Sheet:
    names = {name: _header_name(name) for name in sheet.headers}
    taken = [new for old, new in names.items() if old != new and new in sheet.headers]
    names |= {old: old for old, new in names.items() if new in taken}
    rows = [
        Row(row.number, {names.get(old, old): cell for old, cell in row.cells.items()})
        for row in sheet.rows
    ]
    headers = [names[name] for name in sheet.headers if name not in NUMBERING]
    written = {names.get(old, old): shown for old, shown in sheet.written.items()}
    return Sheet(sheet.name, headers, rows, written)


def _plain(value) -> str:
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    text = str(value)
    # As in every file of ours: what looks like a formula keeps its apostrophe on the way.
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
