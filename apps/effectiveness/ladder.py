"""Naik kelas: what would raise a Pokja or a region, and what it would then be worth. No Django.

``given`` is {check code: is the maturity point given?} as ``points.points_of`` tells it. A point
is never given where its criterion is not met, so whoever tries a point tries its criterion too.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from apps.effectiveness.formula import MET
from apps.effectiveness.maturity import CHECKS, comes_with_criterion, maturity_class

INTEGRATED, ALL = "integrated", "all"
INTEGRATED_KIND = "bangga_kencana"


@dataclass(frozen=True)
class Rung:
    """One step up: an unmet criterion, or a maturity point of a criterion that is met.

    ``gain_score`` and ``gain_index`` are points of 0–100. What a criterion brings for certain is
    ``gain_index``; ``most_index`` is what it brings with every point of it. ``new_class`` is
    empty where the class stays. ``by`` is the day by which it should be done, where there is one.
    """

    code: str
    criterion: str
    is_criterion: bool
    gain_score: int
    gain_index: Decimal
    most_index: Decimal
    new_class: str
    makes_effective: bool
    by: date | None = None


@dataclass(frozen=True)
class Outcome:
    """What a Pokja is, or would be, worth; ``counted`` holds the chosen codes that add something,
    ``along`` the criteria that came with a chosen point without being chosen."""

    score: int
    index: Decimal
    klass: str
    effective: bool
    met: int
    possible: int
    counted: tuple[str, ...] = ()
    along: tuple[str, ...] = ()


def worth(rules, met: Collection[str], given: Mapping[str, bool]) -> Outcome:
    """The figures of a Pokja that meets these criteria and has these points.

    Points of criteria that are not met do not count, whatever ``given`` says.
    """
    reached = sum(
        value for code, value in rules.points.items() if given.get(code) and CHECKS[code][0] in met
    )
    total = sum(rules.points.values())
    index = Decimal(reached * 100) / total if total else Decimal(0)
    return Outcome(
        score=sum(weight for code, weight in rules.weights.items() if code in met),
        index=index,
        klass=maturity_class(index, rules.class_limits),
        effective=all(code in met for code in rules.required),
        met=sum(code in met for code in rules.weights),
        possible=len(rules.weights),
    )


def met_criteria(assessment) -> set[str]:
    """Criteria that are met, those of the evidence included that the rubric does not count."""
    return {
        code for code, result in (assessment.results | assessment.extra).items() if result.is_met
    }


def tried(assessment, rules, given: Mapping[str, bool], chosen: Collection[str]) -> Outcome:
    """What the Pokja would be worth if the chosen criteria and points were met too.

    Codes that the rubric does not know are ignored.
    """
    known = criteria_of(rules)
    met = met_criteria(assessment)
    points = {code: bool(held) for code, held in given.items()}
    chosen = {CHECKS[code][0] if _is_criterion(code) else code for code in chosen}
    wanted = {code for code in known if code in chosen and code not in met}
    asked = {code for code in rules.points if code in chosen and not points.get(code)}
    along = {CHECKS[code][0] for code in asked} - met - wanted
    met |= wanted | along
    points |= {
        code: True
        for code in rules.points
        if code in asked or (_is_criterion(code) and CHECKS[code][0] in met)
    }
    found = worth(rules, met, points)
    counted = [code for code in (*known, *rules.points) if code in wanted | asked]
    return replace(
        found, counted=tuple(counted), along=tuple(code for code in known if code in along)
    )


def _is_criterion(code: str) -> bool:
    return code in CHECKS and comes_with_criterion(code)


def criteria_of(rules) -> list[str]:
    """The criteria of the rubric, then those that only have points in it."""
    return list(dict.fromkeys([*rules.weights, *(CHECKS[code][0] for code in rules.points)]))


def rungs(
    assessment,
    rules,
    given: Mapping[str, bool],
    by: Callable[[str], date | None] = lambda code: None,
) -> list[Rung]:
    """Every next step, the one that gains most first: what makes the Pokja effective, then by
    score, by index, by date. ``by(code)`` tells the day of a criterion or a point.

    Points of an unmet criterion are told with it (``most_index``), not one by one.
    """
    met = met_criteria(assessment)
    now = worth(rules, met, given)
    found = []
    for code in criteria_of(rules):
        if code in met:
            continue
        points = [each for each in rules.points if CHECKS[each][0] == code]
        most = tried(assessment, rules, given, [code, *points])
        found.append(_rung(code, code, now, tried(assessment, rules, given, [code]), most, by))
    for code in rules.points:
        if not given.get(code) and CHECKS[code][0] in met:
            then = tried(assessment, rules, given, [code])
            found.append(_rung(code, CHECKS[code][0], now, then, then, by))
    return sorted(found, key=_rank)


def _rung(code, criterion, now: Outcome, then: Outcome, most: Outcome, by) -> Rung:
    return Rung(
        code=code,
        criterion=criterion,
        is_criterion=code == criterion,
        gain_score=then.score - now.score,
        gain_index=then.index - now.index,
        most_index=most.index - now.index,
        new_class="" if then.klass == now.klass else then.klass,
        makes_effective=then.effective and not now.effective,
        by=by(code),
    )


def _rank(rung: Rung) -> tuple:
    return (not rung.makes_effective, -rung.gain_score, -rung.gain_index, rung.by or date.max)


# --- a region --------------------------------------------------------------------------------


class PokjaSteps(NamedTuple):
    """One Pokja and the required criteria it does not meet, in the order of the rubric."""

    assessment: object
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Steps:
    """The fewest steps that make a region effective: 0 where it is.

    ``to_form`` tells that a Pokja must be formed first, which is a step; its criteria follow.
    """

    count: int
    pokja: tuple[PokjaSteps, ...] = ()
    to_form: bool = False


def fewest_steps(rule: str, assessments: Iterable, required: Collection[str] = ()) -> Steps | None:
    """The shortest way for a region by the rule of its rubric: any, integrated or all.

    ``assessments``: the active Pokja of the region's own level. ``required``: the rubric's
    required criteria, counted for a Pokja that is still to be formed. None where a Pokja cannot
    be scored. Of Pokja equally near, the one with the higher score, then the lower code.
    """
    rows = [each for each in assessments if rule != INTEGRATED or INTEGRATED_KIND in each.kinds]
    if any(each.rules is None for each in rows):
        return None
    if not rows:
        return Steps(1 + len(required), to_form=True)
    if rule != ALL:  # then one that is effective is enough, and most regions have one
        rows = [each for each in rows if each.effective] or rows
    ways = [PokjaSteps(each, lacking(each)) for each in rows]
    ways.sort(key=lambda way: (len(way.lacking), -(way.assessment.score or 0), way.assessment.code))
    if rule != ALL:
        return Steps(len(ways[0].lacking), (ways[0],))
    open_ways = tuple(way for way in ways if way.lacking)
    return Steps(sum(len(way.lacking) for way in open_ways), open_ways)


def lacking(assessment) -> tuple[str, ...]:
    """The required criteria that an assessed Pokja does not meet, in the order of the rubric."""
    if assessment.effective:
        return ()
    results = assessment.by_rubric
    return tuple([code for code in assessment.rules.required if results[code].status != MET])
