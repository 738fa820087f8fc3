"""``/unduhan/``: every file of a region and year in one place, with what it holds."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlencode

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required, require_role
from apps.accounts.enums import Role
from apps.core.context import address_exists
from apps.dashboard.opening import NATION, page_path
from apps.dashboard.queries import FIRST_YEAR, is_known_year, years_offered
from apps.regions.models import Region

READERS = (Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL, Role.ADMIN)


class Download(NamedTuple):
    """A file: its name in words, what it holds, its format, and where it is."""

    title: str
    holds: str
    form: str
    address: str


# Tables of a dashboard as CSV: key, title, for which levels (n, p, d: nation, province, kab/kota).
TABLES = (
    ("daerah", "Menurut daerah", "Pokja, efektif, tiap kriteria, dan peringkat", "np"),
    ("pokja", "Menurut Pokja", "Status tiap kriteria, hasil, dan pagu tiap Pokja", "d"),
    ("jenis", "Menurut daerah dan jenis Pokja", "Angka di balik tabel warna", "p"),
    ("kriteria", "Menurut kriteria", "Terpenuhi, menunggu, dan belum", "npd"),
    ("tren", "Dari tahun ke tahun", "Lima tahun sampai tahun yang dipilih", "npd"),
    ("anggaran", "Anggaran menurut sumber dana", "Pagu yang sudah diverifikasi", "pd"),
    ("pengembalian", "Yang dikembalikan", "Pengembalian dari semua keputusan", "npd"),
    ("alasan", "Alasan pengembalian", "Tiga alasan tersering dan cara memperbaikinya", "npd"),
)
# Files of other pages, by their address: (path, query, title, what it holds, format, levels).
# Where no page answers there (yet), the file is not listed.
OTHERS = (
    (
        "/rekap/{code}/{year}/rekap.xlsx",
        "",
        "Rekap Rakerda",
        "Tujuh lembar untuk rapat",
        "XLSX",
        "p",
    ),
    ("/rekap/{code}/{year}/rekap.pdf", "", "Rekap Rakerda", "Ringkasan untuk dicetak", "PDF", "p"),
    ("/rapor/{code}/{year}/rapor.pdf", "", "Rapor daerah", "Hasil dan kekurangan", "PDF", "pd"),
    ("/rapor/{code}/{year}/buku.pdf", "", "Buku provinsi", "Rapor semua daerah", "PDF", "p"),
    (
        *("/capaian/{area}/{year}/capaian.xlsx", "", "Capaian kinerja"),
        *("Angka resmi, target, dan persentase tiga tahun", "XLSX", "np"),
    ),
    (
        *("/capaian/{area}/{year}/kekurangan.csv", "", "Yang kurang"),
        *("Wilayah yang belum efektif dan langkah terdekatnya", "CSV", "p"),
    ),
    (
        *("/dokumen/unduh.zip", "wilayah={code}&tahun={year}", "Semua dokumen"),
        *("Berkas SK, rencana, indikator, dan anggaran dengan daftar isinya", "ZIP", "pd"),
    ),
)


@require_safe
@login_required
def downloads(request):
    """For those who work with the figures of a province or of the nation; 403 for others."""
    require_role(request.user, *READERS)
    scope, year = request.user.scope, _year(request.GET.get("tahun", ""))
    provinces = [each for each in Region.objects.provinces() if scope.may_open_dashboard(each)]
    provinces.sort(key=lambda each: each.short_name)
    asked = request.GET.get("wilayah", "")[:10]
    districts = _districts(asked[:2], provinces, scope)
    known = {each.code: each for each in (*provinces, *districts)}
    region = known.get(asked)
    if region is None and asked != NATION and not scope.sees_all and provinces:
        region = provinces[0]
        districts = districts or _districts(region.code, provinces, scope)
    return render(
        request,
        "dashboard/downloads.html",
        {
            "year": str(year),
            "years": map(str, years_offered(year)),
            "provinces": provinces,
            "districts": districts,
            "chosen": region.code if region else NATION,
            "place": region.full_name if region else "Nasional",
            "complaint": _complaint(asked, region),
            "files": list(files_of(region, year)),
        },
    )


def _districts(code: str, provinces, scope) -> list[Region]:
    """The kab/kota of the chosen province that this person reaches."""
    if code not in {each.code for each in provinces}:
        return []
    rows = Region.objects.kabkota().filter(province__code=code).order_by("short_name", "code")
    return [each for each in rows if scope.roles_in(each)]


def _complaint(asked: str, region) -> str:
    if asked in ("", NATION) or (region and region.code == asked):
        return ""
    return "Wilayah yang diminta tidak dikenal atau di luar wilayah Anda."


def _year(text: str) -> int:
    if text.isdecimal() and len(text) == 4 and is_known_year(int(text)):
        return int(text)
    return timezone.localdate().year


def files_of(region: Region | None, year: int) -> Iterable[Download]:
    """The files of a region, of the nation for None, that some page gives out."""
    code = region.code if region else NATION
    level = "n" if region is None else "p" if region.is_province else "d"
    base = page_path(code, year)
    yield Download(
        "Semua tabel dasbor", "Tiap tabel pada lembar sendiri", "XLSX", f"{base}tabel.xlsx"
    )
    for key, title, holds, levels in TABLES:
        if level in levels:
            yield Download(title, holds, "CSV", f"{base}tabel.csv?{urlencode({'tabel': key})}")
    if region is None:
        title, holds = "Anggaran", "Menurut sumber dana dan menurut provinsi"
        yield Download(title, holds, "XLSX", f"{base}anggaran.xlsx")
    if year > FIRST_YEAR:
        title, holds = "Kelas kematangan", f"Perpindahan kelas dan status sejak {year - 1}"
        yield Download(title, holds, "CSV", f"{base}kematangan.csv")
    words = {"code": code, "area": code, "year": year}
    for path, query, title, holds, form, levels in OTHERS:
        address = path.format(**words)
        if level in levels and address_exists(address):
            tail = f"?{query.format(**words)}" if query else ""
            yield Download(title, holds, form, address + tail)
