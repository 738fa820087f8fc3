"""Writing the rows of a book: every Pokja of a year as it stands, with what that rests on."""

from decimal import Decimal

from apps.effectiveness.assessment import Assessment
from apps.effectiveness.book_rows import result_data
from apps.effectiveness.models import Closing, FrozenScore
from apps.effectiveness.points import facts_for, points_of
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import Rules
from apps.verification.models import Evidence


def freeze(closing: Closing, pokja, rules: Rules, edition: int = 1) -> list[FrozenScore]:
    """Write a row for each Pokja of the queryset that is active on the closing's day.

    A Pokja that stands in another region's book of this year already (it moved since) stays
    there. A constant number of queries, and one for each 500 rows.
    """
    items = assess(pokja, closing.year, closing.on, with_index=True, rules=rules)
    elsewhere = _held_elsewhere(closing.year, items)
    items = [item for item in items if item.pokja_id not in elsewhere]
    points = _points(closing, pokja, items, rules)
    versions = _versions(items)
    rows = [_row(closing, edition, item, points[item.pokja_id], versions) for item in items]
    return FrozenScore.objects.bulk_create(rows, batch_size=500)


def _held_elsewhere(year: int, items: list[Assessment]) -> set[int]:
    """Pokja that have a row in force already; those of a region closed again have none now."""
    rows = FrozenScore.objects.filter(year=year, is_current=True)
    rows = rows.filter(pokja__in=[item.pokja_id for item in items]).order_by()
    return set(rows.values_list("pokja_id", flat=True))


def _points(closing, pokja, items, rules) -> dict[int, dict[str, bool]]:
    facts = facts_for(items, pokja.active_on(closing.on), closing.year, closing.on)
    return {pk: points_of(found, rules) for pk, found in facts.items()}


def _versions(items: list[Assessment]) -> dict[int, int]:
    """{evidence id: version} of all the results rest on; one query."""
    ids = {
        result.evidence_id
        for item in items
        for result in (item.results | item.extra).values()
        if result.evidence_id
    }
    return dict(Evidence.objects.filter(pk__in=ids).values_list("pk", "version"))


def _row(closing, edition, item, points, versions) -> FrozenScore:
    results = item.results | item.extra
    return FrozenScore(
        closing=closing,
        edition=edition,
        year=closing.year,
        province_id=closing.province_id,
        region_id=item.region_id,
        region_code=item.region_code,
        region_name=item.region_name,
        region_level=item.region_level,
        pokja_id=item.pokja_id,
        code=item.code,
        name=item.name,
        kinds=item.kinds,
        results={code: result_data(result, versions) for code, result in results.items()},
        points=points,
        effective=item.effective,
        score=item.score,
        index=item.index if item.index is None else round(Decimal(item.index), 2),
    )
