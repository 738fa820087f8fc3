"""Who sees and writes rubrics (spec section 3): everybody reads what was published; drafts are
seen by administrators and the national office, and written by administrators."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.accounts.enums import Role
from apps.effectiveness.enums import RubricStatus
from apps.effectiveness.models import Rubric

REFUSED = "Rubrik disusun dan diterbitkan oleh administrator."


def may_write(user) -> bool:
    return user.scope.has_role(Role.ADMIN)


def may_see_drafts(user) -> bool:
    return user.scope.has_role(Role.ADMIN, Role.NATIONAL)


def visible_to(user) -> QuerySet[Rubric]:
    """The rubrics this person may read."""
    rows = Rubric.objects.select_related("based_on", "published_by")
    return rows if may_see_drafts(user) else rows.exclude(status=RubricStatus.DRAFT)


def fetch_rubric(user, code: str) -> Rubric:
    """One rubric with criteria and points, or 404."""
    return get_object_or_404(visible_to(user).prefetch_related("criteria", "points"), code=code)


def require_writer(user) -> None:
    """403 for whoever may read a rubric but not write one."""
    if not may_write(user):
        raise PermissionDenied(REFUSED)


def crumbs(rubric: Rubric | None = None, last: str = "") -> list[tuple[str, str]]:
    found = [("Rubrik", reverse("scoring:list"))]
    if rubric is not None:
        found.append((rubric.name or rubric.code, reverse("scoring:rubric", args=[rubric.code])))
    return [*found, (last, "")] if last else [*found[:-1], (found[-1][0], "")]
