"""The lines of verified budgets, exact to the sen."""

from apps.budgets.models import BudgetLine
from apps.core.database import fetch, places
from apps.core.fields import rupiah_of
from apps.effectiveness.formula import MET

# By hand, since every dashboard asks it: the query builder costs more than the database.
_LINES = """
    SELECT budget_id, fund_source, SUM(ceiling) AS sen FROM budgets_budgetline
    WHERE budget_id IN ({}) GROUP BY budget_id, fund_source
"""
_SUMS = "SELECT fund_source, SUM(sen), COUNT(*) FROM ({}) b WHERE sen <> 0 GROUP BY fund_source"


def verified_lines(items) -> dict[int, list]:
    """(fund source, ceiling) of the verified budget that meets the criterion, by Pokja id;
    one query."""
    budgets = _counting(items)
    found: dict[int, list] = {}
    if not budgets:
        return found
    lines = f"{_LINES.format(places(budgets))} ORDER BY fund_source"
    for budget_id, source, sen in fetch(lines, [*budgets], of=BudgetLine):
        if sen:
            found.setdefault(budgets[budget_id], []).append((source, rupiah_of(sen)))
    return found


def verified_sums(items) -> list[tuple]:
    """(fund source, ceiling, how many Pokja) over the same budgets; one query."""
    budgets = _counting(items)
    if not budgets:
        return []
    rows = fetch(_SUMS.format(_LINES.format(places(budgets))), [*budgets], of=BudgetLine)
    return [(source, rupiah_of(sen), pokja) for source, sen, pokja in rows]


def _counting(items) -> dict[int, int]:
    """Pokja by the budget that meets its criterion."""
    found = ((item.pokja_id, item.results["anggaran"]) for item in items)
    return {result.item_id: pokja for pokja, result in found if result.status == MET}
