"""The preview as tables that go out of the portal."""

from apps.core.tabular_out import Table, write_csv, write_xlsx
from apps.scoring.changes import KINDS, Change, RegionChange
from apps.scoring.preview import Outlook

POKJA_HEADERS = (
    "kode_pokja",
    "nama",
    "kode_wilayah",
    "wilayah",
    "efektif_sebelum",
    "efektif_sesudah",
    "skor_sebelum",
    "skor_sesudah",
    "kelas_sebelum",
    "kelas_sesudah",
    "sebab",
)
REGION_HEADERS = (
    "kode_wilayah",
    "wilayah",
    "jumlah_pokja",
    "pokja_berubah",
    "pokja_efektif_sebelum",
    "pokja_efektif_sesudah",
    "wilayah_efektif_sebelum",
    "wilayah_efektif_sesudah",
    "perubahan",
)
UNRATED = "tidak dapat dinilai"
WIDTHS = {"nama": 36, "wilayah": 28, "sebab": 60, "perubahan": 40}


def table_of(shown: Outlook, rows: list, *, by_region: bool) -> Table:
    title = f"Pratinjau {shown.preview.year}"
    if by_region:
        return Table(title, REGION_HEADERS, [_region(row) for row in rows], WIDTHS)
    return Table(title, POKJA_HEADERS, [_pokja(row) for row in rows], WIDTHS)


def _pokja(row: Change) -> list:
    return [
        row.after.code,
        row.after.name,
        row.after.region_code,
        row.after.region_name,
        _effective(row.before),
        _effective(row.after),
        row.before.score,
        row.after.score,
        row.classes[0] or UNRATED,
        row.classes[1] or UNRATED,
        row.reasons,
    ]


def _effective(item):
    return UNRATED if item.effective is None else item.effective


def _region(row: RegionChange) -> list:
    return [
        row.code,
        row.name,
        row.pokja,
        row.changing,
        row.before,
        row.after,
        row.was_effective,
        row.is_effective,
        "; ".join(label for kind, label in KINDS.items() if kind in row.kinds),
    ]


def workbook(table: Table) -> bytes:
    return write_xlsx([table])


def text(table: Table) -> bytes:
    return write_csv(table.headers, table.rows)
