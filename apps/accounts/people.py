"""The people of one's regions as the pages of accounts show them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from apps.accounts.enums import InvitationState, Role
from apps.accounts.models import Assignment, Invitation, User
from apps.accounts.queries import visible_users

ACTIVE, INVITED, OFF, NEVER, NO_MAIL = "aktif", "diundang", "nonaktif", "belum-masuk", "tanpa-email"
STATES = {
    ACTIVE: "Aktif",
    NEVER: "Belum pernah masuk",
    INVITED: "Diundang, belum aktif",
    OFF: "Tidak aktif",
    NO_MAIL: "Tanpa e-mail",
}


@dataclass(frozen=True)
class PersonRow:
    """One person: posts now and past within sight, and the way in that is still open, if any."""

    user: User
    now: list[Assignment]
    past: list[Assignment]
    invitation: Invitation | None

    @property
    def state(self) -> str:
        if self.user.is_active:
            return ACTIVE if self.user.last_login else NEVER
        return INVITED if self.invitation else OFF

    @property
    def state_words(self) -> str:
        return STATES[self.state]

    @property
    def is_late(self) -> bool:
        """The way in ran out before it was used."""
        late = InvitationState.EXPIRED
        return bool(self.invitation) and self.invitation.state(timezone.now()) == late


def people_of(actor, *, text="", state="", role=""):
    """Accounts within the actor's sight, narrowed; a queryset in the order of names."""
    users = visible_users(actor)
    posts = Assignment.objects.for_user(actor).filter(user=OuterRef("pk"))
    if text:
        words = text[:100]
        users = users.filter(
            Q(full_name__icontains=words)
            | Q(username__icontains=words)
            | Q(office__icontains=words)
            | Q(email__icontains=words)
            | Exists(posts.filter(region__name__icontains=words))
        )
    if role in Role.values:
        users = users.filter(Exists(posts.filter(role=role, ended_on=None)))
    return users.filter(_in_state(state)).order_by("full_name", "username")


def _in_state(state: str) -> Q:
    open_ones = Invitation.objects.filter(user=OuterRef("pk"), used_at=None, withdrawn_at=None)
    return {
        ACTIVE: Q(is_active=True, last_login__isnull=False),
        NEVER: Q(is_active=True, last_login=None),
        INVITED: Q(is_active=False) & Exists(open_ones),
        OFF: Q(is_active=False) & ~Exists(open_ones),
        NO_MAIL: Q(email=""),
    }.get(state, Q())


def rows_of(users, actor) -> list[PersonRow]:
    """The rows of a page of users: 3 queries, however many."""
    posts = Assignment.objects.for_user(actor).select_related("region").order_by("id")
    ways_in = Invitation.objects.filter(used_at=None, withdrawn_at=None)
    held = users.prefetch_related(
        Prefetch("assignments", posts, to_attr="seen_posts"),
        Prefetch("invitations", ways_in.select_related("created_by"), to_attr="open_invitations"),
    )
    return [_row(user) for user in held]


def _row(user) -> PersonRow:
    return PersonRow(
        user,
        [post for post in user.seen_posts if post.ended_on is None],
        [post for post in user.seen_posts if post.ended_on],
        next(iter(user.open_invitations), None),
    )
