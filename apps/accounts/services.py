"""Changes to accounts and posts, each with its check and its trace (spec section 3)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists
from django.utils import timezone

from apps.accounts import sign_ins, throttle
from apps.accounts.enums import Act, Ending, Role
from apps.accounts.models import Assignment, User
from apps.accounts.scope import PROVINCE_WIDE
from apps.audit.services import record

# Whom one may give: only roles below one's own.
GIVES = {
    Role.COORDINATOR: {Role.OPERATOR, Role.VERIFIER, Role.OBSERVER},
    Role.NATIONAL: {Role.OPERATOR, Role.VERIFIER, Role.OBSERVER, Role.COORDINATOR},
    Role.ADMIN: {role for role in Role if role != Role.ADMIN},
}
AUDITED = (
    "username",
    "full_name",
    "email",
    "office",
    "is_active",
    "is_staff",
    "is_superuser",
    "must_change_password",
)


def grantable_roles(actor) -> list[Role]:
    """The roles this person may give somewhere, in the order of the list of roles."""
    held = [role for role in GIVES if actor.scope.has_role(role)]
    return [role for role in Role if any(role in GIVES[own] for own in held)]


def assignment_refusal(role: str, region, *, actor, user=None) -> str:
    """Why the actor may not give (or end) this post; empty when they may.

    Only roles below one's own, only in own regions, never to oneself.
    """
    if role in PROVINCE_WIDE and not (region and region.is_province):
        return f"{Role(role).label} bertugas untuk sebuah provinsi. Pilih provinsinya."
    if (role == Role.NATIONAL) == bool(region):
        return "Pilih wilayah; hanya peran Pusat yang tanpa wilayah."
    if actor.is_superuser:
        return ""
    if user is not None and user.pk == actor.pk:
        return "Anda tidak dapat mengubah penugasan sendiri."
    held = actor.scope.roles_in(region) if region else set()
    if region is None or not actor.scope.can(Act.MANAGE_ACCOUNTS, region):
        return "Wilayah ini di luar kewenangan Anda."
    if not any(role in GIVES.get(own, ()) for own in held):
        return f"Peran {Role(role).label} tidak dapat diberikan oleh peran Anda."
    return ""


def may_manage(user: User, *, actor) -> bool:
    """May the actor change this account? Not their own, and no right above what they could give:
    whoever sets somebody's password or e-mail could act as that person."""
    if actor.is_superuser:
        return True
    if user.pk == actor.pk or user.is_superuser or user.is_staff:
        return False
    posts = user.assignments.select_related("region")
    current = [post for post in posts if post.ended_on is None] or list(posts)
    return bool(current) and not any(
        assignment_refusal(post.role, post.region, actor=actor, user=user) for post in current
    )


@transaction.atomic
def give_assignment(user: User, role: str, region, *, actor, started_on=None) -> Assignment:
    """Give a post; ``actor`` None is the command line. Raises PermissionDenied when refused,
    IntegrityError when the person holds this very post already."""
    if actor is not None and (reason := assignment_refusal(role, region, actor=actor, user=user)):
        raise PermissionDenied(reason)
    return add_post(user, role, region, actor=actor, started_on=started_on)


def add_post(user, role, region, *, actor, started_on=None, acting=False, until=None) -> Assignment:
    """Write a post and its trace; whoever calls has asked whether the actor may give it."""
    assignment = Assignment.objects.create(
        user=user,
        role=role,
        region=region,
        started_on=started_on or timezone.localdate(),
        acting=acting,
        until=until,
    )
    record(
        "Penugasan diberikan",
        assignment,
        actor=actor,
        role=acting_role(actor, region),
        region=region,
        after=_post_facts(assignment),
    )
    return assignment


@transaction.atomic
def end_assignment(assignment: Assignment, *, actor) -> None:
    """End a post today; it stays on record. One that has ended already stays as it is."""
    if actor is not None and (
        reason := assignment_refusal(
            assignment.role, assignment.region, actor=actor, user=assignment.user
        )
    ):
        raise PermissionDenied(reason)
    end_post(assignment, actor=actor)


