"""Agree with a decision or dispute it; withdraw; answer. Each in one transaction, on record.

A status changes here in one case only, by the step of the workflow: a return that was disputed
with success goes back to the queue. Everything else that follows is done by the ordinary steps.
"""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Act, Role
from apps.accounts.queries import coordinators_of, holders_of, operators_of
from apps.audit.services import record
from apps.core.errors import Conflict
from apps.notices.enums import Event
from apps.notices.services import retract, tell
from apps.reviews import words
from apps.reviews.enums import ANSWERED, Outcome, State
from apps.reviews.models import Objection
from apps.reviews.queries import answers, is_officer_of, standing_decision, window_of
from apps.verification.enums import Action
from apps.verification.models import Evidence
from apps.verification.services import StepConflict, take_step


class WindowClosed(Exception):
    """No reply is taken now; the sentence says why and until when it was."""


def reply_to(
    evidence: Evidence, *, actor, decision_pk: int, disputes: bool, reason: str, notes=(), now=None
) -> Objection:
    """Agree with the decision the person saw, or dispute it. ``notes`` are of that decision.

    Raises PermissionDenied for anybody but the region's officers, WindowClosed outside the
    window, Conflict when another decision or reply came first; then nothing is saved.
    """
    if not is_officer_of(actor, evidence.region):
        raise PermissionDenied(words.OFFICERS_ONLY)
    try:
        return _reply(evidence, actor, decision_pk, disputes, reason, notes, now or timezone.now())
    except IntegrityError as error:
        raise _replied_already(evidence, reason) from error


@transaction.atomic
def _reply(evidence, actor, decision_pk, disputes, reason, notes, now) -> Objection:
    decision = _held_decision(evidence, decision_pk, reason)
    window = window_of(decision, evidence.region, now)
    if not window.is_open:
        raise WindowClosed(words.window_sentence(window, evidence.region.timezone_label))
    reply = Objection.objects.create(
        evidence=evidence,
        decision=decision,
        state=State.OPEN if disputes else State.AGREED,
        reason=reason.strip(),
        by=actor,
        at=now,
    )
    if disputes:
        reply.notes.set(notes)
    _trace("Menyanggah keputusan" if disputes else "Menyetujui keputusan", reply, actor, reason)
    if disputes:
        tell(
            answerers_of(reply),
            Event.OBJECTION,
            words.objection_notice(reply),
            _page(reply),
            key=_key(reply),
        )
    return reply


def _held_decision(evidence, decision_pk, reason):
    """The decision as the person saw it, held until the transaction ends."""
    held = Evidence.objects.select_for_update().get(pk=evidence.pk)
    decision = standing_decision(held)
    if decision is None or decision.pk != decision_pk:
        raise Conflict(
            "Keputusan atas berkas ini sudah berubah sejak Anda membukanya. Tanggapan Anda tidak "
            "disimpan.",
            url=reverse("reviews:reply", args=[evidence.pk]),
            typed=[("Alasan", reason)] if reason else [],
        )
    return decision


def _replied_already(evidence, reason) -> Conflict:
    held = Objection.objects.filter(evidence=evidence).select_related("by").first()
    who = held.by if held else "Petugas lain"
    return Conflict(
        "Keputusan ini sudah ditanggapi. Tanggapan Anda tidak disimpan.",
        f"{who} menanggapinya lebih dahulu; satu keputusan ditanggapi satu kali.",
        url=reverse("reviews:objection", args=[held.pk]) if held else "",
        typed=[("Alasan", reason)] if reason else [],
    )


def answerers_of(objection: Objection) -> list:
    """Who is told of a dispute: the koordinator(s), else the national office; never the decider."""
    region, decider = objection.evidence.region, objection.decision.actor
    first = [] if region.is_province else coordinators_of(region)
    asked = [user for user in first if user != decider]
    if not asked:
        asked = [user for user in holders_of(Role.NATIONAL, None) if user != decider]
    return asked


