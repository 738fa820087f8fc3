"""Which regions a person may compare, and finding them by their codes.

By the rule of the dashboards: whoever may open a province's dashboard sees there the figures and
statuses of all its kabupaten and kota, so they may be compared; the nation is open to everybody.
"""

from dataclasses import dataclass, field

from apps.dashboard.html import safe, text
from apps.regions.models import Region
from apps.regions.queries import region_for_code

NATION = "nasional"


@dataclass(frozen=True)
class Place:
    """A region with its province, or the nation (both None)."""

    region: Region | None = None
    province: Region | None = None

    @property
    def is_nation(self) -> bool:
        return self.region is None

    @property
    def is_province(self) -> bool:
        return self.region is not None and self.region.is_province

    @property
    def is_district(self) -> bool:
        return self.region is not None and self.region.is_kabkota

    @property
    def code(self) -> str:
        return self.region.code if self.region else NATION

    @property
    def label(self) -> str:
        """ "Kota Makassar", "Bone", "Sulawesi Selatan", "Nasional"."""
        return self.region.label if self.region else "Nasional"

    @property
    def full_name(self) -> str:
        return self.region.full_name if self.region else "Nasional"


@dataclass
class Offer:
    """The places a person may choose, by code, in the order of the list."""

    places: dict[str, Place] = field(default_factory=dict)

    def find(self, code: str) -> Place | None:
        """By the code of today or a former one; None for what is unknown and what is not open,
        which nobody can tell apart. Up to 2 queries for a code that is not of today."""
        code = code.lower()
        if code in self.places:
            return self.places[code]
        held = region_for_code(code)
        return self.places.get(held.code) if held else None

    def options(self) -> str:
        """The finished options of a select, by province, none of them chosen."""
        parts, group = [f'<option value="{NATION}">Nasional</option>'], None
        for place in self.places.values():
            if place.is_nation:
                continue
            if place.province != group:
                parts.append("</optgroup>" if group else "")
                parts.append(f'<optgroup label="{text(place.province.label)}">')
                group = place.province
            name = place.full_name if place.is_province else place.label
            parts.append(f'<option value="{place.code}">{text(name)}</option>')
        parts.append("</optgroup>" if group else "")
        return "".join(parts)


def chosen_in(options: str, code: str) -> str:
    """The options with one of them chosen; ``code`` may be empty."""
    value = f'value="{text(code)}"'
    return safe(options.replace(value, f"{value} selected", 1) if code else options)


def offered(scope) -> Offer:
    """One query; none for a person without a post, to whom the nation alone is open."""
    provinces = {post.province_id for post in scope.posts if post.province_id}
    offer = Offer({NATION: Place()})
    if not (provinces or scope.sees_all):
        return offer
    regions = Region.objects.with_pokja_level().order_by("code")
    if not scope.sees_all:
        regions = regions.filter(province__in=provinces)
    regions = list(regions)
    by_id = {region.pk: region for region in regions}
    for region in regions:
        province = by_id.get(region.province_id)
        if province and (scope.may_open_dashboard(region) or scope.may_open_dashboard(province)):
            offer.places[region.code] = Place(region, province)
    return offer
