"""What the pages of the library say. No query."""

from apps.core.formats import format_number
from apps.documents.models import Reading
from apps.library.filters import SOON, Filters

EMPTY = "Belum ada dokumen"
NO_HIT = "Tidak ada dokumen yang cocok"
READING = {
    None: "Belum dibaca; nama berkas dan isiannya sudah dapat dicari",
    Reading.State.WAITING: "Sedang dibaca; isinya dapat dicari setelah selesai",
    Reading.State.TEXT: "Terbaca dari teks PDF; isinya dapat dicari",
    Reading.State.OCR: "Terbaca dari hasil pindai; isinya dapat dicari, mungkin dengan salah baca",
    Reading.State.UNREADABLE: "Tidak terbaca, jadi isinya tidak dapat dicari",
    Reading.State.FAILED: "Gagal dibaca, jadi isinya tidak dapat dicari",
}
SAME = "Kedua berkas sama persis: SHA-256 keduanya sama"
DIFFERENT = "Kedua berkas berbeda: SHA-256 keduanya tidak sama"


def finding(count: int, ending: int, filters: Filters) -> str:
    """128 dokumen, 3 SK berakhir dalam 90 hari; of what the filters show."""
    if not count:
        return NO_HIT if filters.chips else EMPTY
    tail = f", {format_number(ending)} SK berakhir dalam {SOON} hari" if ending else ""
    return f"{format_number(count)} dokumen{tail}"


def zip_scope(region, year: int | None) -> str:
    """Kabupaten Bone, tahun 2026: what the zip holds, whatever else the list is narrowed by."""
    return f"{region.full_name}, {f'tahun {year}' if year else 'semua tahun'}"


def elsewhere(count: int) -> str:
    """To verifiers only: that the same file is held where they cannot look."""
    if not count:
        return ""
    return f"Berkas yang sama ada juga {count} kali di luar wilayah Anda."
