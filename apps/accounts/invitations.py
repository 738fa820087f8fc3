"""Invitations: how somebody gets a first password, or a new one, without anybody knowing it.

A link by mail or a printed code; both work once and for some days. The account of a newcomer is
there at once, with its post, but closed (inactive, no usable password) until the person opens it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.text import slugify

from apps.accounts import codes, services, sign_ins, throttle
from apps.accounts.enums import Channel, Ending, Purpose, Role
from apps.accounts.models import Assignment, Invitation, User
from apps.accounts.queries import visible_users
from apps.audit.services import record

LASTS = {Channel.MAIL: timedelta(days=7), Channel.CODE: timedelta(days=14)}
NAME_WORDS = {
    Role.OPERATOR: "operator",
    Role.VERIFIER: "verifikator",
    Role.COORDINATOR: "koordinator",
    Role.NATIONAL: "pusat",
    Role.OBSERVER: "pengamat",
}
TRIES = 5  # how often a proposed name may be taken from under us
NOT_YOURS = "Akun ini di luar kewenangan Anda."


@dataclass(frozen=True)
class Person:
    """Whom to invite. ``username`` "" lets the portal propose one."""

    full_name: str
    office: str = ""
    email: str = ""
    username: str = ""


class Issued(NamedTuple):
    """An invitation with its secret (code or word of the link), which is known only now."""

    invitation: Invitation
    secret: str


class NameTaken(Exception):
    """Somebody has this user name, in whatever case."""


class Closed(Exception):
    """The invitation cannot be used (any more); ``invitation`` says what became of it."""

    def __init__(self, invitation: Invitation):
        self.invitation = invitation
        super().__init__(str(invitation))


# --- inviting ------------------------------------------------------------------------------------


def propose_username(role: str, region) -> str:
    """The first free name like "operator.bone", "operator.bone2", in lower case (one query)."""
    place = slugify(region.short_name).replace("-", "") if region else ""
    base = ".".join(part for part in (NAME_WORDS[role], place) if part)[:140]
    rows = User.objects.filter(username__istartswith=base).values_list("username", flat=True)
    taken = {name.casefold() for name in rows}
    number = 1
    while (name := base + (str(number) if number > 1 else "")) in taken:
        number += 1
    return name


def same_people(person: Person, *, actor) -> list[User]:
    """Accounts within the actor's sight that may be this person: same name, e-mail or user name."""
    same = Q(full_name__iexact=person.full_name)
    if person.email:
        same |= Q(email__iexact=person.email)
    if person.username:
        same |= Q(username__iexact=person.username)
    found = visible_users(actor).filter(same).exclude(pk=actor.pk)
    return list(found.order_by("username")[:10])


@transaction.atomic
def invite(person: Person, role: str, region, *, channel: str, actor) -> Issued:
    """A new closed account with its post and its way in.

    Raises PermissionDenied (role or region not the actor's to give) or NameTaken.
    """
    if reason := services.assignment_refusal(role, region, actor=actor):
        raise PermissionDenied(reason)
    user = open_account(person, role, region, actor=actor)
    post = services.add_post(user, role, region, actor=actor)
    return issue(user, channel=channel, actor=actor, post=post)


def open_account(person: Person, role: str, region, *, actor) -> User:
    """A closed account; of two people who take one name at once the second is told (NameTaken)."""
    for _ in range(1 if person.username else TRIES):
        name = person.username or propose_username(role, region)
        user = User(
            username=name,
            full_name=person.full_name,
            office=person.office,
            email=person.email,
            is_active=False,
        )
        user.set_unusable_password()
        try:
            with transaction.atomic():
                user.save(force_insert=True)
        except IntegrityError:
            continue
        record("Akun dibuat", user, actor=actor, region=region, after=services.account_facts(user))
        return user
    raise NameTaken(name)


@transaction.atomic
def add_to(user: User, role: str, region, *, channel: str, actor) -> Issued | None:
    """Give an existing account the post instead of opening a second one; with a way in where it
    is closed. Raises PermissionDenied, or IntegrityError when the post is held already."""
    if not user.is_active and not services.may_manage(user, actor=actor):
        raise PermissionDenied(NOT_YOURS)  # asked before the post would make it one's own
    post = services.give_assignment(user, role, region, actor=actor)
    return None if user.is_active else issue(user, channel=channel, actor=actor, post=post)


