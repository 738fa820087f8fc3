"""What the public pages and the switch read.

Public rows are the second widening of spec section 3, made by the province itself: only what a
standing ``Publication`` names, and of a Pokja only its code, kinds and statuses.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from apps.effectiveness.assessment import Assessment
from apps.effectiveness.book_rows import assessment_from, rules_from
from apps.effectiveness.models import Closing, FrozenScore
from apps.open_data.models import Publication
from apps.regions.queries import region_for_code


def published() -> list[Publication]:
    """What is open now, the newest year first, provinces by name; 1 query."""
    rows = Publication.objects.standing().select_related("province", "closing")
    return list(rows.order_by("-year", "province__short_name"))


def published_years(province_id: int) -> list[int]:
    """The years a province has opened, newest first; 1 query."""
    rows = Publication.objects.standing().filter(province=province_id)
    return list(rows.order_by("-year").values_list("year", flat=True))


def publication_for(code: str, year: int) -> Publication | None:
    """The standing publication of a province by its present or former code; None without one,
    whatever the reason. At most 3 queries."""
    province = region_for_code(code)
    if province is None:
        return None
    rows = Publication.objects.standing().filter(province=province.pk, year=year)
    return rows.select_related("province", "closing").first()


def released_rows(publication: Publication) -> list[Assessment]:
    """The frozen rows that were published, in the order of region and Pokja; 1 query.

    Those of the pinned editions: what was closed again later is left out.
    """
    closing = publication.closing
    rules = rules_from(closing.rules)
    rows = FrozenScore.objects.filter(closing=closing)
    items = [
        assessment_from(row, closing.on, rules)
        for row in rows.order_by("region_code", "code")
        if publication.editions.get(str(row.region_id)) == row.edition
    ]
    return sorted(items, key=lambda item: (item.region_code, item.code))


def revised_since(publication: Publication) -> set[int]:
    """Ids of regions that were closed again after it was published; 1 query."""
    rows = FrozenScore.objects.filter(closing=publication.closing_id).order_by()
    return {
        region
        for region, edition in rows.values_list("region", "edition").distinct()
        if edition > publication.editions.get(str(region), 0)
    }


# --- the switch ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A closed book and whether it is open to the public."""

    closing: Closing
    publication: Publication | None
    has_newer: bool = False  # the book has editions that the publication does not show


def entries_for(closings: Iterable[Closing]) -> list[Entry]:
    """The state of each book; 2 queries, whatever their number."""
    closings = list(closings)
    standing = Publication.objects.standing().filter(closing__in=closings)
    by_closing = {row.closing_id: row for row in standing.select_related("published_by")}
    current = _editions(by_closing)
    return [
        Entry(
            each,
            (row := by_closing.get(each.pk)),
            row is not None and row.editions != current[each.pk],
        )
        for each in closings
    ]


def _editions(closings: Iterable[int]) -> dict[int, dict[str, int]]:
    """{closing id: {region id: edition in force}}; 1 query."""
    rows = FrozenScore.objects.filter(closing__in=list(closings), is_current=True).order_by()
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for closing, region, edition in rows.values_list("closing", "region", "edition").distinct():
        found[closing][str(region)] = edition
    return found
