"""Tindak lanjut: ask for, finish, judge, call off. Each change is one conditional UPDATE, its line
in the story, its trace and its notices, in one transaction."""

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.queries import coordinators_of, verifiers_of
from apps.audit.services import record
from apps.core.errors import Conflict
from apps.core.formats import format_date, format_datetime
from apps.discussion import words
from apps.discussion.enums import Deed, State
from apps.discussion.models import FollowUp, FollowUpEvent
from apps.discussion.people import may_judge, readers_of, role_of
from apps.notices.enums import Event
from apps.notices.services import tell

READS_ONLY = "Peran Anda hanya membaca tindak lanjut ini."
OWNER_ONLY = "Hanya penanggung jawab yang dapat menyatakan tindak lanjut ini selesai."
OWN_WORK = "Tindak lanjut dinilai oleh orang lain, bukan oleh penanggung jawabnya."
NOT_A_JUDGE = "Tindak lanjut ini dinilai oleh peminta atau verifikatornya."
NOT_ASKED_BY = "Hanya peminta atau koordinator yang dapat membatalkan tindak lanjut ini."


class FollowUpConflict(Conflict):
    """It is no longer as the actor saw it (409)."""

    def __init__(self, follow_up: FollowUp, typed=()):
        last = follow_up.events.select_related("actor").first()
        zone = follow_up.region.timezone_label
        super().__init__(
            "Tindak lanjut ini sudah berubah sejak Anda membukanya. Tidak ada yang ditimpa.",
            f"{last.get_deed_display()} oleh {last.actor}, {format_datetime(last.at, zone)}."
            if last
            else "",
            url=address_of(follow_up),
            typed=typed,
        )


def address_of(follow_up: FollowUp) -> str:
    return reverse("discussion:follow_up", args=[follow_up.pk])


# --- who may ---------------------------------------------------------------------------------


def may_finish(follow_up: FollowUp, user) -> bool:
    return follow_up.state == State.OPEN and follow_up.owner_id == user.pk


def judge_refusal(follow_up: FollowUp, user) -> str:
    """Why this person may not judge it; "" when they may. Never the owner: four eyes."""
    if follow_up.owner_id == user.pk:
        return OWN_WORK
    if not role_of(user, follow_up.region):
        return READS_ONLY
    asked = follow_up.created_by_id == user.pk
    return "" if asked or may_judge(user, follow_up.region) else NOT_A_JUDGE


def cancel_refusal(follow_up: FollowUp, user) -> str:
    if follow_up.created_by_id == user.pk and role_of(user, follow_up.region):
        return ""
    leads = Role.COORDINATOR in user.scope.roles_in(follow_up.region)
    return "" if leads else NOT_ASKED_BY


# --- changes ---------------------------------------------------------------------------------


def ask(
    region, task: str, *, owner, due_on: date, actor, token: UUID, evidence=None, pokja=None
) -> FollowUp:
    """Ask somebody for something by a day; sent twice it makes one. PermissionDenied for those
    who read only."""
    role = role_of(actor, region)
    if not role:
        raise PermissionDenied(READS_ONLY)
    try:
        with transaction.atomic():
            follow_up = FollowUp.objects.create(
                region=region,
                evidence=evidence,
                pokja=pokja,
                task=task,
                owner=owner,
                due_on=due_on,
                created_by=actor,
                token=token,
            )
            event = _note(follow_up, Deed.CREATED, actor, role)
            day = format_date(due_on)
            text = f"Tindak lanjut dari {actor}, paling lambat {day}: {words.excerpt(task)}"
            _tell(event, [owner], text)
            return follow_up
    except IntegrityError:
        sent = FollowUp.objects.filter(created_by=actor, token=token).first()
        if sent is None:
            raise
        return sent


