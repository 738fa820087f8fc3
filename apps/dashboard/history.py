"""The years of a trend: tallies of an area, and the years in which the rules changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from django.db.models import Q

from apps.dashboard.tallies import Share, Tally
from apps.effectiveness.moment import Moment
from apps.effectiveness.rubrics import published

TREND_YEARS = 5


def trend_years(year: int) -> list[int]:
    return list(range(year - TREND_YEARS + 1, year + 1))


def rule_changes(years: list[int], moment: Moment | None = None) -> list[int]:
    """Years from which another published rubric holds than in the year before; one query."""
    rubrics = list(
        published(moment.known if moment else None)
        .filter(Q(year_to=None) | Q(year_to__gte=years[0]), year_from__lte=years[-1])
        .order_by("-year_from", "-id")
        .values_list("pk", "year_from", "year_to")
    )

    def held(year):
        return next(
            (pk for pk, first, last in rubrics if first <= year and (last is None or last >= year)),
            None,
        )

    return changes_in({year: held(year) for year in years})


def changes_in(rubrics: Mapping[int, int | None]) -> list[int]:
    """Years from which another rubric holds than in the year before. ``rubrics``: of consecutive
    years."""
    return [year for before, year in pairwise(rubrics) if rubrics[year] != rubrics[before]]


@dataclass
class History:
    """Tallies of an area over the years; None where nobody sent anything."""

    years: list[int]
    tallies: list[Tally]
    changes: list[int]

    def shares(self, of=attrgetter("share")) -> list[Share | None]:
        return [
            of(counts) if counts.has_data and counts.is_rated else None for counts in self.tallies
        ]

    @property
    def now(self) -> Tally | None:
        """The last year, where it has data."""
        return _known(self.tallies[-1])

    @property
    def before(self) -> Tally | None:
        """The year before the last, where it has data."""
        return _known(self.tallies[-2])


def _known(counts: Tally) -> Tally | None:
    return counts if counts.has_data and counts.is_rated else None
