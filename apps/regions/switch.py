"""The switch at the top of a page: the same page for another region or year.

Works by address alone: a GET form whose answer leads on (``switched``), nothing is remembered.
``templates/partials/_switch.html`` draws it from what ``switch_context`` gives.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from apps.core.markup import safe, text
from apps.regions.models import Region
from apps.regions.rows import RegionRow, provinces_with

NATION = "nasional"
KEPT = ("jenis", "kriteria", "per")  # what goes along to the other region and year
MAX_KEPT = 40  # characters
SELECTED = " selected"
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
    *,
    around: Sequence[RegionRow] | None = None,
) -> dict:
    """``switch`` for the template: the regions whose pages this person may open; 1 query, none
    where ``around``, what ``provinces_with`` gives for the province of ``region``, is read already.

    ``page``: a key of PAGES; ``region``: the one shown, None for the nation; ``kept``: parameters
    of the address (of KEPT) that stay.
    """
    if around is None:
        around = _regions(page, region.code[:2] if region else _own_province(scope))
    found = [each for each in around if scope.may_open_dashboard(each)]
    current = region.code if region else NATION
    groups = [
        ("Provinsi", [each for each in found if each.is_province]),
        ("Kabupaten/kota", [each for each in found if not each.is_province]),
    ]
    return {
        "switch": {
            "page": page,
            "regions": safe(_region_options(groups, current)),
            "years": safe(_year_options(years, year)),
            "kept": [(name, value) for name, value in kept if name in KEPT],
        }
    }


def _region_options(groups, current: str) -> str:
    """Built here: the kab/kota of a province cost a template as much as half of its page."""
    parts = [f'<option value="{NATION}"{SELECTED if current == NATION else ""}>Nasional</option>']
    for name, rows in groups:
        if rows:
            parts.append(f'<optgroup label="{name}">')
            parts += [_region_option(each, each.code == current) for each in rows]
            parts.append("</optgroup>")
    return "".join(parts)


@lru_cache(maxsize=2048)  # regions seldom change, and every page lists sixty of them
def _region_option(region: RegionRow, is_current: bool) -> str:
    selected = SELECTED if is_current else ""
    return f'<option value="{text(region.code)}"{selected}>{text(region.label)}</option>'


def _year_options(years: Sequence[int], year: int) -> str:
    return "".join(f"<option{SELECTED if each == year else ''}>{each}</option>" for each in years)


def _own_province(scope) -> str:
    post = scope.main_post
    return post.region_code[:2] if post else ""


def _regions(page: str, province: str) -> list[RegionRow]:
    """All provinces, and where the page has them the kab/kota of one."""
    return provinces_with(province if PAGES[page].has_districts else "")


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
