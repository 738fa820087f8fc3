"""All documents of a region and year as one zip, made while it is sent: no file on the disk, no
file in memory, and no query once it has begun."""

import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from zipstream import ZIP_STORED, ZipStream

from apps.core.formats import local_time
from apps.core.tabular_out import Table, write_csv, write_xlsx
from apps.documents.models import Original
from apps.library.filters import KINDS
from apps.library.queries import Use, uses_of
from apps.library.rows import Row

logger = logging.getLogger(__name__)

PIECE = 64 * 1024  # bytes read at a time
NAME_LENGTH = 80  # signs of a name in the zip; a path must fit where it is unpacked
MISSING = "Berkas tidak ada di penyimpanan, jadi tidak ikut dalam zip"
TITLE = "Indeks"
COLUMNS = (
    "no",
    "jenis",
    "nomor_sk",
    "judul",
    "kode_wilayah",
    "wilayah",
    "tahun",
    "status",
    "nama_berkas_dalam_zip",
    "ukuran_byte",
    "halaman",
    "sha256",
    "diunggah_oleh",
    "diunggah_pada",
    "catatan",
)
WIDTHS = {
    "no": 6,
    "judul": 48,
    "wilayah": 26,
    "nama_berkas_dalam_zip": 52,
    "sha256": 68,
    "catatan": 40,
}
_UNSAFE = re.compile(r'[\\/:*?"<>|]+')


@dataclass
class Item:
    """One file of the zip: where it lies in the store, its name, its line of the index."""

    stored: str
    name: str
    cells: dict = field(default_factory=dict)


def items_of(user, documents) -> list[Item]:
    """Every file of a queryset of documents, photos behind their document; 5 queries."""
    ids = documents.order_by().values("pk")
    uses = uses_of(user, ids)
    photos: dict[int, list[Original]] = {}
    for photo in Original.objects.filter(document__in=ids).order_by("document_id", "number"):
        photos.setdefault(photo.document_id, []).append(photo)
    found, taken = [], set()
    rows = documents.select_related("region", "uploaded_by").order_by("region__code", "id")
    for document in rows:
        document.from_photos = document.pk in photos
        row = Row(document, uses.get(document.pk, []))
        found += _items(row, photos.get(document.pk, []), taken)
    return found


def _items(row: Row, photos, taken: set[str]) -> list[Item]:
    document, use = row.document, row.uses[0] if row.uses else None
    year = use.year if use and use.year else local_time(document.uploaded_at).year
    folder = f"{document.region.code}/{year}"
    name = _free(f"{folder}/{_stem(row, use)}", ".pdf", taken)
    cells = _cells(row, use, year)
    items = [Item(document.file.name, name, cells | _file_cells(document, name))]
    for photo in photos:
        stem = name.removesuffix(".pdf")
        path = _free(f"{stem}/foto-{photo.number:02}", f".{photo.format}", taken)
        more = {"jenis": f"Foto asli halaman {photo.number}", "halaman": 1}
        items.append(Item(photo.file.name, path, cells | _file_cells(photo, path) | more))
    return items


def _cells(row: Row, use: Use | None, year: int) -> dict:
    document = row.document
    return {
        "jenis": KINDS[row.kind_key],
        "nomor_sk": use.number if use else "",
        "judul": (use.about or use.name) if use else document.original_name,
        "kode_wilayah": document.region.code,
        "wilayah": document.region.full_name,
        "tahun": year,
        "status": use.evidence.get_status_display() if use else "",
        "halaman": document.pages,
        "diunggah_oleh": str(document.uploaded_by or ""),
        "diunggah_pada": document.uploaded_at,
        "catatan": "",
    }


def _file_cells(file, name: str) -> dict:
    return {"nama_berkas_dalam_zip": name, "ukuran_byte": file.size, "sha256": file.sha256}


def _stem(row: Row, use: Use | None) -> str:
    """SK 188.45-412; without a use the name it was uploaded under, marked as such."""
    if use is None:
        stem = PurePosixPath(row.document.original_name).stem
        return f"Belum dipakai {safe_name(stem)}"
    return safe_name(use.name)


def safe_name(text: str) -> str:
    """A name that any system unpacks: no path, no sign of a device, no dot or blank at the end."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)
    text = " ".join(_UNSAFE.sub("-", text).split())[:NAME_LENGTH]
    return text.strip(" .-") or "dokumen"


def _free(stem: str, ending: str, taken: set[str]) -> str:
    """The name, or with " (2)" behind it; capitals do not tell names apart everywhere."""
    name, number = f"{stem}{ending}", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} ({number}){ending}"
    taken.add(name.casefold())
    return name


def zip_pieces(items: list[Item], storage) -> Iterator[bytes]:
    """The zip in pieces, the index last: a file that is missing is told there and nowhere breaks
    the rest. Raises StoreUnavailable in the middle when the store stops answering."""
    archive = ZipStream(compress_type=ZIP_STORED)
    for item in items:
        try:
            body, size = storage.stream(item.stored)
        except FileNotFoundError:
            logger.error("Berkas %s tidak ada di penyimpanan.", item.stored)
            item.cells |= {"catatan": MISSING, "nama_berkas_dalam_zip": ""}
            continue
        with closing(body):
            archive.add(iter(lambda body=body: body.read(PIECE), b""), item.name, size=size)
            yield from archive.file()
    rows = [[number, *_line(item)] for number, item in enumerate(items, start=1)]
    archive.add(write_csv(COLUMNS, rows), "indeks.csv")
    archive.add(write_xlsx([Table(TITLE, COLUMNS, rows, WIDTHS)]), "indeks.xlsx")
    yield from archive.finalize()


def _line(item: Item) -> list:
    return [item.cells[column] for column in COLUMNS[1:]]


def zip_name(region, year) -> str:
    """dokumen-73.08-2026.zip"""
    parts = ["dokumen", region.code if region else "", str(year or "semua-tahun")]
    return f"{'-'.join(filter(None, parts))}.zip"
