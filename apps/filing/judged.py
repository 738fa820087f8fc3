"""What the receipt, the next steps and the rapor of a Pokja's year are all told from."""

from dataclasses import dataclass

from apps.effectiveness.assessment import Assessment
from apps.effectiveness.ladder import Outcome, met_criteria, worth
from apps.effectiveness.maturity import Facts
from apps.effectiveness.models import Rubric
from apps.effectiveness.points import facts_for, points_of
from apps.effectiveness.rubrics import Rules, rubric_and_words
from apps.pokja.models import Pokja


@dataclass(frozen=True)
class Judged:
    """An assessment with its rubric and its points; ``facts`` is None in a closed year, whose
    book keeps which points were given but not what the checks looked at."""

    assessment: Assessment
    rules: Rules
    rubric: Rubric
    words: dict[str, str]  # what each point says, by its check
    given: dict[str, bool]
    facts: Facts | None
    now: Outcome


def judge(pokja: Pokja, assessment: Assessment) -> Judged | None:
    """None where the year cannot be scored. Queries: 2 for the rubric, 4 for the facts behind the
    points (none in a closed year)."""
    rules = assessment.rules
    if rules is None:
        return None
    rubric, words = rubric_and_words(rules.rubric_id)
    facts = None
    if assessment.frozen:
        given = {code: bool(assessment.frozen.points.get(code)) for code in rules.points}
    else:
        facts = _facts(pokja, assessment)
        given = points_of(facts, rules)
    now = worth(rules, met_criteria(assessment), given)
    return Judged(assessment, rules, rubric, words, given, facts, now)


def _facts(pokja, assessment) -> Facts:
    active = Pokja.objects.filter(pk=pokja.pk)
    return facts_for([assessment], active, assessment.year, assessment.on)[pokja.pk]
