"""Which pieces of evidence belong to a Pokja's year."""

from django.db.models import Q, QuerySet

from apps.budgets.models import Budget
from apps.decrees.models import DecreeCoverage
from apps.indicators.models import IndicatorSet
from apps.pokja.models import NilDeclaration
from apps.verification.models import Evidence
from apps.work_plans.models import WorkPlan

YEARLY = (WorkPlan, IndicatorSet, Budget, NilDeclaration)


def about(pokja, year: int, prefix: str = "") -> Q:
    """Evidence of one Pokja and year, SK of any year included; ``prefix`` as in ``evidence__``.

    Found by the Pokja in each table by itself: one condition over all of them joined would have
    the database read everybody's evidence.
    """
    decrees = DecreeCoverage.objects.filter(pokja=pokja).order_by().values("decree__evidence")
    yearly = [
        kind.objects.filter(pokja=pokja, year=year).order_by().values("evidence") for kind in YEARLY
    ]
    return Q(**{f"{prefix}pk__in": decrees.union(*yearly, all=True)})


def evidence_of(pokja, year: int) -> QuerySet:
    """Every version, to be limited to the reader by ``for_user``."""
    return Evidence.objects.filter(about(pokja, year)).select_related("region__province")
