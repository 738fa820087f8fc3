"""The files of a publication and the metadata that describe them (names as in DCAT)."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from apps.core.formats import format_date, local_time
from apps.core.tabular_out import Table, write_csv, write_xlsx
from apps.open_data.dataset import SAMPLE, Dataset, TableOfData
from apps.open_data.models import Publication

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV, JSON = "text/csv; charset=utf-8", "application/json; charset=utf-8"
_WIDTHS = {"wilayah": 28, "kode_pokja": 20, "jenis": 24, "keterangan": 90}


@dataclass(frozen=True)
class File:
    """One form of the data: its place under the publication's address, type and words."""

    path: str
    media_type: str
    title: str


FILES = (
    File("data.csv", CSV, "CSV, satu baris tiap Pokja"),
    File("wilayah.csv", CSV, "CSV, satu baris tiap wilayah"),
    File("data.json", JSON, "JSON, Pokja dan wilayah"),
    File("data.xlsx", XLSX, "XLSX, Pokja, wilayah, dan keterangan"),
)


def csv_bytes(table: TableOfData) -> bytes:
    return write_csv(table.headers, table.rows)


def json_bytes(dataset: Dataset, told: dict) -> bytes:
    """Both tables under their metadata; true and false as JSON has them."""
    tables = {"pokja": dataset.pokja.records, "wilayah": dataset.regions.records}
    return dumped({"metadata": told, **tables})


def xlsx_bytes(dataset: Dataset, told: dict) -> bytes:
    sheets = [
        Table(each.title, each.headers, each.rows, _WIDTHS)
        for each in (dataset.pokja, dataset.regions)
    ]
    notes = [(line,) for line in _notes(dataset, told)]
    return write_xlsx([*sheets, Table("Keterangan", ("keterangan",), notes, _WIDTHS)])


def dumped(data: dict) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _notes(dataset: Dataset, told: dict) -> list[str]:
    columns = {
        column.name: column.meaning
        for table in (dataset.pokja, dataset.regions)
        for column in table.columns
    }
    return [
        told["title"],
        told["description"],
        f"Penerbit: {told['publisher']['name']}",
        f"Lisensi: {told['license_title']} ({told['license']})",
        f"Alamat: {told['landingPage']}",
        *(f"{name}: {meaning}" for name, meaning in columns.items()),
    ]


# --- metadata --------------------------------------------------------------------------------


def publisher(publication: Publication) -> str:
    return f"Perwakilan BKKBN {publication.province.full_name}"


def frozen_on(publication: Publication):
    """The day on which the book was closed, on the clock of its province."""
    return _local(publication.closing.closed_at, publication).date()


def published_on(publication: Publication):
    return _local(publication.published_at, publication).date()


def _last_frozen(dataset: Dataset):
    """The day of the latest edition that was published."""
    publication = dataset.publication
    moments = [item.frozen.frozen_at for item in dataset.items if item.frozen.edition > 1]
    return _local(max([publication.closing.closed_at, *moments]), publication).date()


def _local(moment, publication):
    return local_time(moment, publication.province.timezone_label)


def metadata(dataset: Dataset, address: Callable[[str], str]) -> dict:
    """What the data are, for people and catalogues; ``address``: path -> full address."""
    publication = dataset.publication
    closing, province = publication.closing, publication.province
    mark = {"keterangan": f"{SAMPLE}: bukan angka resmi"} if dataset.is_sample else {}
    return mark | {
        "title": title(dataset),
        "description": description(publication),
        "landingPage": address(""),
        "license": settings.OPEN_DATA_LICENCE_URL,
        "license_title": settings.OPEN_DATA_LICENCE,
        "publisher": {"name": publisher(publication)},
        "contactPoint": publication.contact,
        "issued": _local(publication.published_at, publication).isoformat(timespec="seconds"),
        "modified": _last_frozen(dataset).isoformat(),
        "temporal": {
            "startDate": f"{closing.year}-01-01",
            "endDate": closing.on.isoformat(),
        },
        "spatial": {"code": province.code, "name": province.full_name},
        "language": "id",
        "conformsTo": closing.rules["name"],
        "editions": _editions(publication),
        "distribution": _distribution(dataset, address),
        "columns": {
            "data.csv": [column.told for column in dataset.pokja.columns],
            "wilayah.csv": [column.told for column in dataset.regions.columns],
        },
    }


def title(dataset: Dataset) -> str:
    publication = dataset.publication
    told = f"Efektivitas Pokja Bangga Kencana {publication.province.full_name}, {publication.year}"
    return f"{told} ({SAMPLE})" if dataset.is_sample else told


def description(publication: Publication) -> str:
    """What the figures are and that they do not move."""
    closing = publication.closing
    return (
        f"Status kriteria, efektivitas, dan skor tiap Pokja pada {format_date(closing.on)} menurut "
        f"{closing.rules['name']}, dari buku tahun yang dibekukan pada "
        f"{format_date(frozen_on(publication))}. Hanya yang sudah diverifikasi yang dihitung; "
        "“belum_mengisi” tidak sama dengan “tidak”. Tidak memuat data pribadi."
    )


def _editions(publication: Publication) -> dict[str, int]:
    """{region code: edition} of regions that were closed more than once before it was opened."""
    codes = {str(each["id"]): each["code"] for each in publication.closing.regions}
    return {
        codes[region]: edition
        for region, edition in publication.editions.items()
        if edition > 1 and region in codes
    }


def _distribution(dataset: Dataset, address) -> list[dict]:
    sums = {
        f"{path}.csv": hashlib.sha256(csv_bytes(table)).hexdigest()
        for path, table in (("data", dataset.pokja), ("wilayah", dataset.regions))
    }
    found = []
    for each in FILES:
        told = {
            "title": each.title,
            "mediaType": each.media_type.partition(";")[0],
            "downloadURL": address(each.path),
        }
        if each.path in sums:
            told["checksum"] = {"algorithm": "sha256", "checksumValue": sums[each.path]}
        found.append(told)
    return found
