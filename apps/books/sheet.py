"""A book as a file: its rows with what they rest on, as the person may see them."""

from apps.books.pages import Line, closed_on, criteria_of
from apps.core.formats import format_date
from apps.core.looks import look_of
from apps.core.tabular_out import Table, write_csv, write_xlsx
from apps.effectiveness.models import Closing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
_HEAD = ("kode_wilayah", "wilayah", "kode_pokja", "nama_pokja", "tahun", "tanggal_acuan", "edisi")
_TAIL = ("jumlah_terpenuhi", "efektif", "skor", "indeks", "kelas")
_WIDTHS = {"wilayah": 28, "nama_pokja": 34}


def book_file(closing: Closing, lines: list[Line], form: str) -> bytes:
    """CSV or XLSX; the workbook tells on a second sheet what the book is."""
    headers = (*_HEAD, *(each["code"] for each in criteria_of(closing)), *_TAIL)
    rows = [_cells(line) for line in lines]
    if form == "csv":
        return write_csv(headers, rows)
    notes = [(line,) for line in _notes(closing)]
    return write_xlsx(
        [
            Table(f"Buku {closing.year}", headers, rows, _WIDTHS),
            Table("Keterangan", ("keterangan",), notes, {"keterangan": 90}),
        ]
    )


def _cells(line: Line) -> tuple:
    item = line.item
    return (
        item.region_code,
        item.region_name,
        item.code,
        item.name,
        item.year,
        item.on,
        line.edition,
        *(look_of(result.status, result.reason).word for _, result in line.cells),
        item.met,
        item.effective,
        item.score,
        item.index,
        line.maturity,
    )


def _notes(closing: Closing) -> list[str]:
    said = [
        f"Buku {closing.year}, {closing.province.full_name}",
        f"Ditutup {format_date(closed_on(closing))} oleh {closing.closed_by or 'sistem'}",
        f"Rubrik: {closing.rules['name']}; tanggal acuan {format_date(closing.on)}",
        "Angka dalam buku tidak berubah oleh perbaikan isian atau rubrik sesudahnya.",
    ]
    return [*said, f"Catatan: {closing.note}"] if closing.note else said
