from collections.abc import Collection
from decimal import Decimal

from apps.budgets.enums import STAGE_ORDER
from apps.budgets.models import Budget, BudgetLine
from apps.verification.models import Evidence

ZERO = Decimal(0)


def lines_of(budget: Budget) -> list[BudgetLine]:
    return list(budget.lines.all())


def total_of(lines) -> Decimal:
    """Sum of pagu_pokja in rupiah, exact."""
    return sum((line.ceiling for line in lines if line.ceiling is not None), ZERO)


def counting_budget(pokja, year: int) -> Budget | None:
    """The verified stage that counts: perubahan before pergeseran before murni (spec 5.4).

    ``pokja``: a Pokja or its id.
    """
    pokja_id = getattr(pokja, "pk", pokja)
    return counting_budgets({(pokja_id, year)}).get((pokja_id, year))


def counting_budgets(asked: Collection[tuple[int, int]]) -> dict[tuple[int, int], Budget]:
    """The same for many (Pokja id, year), with their lines: 2 queries in all."""
    if not asked:
        return {}
    counting = Evidence.objects.counting().filter(
        budget__pokja__in={pokja for pokja, _ in asked}, budget__year__in={y for _, y in asked}
    )
    budgets = Budget.objects.filter(evidence__in=counting.values("pk")).prefetch_related("lines")
    found = {}
    for budget in sorted(budgets, key=lambda row: STAGE_ORDER[row.stage]):
        found[budget.pokja_id, budget.year] = budget
    return found
