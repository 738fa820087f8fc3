"""The trail as a file for auditors: CSV streamed, XLSX written row by row."""

import csv
import tempfile
from collections.abc import Iterable, Iterator

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from apps.core.formats import local_time
from apps.core.tabular_out import harmless

HEADERS = (
    *("nomor", "waktu", "zona", "nama", "peran", "kode_wilayah", "wilayah"),
    *("tindakan", "jenis_data", "nomor_data", "data", "perubahan", "alasan"),
)
MOST_IN_WORKBOOK = 50_000
WIDTHS = (10, 20, 7, 28, 14, 13, 26, 30, 18, 12, 40, 80, 40)
LONGEST = 32_000  # letters in a cell of a workbook


def cells_of(line) -> list:
    entry = line.entry
    return [
        entry.pk,
        f"{local_time(entry.at, entry.zone):%Y-%m-%d %H:%M:%S}",
        entry.zone,
        line.who,
        line.role,
        entry.region.code if entry.region else "",
        entry.region.name if entry.region else "",
        entry.action,
        line.kind,
        entry.object_id,
        line.label,
        "; ".join(_change(*each) for each in line.changes),
        entry.reason,
    ]


def _change(label: str, old: str, new: str) -> str:
    return f"{label}: {old} → {new}" if old else f"{label}: {new}"


def csv_pieces(headers: Iterable[str], rows: Iterable[list]) -> Iterator[bytes]:
    """UTF-8 with BOM, a row at a time; text no spreadsheet takes for a formula."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield b"\xef\xbb\xbf" + writer.writerow(headers).encode()
    for row in rows:
        cells = [harmless(each) if isinstance(each, str) else each for each in row]
        yield writer.writerow(cells).encode("utf-8", "replace")


class _Echo:
    """Gives back what is written into it, so that nothing is gathered."""

    def write(self, text: str) -> str:
        return text


def workbook(title: str, headers: Iterable[str], rows: Iterable[list], widths=WIDTHS):
    """A temporary file with the workbook, read from its start; gone when it is closed."""
    book = Workbook(write_only=True)
    page = book.create_sheet(title)
    page.freeze_panes = "A2"
    for at, width in enumerate(widths):
        page.column_dimensions[chr(ord("A") + at)].width = width
    page.append(list(headers))
    for row in rows:
        page.append([_cell(each) for each in row])
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(out)
    out.seek(0)
    return out


def _cell(value):
    if not isinstance(value, str):
        return value
    return harmless(ILLEGAL_CHARACTERS_RE.sub("", value))[:LONGEST]
