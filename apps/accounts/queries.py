"""Reads about people: who signs in, who sees whom, who verifies for whom."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Assignment, User

LONGEST_NAME = 254  # of an e-mail address; SQLite refuses to look for 50,000 letters


def account_named(entered: str) -> User | None:
    """The account for what somebody typed to sign in: user name in any case, or e-mail.

    An e-mail names an account only where no other active one shares it (offices do share).
    """
    entered = entered.strip()
    if not entered or len(entered) > LONGEST_NAME:
        return None
    if found := User.objects.filter(username__iexact=entered).first():
        return found
    owners = User.objects.filter(email__iexact=entered, is_active=True)[:2]
    return owners[0] if len(owners) == 1 else None


def visible_users(actor):
    """Accounts the actor may see in the administration.

    Those with a post in the actor's regions, and those who had one there and hold none now.
    """
    if actor.is_superuser:
        return User.objects.all()
    posts = Assignment.objects.for_user(actor).filter(user=OuterRef("pk"))
    current = Assignment.objects.filter(user=OuterRef("pk"), ended_on=None)
    return User.objects.filter(
        Exists(posts.filter(ended_on=None)) | (Exists(posts) & ~Exists(current)), is_superuser=False
    )


def current_assignments(user):
    """The posts a person holds now."""
    return user.assignments.filter(ended_on=None).select_related("region").order_by("id")


def judges_of(region, limit: int = 3) -> list[User]:
    """Whom an officer may ask: those who verify this region's evidence (spec section 3).

    On purpose not limited to the caller's scope: officers see the names of their verifiers.
    """
    held = Q(assignments__ended_on=None)
    if region.is_province:
        held &= Q(assignments__role=Role.NATIONAL)
    else:
        held &= Q(assignments__role=Role.VERIFIER, assignments__region=region.province_id)
    return list(User.objects.filter(held, is_active=True).distinct().order_by("full_name")[:limit])


def holders_of(role: str, region) -> list[User]:
    """The active people who hold a role over exactly this region (None: the national office).

    For notices and letters; not limited to anybody's scope, so never show the list itself.
    """
    held = Q(assignments__role=role, assignments__region=region, assignments__ended_on=None)
    held &= Q(assignments__until=None) | Q(assignments__until__gte=timezone.localdate())
    return list(User.objects.filter(held, is_active=True).distinct().order_by("pk"))


def operators_of(region) -> list[User]:
    """Those who fill in for this very region."""
    return holders_of(Role.OPERATOR, region)


def verifiers_of(region) -> list[User]:
    """Those who judge what this region sends: of its province, or the national office."""
    if region.is_province:
        return holders_of(Role.NATIONAL, None)
    return holders_of(Role.VERIFIER, region.province)


def coordinators_of(region) -> list[User]:
    """The coordinators of the region's province."""
    return holders_of(Role.COORDINATOR, region.province)


def has_logged_in(region_ids) -> set[int]:
    """Those of the regions (primary keys) whose present operators ever signed in (one query).

    Former operators do not count: their successor may not have found the way in yet.
    """
    posts = Assignment.objects.filter(
        role=Role.OPERATOR,
        region__in=region_ids,
        ended_on=None,
        user__is_active=True,
        user__last_login__isnull=False,
    )
    return set(posts.values_list("region_id", flat=True))


def operators_by_region(region_ids) -> dict[int, list[User]]:
    """The active operators of each of the regions (primary keys), by name; one query.

    Not limited to anybody's scope: the caller passes regions whose people it may show.
    """
    posts = Assignment.objects.filter(
        role=Role.OPERATOR, region__in=region_ids, ended_on=None, user__is_active=True
    )
    found: dict[int, list[User]] = {}
    for post in posts.select_related("user").order_by("user__full_name", "user_id"):
        found.setdefault(post.region_id, []).append(post.user)
    return found
