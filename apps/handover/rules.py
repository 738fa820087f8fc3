"""Who may hand over which post, and who may read its pack."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Assignment, Invitation
from apps.accounts.queries import visible_users
from apps.accounts.services import GIVES, assignment_refusal

OWN_ONLY = "Penugasan ini diserahkan oleh pemegangnya sendiri atau oleh koordinatornya."


def is_own(post: Assignment, actor) -> bool:
    """An officer's own post (spec section 3: only operators hand over their own)."""
    return post.role == Role.OPERATOR and post.user_id == actor.pk and holds(post)


def holds(post: Assignment) -> bool:
    """Is the post held today? A planned end bites by itself."""
    return post.ended_on is None and (post.until is None or post.until >= timezone.localdate())


def refusal(post: Assignment, actor) -> str:
    """Why the actor may not hand this post over; "" when they may."""
    if is_own(post, actor):
        return ""
    if assignment_refusal(post.role, post.region, actor=actor, user=post.user):
        return OWN_ONLY
    return ""


def may_read_pack(post: Assignment, actor) -> bool:
    """Whoever may hand the post over, and the successor; the old holder while they hold it."""
    if not refusal(post, actor):
        return True
    handover = getattr(post, "handover", None)
    if handover is None:
        return False
    return handover.successor.user_id == actor.pk and holds(handover.successor)


def posts_to_give(actor):
    """The posts held now that the actor may hand over; a queryset, by region and person."""
    rows = Assignment.objects.for_user(actor).filter(ended_on=None)
    own = Q(user=actor, role=Role.OPERATOR)
    scope = actor.scope
    if actor.is_superuser:
        mine = Q()
    elif scope.has_role(Role.NATIONAL):
        mine = own | Q(role__in=GIVES[Role.NATIONAL]) & ~Q(user=actor)
    else:
        below = Q(role__in=GIVES[Role.COORDINATOR]) & ~Q(user=actor)
        managed = [post.region_id for post in scope.posts if post.role == Role.COORDINATOR]
        mine = own | below & Q(region__province__in=managed)
    rows = rows.filter(mine, user__is_active=True).select_related("user", "region__province")
    return rows.order_by("region__code", "role", "user__full_name")


def candidates(post: Assignment, actor):
    """Who may take the post: people in the actor's sight with an account that is open, or that
    an invitation will open; not its holder, and not the actor (nobody gives to themselves)."""
    invited = Invitation.objects.filter(user=OuterRef("pk"), used_at=None, withdrawn_at=None)
    users = visible_users(actor).filter(Q(is_active=True) | Exists(invited))
    return users.exclude(pk__in=(post.user_id, actor.pk)).order_by("full_name", "username")
