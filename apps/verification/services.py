"""The only code that changes a status (spec section 4).

Every step is one conditional UPDATE (status and revision as the actor saw them) and its history
row in one transaction: of two people, one wins and the other is told. The database decides.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from apps.accounts.enums import Act
from apps.core.errors import Conflict
from apps.verification.enums import (
    DECISIONS,
    EDITABLE,
    ENTERING,
    OPEN_FOR,
    UNDO_FOR,
    Action,
    Status,
)
from apps.verification.models import Evidence, History, Note, ReturnReason
from apps.verification.steps import STEPS
from apps.verification.traces import trace_step


class StepRefused(Exception):
    """The actor may not take this step (wrong role, own entry, already opened)."""


class StepConflict(Conflict):
    """Somebody was faster: the evidence is no longer as the actor saw it (409 by itself)."""

    def __init__(self, evidence: Evidence):
        self.evidence = evidence
        last = evidence.history.select_related("actor").first()
        who = (last.actor or "sistem") if last else "orang lain"
        self.last = last
        super().__init__(
            f"Isian ini sudah diubah oleh {who}. Muat ulang untuk melihat versi "
            "terbaru; tidak ada yang ditimpa."
        )


class NoteRequired(Exception):
    """A return or a cancellation without a reason."""


@dataclass(frozen=True)
class FieldNote:
    """A remark for one field: a coded reason, free text, or both."""

    field: str = ""
    text: str = ""
    reason: ReturnReason | None = None


def entered_by(evidence: Evidence, actor) -> bool:
    """Did this person write or send any part of this version? (Nobody verifies their own.)"""
    return actor is not None and evidence.history.filter(actor=actor, action__in=ENTERING).exists()


def refusal(evidence: Evidence, action: str, actor) -> str:
    """Why this person may not take this step now; empty when they may."""
    step = STEPS.get((evidence.status, action))
    if step is None:
        return f"Bukti berstatus {evidence.get_status_display()}; langkah ini tidak tersedia."
    if not actor.scope.can(step.act, evidence.region):
        return "Peran Anda tidak dapat melakukan langkah ini."
    if step.undoes:
        return _undo_refusal(evidence, actor)
    if step.until_opened and evidence.opened_at:
        return "Verifikator sudah membuka berkas ini, jadi tidak dapat ditarik kembali."
    if step.four_eyes and entered_by(evidence, actor):
        return "Anda ikut mengisi atau mengirim berkas ini; mintalah verifikator lain memeriksanya."
    return ""


UNDO_LATE = "Waktu untuk mengurungkan (satu menit) sudah lewat."
NOT_DECIDED_BY_YOU = "Hanya yang memutuskan dapat mengurungkan keputusannya."
REPAIR_BEGUN = "Petugas sudah mulai memperbaiki berkas ini."


def _undo_refusal(evidence: Evidence, actor) -> str:
    if evidence.decided_by_id != actor.pk:
        return NOT_DECIDED_BY_YOU
    if evidence.decided_at < timezone.now() - UNDO_FOR:
        return UNDO_LATE
    if decision_to_undo(evidence, actor):
        return ""
    return REPAIR_BEGUN if evidence.status == Status.RETURNED else NOT_DECIDED_BY_YOU


def decision_to_undo(evidence: Evidence, actor) -> History | None:
    """The standing decision of this person that gave the item its status; not one by import, and
    not one after which somebody wrote: a repair begun would go into the queue unsent."""
    last = evidence.history.standing().first()
    mine = last and last.actor_id == actor.pk and last.to_status == evidence.status
    return last if mine and last.action in DECISIONS else None


def actions_for(evidence: Evidence, actor) -> list[str]:
    """The steps this person may take now, in the order of the table (draws the buttons)."""
    return [
        action
        for (status, action) in STEPS
        if status == evidence.status and not refusal(evidence, action, actor)
    ]


def take_step(
    evidence: Evidence,
    action: str,
    *,
    actor,
    revision: int,
    note: str = "",
    notes: tuple[FieldNote, ...] = (),
    snapshot: dict | None = None,
) -> History:
    """Move the evidence one step and write its history row.

    ``revision`` is the one the actor saw. Raises StepRefused, NoteRequired, or StepConflict when
    the row is no longer in that state; then nothing has changed.
    """
    if revision != evidence.revision:
        raise StepConflict(_fresh(evidence))
    if reason := refusal(evidence, action, actor):
        raise StepRefused(reason)
    step = STEPS[evidence.status, action]
    if step.needs_note and not (note.strip() or notes):
        raise NoteRequired("Tulis catatan agar petugas tahu apa yang harus diperbaiki")
    return _move(
        evidence, action, step, actor=actor, note=note, notes=notes, snapshot=snapshot or {}
    )


def _fresh(evidence: Evidence) -> Evidence:
    return Evidence.objects.get(pk=evidence.pk)


@transaction.atomic
def _move(evidence, action, step, *, actor, note, notes, snapshot) -> History:
    old_status = evidence.status
    rows = Evidence.objects.filter(pk=evidence.pk, status=old_status, revision=evidence.revision)
    if step.until_opened:
        rows = rows.filter(opened_at=None)
    if step.undoes:  # by the time of the row, whatever the page said
        rows = rows.filter(decided_by=actor, decided_at__gte=timezone.now() - UNDO_FOR)
    marks = _strike(evidence, actor) if step.undoes else _marks(action, actor)
    if not rows.update(status=step.to, revision=F("revision") + 1, **marks):
        raise StepConflict(_fresh(evidence))
    evidence.refresh_from_db()
    role = actor.scope.role_for(step.act, evidence.region)
    history = History.objects.create(
        evidence=evidence,
        actor=actor,
        role=role,
        action=action,
        from_status=old_status,
        to_status=step.to,
        note=note.strip(),
        snapshot=snapshot,
    )
    Note.objects.bulk_create(
        Note(
            history=history,
            evidence=evidence,
            field=item.field,
            text=item.text.strip(),
            reason=item.reason,
        )
        for item in notes
    )
    trace_step(history, notes)
    return history


def _strike(evidence, actor) -> dict:
    """Mark the last decision as undone; what the columns say without it: the one before."""
    undone = decision_to_undo(evidence, actor)
    if undone is None:  # a second click was faster
        raise StepConflict(_fresh(evidence))
    undone.strike()
    before = evidence.history.standing().filter(action__in=DECISIONS).first()
    return {"decided_by": before and before.actor, "decided_at": before and before.at}


def _marks(action: str, actor) -> dict:
    """Who and when, for the columns that lists sort and show."""
    now = timezone.now()
    if action == Action.SUBMIT:
        return {"submitted_by": actor, "submitted_at": now, "opened_by": None, "opened_at": None}
    if action == Action.WITHDRAW:
        return {"submitted_by": None, "submitted_at": None}
    if action == Action.REQUEUE:  # sent when it was sent; whoever returned it stays on record
        return {"opened_by": None, "opened_at": None}
    return {"decided_by": actor, "decided_at": now}


def mark_opened(evidence: Evidence, *, actor) -> None:
    """Remember who has the item open: from the first opening on the officer cannot withdraw.

    An opening holds for OPEN_FOR; only after that does a later one take its place, so that two
    verifiers do not start on the same item. It never blocks a decision: the revision does that.
    """
    if evidence.status != Status.SUBMITTED or not actor.scope.can(Act.VERIFY, evidence.region):
        return
    now = timezone.now()
    free = Q(opened_at=None) | Q(opened_at__lt=now - OPEN_FOR)
    with transaction.atomic():
        opened = Evidence.objects.filter(
            free,
            pk=evidence.pk,
            status=Status.SUBMITTED,
        ).update(opened_by=actor, opened_at=now)
        if opened:
            history = History.objects.create(
                evidence=evidence,
                actor=actor,
                action=Action.OPEN,
                role=actor.scope.role_for(Act.VERIFY, evidence.region),
                from_status=Status.SUBMITTED,
                to_status=Status.SUBMITTED,
            )
            trace_step(history)
    evidence.refresh_from_db()


def start_evidence(
    *, kind, region, year, title, actor, family=None, version=1, action=Action.CREATE
) -> Evidence:
    """Open a new draft version. A second open version of one family breaks a constraint."""
    evidence = Evidence(
        kind=kind,
        region=region,
        year=year,
        title=title[:255],
        version=version,
        created_by=actor,
        edited_by=actor,
    )
    if family is not None:
        evidence.family = family
    evidence.save()
    History.objects.create(
        evidence=evidence,
        actor=actor,
        action=action,
        to_status=Status.DRAFT,
        role=actor.scope.role_for(Act.EDIT, region) if actor else "",
    )
    return evidence


def claim_edit(
    evidence: Evidence, *, actor, revision: int, title: str | None = None, action=Action.EDIT
) -> None:
    """Take the right to write this version's content; call inside the transaction that writes it.

    The conditional UPDATE holds the row until the transaction ends, so a submission, a decision
    or another edit at the same moment either comes before (StepConflict here) or after.
    """
    changes = {"revision": F("revision") + 1, "edited_by": actor, "edited_at": timezone.now()}
    if title is not None:
        changes["title"] = title[:255]
    claimed = Evidence.objects.filter(
        pk=evidence.pk, revision=revision, status__in=EDITABLE
    ).update(**changes)
    if not claimed:
        raise StepConflict(_fresh(evidence))
    evidence.refresh_from_db()
    History.objects.create(
        evidence=evidence,
        actor=actor,
        action=action,
        from_status=evidence.status,
        to_status=evidence.status,
        role=actor.scope.role_for(Act.EDIT, evidence.region) if actor else "",
    )
