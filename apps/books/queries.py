"""What the pages of the books read: closings in reach, rows of a book, regions that were reopened.

The shelf and the official figure of a book are figures of a province, open to whoever may open its
dashboard; the rows are limited to the person's own scope.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from apps.effectiveness.assessment import Assessment
from apps.effectiveness.book_rows import assessment_from, rules_from
from apps.effectiveness.models import Closing, FrozenScore, RegionReopening
from apps.effectiveness.official import OfficialFigure, effective_regions, official_figure
from apps.regions.enums import Level
from apps.regions.models import Region

YEARS_BACK = 6


def shelf_years(chosen: int | None = None) -> list[int]:
    """The running year and the six before it, newest first, and the chosen one."""
    now = timezone.localdate().year
    return sorted({*range(now - YEARS_BACK, now + 1), *([chosen] if chosen else [])}, reverse=True)


def provinces_for(scope) -> list[Region]:
    """The provinces whose dashboards this person may open; 1 query."""
    rows = Region.objects.provinces().order_by("code")
    if not scope.sees_all:
        rows = rows.filter(pk__in={post.province_id for post in scope.posts if post.province_id})
    return list(rows)


def closings_of(provinces: Iterable[Region], years: Iterable[int]) -> dict:
    """{(province id, year): Closing}; 1 query."""
    rows = Closing.objects.filter(province__in=list(provinces), year__in=list(years))
    rows = rows.select_related("province", "closed_by")
    return {(row.province_id, row.year): row for row in rows}


def closing_of(province: Region, year: int) -> Closing | None:
    return closings_of([province], [year]).get((province.pk, year))


def running_of(closings: Iterable[Closing]) -> dict[int, list[RegionReopening]]:
    """{closing id: reopenings that have not been closed again}; 1 query."""
    rows = RegionReopening.objects.filter(closing__in=list(closings), closed_at=None)
    found = defaultdict(list)
    for row in rows.select_related("region").order_by("region__code"):
        found[row.closing_id].append(row)
    return dict(found)


def figures_of(closings: Iterable[Closing]) -> dict[int, OfficialFigure]:
    """{closing id: its official figure, as its book has it}; 1 query."""
    closings = list(closings)
    rows = defaultdict(list)
    for row in FrozenScore.objects.filter(closing__in=closings, is_current=True):
        rows[row.closing_id].append(row)
    return {each.pk: _figure(each, rows[each.pk]) for each in closings}


def _figure(closing: Closing, rows: list[FrozenScore]) -> OfficialFigure:
    rules = rules_from(closing.rules)
    items = [assessment_from(row, closing.on, rules) for row in rows]
    levels = {each["id"]: each["level"] == Level.PROVINSI for each in closing.regions}
    return official_figure(effective_regions(rules.region_rule, items), levels)


# --- one book --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Edition:
    """Which rows of a book are meant: those in force, or an earlier edition of one region."""

    region_id: int | None = None
    number: int | None = None


def book_rows(closing: Closing, user, edition: Edition | None = None) -> list[Assessment]:
    """The rows of a book this person may see, in the order of region and Pokja; 1 query."""
    rows = FrozenScore.objects.for_user(user).filter(closing=closing)
    if edition and edition.number:
        rows = rows.filter(region=edition.region_id, edition=edition.number)
    else:
        rows = rows.filter(is_current=True)
    rules = rules_from(closing.rules)
    items = [assessment_from(row, closing.on, rules) for row in rows]
    return sorted(items, key=lambda item: (item.region_code, item.code))


@dataclass(frozen=True)
class Reopened:
    """A reopening, and the edition that stood before it."""

    row: RegionReopening
    before: int

    @property
    def after(self) -> int | None:
        return None if self.row.closed_at is None else self.before + 1


def reopened_of(closing: Closing, user) -> list[Reopened]:
    """Every reopening this person may see, the last first; 1 query."""
    rows = RegionReopening.objects.for_user(user).filter(closing=closing).order_by("pk")
    counts, found = defaultdict(int), []
    for row in rows.select_related("region", "opened_by", "closed_by"):
        counts[row.region_id] += 1
        found.append(Reopened(row, counts[row.region_id]))
    return found[::-1]
