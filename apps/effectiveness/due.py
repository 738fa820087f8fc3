"""What of the stored figures is due to be computed again, and in which batches."""

from collections.abc import Iterable, Mapping

from django.db.models import Count, OuterRef, Q, Subquery

from apps.effectiveness.models import StaleMark, StoredTally
from apps.effectiveness.rubrics import Rules
from apps.pokja.models import Pokja
from apps.regions.enums import Level
from apps.regions.models import Region

TOGETHER = 8  # provinces in one transaction,
AT_ONCE = 6000  # and Pokja, unless one province has more: about 20 KB of memory each


def marked_pairs() -> set[tuple[int, int | None]]:
    """(province of the mark, province its region lies in now), of all marks; one query."""
    return set(_marks().values_list("province_id", "now").distinct())


def _marks():
    """Marks with ``now``, the province their region lies in: None where there is no such region
    any more. (Joined, those marks would be lost, and their province never be stored again.)"""
    there = Region.objects.filter(pk=OuterRef("region_id")).values("province_id")
    return StaleMark.objects.annotate(now=Subquery(there)).order_by()


def stale_provinces() -> set[int]:
    """Provinces whose stored rows may be old; one query."""
    return {pk for pair in marked_pairs() for pk in pair if pk is not None}


def outdated(rules: Mapping[int, Rules | None]) -> set[int]:
    """Provinces without a tally made by the rules of each year, whatever is marked."""
    provinces = set(
        Region.objects.filter(level=Level.PROVINSI).order_by().values_list("pk", flat=True)
    )
    there = set(
        StoredTally.objects.order_by().values_list("province_id", "year", "rules").distinct()
    )
    wanted = {(year, told) for year, each in rules.items() if (told := keeps(each)) is not None}
    return {pk for pk in provinces if any((pk, *each) not in there for each in wanted)}


def keeps(rules: Rules | None) -> str | None:
    """The fingerprint rows of a year carry; None where criteria beside the four count, which are
    always computed on reading."""
    if rules is None:
        return ""
    return None if rules.extra else rules.fingerprint


def batches(pairs, whole: set[int], limit: int | None) -> Iterable[tuple[list[int], set[int]]]:
    """(provinces of one transaction, those of them to be computed whole). A region that moved
    keeps the two provinces it concerns together."""
    moved = sorted({pk for pair in pairs if pair[1] not in (None, pair[0]) for pk in pair})
    rest = sorted(({pk for pk, _ in pairs} | whole) - set(moved))[:limit]
    for part in filter(None, [moved, *_parts(rest)]):
        yield part, whole & set(part)


def _parts(provinces: list[int]) -> list[list[int]]:
    """Cut by ``TOGETHER`` and ``AT_ONCE``; one query, where there is anything to cut."""
    if not provinces:
        return []
    rows = Pokja.objects.filter(region__province__in=provinces).order_by()
    many = dict(rows.values_list("region__province_id").annotate(Count("pk")))
    parts, held = [[]], 0
    for pk in provinces:
        held += many.get(pk, 0)
        if parts[-1] and (len(parts[-1]) == TOGETHER or held > AT_ONCE):
            parts.append([])
            held = many.get(pk, 0)
        parts[-1].append(pk)
    return parts


def marks_of(provinces: list[int]) -> list[tuple]:
    """(id, region, province of the mark, province of the region now)."""
    rows = _marks().filter(Q(province_id__in=provinces) | Q(now__in=provinces))
    return list(rows.values_list("pk", "region_id", "province_id", "now"))
