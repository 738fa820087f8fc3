"""The lines of verified budgets, exact to the sen."""

from apps.budgets.models import BudgetLine
from apps.core.database import fetch, places
from apps.core.fields import rupiah_of
from apps.effectiveness.formula import MET

# By hand, since every dashboard asks it: the query builder costs more than the database.
_LINES = """
    SELECT budget_id, fund_source, SUM(ceiling) FROM budgets_budgetline
    WHERE budget_id IN ({}) GROUP BY budget_id, fund_source ORDER BY fund_source
"""


def verified_lines(items) -> dict[int, list]:
    """(fund source, ceiling) of the verified budget that meets the criterion, by Pokja id;
    one query."""
    budgets = {
        item.results["anggaran"].item_id: item.pokja_id
        for item in items
        if item.results["anggaran"].status == MET
    }
    found: dict[int, list] = {}
    if not budgets:
        return found
    for budget_id, source, sen in fetch(_LINES.format(places(budgets)), [*budgets], of=BudgetLine):
        if sen:
            found.setdefault(budgets[budget_id], []).append((source, rupiah_of(sen)))
    return found