@transaction.atomic
def withdraw(objection: Objection, *, actor) -> None:
    """Take a dispute back before it is answered; raises Conflict when it no longer waits."""
    if not is_officer_of(actor, objection.evidence.region):
        raise PermissionDenied(words.OFFICERS_ONLY)
    _move(objection, State.WITHDRAWN, withdrawn_by=actor, withdrawn_at=timezone.now())
    retract(_key(objection))
    _trace("Menarik kembali sanggahan", objection, actor)


@transaction.atomic
def answer(objection: Objection, *, actor, upheld: bool, text: str) -> None:
    """Uphold or reject a dispute with a reason. Raises PermissionDenied for whoever may not,
    Conflict when it was answered or withdrawn meanwhile; then nothing has changed."""
    if not answers(objection, actor):
        refuse_answer(objection, actor)
    _move(
        objection,
        State.UPHELD if upheld else State.REJECTED,
        typed=[("Alasan jawaban", text)],
        answer=text.strip(),
        answered_by=actor,
        answered_at=timezone.now(),
    )
    if upheld:
        objection.outcome = _follow(objection, actor)
        objection.save(update_fields=["outcome"])
    _trace("Menjawab sanggahan", objection, actor, text)
    told = {user.pk: user for user in operators_of(objection.evidence.region)}
    if decider := objection.decision.actor:
        told[decider.pk] = decider
    told.pop(actor.pk, None)
    retract(_key(objection))
    tell(
        told.values(),
        Event.ANSWER,
        words.answer_notice(objection),
        _page(objection),
        key=f"jawaban:{objection.pk}",
    )


def refuse_answer(objection: Objection, actor):
    """Raise PermissionDenied with the reason that fits."""
    decided_it = objection.decision.actor_id == actor.pk
    raise PermissionDenied(words.NOT_YOURS if decided_it else words.NOT_ANSWERING)


def _follow(objection: Objection, actor) -> str:
    """What an upheld dispute leads to; the only step it takes by itself is back to the queue."""
    evidence = Evidence.objects.select_related("region__province").get(pk=objection.evidence_id)
    decision = objection.decision
    stands = standing_decision(evidence)
    if stands is None or stands.pk != decision.pk:
        return Outcome.MOVED_ON
    if decision.action == Action.VERIFY:
        return Outcome.TO_CANCEL
    if decision.action == Action.CANCEL:
        return Outcome.TO_SEND
    if evidence.history.filter(pk__gt=decision.pk).exists():
        return Outcome.BEGUN
    try:
        take_step(
            evidence,
            Action.REQUEUE,
            actor=actor,
            revision=evidence.revision,
            note=objection.answer,
        )
    except StepConflict:
        return Outcome.BEGUN  # the officer began at this very moment
    return Outcome.QUEUED


def _move(objection: Objection, state: str, *, typed=(), **changes) -> None:
    """From open to ``state``, once: of two people one moves it and the other is told."""
    moved = Objection.objects.filter(pk=objection.pk, state=State.OPEN).update(
        state=state, **changes
    )
    if not moved:
        held = Objection.objects.select_related("withdrawn_by", "answered_by").get(pk=objection.pk)
        zone = objection.evidence.region.timezone_label
        raise Conflict(
            "Sanggahan ini sudah tidak menunggu. Jawaban Anda tidak disimpan."
            if state in ANSWERED
            else "Sanggahan ini sudah tidak menunggu, jadi tidak dapat ditarik kembali.",
            words.faster_sentence(held, zone),
            url=_page(objection),
            typed=typed,
        )
    objection.state = state
    for name, value in changes.items():
        setattr(objection, name, value)


def _trace(action, objection, actor, reason="") -> None:
    region = objection.evidence.region
    act = Act.EDIT if is_officer_of(actor, region) else Act.ANSWER
    after = {"keadaan": objection.get_state_display(), "keputusan": objection.decision_id}
    if objection.outcome:
        after["akibat"] = objection.get_outcome_display()
    record(
        action,
        objection,
        actor=actor,
        role=actor.scope.role_for(act, region),
        region=region,
        after=after,
        reason=reason.strip(),
    )


def _key(objection) -> str:
    return f"sanggahan:{objection.pk}"


def _page(objection) -> str:
    return reverse("reviews:objection", args=[objection.pk])
