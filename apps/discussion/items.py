"""A piece of evidence as the talk about it needs it: its fields, and where it is worked on."""

from django.urls import reverse

from apps.accounts.enums import Role
from apps.discussion.people import WRITERS
from apps.evidence.kinds import adapter_for
from apps.evidence.queries import pokja_of, year_of
from apps.verification.models import Evidence

CHECKERS = {*WRITERS, Role.ADMIN} - {Role.OPERATOR}


def field_labels(evidence: Evidence) -> list[str]:
    """What one may talk about, in the order of the item."""
    return list(dict.fromkeys(fact.label for fact in adapter_for(evidence).facts(evidence)))


def item_address(evidence: Evidence, pokja, user) -> str:
    """Where this person works on the item: the checking screen, or the Pokja's year."""
    if user.scope.roles_in(evidence.region) & CHECKERS:
        return reverse("checking:item", args=[evidence.pk])
    page = reverse("filing:pokja_year", args=[pokja.pk, year_of(evidence)])
    return f"{page}#{adapter_for(evidence).step}"


def first_pokja(evidence: Evidence):
    """The Pokja an item is about; of an SK about several the first."""
    found = pokja_of(evidence)
    return found[0] if found else None
