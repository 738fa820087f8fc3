"""The figures of the whole nation in given years, as they are now (see ``standings``)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from apps.core.looks import CRITERIA
from apps.dashboard.selection import LEVELS, WHOLE, Selection
from apps.dashboard.tallies import Tally, joined, tallies_by, tally
from apps.effectiveness.assessment import Assessment
from apps.effectiveness.ground import Ground
from apps.effectiveness.official import Counted
from apps.effectiveness.queries import assess
from apps.effectiveness.selected import selected_counts
from apps.effectiveness.standings import Standing, nation_standings
from apps.effectiveness.tallying import Counts
from apps.pokja.models import Pokja
from apps.regions.models import Region


@dataclass(frozen=True)
class NationYear:
    """Tallies of the nation and its provinces, and the regions that count as effective (their
    numbers, or their ids; None where the year cannot be scored). ``stored``: the stored counts of
    provinces where they are right; a page of one province makes a tally of its own alone."""

    total: Tally
    by_province: dict[int, Tally]
    effective: Counted | Collection[int] | None
    stored: Mapping[int, Counts] = field(default_factory=dict)

    def province(self, pk: int) -> Tally:
        if found := self.by_province.get(pk):
            return found
        return tally_of(self.stored[pk]) if pk in self.stored else Tally()


def nation_years(
    years: Sequence[int],
    selection: Selection = WHOLE,
    within: Sequence[Region] = (),
    ground: Ground | None = None,
) -> list[NationYear]:
    """One NationYear for each year; queries as ``nation_standings``, and 1 more where only Pokja
    of a kind, or of kabupaten or kota alone, are counted.

    ``effective`` counts all Pokja whatever is selected. ``within``: regions of one province whose
    Pokja alone are counted in it (1 query), while the nation stays as it is. ``ground``: what was
    read of these years already.
    """
    standings = nation_standings(years, ground)
    level = selection.peers if selection.peers in LEVELS else ""
    if not (selection.kind or level):
        found = [_year(standing) for standing in standings]
    else:
        counts = selected_counts(standings, kind=selection.kind, level=level)
        found = [
            _selected(standing, each, selection)
            for standing, each in zip(standings, counts, strict=True)
        ]
    return _within(within, found, standings, selection) if within else found


def _year(standing: Standing) -> NationYear:
    read = tallies_by(standing.items, attrgetter("province_id"))
    total = tally_of(standing.total)
    for each in read.values():
        total.join(each)
    return NationYear(total, read, standing.effective, standing.stored)


def _selected(standing: Standing, counts: dict[int, Counts], selection: Selection) -> NationYear:
    by_province = {pk: tally_of(each) for pk, each in counts.items() if each.pokja}
    items = [*standing.items, *_rewritten(standing, standing.stored.keys() - counts.keys())]
    by_province |= tallies_by(selection.narrow(items), attrgetter("province_id"))
    return NationYear(joined(by_province.values()), by_province, standing.effective)


def _rewritten(standing: Standing, provinces: Collection[int]) -> list[Assessment]:
    """The Pokja of provinces whose rows were written anew between two statements."""
    if not provinces:
        return []
    return assess(Pokja.objects.filter(region__province__in=provinces), standing.year)


def _within(
    regions: Sequence[Region], found: list[NationYear], standings: list[Standing], selection
) -> list[NationYear]:
    """The years with the counts of one province replaced by those of some of its regions."""
    pk, ids = regions[0].province_id, {each.pk for each in regions}
    counts = selected_counts(standings, kind=selection.kind, province=pk, regions=ids)
    narrowed = []
    for year, standing, held in zip(found, standings, counts, strict=True):
        if pk in held:
            own = tally_of(held[pk])
        else:
            items = [*standing.items, *_rewritten(standing, standing.stored.keys() & {pk})]
            own = tally(item for item in selection.narrow(items) if item.region_id in ids)
        narrowed.append(replace(year, by_province=year.by_province | {pk: own}))
    return narrowed


def tally_of(counts: Counts) -> Tally:
    return Tally(
        *counts[:4],
        dict(zip(CRITERIA, counts.met, strict=True)),
        dict(zip(CRITERIA, counts.waiting, strict=True)),
    )