@transaction.atomic
def reissue(user: User, *, channel: str, actor) -> Issued:
    """A new way in for an account one may manage; whatever was open dies. PermissionDenied."""
    if user.pk == actor.pk or not services.may_manage(user, actor=actor):
        raise PermissionDenied(NOT_YOURS)
    post = user.assignments.filter(ended_on=None).select_related("region").order_by("-id").first()
    if post is None and not user.is_superuser:
        raise PermissionDenied("Akun ini tidak memegang penugasan. Beri penugasan lebih dahulu.")
    return issue(user, channel=channel, actor=actor, post=post)


def issue(user: User, *, channel: str, actor, post: Assignment | None) -> Issued:
    """Write the invitation; the caller has asked whether the actor may, and holds a transaction."""
    User.objects.select_for_update().get(pk=user.pk)  # two at once: the later one replaces
    services.close_invitations(user.invitations)
    secret = codes.new_code() if channel == Channel.CODE else codes.new_token()
    now = timezone.now()
    invitation = Invitation.objects.create(
        user=user,
        purpose=Purpose.PASSWORD if user.is_active else Purpose.ACTIVATE,
        channel=channel,
        assignment=post,
        region=post.region if post else None,
        secret_hash=hash_of(secret, channel),
        created_by=actor,
        created_at=now,
        expires_at=now + LASTS[channel],
    )
    record(
        "Undangan dibuat",
        invitation,
        actor=actor,
        region=invitation.region,
        after={"cara": Channel(channel).label, "berlaku_sampai": invitation.expires_at},
    )
    return Issued(invitation, secret)


@transaction.atomic
def withdraw(invitation: Invitation, *, actor) -> bool:
    """Take an open invitation back, with the posts of an account that is closed still. False when
    it was used, withdrawn or replaced meanwhile. Raises PermissionDenied."""
    user = invitation.user
    if not services.may_manage(user, actor=actor):
        raise PermissionDenied(NOT_YOURS)
    if not services.close_invitations(Invitation.objects.filter(pk=invitation.pk)):
        return False
    if invitation.purpose == Purpose.ACTIVATE:  # a closed account holds posts by invitation only
        for post in user.assignments.filter(ended_on=None).select_related("region", "user"):
            services.end_assignment(post, actor=actor)
    record("Undangan dicabut", invitation, actor=actor, region=invitation.region)
    return True


# --- using one -----------------------------------------------------------------------------------


def hash_of(secret: str, channel: str) -> str:
    """What is stored of a secret: useless without the portal's key."""
    plain = codes.folded(secret) if channel == Channel.CODE else secret
    return salted_hmac(f"accounts.invitation.{channel}", plain, algorithm="sha256").hexdigest()


def by_token(token: str) -> Invitation | None:
    """The invitation behind the word of a link, whatever became of it."""
    return _found(Channel.MAIL, token)


def by_code(username: str, code: str) -> Invitation | None:
    """The invitation behind a printed code, if it is this user's (name in any case)."""
    found = _found(Channel.CODE, code)
    same = found and found.user.username.casefold() == username.strip().casefold()
    return found if same else None


def _found(channel: str, secret: str) -> Invitation | None:
    rows = Invitation.objects.select_related("user", "created_by", "assignment__region")
    return rows.filter(channel=channel, secret_hash=hash_of(secret, channel)).first()


@transaction.atomic
def accept(invitation: Invitation, password: str) -> User:
    """Set the password and open the account; of two at once one gets in.

    Raises Closed when it was used, withdrawn or ran out meanwhile.
    """
    now = timezone.now()
    won = Invitation.objects.filter(
        pk=invitation.pk, used_at=None, withdrawn_at=None, expires_at__gte=now
    ).update(used_at=now)
    invitation = Invitation.objects.select_related("user", "created_by", "region").get(
        pk=invitation.pk
    )
    if not won:
        raise Closed(invitation)
    user = invitation.user
    user.set_password(password)
    user.must_change_password = False
    fields = ["password", "must_change_password"]
    if invitation.purpose == Purpose.ACTIVATE:
        user.is_active = True
        fields.append("is_active")
    user.save(update_fields=fields)
    throttle.forget(user.username)
    sign_ins.end_all(user, Ending.PASSWORD)
    action = "Akun diaktifkan" if invitation.purpose == Purpose.ACTIVATE else "Kata sandi diganti"
    record(action, user, actor=user, region=invitation.region)
    return user
