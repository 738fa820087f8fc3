"""Criteria of a rubric beside the four cards: how the page of a Pokja's year tells them."""

from dataclasses import dataclass, field

from apps.effectiveness.criteria import words_of
from apps.effectiveness.criteria_basis import mended_at
from apps.effectiveness.formula import WAITING, Result
from apps.effectiveness.repairs import Repair, of_check
from apps.filing.judged import Judged
from apps.filing.todo import Todo


@dataclass
class Extra:
    """A criterion of the rubric beside the four cards."""

    code: str
    title: str
    result: Result
    rule: str
    is_required: bool
    repair: Repair | None
    examples: list = field(default_factory=list)  # examples.queries.Example, nearest first


def extras_of(judged: Judged, pokja) -> list[Extra]:
    """Criteria beside the four, in the order of the rubric; no query."""
    found, assessment = [], judged.assessment
    for rule in judged.rules.extra:
        result = assessment.extra[rule.code]
        repair = of_check(rule, result, assessment.year, pokja.region.level)
        found.append(
            Extra(
                rule.code,
                rule.title,
                result,
                words_of(rule),
                rule.is_required,
                None if result.is_met else repair,
            )
        )
    return found


def extra_todo(code: str, judged: Judged, pokja) -> Todo:
    """A criterion beside the four: what is missing and what mends it."""
    assessment = judged.assessment
    rule = next(each for each in judged.rules.criteria if each.code == code)
    result = assessment.extra[code]
    if result.status == WAITING:
        return Todo(f"Tunggu verifikasi: {rule.title}", "Menunggu pemeriksaan")
    repair = of_check(rule, result, assessment.year, pokja.region.level)
    place = mended_at(rule)
    return Todo(repair.fix or rule.title, repair.fact, place, "Buka" if place else "", rule.title)
