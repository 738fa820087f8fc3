"""The figures behind a comparison and a trend: those of the dashboards, read once for all places.

One read of a province serves it and all chosen kabupaten and kota of it, one of the nation all
provinces; so the queries grow with the number of provinces (at most six) and with nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from apps.comparison.places import Place
from apps.dashboard.history import History, rule_changes
from apps.dashboard.queries import nation_figures, pokja_of_years
from apps.dashboard.selection import WHOLE, Selection
from apps.dashboard.tallies import Tally, tally
from apps.effectiveness.moment import Moment


@dataclass
class Area:
    """A place, its years, and the area it is part of; ``items``: its Pokja of the last year,
    none for the nation."""

    place: Place
    history: History
    parent: History | None = None
    parent_name: str = ""
    items: list = field(default_factory=list)

    @property
    def counts(self) -> Tally:
        """Of the last year."""
        return self.history.tallies[-1]

    @property
    def mean(self) -> Tally | None:
        """Of the area it is part of, in the last year."""
        return self.parent.tallies[-1] if self.parent else None


def areas_of(
    places: Sequence[Place],
    years: list[int],
    moment: Moment | None = None,
    selection: Selection = WHOLE,
    *,
    with_items: bool = True,
) -> list[Area]:
    """An Area for each place, in their order; ``years``: consecutive, the last is the one
    compared. Only the kind of a selection is heeded, its criterion is a matter of telling.
    ``with_items``: the Pokja of provinces too, which their figures alone do not need."""
    changes = rule_changes(years, moment)
    nation = None
    if not all(place.is_district for place in places):
        nation = nation_figures(years[-1], years=years, moment=moment, selection=selection)
    needed = {
        place.province.pk
        for place in places
        if place.is_district or (place.is_province and with_items)
    }
    provinces = {pk: _province(pk, places, years, moment, selection) for pk in sorted(needed)}

    def area(place: Place) -> Area:
        if place.is_nation:
            return Area(place, nation.history)
        per_year = provinces.get(place.province.pk, [[]])
        if place.is_province:
            own = nation.by_province[place.region.pk]
            return Area(place, own, nation.history, "nasional", per_year[-1])
        own = [[item for item in each if item.region_id == place.region.pk] for each in per_year]
        return Area(
            place,
            History(years, [tally(each) for each in own], changes),
            History(years, [tally(each) for each in per_year], changes),
            place.province.label,
            own[-1],
        )

    return [area(place) for place in places]


def _province(pk: int, places, years, moment, selection) -> list[list]:
    """The selected Pokja of a province: in all years where a kab/kota of it is chosen, else in
    the last one alone, since its own years are read with the nation."""
    has_district = any(place.is_district and place.province.pk == pk for place in places)
    found = pokja_of_years(pk, years if has_district else years[-1:], moment)
    return [selection.narrow(each) for each in found]


def items_on(place: Place, year: int, moment: Moment | None, selection: Selection = WHOLE) -> list:
    """The Pokja of a region in one year as they were known on a day; not for the nation."""
    found = selection.narrow(pokja_of_years(place.province.pk, [year], moment)[0])
    if place.is_province:
        return found
    return [item for item in found if item.region_id == place.region.pk]
