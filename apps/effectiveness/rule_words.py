"""A rubric in words, for the pages that explain it: text and code cannot differ, since both are
the rubric."""

from apps.effectiveness.criteria import words_of
from apps.effectiveness.enums import Criterion, RegionRule
from apps.effectiveness.maturity import CHECKS, maturity_class
from apps.effectiveness.models import Rubric
from apps.effectiveness.rubrics import criterion_rule
from apps.pokja.enums import FundSource, PokjaKind

LABELS = dict(Criterion.choices) | {Criterion.DECREE.value: "SK penetapan"}


def rule_book(rubric: Rubric) -> dict:
    """Everything the rubric says, for ``scoring/_rule_book.html``; unfinished drafts too."""
    return {
        "rubric": rubric,
        "criteria": [_criterion(row) for row in rubric.criteria.all()],
        "sources": labels_of(FundSource, rubric.accepted_sources),
        "region_rule": region_rule_words(rubric.region_rule),
        "expected": labels_of(PokjaKind, rubric.expected_kinds),
        "points": _point_groups(rubric),
        "point_total": sum(row.points for row in rubric.points.all()),
        "classes": class_rows(rubric.class_limits),
    }


def _criterion(row) -> dict:
    return {
        "label": row.name or LABELS.get(row.criterion, row.criterion),
        "rule": row.rule or words_of(criterion_rule(row)),
        "weight": row.weight,
        "required": row.is_required,
    }


def labels_of(enum, values) -> list[str]:
    """The labels of stored words, in their order; a word this portal does not know stays."""
    known = dict(enum.choices)
    return [known.get(each, each) for each in values]


def region_rule_words(rule: str) -> str:
    """When a region counts, as a sentence."""
    label = RegionRule(rule).label
    return f"Wilayah dihitung efektif bila: {label[0].lower()}{label[1:]}."


def _point_groups(rubric) -> list[dict]:
    rows = [row for row in rubric.points.all() if row.points]
    groups = [
        {"label": label, "rows": [row for row in rows if _belongs_to(row) == name]}
        for name, label in LABELS.items()
    ]
    return [group for group in groups if group["rows"]]


def _belongs_to(row) -> str:
    return CHECKS[row.check_code][0] if row.check_code in CHECKS else ""


def class_rows(limits) -> list[dict]:
    """The classes of maturity with their bounds; none where the limits are not rising yet."""
    if len(limits) != 3 or sorted(set(limits)) != list(limits):
        return []
    return [
        {"name": maturity_class(low, limits), "low": str(low), "below": str(high or "")}
        for low, high in zip([0, *limits], [*limits, None], strict=True)
    ]
