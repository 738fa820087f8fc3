"""What letterheads, signers and the page of authenticity say."""

from apps.core.formats import format_date, format_datetime, local_time
from apps.papers.codes import shown_code
from apps.papers.enums import PaperKind

PRINCIPAL_ONLY_ON_BEHALF = (
    "Isi jabatan yang diwakili bila menandatangani atas nama (a.n.), dan hanya itu"
)
ENDS_BEFORE_IT_BEGINS = "Tanggal akhir tidak boleh sebelum tanggal mulai"
BLANK = "……………………"  # to be filled in by hand
UNKNOWN = "Kode tidak ditemukan. Periksa kembali 8 huruf dan angka pada rapor."
TOO_MANY = "Terlalu banyak kode yang tidak ditemukan dari jaringan ini. Coba kembali 15 menit lagi."
RECAP, REPORT = "Rekap", "Rapor"


def noun(kind: str) -> str:
    """What the reader calls the paper in hand."""
    return RECAP if kind == PaperKind.RECAP else REPORT


def genuine(paper) -> str:
    """Pokja Kampung KB, Kabupaten Bone, 2026, diterbitkan 12 Maret 2026. Area and year stand
    there, whether or not the title names them."""
    parts = [paper.title.removeprefix(f"{noun(paper.kind)} ")]
    area = paper.region.full_name if paper.region else ""
    parts += [part for part in (area, str(paper.year)) if part not in paper.title]
    day = format_date(local_time(paper.issued_at, paper.zone).date())
    return f"{', '.join(parts)}, diterbitkan {day}."


def rows(paper) -> list[dict]:
    """What to lay beside the paper in hand, for the list of label and value."""
    told = [
        ("Kode", shown_code(paper.code)),
        ("Jenis", paper.get_kind_display()),
        ("Daerah", paper.region.full_name if paper.region else "Seluruh Indonesia"),
        ("Tahun", str(paper.year)),
        ("Data per", format_date(paper.per) if paper.per else ""),
        ("Diterbitkan", format_datetime(paper.issued_at, paper.zone)),
    ]
    return [{"label": label, "value": value} for label, value in told if value]
