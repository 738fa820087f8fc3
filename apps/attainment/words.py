"""Findings and sentences of the pages of attainment. Pure."""

from apps.attainment.figures import Attainment, Measure
from apps.core.formats import format_number

IKK = "Jumlah Kelompok Kerja Bangga Kencana Provinsi dan Kabupaten/Kota yang efektif"
FORMULA = (
    "Persentase = capaian ÷ target × 100, ditulis apa adanya: di atas 100% berarti melebihi "
    "target. Provinsi dan kabupaten/kota dihitung terpisah dan tidak dijumlahkan."
)


def finding(found: Attainment) -> str:
    """The heading: what was reached of what was promised."""
    official, year = found.now.official, found.year
    if official is None:
        return f"Capaian {year} tidak dapat dinilai"
    return f"{official.text} efektif pada {year}, {_against(found.now.districts)}"


def _against(districts: Measure) -> str:
    if districts.target is None:
        return "target belum ditetapkan"
    if not districts.gap:
        return f"target {districts.target_text} kab/kota tercapai"
    return f"kurang {format_number(districts.gap)} kab/kota dari target {districts.target_text}"


def missing_heading(lacking: int) -> str:
    if not lacking:
        return "Semua wilayah sudah efektif"
    return f"{format_number(lacking)} wilayah belum efektif, dan yang masih kurang"
