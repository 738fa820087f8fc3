"""The rubric of a year as one plain object, read with a constant number of queries."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import groupby

from django.db.models import Exists, F, Q

from apps.core.database import fetch, fetch_models
from apps.effectiveness.enums import Criterion, RubricStatus
from apps.effectiveness.models import Closing, Rubric, RubricCriterion

BUILTIN = "empat-kriteria"  # holds from its first year on, whenever it was loaded
BASE = frozenset(Criterion.values)


@dataclass(frozen=True)
class CriterionRule:
    """One criterion of a rubric: what decides it, and what it counts."""

    code: str
    title: str
    check: str
    parameters: dict
    weight: int
    is_required: bool
    words: str = ""

    @property
    def is_base(self) -> bool:
        """Is it one of the four kinds of evidence, decided by ``formula``?"""
        return self.check in BASE


@dataclass(frozen=True)
class Rules:
    """What the formulas need of a rubric."""

    rubric_id: int
    name: str
    criteria: tuple[CriterionRule, ...]
    accepted_sources: tuple[str, ...]
    region_rule: str
    points: dict[str, int]
    class_limits: tuple
    expected_kinds: tuple[str, ...]
    has_books: bool = field(default=False, compare=False)  # is the year closed anywhere?

    @cached_property
    def weights(self) -> dict[str, int]:
        return {each.code: each.weight for each in self.criteria}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.weights)

    @cached_property
    def required(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.criteria if each.is_required)

    @cached_property
    def extra(self) -> tuple[CriterionRule, ...]:
        """Criteria beside the four kinds of evidence (see ``criteria``)."""
        return tuple(each for each in self.criteria if not each.is_base)

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits that change with everything a stored figure rests on in the rubric."""
        said = repr(
            (
                [(e.code, e.check, e.parameters, e.weight, e.is_required) for e in self.criteria],
                self.accepted_sources,
                self.region_rule,
            )
        )
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def published(known: datetime | None = None):
    """Rubrics that count: those in force now, or at a moment of the past.

    What was published later was not known then; what was replaced since still was in force.
    """
    rows = Rubric.objects.all()
    if known is None:
        return rows.filter(status=RubricStatus.PUBLISHED)
    return rows.filter(
        Q(published_at__lte=known) | Q(code=BUILTIN),
        Q(replaced_at=None) | Q(replaced_at__gt=known),
    ).exclude(status=RubricStatus.DRAFT)


def rubric_for(year: int, known: datetime | None = None) -> Rubric | None:
    """The published rubric of a year; the one that began last where several would fit.

    ``has_books`` tells whether the year is closed in any province.
    """
    return (
        published(known)
        .filter(Q(year_to=None) | Q(year_to__gte=year), year_from__lte=year)
        .annotate(has_books=Exists(Closing.objects.filter(year=year)))
        .prefetch_related("criteria", "points")
        .order_by(F("year_from").desc(), "-id")
        .first()
    )


def rules_for(year: int, known: datetime | None = None) -> Rules | None:
    """None where the year has no rubric, or its weights do not sum to 100: such a year cannot be
    scored ("tidak dapat dinilai"), never silently as 0."""
    rubric = rubric_for(year, known)
    return rules_of(rubric) if rubric else None


def rubric_and_words(pk: int) -> tuple[Rubric, dict[str, str]]:
    """The row of a rubric, and what each of its points says, by its check; 2 queries."""
    found = fetch_models(Rubric, "SELECT * FROM effectiveness_rubric WHERE id = %s", [pk])
    return found[0], dict(fetch(_POINT_WORDS, [pk], of=Rubric))


_POINT_WORDS = """
    SELECT check_code, words FROM effectiveness_rubricpoint WHERE rubric_id = %s
    ORDER BY "order", id
"""


def criterion_rule(row: RubricCriterion) -> CriterionRule:
    """One stored criterion as the formulas need it."""
    return CriterionRule(
        row.criterion,
        row.title,
        row.checked_by,
        row.parameters,
        row.weight,
        row.is_required,
        row.rule,
    )


