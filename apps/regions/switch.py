"""The switch at the top of a page: the same page for another region or year.

Works by address alone: a GET form whose answer leads on (``switched``), nothing is remembered.
``templates/partials/_switch.html`` draws it from what ``switch_context`` gives.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q

from apps.regions.enums import Level
from apps.regions.models import Region

NATION = "nasional"
KEPT = ("jenis", "kriteria", "per")  # what goes along to the other region and year
MAX_KEPT = 40  # characters
_CODE, _YEAR = re.compile(r"[0-9]{2}(\.[0-9]{2})?"), re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class Page:
    """Addresses of a page for a region and for the nation; does it have kab/kota?"""

    region: str
    nation: str
    has_districts: bool = False


PAGES = {
    "dasbor": Page("/dasbor/{code}/{year}/", "/dasbor/nasional/{year}/", has_districts=True),
    "rapor": Page("/rapor/{code}/{year}/", "/dasbor/nasional/{year}/", has_districts=True),
    "capaian": Page("/capaian/{code}/{year}/", "/capaian/nasional/{year}/"),
    "buku": Page("/buku/{year}/{code}/", "/buku/?tahun={year}"),
}


def switch_context(
    scope,
    page: str,
    region: Region | None,
    year: int,
    years: Sequence[int],
    kept: Iterable[tuple[str, str]] = (),
) -> dict:
    """``switch`` for the template: the regions whose pages this person may open; 1 query.

    ``page``: a key of PAGES; ``region``: the one shown, None for the nation; ``kept``: parameters
    of the address (of KEPT) that stay.
    """
    province = region.code[:2] if region else _own_province(scope)
    found = [each for each in _regions(page, province) if scope.may_open_dashboard(each)]
    current = region.code if region else NATION
    groups = [
        ("Provinsi", [each for each in found if each.is_province]),
        ("Kabupaten/kota", [each for each in found if not each.is_province]),
    ]
    return {
        "switch": {
            "page": page,
            "current": current,
            "groups": [(name, rows) for name, rows in groups if rows],
            "year": str(year),
            "years": [str(each) for each in years],
            "kept": [(name, value) for name, value in kept if name in KEPT],
        }
    }


def _own_province(scope) -> str:
    post = scope.main_post
    return post.region_code[:2] if post else ""


def _regions(page: str, province: str) -> list[Region]:
    """All provinces, and where the page has them the kab/kota of one."""
    wanted = Q(level=Level.PROVINSI)
    if province and PAGES[page].has_districts:
        wanted |= Q(province__code=province)
    rows = Region.objects.with_pokja_level().filter(wanted).order_by("short_name", "code")
    return list(rows.only("code", "level", "short_name", "province_id"))


def switched(data: Mapping[str, str]) -> str:
    """The address that the form asks for; the person's own dashboard where it asks for nothing
    that exists. Always an address of this portal."""
    page = PAGES.get(data.get("ke", ""), PAGES["dasbor"])
    code, year = data.get("wilayah", ""), data.get("tahun", "")
    if not _YEAR.fullmatch(year) or not (code == NATION or _CODE.fullmatch(code)):
        return "/dasbor/"
    if "." in code and not page.has_districts:
        code = code[:2]
    form = page.nation if code == NATION else page.region
    address = form.format(code=code, year=year)
    query = urlencode({name: data[name][:MAX_KEPT] for name in KEPT if data.get(name)})
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address
