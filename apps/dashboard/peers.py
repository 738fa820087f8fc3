"""Regions alike a named one, for ``?sebaya=`` with a code (see ``examples.formula``)."""

from django.db.models import OuterRef, Subquery

from apps.core.formats import format_number
from apps.dashboard.selection import NATION, Selection
from apps.examples.formula import Place, nearest
from apps.regions.models import Region, RegionProfile

ALIKE = 7  # regions beside the named one


def settled(selection: Selection, level: str, province_id: int | None = None) -> Selection:
    """The selection as a page of this level counts by it; 1 query where a region is named."""
    selection = selection.at(level)
    if not selection.needs_members:
        return selection
    regions = _places(None if level == NATION else province_id)
    own = next((each for each in regions if each.code == selection.peers), None)
    if own is None:
        return selection.without_peers(
            f"Daerah {selection.peers} tidak ada di halaman ini, jadi kelompok sebayanya tidak "
            "dipakai."
        )
    if not own.population:
        return selection.without_peers(
            f"Jumlah penduduk {own.label} belum tercatat, jadi daerah sebayanya belum dapat dicari."
        )
    known = ((_place(each), True) for each in regions if each.population)
    alike = nearest(_place(own), known, ALIKE)
    return selection.resolved([own.code, *(place.code for place in alike)], own.label)


def alike_words(selection: Selection) -> str:
    """How the group was found, for a note; empty where none was."""
    if selection.members is None:
        return ""
    others = format_number(len(selection.members) - 1)
    return (
        f"{selection.peer_name} dan {others} daerah setingkat yang paling mirip jumlah penduduk, "
        "jumlah desa, dan letaknya."
    )


def _place(region: Region) -> Place:
    counts = [each for each in (region.villages, region.urban_villages) if each is not None]
    return Place(region.code, region.level, region.population, sum(counts) if counts else None)


def _places(province_id: int | None) -> list[Region]:
    """Provinces, or the kab/kota of one, each with its newest known figures."""
    rows = (
        Region.objects.provinces()
        if province_id is None
        else Region.objects.kabkota().filter(province=province_id)
    )
    names = ("population", "villages", "urban_villages")
    rows = rows.annotate(**{name: _newest(name) for name in names}).order_by("code")
    return list(rows.only("code", "level", "short_name"))


def _newest(figure: str) -> Subquery:
    known = RegionProfile.objects.filter(region=OuterRef("pk")).exclude(**{figure: None})
    return Subquery(known.order_by("-year").values(figure)[:1])
