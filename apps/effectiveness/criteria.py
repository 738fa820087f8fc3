"""Checks beside the four kinds of evidence: over any fact the portal holds (spec section 5).

A rubric names a check and its parameters as data; here stands how each is decided, for many Pokja
at once. The four base criteria are decided by ``formula``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from apps.effectiveness.formula import EMPTY, Result
from apps.effectiveness.rubrics import Rules


@dataclass(frozen=True)
class Check:
    """A check: its words, what its parameters may be, and how it is decided.

    ``decide(assessments, year, on, parameters, known)`` gives a Result for each Pokja id it can
    tell about, in a constant number of queries; a Pokja it leaves out has not filled it in.
    """

    code: str
    label: str
    decide: Callable
    parameters: dict[str, str]  # name -> label


CHECKS: dict[str, Check] = {}


def add_extra(
    assessments: list, year: int, on: date, rules: Rules, known: datetime | None = None
) -> None:
    """Fill ``extra`` of every assessment: one Result for each criterion beside the four."""
    for rule in rules.extra:
        check = CHECKS.get(rule.check)
        found = check.decide(assessments, year, on, rule.parameters, known) if check else {}
        for item in assessments:
            item.extra[rule.code] = found.get(item.pokja_id, Result(EMPTY))
