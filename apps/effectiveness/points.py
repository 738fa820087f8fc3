"""The maturity index of many Pokja: the facts behind the points, set-based, then the checks."""

from apps.budgets.models import BudgetLine
from apps.effectiveness.maturity import ActivityRow, Facts, LineRow, TargetRow, check, index
from apps.effectiveness.rubrics import Rules
from apps.indicators.formula import achievement
from apps.indicators.models import Target
from apps.pokja.models import Seat
from apps.work_plans.models import Activity


def facts_for(assessments, active, year, on) -> dict[int, Facts]:
    """Facts by Pokja id; 4 queries, whatever the number of Pokja."""
    ids = active.values("pk")
    facts = {item.pokja_id: Facts(results=item.results, on=on, year=year) for item in assessments}
    # Seats, whoever holds them: a sector sits at the table also while a post is vacant.
    seats = Seat.objects.held_on(on).filter(pokja__in=ids).order_by()
    for pokja_id, sector in seats.values_list("pokja_id", "sector").distinct():
        if pokja_id in facts:
            facts[pokja_id].sectors.add(sector)
    for fact, row in _of_met(facts, "rencana_kerja", _activities(ids, year)):
        fact.activities.append(ActivityRow(*row))
    for fact, row in _of_met(facts, "indikator", _targets(ids, year)):
        fact.targets.append(_target(row))
    for fact, row in _of_met(facts, "anggaran", _lines(ids, year)):
        fact.lines.append(LineRow(*row))
    return facts


def _of_met(facts, criterion, rows):
    """Rows of the item that meets the criterion, beside the facts they belong to."""
    for pokja_id, item_id, *row in rows:
        fact = facts.get(pokja_id)
        if fact and fact.results[criterion].item_id == item_id:
            yield fact, row


def _activities(ids, year):
    return Activity.objects.filter(plan__pokja__in=ids, plan__year=year).values_list(
        "plan__pokja_id",
        "plan_id",
        "output",
        "target",
        "months",
        "person_in_charge",
        "indicator_id",
        "physical_progress",
    )


def _targets(ids, year):
    return (
        Target.objects.filter(
            indicator_set__pokja__in=ids,
            indicator_set__year=year,
        )
        .order_by("id")
        .values_list(
            "indicator_set__pokja_id",
            "indicator_set_id",
            "indicator__direction",
            "indicator__band_low",
            "indicator__band_high",
            "baseline",
            "target",
            "source",
            "q1",
            "q2",
            "q3",
            "q4",
            "annual",
        )
    )


def _target(row) -> TargetRow:
    direction, low, high, baseline, target, source, *quarters, annual = row
    reported = [value for value in quarters if value is not None]
    value = annual if annual is not None else (reported[-1] if reported else None)
    reached = achievement(direction, target, value, low=low, high=high)
    return TargetRow(baseline, target, source, tuple(quarters), annual, reached)


def _lines(ids, year):
    return BudgetLine.objects.filter(budget__pokja__in=ids, budget__year=year).values_list(
        "budget__pokja_id", "budget_id", "fund_source", "basis", "page", "ceiling", "spent"
    )


def add_index(assessments, active, year, on, rules: Rules) -> None:
    """Fill ``index`` of every assessment (0–100)."""
    facts = facts_for(assessments, active, year, on)
    for item in assessments:
        item.index = index(rules.points, facts[item.pokja_id])


def points_of(pokja_facts: Facts, rules: Rules) -> dict[str, bool]:
    """Which points a Pokja has: check code -> given or not (the receipt)."""
    return {code: check(code, pokja_facts) for code in rules.points}
