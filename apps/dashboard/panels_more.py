"""What the dashboards show beside their own figures: what holds back, money, and ways to the
tables. Queries: 3 for what was returned, 1 for the money of a province; none for the nation."""

from urllib.parse import urlencode

from apps.core.looks import CRITERIA
from apps.dashboard.links import Viewer
from apps.dashboard.opening import NATION, Opening
from apps.dashboard.panels_holding import KIND_OF, holding_back, holding_of, returns_panel
from apps.dashboard.panels_money import money
from apps.dashboard.panels_returns import returned_in
from apps.dashboard.queries import DistrictFigures, NationFigures, ProvinceFigures
from apps.effectiveness.repairs import SEVERAL

# Table of a panel -> where the panel stands on its page.
PLACES = {
    "kriteria": "",
    "daerah": "peringkat",
    "jenis": "kriteria",
    "pokja": "pokja",
    "tren": "tren",
    "anggaran": "sumber-dana",
    "alasan": "dikembalikan",
}


def nation_panels(figures: NationFigures, viewer: Viewer, request) -> dict:
    """From counts alone: the Pokja of the nation are not read for it."""
    opening = Opening.of(NATION, figures.year, request, figures.selection, viewer.moment)
    ways = {"daerah": opening.panel("daerah", "tabel")}
    ways |= {"maturity": opening.maturity, "money": opening.money}
    panels = {"open": _ways(opening) | ways}
    if not figures.total.has_data:
        return panels
    return panels | {"holding": holding_of(figures.total, **_asked(figures, None, viewer))}


def region_panels(figures: ProvinceFigures | DistrictFigures, viewer: Viewer, request) -> dict:
    """Of a province or a kab/kota; without data only the ways to the tables."""
    region = figures.region
    opening = Opening.of(region.code, figures.year, request, figures.selection, viewer.moment)
    panels = {"open": _ways(opening) | {"maturity": opening.maturity}}
    if not figures.total.has_data:
        return panels
    found = returned_in(region, figures.year, viewer.moment)
    return panels | {
        "holding": _holding(figures, viewer),
        "returns": returns_panel(found, _returned_list(region, viewer)),
        "money": _money(figures),
    }


def _ways(opening: Opening) -> dict:
    return {key: opening.panel(key, place) for key, place in PLACES.items()}


def _asked(figures, region, viewer: Viewer) -> dict:
    required = figures.rules.required if figures.rules else CRITERIA
    return {
        "year": figures.year,
        "level": region.level if region and not region.is_province else SEVERAL,
        "required": [name for name in CRITERIA if name in required],
        "address": lambda name: viewer.lacking(region, name),
    }


def _is_part(figures) -> bool:
    """Are only the Pokja of one page at hand, as in a large province?"""
    return getattr(figures, "page", None) is not None


def _holding(figures, viewer: Viewer) -> dict:
    asked = _asked(figures, figures.region, viewer)
    if _is_part(figures):
        return holding_of(figures.total, **asked)
    return holding_back(figures.items, counts=figures.total, **asked)


def _money(figures) -> dict | None:
    """None in a large province: its tables have it."""
    if _is_part(figures):
        return None
    return money(figures.items, getattr(figures, "lines", None))


def _returned_list(region, viewer: Viewer):
    """criterion -> what is returned: the queue of those who judge, the own list of others."""
    queue = viewer.queue(region)

    def address(criterion: str) -> str | None:
        if queue is None:
            return None if region.is_province else viewer.lacking(region, criterion)
        chosen = {"status": "dikembalikan", "jenis": KIND_OF[criterion]}
        if not region.is_province:
            chosen["daerah"] = region.code
        return f"{queue}?{urlencode(chosen)}"

    return address