def end_post(assignment: Assignment, *, actor, on=None) -> bool:
    """Write the end of a post (today, or ``on``) and its trace; False when it had ended already.

    An invitation that came with the post dies with it: nobody activates an account for a post
    that is gone.
    """
    before = _post_facts(assignment)
    ended = Assignment.objects.filter(pk=assignment.pk, ended_on=None).update(
        ended_on=on or timezone.localdate()
    )
    assignment.refresh_from_db()
    if ended:
        close_invitations(assignment.invitations)
        record(
            "Penugasan diakhiri",
            assignment,
            actor=actor,
            region=assignment.region,
            role=acting_role(actor, assignment.region),
            before=before,
            after=_post_facts(assignment),
        )
    return bool(ended)


def plan_end(assignment: Assignment, until, *, actor) -> None:
    """Let a post end by itself after a day that is still to come."""
    before = _post_facts(assignment)
    Assignment.objects.filter(pk=assignment.pk, ended_on=None).update(until=until)
    assignment.refresh_from_db()
    record(
        "Akhir penugasan direncanakan",
        assignment,
        actor=actor,
        region=assignment.region,
        role=acting_role(actor, assignment.region),
        before=before,
        after=_post_facts(assignment),
    )


def end_due_posts(today) -> int:
    """Write the end of posts whose last day has passed; how many. Their rights went by themselves
    (``scope_for``), so nothing hangs on the hour this runs."""
    due = Assignment.objects.filter(ended_on=None, until__lt=today).select_related("user", "region")
    ended = 0
    for assignment in due:
        with transaction.atomic():
            ended += end_post(assignment, actor=None, on=assignment.until)
    return ended


def close_invitations(invitations) -> int:
    """Withdraw those of a queryset that are open; how many."""
    return invitations.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())


@transaction.atomic
def deactivate(user: User, *, actor) -> bool:
    """Switch off an account without posts; it stays in every record. False when it holds a post
    (somebody may have given one meanwhile) or is off already. Raises PermissionDenied."""
    if not may_manage(user, actor=actor):
        raise PermissionDenied("Akun ini di luar kewenangan Anda.")
    held = Assignment.objects.filter(user=user, ended_on=None)
    done = User.objects.filter(~Exists(held), pk=user.pk, is_active=True).update(is_active=False)
    if done:
        close_invitations(user.invitations)
        before = account_facts(user)
        user.is_active = False
        sign_ins.end_all(user, Ending.SWITCHED_OFF)
        record_account(user, actor=actor, before=before)
    return bool(done)


def region_of(user: User):
    """The region of an account for the trail: of its first post; None without."""
    first = user.assignments.select_related("region").order_by("id").first()
    return first.region if first else None


def account_facts(user: User) -> dict:
    """What the trail keeps of an account; never anything of its password."""
    return {name: getattr(user, name) for name in AUDITED}


def record_account(user: User, *, actor, before: dict | None, password_set=False) -> None:
    """Leave a trace of an account that was created (``before`` None) or changed."""
    after = account_facts(user)
    if password_set:
        after["kata_sandi"] = "diganti"
    region = region_of(user)
    record(
        "Akun dibuat" if before is None else "Akun diubah",
        user,
        actor=actor,
        role=acting_role(actor, region),
        region=region,
        before=before,
        after=after,
    )


@transaction.atomic
def note_password_changed(user: User, *, request=None) -> None:
    """After a person set their own password: nothing is due any more, no lock stays, and no other
    log-in than that of ``request``, if it was set from within one."""
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    user.must_change_password = False
    throttle.forget(user.username)
    sign_ins.end_all(user, Ending.PASSWORD, but_of=request)
    record("Kata sandi diganti", user, actor=user)


@transaction.atomic
def note_password_given(user: User, *, actor) -> None:
    """After somebody else set the password: the owner chooses an own one at the next sign-in."""
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    throttle.forget(user.username)
    sign_ins.end_all(user, Ending.PASSWORD)
    record_account(user, actor=actor, before=account_facts(user), password_set=True)


def _post_facts(assignment: Assignment) -> dict:
    return {
        "pengguna": assignment.user.username,
        "peran": assignment.role,
        "wilayah": str(assignment.region or ""),
        "sampai": assignment.ended_on,
        "paling_lama_sampai": assignment.until,
        "plt": assignment.acting or None,
    }


def acting_role(actor, region) -> str:
    """The role somebody gives or hands over a post in, for the record."""
    if actor is None:
        return ""
    if region is None:
        return Role.ADMIN if actor.is_superuser else ""
    giving = actor.scope.role_for(Act.MANAGE_ACCOUNTS, region)
    return giving or actor.scope.role_for(Act.EDIT, region)  # officers hand over their own post
