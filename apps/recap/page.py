"""What the page of a recap shows."""

from urllib.parse import urlencode

from django.urls import reverse

from apps.core.formats import format_size
from apps.dashboard.queries import years_offered
from apps.pokja.enums import PokjaKind
from apps.recap import papers, words
from apps.recap.gathering import Recap
from apps.recap.sheets import PRINTED, all_sheets
from apps.regions.models import Region

WHAT = {
    "Ringkasan": "Pokja dan daerah efektif, empat kriteria, jenis Pokja, dibanding tahun lalu",
    "Kab-Kota": "Pokja, efektif, tiap kriteria, yang menunggu, dan peringkat, dengan jumlahnya",
    "Pokja": "SK, status empat kriteria, skor, dan status tiap Pokja",
    "Kekurangan": "Yang kurang, cara memperbaiki, dan batas waktunya",
    "Anggaran": "Sumber dana, alokasi, dan realisasi, dijumlah tiap daerah",
    "Tren": "Persentase Pokja efektif tiap daerah lima tahun",
    "Keterangan": "Arti istilah, rubrik, waktu dibuat",
}


def provinces_for(user) -> list[Region]:
    """The provinces whose recap this person may have; one query."""
    rows = Region.objects.for_user(user).provinces().order_by("code")
    if not user.scope.sees_all:
        rows = rows.filter(pk__in=user.scope.province_ids)
    return list(rows)


def choosing(provinces: list[Region], year: int) -> dict:
    """The form of who has no province of their own."""
    return _form(provinces, None, year, "", years_offered(year)) | {"action": reverse("recap:home")}


def context(recap: Recap, user, complaints) -> dict:
    sheets = all_sheets(recap)
    region, year, kind = recap.region, recap.year, recap.figures.selection.kind
    query = recap.figures.selection.query
    if recap.moment:
        query = query | {"per": recap.moment.per.isoformat()}
    form = _form(provinces_for(user), region, year, kind, years_offered(year, recap.moment))
    return form | {
        "recap": recap,
        "region": region,
        "year": str(year),
        "heading": words.finding(recap),
        "state": words.state(recap),
        "made": words.made(recap),
        "sheets": [_sheet(number, sheet) for number, sheet in enumerate(sheets, start=1)],
        "size": format_size(papers.size_of(sheets)),
        "book": recap.book,
        "has_data": recap.figures.total.has_data,
        "last_year": _last_year(recap, query),
        "is_rated": recap.figures.rules is not None,
        "complaints": complaints,
        "workbook": _address("recap:workbook", region, year, query),
        "workbook_f4": _address("recap:workbook", region, year, query | {"kertas": "f4"}),
        "paper": _address("recap:paper", region, year, query),
        "paper_f4": _address("recap:paper", region, year, query | {"kertas": "f4"}),
        "per": recap.moment and recap.moment.per.isoformat(),
    }


def _last_year(recap: Recap, query: dict) -> str:
    """The page of the year before, where that has data."""
    if recap.figures.history.before is None:
        return ""
    return _address("recap:show", recap.region, recap.year - 1, query)


def _form(provinces, region, year: int, kind: str, years) -> dict:
    return {
        "provinces": provinces,
        "chosen": region and region.code,
        "years": [{"value": str(each), "chosen": each == year} for each in years],
        "kinds": [
            {"value": value, "label": label, "chosen": value == kind}
            for value, label in PokjaKind.choices
        ],
    }


def _sheet(number: int, sheet) -> dict:
    return {
        "number": number,
        "name": sheet.name,
        "what": WHAT[sheet.name],
        "rows": sheet.body_rows,
        "on_paper": sheet.name in PRINTED,
    }


def _address(name: str, region: Region, year: int, query: dict) -> str:
    address = reverse(name, args=(region.code, year))
    return f"{address}?{urlencode(query)}" if query else address
