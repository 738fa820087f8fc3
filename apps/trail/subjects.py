"""Which entries tell of one Pokja: its own, and those of its evidence and its members."""

from django.db.models import Q

from apps.audit.models import Entry
from apps.pokja.models import NilDeclaration, Pokja, Seat
from apps.verification.models import Evidence


def entries_about(pokja: Pokja, user):
    """What the user may see of it, newest first; 3 queries and the reading."""
    about = _of(Pokja, [pokja.pk]) | _of(Evidence, _evidence(pokja)) | _of(Seat, _seats(pokja))
    return Entry.objects.for_user(user).filter(about).order_by("-id")


def _of(model, keys) -> Q:
    return Q(object_type=model._meta.label_lower, object_id__in=[str(key) for key in keys])


def _evidence(pokja: Pokja) -> list[int]:
    by_kind = (
        Q(decree__coverage__pokja=pokja),
        Q(work_plan__pokja=pokja),
        Q(indicator_set__pokja=pokja),
        Q(budget__pokja=pokja),
    )
    first, *rest = (Evidence.objects.filter(each).order_by().values("pk") for each in by_kind)
    nils = NilDeclaration.objects.filter(pokja=pokja).order_by().values("evidence_id")
    return [row["pk"] for row in first.union(*rest, nils)]


def _seats(pokja: Pokja) -> list[int]:
    return list(Seat.objects.filter(pokja=pokja).values_list("pk", flat=True))
