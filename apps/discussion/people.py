"""Who takes part in the talk about a region's evidence (spec section 3)."""

from dataclasses import dataclass

from django.db.models import Q

from apps.accounts.enums import Act, Role
from apps.accounts.models import Assignment, User
from apps.accounts.scope import PROVINCE_WIDE

# In the order a person's post is named: the closest first. Administrators read only.
WRITERS = (Role.OPERATOR, Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL)


@dataclass(frozen=True)
class Talker:
    """Somebody who works on a region's evidence, and in which role."""

    user: User
    role: str

    @property
    def label(self) -> str:
        """Andi Rahmawati, Operator (@operator.bone)."""
        return f"{self.user}, {Role(self.role).label} (@{self.user.username})"


def takes_part(user, region) -> bool:
    """May this person read the talk about a region they see? Everybody but observers."""
    return bool(user.scope.roles_in(region) - {Role.OBSERVER})


def role_of(user, region) -> str:
    """The role in which a person writes about a region; "" when they only read."""
    held = user.scope.roles_in(region)
    return next((role for role in WRITERS if role in held), "")


def may_judge(user, region) -> bool:
    """Does this person judge what the region does (not yet: is it somebody else's)?"""
    return user.scope.can(Act.VERIFY, region)


def talkers_of(region) -> list[Talker]:
    """Whom one may mention or ask: the region's operators, its province's verifiers and
    coordinators, for a province also the national office; by name. One query.

    On purpose not limited to the caller's scope: officers see the names of their verifiers.
    """
    posts = Q(role=Role.OPERATOR, region=region)
    posts |= Q(role__in=PROVINCE_WIDE, region=region.province_id)
    if region.is_province:
        posts |= Q(role=Role.NATIONAL)
    return _people(posts)


def readers_of(region) -> dict[int, User]:
    """Everybody who may be told of the talk: the above and the national office. One query."""
    posts = Q(role=Role.OPERATOR, region=region) | Q(role=Role.NATIONAL)
    posts |= Q(role__in=PROVINCE_WIDE, region=region.province_id)
    return {person.user.pk: person.user for person in _people(posts)}


def _people(posts: Q) -> list[Talker]:
    rows = Assignment.objects.filter(posts, ended_on=None, user__is_active=True)
    found: dict[int, Talker] = {}
    for row in rows.select_related("user").order_by("user__full_name", "user_id"):
        held = found.get(row.user_id)
        if held is None or WRITERS.index(row.role) < WRITERS.index(held.role):
            found[row.user_id] = Talker(row.user, row.role)
    return list(found.values())
