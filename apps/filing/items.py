"""Which pieces of evidence belong to a Pokja's year."""

from django.db.models import Q, QuerySet

from apps.verification.models import Evidence


def about(pokja, year: int, prefix: str = "") -> Q:
    """Evidence of one Pokja and year, SK of any year included; ``prefix`` as in ``evidence__``."""
    yearly = Q(**{f"{prefix}year": year})
    found = Q(**{f"{prefix}decree__coverage__pokja": pokja})
    for kind in ("work_plan", "indicator_set", "budget", "nil"):
        found |= yearly & Q(**{f"{prefix}{kind}__pokja": pokja})
    return found


def evidence_of(pokja, year: int) -> QuerySet:
    """Every version, to be limited to the reader by ``for_user``."""
    ids = Evidence.objects.filter(about(pokja, year)).values("pk")
    return Evidence.objects.filter(pk__in=ids).select_related("region__province")
