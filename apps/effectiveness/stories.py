"""The raw rows of many Pokja over all years, in a constant number of queries.

Light on purpose: plain values, and of what lies below a plan, an indicator set or a budget only
whether there is something that counts (which is all the formula asks), found by index.
"""

from collections.abc import Mapping

from django.db.models import CharField, Exists, IntegerField, OuterRef
from django.db.models.functions import Cast

from apps.budgets.models import Budget, BudgetLine
from apps.effectiveness.formula import BudgetRow, ItemRow, Rows
from apps.effectiveness.queries import decree_rows
from apps.effectiveness.rubrics import Rules
from apps.effectiveness.spans import Story
from apps.indicators.models import IndicatorSet, Target
from apps.pokja.models import NilDeclaration, PokjaType
from apps.work_plans.models import Activity, WorkPlan

# A family is only ever compared: as text it costs a third of a UUID.
FAMILY = Cast("evidence__family", CharField())
HEAD = ("pokja_id", "year", "evidence_id", FAMILY, "evidence__version", "evidence__status")


def stories_of(pokja, rules: Mapping[int, Rules | None]) -> list[Story]:
    """A Story for every Pokja of the queryset; ``rules`` names the years. Queries: 7."""
    found = {
        pk: Story(pk, *values)
        for pk, *values in pokja.order_by("pk").values_list(
            "pk", "region_id", "region__province_id", "formed_on", "dissolved_on"
        )
    }
    ids = pokja.order_by().values("pk")
    _add_kinds(found, ids)
    for pokja_id, decrees in decree_rows(pokja.order_by()).items():
        found[pokja_id].decrees = decrees
    _add_items(found, ids)
    _add_budgets(found, ids, rules)
    nils = NilDeclaration.objects.filter(pokja__in=ids).order_by("id")
    for pokja_id, year, criterion, status in nils.values_list(
        "pokja_id", "year", "criterion", "evidence__status"
    ):
        _rows(found, pokja_id, year).nils.setdefault(criterion, []).append(status)
    return list(found.values())


def _rows(found: dict[int, Story], pokja_id: int, year: int) -> Rows:
    years = found[pokja_id].years
    if year not in years:
        years[year] = Rows()
    return years[year]


def _add_kinds(found, ids) -> None:
    rows = PokjaType.objects.filter(pokja__in=ids).order_by("id")
    for pokja_id, kind in rows.values_list("pokja_id", "kind"):
        story = found[pokja_id]
        story.kinds = f"{story.kinds},{kind}" if story.kinds else kind


def _add_items(found, ids) -> None:
    activities = Activity.objects.filter(plan=OuterRef("pk"))
    targets = Target.objects.filter(indicator_set=OuterRef("pk"), target__isnull=False)
    for model, inside, name in (
        (WorkPlan, activities, "plans"),
        (IndicatorSet, targets, "indicators"),
    ):
        rows = model.objects.filter(pokja__in=ids).order_by("id").annotate(amount=_any(inside))
        for pokja_id, year, *values in rows.values_list(*HEAD, "amount", "id"):
            getattr(_rows(found, pokja_id, year), name).append(ItemRow(*values))


def _add_budgets(found, ids, rules) -> None:
    """Ceilings are never negative, so a sum above zero is one line above zero."""
    accepted = {
        year: tuple(sorted(each.accepted_sources)) if each else None for year, each in rules.items()
    }
    lines = BudgetLine.objects.filter(budget=OuterRef("pk"), ceiling__gt=0)
    names = {sources: f"amount_{at}" for at, sources in enumerate(set(accepted.values()))}
    amounts = {
        name: _any(lines if sources is None else lines.filter(fund_source__in=sources))
        for sources, name in names.items()
    }
    place = {year: list(amounts).index(names[sources]) for year, sources in accepted.items()}
    rows = (
        Budget.objects.filter(pokja__in=ids, year__in=list(rules))
        .order_by("id")
        .annotate(**amounts)
        .values_list(*HEAD, "id", "stage", *amounts)
    )
    for pokja_id, year, *head, pk, stage, in_order in _split(rows, len(amounts)):
        row = BudgetRow(*head, in_order[place[year]], pk, stage)
        _rows(found, pokja_id, year).budgets.append(row)


def _any(rows) -> Exists:
    """1 or True where there is one, as the database says it: a tenth of the time goes where each
    value of hundreds of thousands is made a Python truth."""
    return Exists(rows, output_field=IntegerField())


def _split(rows, amounts: int):
    for row in rows:
        yield *row[:-amounts], row[-amounts:]
