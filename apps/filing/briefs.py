"""Facts as the officer pages show them: fewer and joined, where the page says the rest itself.

The year stands in the heading of every page. The verifier reads the full facts of the kinds.
"""

from django.db.models import Prefetch, prefetch_related_objects

from apps.budgets.models import Budget
from apps.decrees import facts as decree_facts
from apps.decrees.models import Decree, DecreeCoverage
from apps.evidence.kinds import Fact, Table, adapter_for
from apps.indicators import facts as indicator_facts
from apps.indicators.models import IndicatorSet
from apps.verification.enums import Kind
from apps.verification.models import Evidence
from apps.work_plans.models import WorkPlan

YEAR = "Tahun"
PERIOD = ("valid_from", "valid_until")


def brief_facts(evidence: Evidence, facts: list[Fact]) -> list[Fact]:
    """The lines of a card on the page of a Pokja's year (design 5.4), out of all its facts."""
    if evidence.kind == Kind.DECREE:
        return decree_facts.brief(evidence.decree)
    return _without_year(facts)


def brief_table(evidence: Evidence, table: Table | None) -> Table | None:
    """The table of a card, out of the whole one: indicators only."""
    if evidence.kind != Kind.INDICATOR_SET or table is None:
        return None
    return indicator_facts.brief_table(table)


def review_facts(evidence: Evidence) -> list[Fact]:
    """What is checked before sending: all that was typed, begin and end as one period."""
    facts = _without_year(adapter_for(evidence).facts(evidence))
    if evidence.kind != Kind.DECREE:
        return facts
    period = decree_facts.period(evidence.decree)
    joined = [period if fact.field == period.field else fact for fact in facts]
    return [fact for fact in joined if fact.field not in PERIOD or fact is period]


def _without_year(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.label != YEAR]


def read_rows_once(content) -> None:
    """Facts, table and gaps are told from the same rows."""
    if isinstance(content, WorkPlan):
        prefetch_related_objects([content], "activities__indicator")
    elif isinstance(content, IndicatorSet):
        prefetch_related_objects([content], "targets__indicator")
    elif isinstance(content, Budget):
        prefetch_related_objects([content], "lines")
    elif isinstance(content, Decree):
        named = DecreeCoverage.objects.select_related("pokja__region")
        prefetch_related_objects([content], Prefetch("coverage", named))
