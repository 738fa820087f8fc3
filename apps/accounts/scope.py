"""THE answer to "which rows may I see, and what may I do with them?" (spec section 3).

A person holds assignments (role, region). Verifiers and coordinators reach a whole province,
operators and observers exactly their own region, the national office and administrators all.
Observers see verified rows only. One widening: dashboards of the own province and of the nation
are open to operators and observers, with figures and statuses only. What a region shares of its
own accord (``may_read_shared``) is the region's own widening.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from apps.accounts.enums import Act, Role
from apps.core.database import fetch

PROVINCE_WIDE = {Role.VERIFIER, Role.COORDINATOR}

# act -> roles that may do it within their reach; those of BY_LEVEL are narrowed below.
PERMISSIONS = {
    Act.EDIT: {Role.OPERATOR, Role.VERIFIER, Role.COORDINATOR, Role.ADMIN},
    Act.VERIFY: {Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL},
    Act.CANCEL: {Role.COORDINATOR, Role.NATIONAL, Role.ADMIN},
    Act.MANAGE_POKJA: {Role.OPERATOR, Role.VERIFIER, Role.COORDINATOR, Role.ADMIN},
    Act.MANAGE_ACCOUNTS: {Role.COORDINATOR, Role.NATIONAL, Role.ADMIN},
    Act.MANAGE_PERIODS: {Role.COORDINATOR, Role.NATIONAL, Role.ADMIN},
    Act.ANSWER: {Role.COORDINATOR, Role.NATIONAL},
    Act.SET_TARGETS: {Role.COORDINATOR, Role.NATIONAL, Role.ADMIN},
}
# Judged by level: the province answers for its kab/kota, the national office for the province.
BY_LEVEL = {Act.VERIFY, Act.ANSWER}

VERIFIED = "verified"


class Helper(NamedTuple):
    """Whom the people of a province ask; ``phone`` and ``email`` may be empty."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class Post:
    """One assignment as the rules need it: role, region, and the region's province."""

    role: str
    region_id: int | None
    province_id: int | None
    region_name: str
    level: str
    region_code: str = ""
    helper: Helper | None = None


class Scope:
    """What one person reaches; made once per request from the assignments."""

    def __init__(self, posts: list[Post], *, is_admin: bool):
        self.posts = posts
        self.is_admin = is_admin

    @cached_property
    def sees_all(self) -> bool:
        return self.is_admin or any(post.role == Role.NATIONAL for post in self.posts)

    @cached_property
    def province_ids(self) -> set[int]:
        return {post.region_id for post in self.posts if post.role in PROVINCE_WIDE}

    @cached_property
    def operator_ids(self) -> set[int]:
        return {post.region_id for post in self.posts if post.role == Role.OPERATOR}

    @cached_property
    def observer_ids(self) -> set[int]:
        return {post.region_id for post in self.posts if post.role == Role.OBSERVER}

    def rows(self, model) -> Q:
        """The filter for rows of a scoped model (see ``apps.core.scoping``).

        ``closed_to`` of a model names roles bound to one region that never see its rows.
        """
        if self.sees_all:
            return Q()
        path = model.region_path
        closed_to = getattr(model, "closed_to", ())
        own, province = (
            (f"{path}__id__in", f"{path}__province__in") if path else ("id__in", "province__in")
        )
        officers = set() if Role.OPERATOR in closed_to else self.operator_ids
        observers = set() if Role.OBSERVER in closed_to else self.observer_ids
        observed = Q(**{own: observers})
        if status_path := getattr(model, "status_path", None):
            observed &= Q(**{status_path: VERIFIED})
        return Q(**{own: officers}) | Q(**{province: self.province_ids}) | observed

    def roles_in(self, region) -> set[str]:
        """Roles this person holds over a region (a ``regions.Region``)."""
        roles = {Role.ADMIN} if self.is_admin else set()
        for post in self.posts:
            if self._reaches(post, region):
                roles.add(post.role)
        return roles

    @staticmethod
    def _reaches(post: Post, region) -> bool:
        if post.role == Role.NATIONAL:
            return True
        if post.role in PROVINCE_WIDE:
            return region.province_id == post.region_id
        return region.pk == post.region_id

    def can(self, act: str, region) -> bool:
        """May this person do this in that region? BY_LEVEL also depends on the region's level:
        the province judges its kab/kota, the national office the province-level Pokja."""
        roles = self.roles_in(region) & PERMISSIONS[act]
        if act in BY_LEVEL:
            judged_here = {Role.NATIONAL} if region.is_province else PROVINCE_WIDE
            if act == Act.ANSWER:  # also for a province whose koordinator made the decision
                judged_here = judged_here | {Role.NATIONAL}
            roles &= judged_here
        return bool(roles)

    def role_for(self, act: str, region) -> str:
        """The role somebody acts in, for the record; empty when none allows the act."""
        order = (Role.OPERATOR, Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL, Role.ADMIN)
        allowed = self.roles_in(region) & PERMISSIONS[act]
        return next((role for role in order if role in allowed), "")

    @cached_property
    def roles(self) -> set[str]:
        """All roles this person holds, wherever."""
        return {post.role for post in self.posts} | ({Role.ADMIN} if self.is_admin else set())

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def is_only_observer_of(self, region) -> bool:
        return self.roles_in(region) == {Role.OBSERVER}

    def may_open_dashboard(self, region) -> bool:
        """Own regions, and as the one widening the province of the own kab/kota."""
        if self.sees_all or self.roles_in(region):
            return True
        return region.is_province and any(post.province_id == region.pk for post in self.posts)

    @property
    def may_read_shared(self) -> bool:
        """Whoever holds a post, of any role and region, reads what a region shares as an example:
        the verified item with its one file, as long as the region shares it. It opens nothing
        else: not the file's own address, no list, search or export."""
        return self.is_admin or bool(self.posts)

    @property
    def main_post(self) -> Post | None:
        return self.posts[0] if self.posts else None

    @property
    def helper(self) -> Helper | None:
        """Who helps this person: the contact of the first post whose province names one."""
        return next((post.helper for post in self.posts if post.helper), None)

    @property
    def label(self) -> str:
        """How a page names this person's post, e.g. "Operator Kabupaten Bone"."""
        if self.is_admin:
            return Role.ADMIN.label
        if not self.main_post:
            return "Belum ada penugasan"
        return f"{Role(self.main_post.role).label} {self.main_post.region_name}".strip()


# By hand, since every page of everybody asks it: the query builder costs more than the database.
_HELD = """
    SELECT a.role, a.region_id, r.province_id, r.name, r.level, r.code,
           p.help_name, p.help_phone, p.help_email
    FROM accounts_assignment a
    LEFT JOIN regions_region r ON r.id = a.region_id
    LEFT JOIN regions_region p ON p.id = r.province_id
    WHERE a.user_id = %s AND a.ended_on IS NULL AND (a.until IS NULL OR a.until >= %s)
    ORDER BY a.id
"""


def scope_for(user) -> Scope:
    """Read the assignments of a user (one query); a planned end bites on the day after it."""
    rows = fetch(_HELD, (user.pk, timezone.localdate().isoformat()))
    posts = [
        Post(role, region, province, name or "", level or "", code or "", _helper(*helper))
        for role, region, province, name, level, code, *helper in rows
    ]
    return Scope(posts, is_admin=user.is_superuser)


def _helper(name: str | None, phone: str | None, email: str | None) -> Helper | None:
    return Helper(name, phone or "", email or "") if name else None
