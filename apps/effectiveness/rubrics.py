"""The rubric of a year as one plain object, read with a constant number of queries."""

from dataclasses import dataclass

from django.db.models import Q

from apps.effectiveness.enums import Criterion, RubricStatus
from apps.effectiveness.models import Rubric


@dataclass(frozen=True)
class Rules:
    """What the formulas need of a rubric."""

    rubric_id: int
    name: str
    weights: dict[str, int]
    required: tuple[str, ...]
    accepted_sources: tuple[str, ...]
    region_rule: str
    points: dict[str, int]
    class_limits: tuple
    expected_kinds: tuple[str, ...]


def rubric_for(year: int) -> Rubric | None:
    """The published rubric of a year; the one that began last where several would fit."""
    return (
        Rubric.objects.filter(
            Q(year_to=None) | Q(year_to__gte=year),
            year_from__lte=year,
            status=RubricStatus.PUBLISHED,
        )
        .prefetch_related("criteria", "points")
        .order_by("-year_from", "-id")
        .first()
    )


def rules_for(year: int) -> Rules | None:
    """None where the year has no rubric, or its weights do not sum to 100: such a year cannot be
    scored ("tidak dapat dinilai"), never silently as 0."""
    rubric = rubric_for(year)
    if rubric is None:
        return None
    criteria = list(rubric.criteria.all())
    weights = {row.criterion: row.weight for row in criteria}
    required = tuple(row.criterion for row in criteria if row.is_required)
    if sum(weights.values()) != 100 or not required or set(weights) - set(Criterion.values):
        return None
    return Rules(
        rubric_id=rubric.pk,
        name=rubric.name,
        weights=weights,
        required=required,
        accepted_sources=tuple(rubric.accepted_sources),
        region_rule=rubric.region_rule,
        points={row.check_code: row.points for row in rubric.points.all()},
        class_limits=tuple(rubric.class_limits),
        expected_kinds=tuple(rubric.expected_kinds),
    )