@transaction.atomic
def finish(follow_up: FollowUp, note: str, *, actor, revision: int) -> None:
    """The owner says it is done, and how; it then waits for somebody else's word."""
    if follow_up.owner_id != actor.pk:
        raise PermissionDenied(OWNER_ONLY)
    changes = {"state": State.DONE, "done_at": timezone.now(), "judged_by": None}
    event = _move(follow_up, State.OPEN, changes, Deed.DONE, note, actor, revision)
    text = f"{actor} menyatakan selesai: {words.excerpt(follow_up.task)}. Nilai apakah memadai."
    _tell(event, _judges(follow_up), text)


def _judges(follow_up) -> list:
    """Whoever asked, if they still work there and are not the owner; else the region's judges."""
    if follow_up.created_by_id != follow_up.owner_id and follow_up.created_by_id in readers_of(
        follow_up.region
    ):
        return [follow_up.created_by]
    return verifiers_of(follow_up.region) or coordinators_of(follow_up.region)


@transaction.atomic
def judge(follow_up: FollowUp, adequate: bool, reason: str, *, actor, revision: int) -> None:
    """Memadai closes it; belum memadai opens it again, with the reason."""
    if refusal := judge_refusal(follow_up, actor):
        raise PermissionDenied(refusal)
    state = State.ADEQUATE if adequate else State.OPEN
    deed = Deed.ADEQUATE if adequate else Deed.INADEQUATE
    changes = {"state": state, "judged_by": actor} | ({} if adequate else {"done_at": None})
    event = _move(follow_up, State.DONE, changes, deed, reason, actor, revision)
    said = "memadai" if adequate else f"belum memadai: {words.excerpt(reason)}"
    text = f"Tindak lanjut “{words.excerpt(follow_up.task)}” dinilai {said}"
    _tell(event, [follow_up.owner, follow_up.created_by], text)


@transaction.atomic
def cancel(follow_up: FollowUp, reason: str, *, actor, revision: int) -> None:
    """Call off what is no longer needed."""
    if refusal := cancel_refusal(follow_up, actor):
        raise PermissionDenied(refusal)
    changes = {"state": State.CANCELLED}
    event = _move(follow_up, State.OPEN, changes, Deed.CANCELLED, reason, actor, revision)
    text = f"Tindak lanjut “{words.excerpt(follow_up.task)}” dibatalkan: {words.excerpt(reason)}"
    _tell(event, [follow_up.owner, follow_up.created_by], text)


def _move(follow_up, state, changes, deed, note, actor, revision) -> FollowUpEvent:
    before = _facts(follow_up)
    moved = FollowUp.objects.filter(pk=follow_up.pk, state=state, revision=revision).update(
        revision=F("revision") + 1, **changes
    )
    if not moved:
        typed = [("Catatan", note)] if note else []
        raise FollowUpConflict(
            FollowUp.objects.select_related("region").get(pk=follow_up.pk), typed
        )
    follow_up.refresh_from_db(fields=("state", "revision", "done_at", "judged_by"))
    return _note(follow_up, deed, actor, role_of(actor, follow_up.region), note, before)


def _note(follow_up, deed, actor, role, note="", before=None) -> FollowUpEvent:
    event = FollowUpEvent.objects.create(
        follow_up=follow_up, actor=actor, role=role, deed=deed, note=note
    )
    record(
        f"Tindak lanjut: {deed.label.lower()}",
        follow_up,
        actor=actor,
        role=role,
        region=follow_up.region,
        before=before,
        after=_facts(follow_up),
        reason=note,
    )
    return event


def _facts(follow_up) -> dict:
    return {
        "tugas": follow_up.task,
        "penanggung jawab": follow_up.owner.username,
        "tenggat": follow_up.due_on,
        "keadaan": follow_up.state,
    }


def _tell(event: FollowUpEvent, users, text: str) -> None:
    """Everybody of these who still works there, but never whoever did it."""
    follow_up = event.follow_up
    readers = readers_of(follow_up.region)
    people = {user.pk: user for user in users if user.pk in readers and user.pk != event.actor_id}
    key = f"tindak-lanjut:{event.pk}"
    tell(list(people.values()), Event.FOLLOW_UP, text, address_of(follow_up), key=key)
