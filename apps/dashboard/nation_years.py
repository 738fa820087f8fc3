"""The figures of the whole nation in given years, as they are now (see ``standings``)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from apps.core.looks import CRITERIA
from apps.dashboard.tallies import Tally, joined, tallies_by
from apps.effectiveness.official import Counted
from apps.effectiveness.standings import Standing, nation_standings
from apps.effectiveness.tallying import Counts


@dataclass(frozen=True)
class NationYear:
    """Tallies of the nation and its provinces, and the regions that count as effective (their
    numbers, or their ids; None where the year cannot be scored). ``stored``: provinces whose
    stored figures are right."""

    total: Tally
    by_province: dict[int, Tally]
    effective: Counted | Collection[int] | None
    stored: Collection[int] = field(default_factory=frozenset)

    def province(self, pk: int) -> Tally:
        return self.by_province.get(pk) or Tally()


def nation_years(years: Sequence[int]) -> list[NationYear]:
    """One NationYear for each year; queries as ``nation_standings``."""
    return [_year(standing) for standing in nation_standings(years)]


def _year(standing: Standing) -> NationYear:
    by_province = {pk: tally_of(each) for pk, each in standing.stored.items() if each.pokja}
    by_province |= tallies_by(standing.items, attrgetter("province_id"))
    return NationYear(
        joined(by_province.values()), by_province, standing.effective, standing.stored.keys()
    )


def tally_of(counts: Counts) -> Tally:
    tally = Tally()
    tally.pokja, tally.effective, tally.rated, tally.sent = counts[:4]
    tally.met = dict(zip(CRITERIA, counts.met, strict=True))
    tally.waiting = dict(zip(CRITERIA, counts.waiting, strict=True))
    return tally