# Everything Rules are made of, as plain text: the same rows make the same rules.
# Criteria, then maturity points (their check and how many), each beside its rubric.
_TERMS = """
    SELECT 0 AS part, r.year_from AS first, r.id AS rubric, c."order" AS place, c.id AS term,
           r.name, r.year_to, r.region_rule, r.accepted_sources, r.class_limits,
           r.expected_kinds, c.criterion, c.name, c.check_code, c.parameters, c.weight,
           c.is_required, c.rule
    FROM effectiveness_rubric r LEFT JOIN effectiveness_rubriccriterion c ON c.rubric_id = r.id
    WHERE r.status = 'published'
    UNION ALL
    SELECT 1, r.year_from, r.id, p."order", p.id, '', NULL, '', NULL, NULL, NULL, p.check_code,
           '', '', NULL, p.points, NULL, ''
    FROM effectiveness_rubricpoint p JOIN effectiveness_rubric r ON r.id = p.rubric_id
    WHERE r.status = 'published'
    ORDER BY part, first DESC, rubric DESC, place, term
"""


def rules_by_year(years: Iterable[int]) -> dict[int, Rules | None]:
    """``rules_for`` of many years now, without looking for books; 1 query."""
    return {year: rules for year, (_, rules) in held_by_year(years).items()}


def held_by_year(years: Iterable[int]) -> dict[int, tuple[int | None, Rules | None]]:
    """Of each year the published rubric that holds now (its id), and its rules; 1 query."""
    rubrics = _rubrics(tuple(fetch(_TERMS, of=Rubric)))
    return {
        year: next((held for first, last, *held in rubrics if first <= year <= (last or year)), _NO)
        for year in years
    }


_NO = (None, None)


@lru_cache(maxsize=8)
def _rubrics(rows: tuple) -> list[tuple[int, int | None, int, Rules | None]]:
    """(first year, last year, id, rules) of every published rubric, the one that holds first."""
    given: dict[int, dict[str, int]] = {}
    for part, _, rubric, *_, check, _, _, _, count, _, _ in rows:
        if part == 1:
            given.setdefault(rubric, {})[check] = count
    terms = [row for row in rows if row[0] == 0]
    found = []
    for (first, pk), group in groupby(terms, key=lambda row: row[1:3]):
        group = list(group)
        name, last, region_rule, *lists = group[0][5:11]
        sources, limits, kinds = map(json.loads, lists)
        rubric = Rubric(
            pk=pk,
            name=name,
            region_rule=region_rule,
            accepted_sources=sources,
            class_limits=limits,
            expected_kinds=kinds,
        )
        criteria = tuple(_term(row[11:]) for row in group if row[11] is not None)
        found.append((first, last, pk, _rules(rubric, criteria, given.get(pk, {}))))
    return found


def _term(values) -> CriterionRule:
    code, name, check, parameters, weight, is_required, words = values
    return criterion_rule(
        RubricCriterion(
            criterion=code,
            name=name,
            check_code=check,
            parameters=json.loads(parameters),
            weight=weight,
            is_required=bool(is_required),
            rule=words,
        )
    )


def rules_of(rubric: Rubric) -> Rules | None:
    """The rules of one rubric, draft or published; None where nothing can be scored by them.

    Queries: 2, or none where criteria and points are prefetched.
    """
    criteria = tuple(criterion_rule(row) for row in rubric.criteria.all())
    return _rules(rubric, criteria, {row.check_code: row.points for row in rubric.points.all()})


def _rules(rubric: Rubric, criteria: tuple, points: dict[str, int]) -> Rules | None:
    if sum(each.weight for each in criteria) != 100 or not any(e.is_required for e in criteria):
        return None
    return Rules(
        rubric_id=rubric.pk,
        name=rubric.name,
        criteria=criteria,
        accepted_sources=tuple(rubric.accepted_sources),
        region_rule=rubric.region_rule,
        points=points,
        class_limits=tuple(rubric.class_limits),
        expected_kinds=tuple(rubric.expected_kinds),
        has_books=getattr(rubric, "has_books", False),
    )
