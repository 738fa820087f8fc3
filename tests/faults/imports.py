"""A file of many Pokja, and its import."""

from apps.exchange.services import import_file
from tests.exchange.conftest import write_xlsx


def pokja_file(folder, mark: str, rows: int):
    """A sheet of Pokja in the Kota Makassar of the cast, with codes like ``A-17``."""
    return write_xlsx(
        folder / f"{mark}.xlsx",
        [
            {
                "kode_pokja": f"{mark}-{number}",
                "kode_wilayah": "73.71",
                "jenis": "bangga_kencana",
                "nama": f"Pokja {mark}-{number}",
            }
            for number in range(rows)
        ],
    )


def import_pokja(path):
    with path.open("rb") as file:
        report = import_file("pokja", file)
    assert report.saved, report.errors
