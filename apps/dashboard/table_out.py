"""A Sheet as a table of the page, as CSV and as a sheet of a workbook: one value, three clothes."""

from collections.abc import Iterable
from decimal import Decimal

from django.http import HttpResponse

from apps.core.formats import format_number
from apps.core.tabular_out import Table, write_csv, write_xlsx
from apps.dashboard.html import safe, text
from apps.dashboard.tables import Sheet

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {
    "wilayah": 28,
    "daerah": 24,
    "pokja": 30,
    "jenis": 24,
    "ukuran": 22,
    "kriteria": 20,
    "alasan": 44,
    "cara_memperbaiki": 56,
    "sumber_dana": 30,
    "pagu_rp": 20,
    "keterangan": 20,
    "nama_pokja": 60,
}
NOTES = {"keterangan": 96}
WIDE = 6  # a table of more columns is moved sideways, so its words need not break
UNKNOWN = "–"  # there is no figure, which is not a zero


def table_html(sheet: Sheet) -> str:
    """The finished table; numbers to the right, the first text of a row is its head."""
    numeric = [_is_numeric(column) for column in zip(*sheet.rows, strict=True)]
    numeric = numeric or [False] * len(sheet.headers)
    heads = "".join(
        f'<th scope="col"{NUM if is_number else ""}>{text(words)}</th>'
        for (_, words), is_number in zip(sheet.headers, numeric, strict=True)
    )
    head_at = _head_of(sheet, numeric)
    plain = [name == "tahun" for name, _ in sheet.headers]
    rows = "".join(_row(row, head_at, numeric, plain) for row in sheet.rows)
    wide = " nw" if len(sheet.headers) > WIDE else ""
    return safe(
        f'<table class="table dense{wide}"><caption class="visually-hidden">{text(sheet.title)}'
        f"</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


NUM = ' class="num"'


def _head_of(sheet: Sheet, numeric: list[bool]) -> int:
    """The column that names a row: the first text that is no code."""
    names = [
        at
        for at, (name, _) in enumerate(sheet.headers)
        if not numeric[at] and name != "kode_wilayah"
    ]
    return names[0] if names else 0


def _is_numeric(column: Iterable) -> bool:
    return not any(isinstance(value, str) for value in column)


def _row(row, head_at: int, numeric, plain) -> str:
    cells = []
    for at, value in enumerate(row):
        shown = str(value) if plain[at] else _shown(value)
        if at == head_at:
            cells.append(f'<th scope="row">{shown}</th>')
        else:
            cells.append(f"<td{NUM if numeric[at] else ''}>{shown}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _shown(value) -> str:
    if value is None:
        return UNKNOWN
    return format_number(value) if isinstance(value, int | Decimal) else text(value)


def csv_of(sheet: Sheet) -> bytes:
    """Formula-safe; codes as text, money with a point."""
    return write_csv([name for name, _ in sheet.headers], sheet.rows)


def workbook_of(sheets: Iterable[Sheet], notes: Iterable[str]) -> bytes:
    """Every table on a sheet of its own, what they mean on the last one."""
    tables = [
        Table(sheet.title, [name for name, _ in sheet.headers], sheet.rows, WIDTHS)
        for sheet in sheets
    ]
    told = Table("Keterangan", ("keterangan",), [(note,) for note in notes], NOTES)
    return write_xlsx([*tables, told])


def file_answer(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
