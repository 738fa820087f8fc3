"""A post passes on: in one transaction the old one ends, the new one begins, and what hung on
the person moves with it. Drafts and tasks belong to the region and need not move; the log keeps
who did what."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from apps.accounts import invitations
from apps.accounts import services as accounts
from apps.accounts.enums import Channel
from apps.accounts.invitations import Issued, Person
from apps.accounts.models import Assignment, User
from apps.accounts.scope import PROVINCE_WIDE
from apps.audit.services import record
from apps.core.errors import Conflict
from apps.core.formats import format_date
from apps.discussion.enums import Deed, State
from apps.discussion.models import FollowUp, FollowUpEvent
from apps.handover.models import Handover
from apps.handover.rules import refusal
from apps.notices.enums import Event
from apps.notices.services import tell
from apps.verification.enums import Status
from apps.verification.models import Evidence

TWICE = "Penugasan ini sudah diserahkan atau sudah berakhir. Tidak ada yang diubah."
TO_ONESELF = "Pengganti harus orang lain, bukan pemegangnya sendiri."


class AlreadyHanded(Conflict):
    """Somebody was faster, or the post ended meanwhile (409)."""


@dataclass(frozen=True)
class Terms:
    """On what terms a post passes on.

    ``acting_until``: the successor is Plt. to that day. ``keep_until``: the old holder may still
    work until that day; without it their access ends at once.
    """

    reason: str
    acting_until: date | None = None
    keep_until: date | None = None


@transaction.atomic
def hand_over(
    post: Assignment, to: User | Person, terms: Terms, *, actor, channel: str = Channel.CODE
) -> tuple[Handover, Issued | None]:
    """Hand a post to somebody with an account, or to a newcomer (who gets an invitation).

    Raises PermissionDenied, AlreadyHanded, invitations.NameTaken.
    """
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("user", "region")
    post = rows.get(pk=post.pk)
    if post.ended_on or Handover.objects.filter(post=post).exists():
        raise AlreadyHanded(TWICE, url=reverse("handover:list"))
    if reason := refusal(post, actor):
        raise PermissionDenied(reason)
    successor, issued = _give(post, to, terms, actor, channel)
    old_holder = post.user
    if terms.keep_until:
        accounts.plan_end(post, terms.keep_until, actor=actor)
    else:
        accounts.end_post(post, actor=actor)
    handover = _write(post, successor, terms, actor)
    _tell(handover, old_holder, actor)
    return handover, issued


def _give(post, to, terms, actor, channel) -> tuple[Assignment, Issued | None]:
    """The successor's post: a new one, or the same one they hold already."""
    plan = {"acting": bool(terms.acting_until), "until": terms.acting_until}
    if isinstance(to, Person):
        user = invitations.open_account(to, post.role, post.region, actor=actor)
        given = accounts.add_post(user, post.role, post.region, actor=actor, **plan)
        return given, invitations.issue(user, channel=channel, actor=actor, post=given)
    if to.pk == post.user_id:
        raise PermissionDenied(TO_ONESELF)
    if to.pk == actor.pk:
        raise PermissionDenied("Anda tidak dapat mengubah penugasan sendiri.")
    held = Assignment.objects.filter(user=to, role=post.role, region=post.region, ended_on=None)
    if found := held.select_related("user", "region").first():
        return found, None
    return accounts.add_post(to, post.role, post.region, actor=actor, **plan), None


def _write(post, successor, terms, actor) -> Handover:
    moved = _move_follow_ups(post, successor.user, actor)
    freed = 0 if terms.keep_until else _free_opened(post)
    try:
        with transaction.atomic():
            handover = Handover.objects.create(
                post=post,
                successor=successor,
                region=post.region,
                reason=terms.reason,
                handed_on=timezone.localdate(),
                follow_ups=moved,
                freed=freed,
                by=actor,
            )
    except IntegrityError as error:
        raise AlreadyHanded(TWICE, url=reverse("handover:list")) from error
    record(
        "Jabatan diserahkan",
        handover,
        actor=actor,
        role=accounts.acting_role(actor, post.region),
        region=post.region,
        before={"pemegang": post.user.username},
        after={
            "pemegang": successor.user.username,
            "plt_sampai": terms.acting_until,
            "pemegang_lama_sampai": terms.keep_until,
            "tindak_lanjut": moved,
            "berkas_dilepas": freed,
        },
        reason=terms.reason,
    )
    return handover


def _reach(post) -> dict:
    """The regions of a post as a filter: the very region, for verifiers the whole province."""
    if post.role in PROVINCE_WIDE:
        return {"region__province": post.region_id}
    return {"region": post.region_id} if post.region_id else {}


def _move_follow_ups(post, new: User, actor) -> int:
    """Open follow-ups of the old holder for these regions are the successor's from now on."""
    rows = FollowUp.objects.select_for_update(of=("self",)).filter(
        owner=post.user_id, state=State.OPEN, **_reach(post)
    )
    ids = [row.pk for row in rows]
    FollowUp.objects.filter(pk__in=ids).update(owner=new, revision=F("revision") + 1)
    FollowUpEvent.objects.bulk_create(
        FollowUpEvent(
            follow_up_id=pk,
            actor=actor,
            role=accounts.acting_role(actor, post.region),
            deed=Deed.HANDED,
            note=f"Dari {post.user} kepada {new}",
        )
        for pk in ids
    )
    return len(ids)


def _free_opened(post) -> int:
    """What a leaving verifier has open is anybody's again, not only after a while."""
    opened = Evidence.objects.filter(
        opened_by=post.user_id, status=Status.SUBMITTED, **_reach(post)
    )
    return opened.update(opened_by=None, opened_at=None)


def _tell(handover: Handover, old: User, actor) -> None:
    post, new = handover.post, handover.successor.user
    since = format_date(handover.handed_on)
    key = f"serah-terima:{handover.pk}"
    if old.pk != actor.pk:
        text = f"Jabatan Anda, {post}, diserahkan kepada {new} sejak {since}."
        tell([old], Event.HANDOVER, text, key=key)
    text = f"Anda memegang {handover.successor} sejak {since}. Baca paket serah terima dari {old}."
    tell([new], Event.HANDOVER, text, reverse("handover:give", args=[post.pk]), key=key)
