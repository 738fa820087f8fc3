"""The books in force: figures of closed years take the place of computed ones.

A province's year that was closed is read from its book, whatever was written since. A region that
was reopened shows figures of now, until it is closed again. Never limited to a scope: the caller
passes the Pokja and provinces it may show.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from apps.core.formats import local_time
from apps.effectiveness.book_rows import assessment_from, rules_from
from apps.effectiveness.models import Closing, FrozenScore, RegionReopening
from apps.effectiveness.rubrics import Rules
from apps.regions.models import Region, RegionCode

# --- which books hold ------------------------------------------------------------------------


def _closings(known: datetime | None):
    """Closings made by then, without the names they keep."""
    rows = Closing.objects.defer("regions")
    return rows if known is None else rows.filter(closed_at__lte=known)


def _reopenings(known: datetime | None):
    rows = RegionReopening.objects.order_by("pk")
    return rows if known is None else rows.filter(opened_at__lte=known)


def _runs(reopening: RegionReopening, known: datetime | None) -> bool:
    """Was the region open (again) at that moment?"""
    closed = reopening.closed_at
    return closed is None or (known is not None and closed > known)


@dataclass(frozen=True)
class _Book:
    """One closing with the regions that are open again, and the edition of each region."""

    closing: Closing
    rules: Rules
    reopened: frozenset[int]
    editions: Counter  # region id -> how often it was closed again

    def holds(self, row: FrozenScore) -> bool:
        """Is this the row that counts for its region?"""
        edition = 1 + self.editions[row.region_id]
        return row.edition == edition and row.region_id not in self.reopened


def _books(year: int, known: datetime | None) -> list[_Book]:
    """Every book of the year that was closed by then; 2 queries, 1 where there is none."""
    closings = list(_closings(known).filter(year=year))
    if not closings:
        return []
    reopened, editions = defaultdict(set), defaultdict(Counter)
    for row in _reopenings(known).filter(closing__in=closings):
        if _runs(row, known):
            reopened[row.closing_id].add(row.region_id)
        else:
            editions[row.closing_id][row.region_id] += 1
    return [
        _Book(each, rules_from(each.rules), frozenset(reopened[each.pk]), editions[each.pk])
        for each in closings
    ]


# --- frozen rows in place of computed ones ---------------------------------------------------


def overlay(assessments: list, pokja, year: int, known: datetime | None = None) -> list:
    """The assessments of a year with those of closed regions as their book has them.

    ``pokja`` is the queryset that was assessed: no others are given. In a closed region a Pokja
    that is not in the book does not appear, and one that is stays, whatever became of it. With
    ``known``: the books, reopenings and editions of that moment. Queries: 3, 1 in a year that is
    closed nowhere, up to 2 more where a Pokja stands in no book.
    """
    books = {book.closing.pk: book for book in _books(year, known)}
    if not books:
        return assessments
    frozen = []
    for row in FrozenScore.objects.filter(closing__in=books, pokja__in=pokja.order_by()):
        book = books[row.closing_id]
        if book.holds(row):
            frozen.append(assessment_from(row, book.closing.on, book.rules))
    held = {item.pokja_id for item in frozen}
    others = [item for item in assessments if item.pokja_id not in held]
    shut = [item for item in others if _is_closed(item, books.values())]
    later = _came_later(shut, books)
    gone = {item.pokja_id for item in shut if item.region_id not in later}
    kept = [item for item in others if item.pokja_id not in gone]
    return sorted(kept + frozen, key=lambda item: (item.region_code, item.code))


def _came_later(shut: list, books: dict) -> set[int]:
    """Of computed rows in closed provinces: the regions that came from elsewhere after the book
    was made, so that no book tells of them. A region that is new altogether had no such year.

    2 queries, 1 where no region came, none where every row stands in a book.
    """
    if not shut:
        return set()
    rows = Closing.objects.filter(pk__in=list(books)).values_list("province_id", "regions")
    listed = {province: {each["id"] for each in regions} for province, regions in rows if regions}
    unlisted = {
        item.region_id
        for item in shut
        if item.province_id in listed and item.region_id not in listed[item.province_id]
    }
    if not unlisted:
        return set()
    day = next(iter(books.values())).closing.on
    codes = RegionCode.objects.filter(Q(valid_from=None) | Q(valid_from__lte=day))
    return set(codes.filter(region__in=unlisted).values_list("region_id", flat=True))


def _is_closed(item, books: Iterable[_Book]) -> bool:
    """Does the region of a computed row stand in a book, and is it not open again?"""
    return any(
        book.closing.province_id == item.province_id and item.region_id not in book.reopened
        for book in books
    )


def closed_provinces(years: Iterable[int], known: datetime | None = None) -> dict[int, set[int]]:
    """{year: ids of the provinces whose year is closed}; a year that is closed nowhere is left
    out. Their figures come from the book, but for regions open again; 1 query."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = _closings(known).filter(year__in=list(years)).order_by()
    for year, province in rows.values_list("year", "province_id"):
        found[year].add(province)
    return dict(found)


# --- what a page says about it ---------------------------------------------------------------


@dataclass(frozen=True)
class BookNote:
    """That a year's figures are frozen: since when, by whom, by which rubric.

    ``open_again``: the regions that were reopened and show figures of now; with ``region`` (the
    page is about one region) only that one, so the figures shown are not frozen at all.
    """

    year: int
    province: Region
    closed_on: date
    closed_by: str
    rubric: str
    open_again: tuple[RegionReopening, ...]
    region: Region | None = None

    @property
    def is_open(self) -> bool:
        """Does the one region of the page show figures of now?"""
        return self.region is not None and bool(self.open_again)


def book_note(
    province_id: int, year: int, region: Region | None = None, known: datetime | None = None
) -> BookNote | None:
    """What a page over a province's year says of its book; None where the year is not closed.

    With ``known``: as it was at that moment. Queries: 2, 1 where there is no book.
    """
    closing = (
        _closings(known)
        .filter(province=province_id, year=year)
        .select_related("province", "closed_by")
        .first()
    )
    if closing is None:
        return None
    rows = _reopenings(known).filter(closing=closing).select_related("region")
    if region is not None:
        rows = rows.filter(region=region)
    return BookNote(
        year=year,
        province=closing.province,
        closed_on=local_time(closing.closed_at, closing.province.timezone_label).date(),
        closed_by=str(closing.closed_by or "sistem"),
        rubric=closing.rules["name"],
        open_again=tuple(row for row in rows if _runs(row, known)),
        region=region,
    )
