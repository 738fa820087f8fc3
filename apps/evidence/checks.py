"""The automatic checks of many items at once, for lists of what waits."""

from django.db.models import prefetch_related_objects

from apps.budgets.queries import counting_budgets
from apps.decrees.queries import Numbered, names_of_users_of
from apps.documents.queries import other_uses_of
from apps.evidence.kinds import adapter_for
from apps.verification.enums import Kind
from apps.verification.models import Evidence

# What the checks of a kind read besides the content itself.
READ = {
    Kind.DECREE: (
        "decree__document__reading",
        "decree__document__signatures",
        "decree__coverage__pokja__region",
    ),
    Kind.WORK_PLAN: ("work_plan__activities__indicator",),
    Kind.INDICATOR_SET: ("indicator_set__targets__indicator",),
    Kind.BUDGET: ("budget__document__reading", "budget__document__signatures", "budget__lines"),
    Kind.NIL: ("nil",),
}


def checks_for(items: list[Evidence]) -> dict[int, list[tuple[bool, str]]]:
    """What ``Adapter.checks`` says of each item, by its id, in a constant number of queries."""
    of_kind = {kind: [item for item in items if item.kind == kind] for kind in READ}
    for kind, group in of_kind.items():
        prefetch_related_objects(group, *READ[kind])
    decrees, budgets = of_kind[Kind.DECREE], of_kind[Kind.BUDGET]
    users = names_of_users_of(map(_numbered, decrees))
    places = other_uses_of(
        [(item.decree.document, item) for item in decrees]
        + [(item.budget.document, item) for item in budgets]
    )
    last = counting_budgets({_year_before(item.budget) for item in budgets})
    known = {
        item.pk: {"users": users.get(_numbered(item), []), "places": places[item.pk]}
        for item in decrees
    }
    known |= {
        item.pk: {"last": lambda budget: last.get(_year_before(budget)), "places": places[item.pk]}
        for item in budgets
    }
    return {item.pk: adapter_for(item).checks(item, **known.get(item.pk, {})) for item in items}


def _numbered(item: Evidence) -> Numbered:
    decree = item.decree
    return Numbered(decree.number_key, decree.issued_on, item.region_id, item.family)


def _year_before(budget) -> tuple[int, int]:
    return budget.pokja_id, budget.year - 1
