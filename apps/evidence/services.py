"""What people do with a piece of evidence, whatever its kind: submit, judge, begin anew."""

from django.db import IntegrityError, transaction

from apps.accounts.enums import Act
from apps.audit.services import record
from apps.budgets.services import copy_budget
from apps.deadlines.queries import local_today, standing_of
from apps.deadlines.services import note_late, require_open
from apps.decrees.services import copy_decree
from apps.evidence.announcing import announcement
from apps.evidence.kinds import BY_CRITERION, Gap, adapter_for
from apps.evidence.renewals import renews_verified
from apps.indicators.services import copy_indicators
from apps.notices.services import retract
from apps.pokja.models import NilDeclaration, Pokja
from apps.verification import pins
from apps.verification.citations import copy_citations
from apps.verification.codes import family_of
from apps.verification.drafts import claim_or_start, require_edit
from apps.verification.enums import OPEN, Action, Kind, Status
from apps.verification.models import Evidence, History
from apps.verification.services import (
    FieldNote,
    StepConflict,
    decision_to_undo,
    start_evidence,
    take_step,
)
from apps.work_plans.services import copy_plan


class GapsRemain(Exception):
    """Submission waits: ``gaps`` are the blocking ones still open."""

    def __init__(self, gaps: list[Gap]):
        self.gaps = gaps
        super().__init__("; ".join(gap.message for gap in gaps))


# --- what it says, frozen --------------------------------------------------------------------


FINGERPRINT = "Isi berkas (sidik SHA-256)"


def snapshot(evidence: Evidence) -> dict[str, str]:
    """{label: value} of all facts and table cells, as text; kept with submission and return.

    The file's fingerprint goes along: another scan of the same name and size is another file.
    """
    adapter = adapter_for(evidence)
    said = {fact.label: fact.value for fact in adapter.facts(evidence)}
    table = adapter.table(evidence)
    for row in table.rows if table else ():
        for header, value in zip(table.headers[1:], row[1:], strict=True):
            if value:
                said[f"{adapter.row_name} {row[0]}: {header}"] = value
    if document := adapter.document(evidence):
        said[FINGERPRINT] = document.sha256[:12]
    return said


def differences(old: dict[str, str], new: dict[str, str]) -> list[tuple[str, str, str]]:
    """(label, before, now) of everything that differs; "" where one side says nothing."""
    labels = dict.fromkeys([*new, *old])
    return [
        (label, old.get(label, ""), new.get(label, ""))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    ]


# --- steps -----------------------------------------------------------------------------------


def submit(
    evidence: Evidence, *, actor, revision: int, year: int | None = None, note: str = ""
) -> History:
    """Send for verification. Raises GapsRemain, PeriodClosed, StepRefused or StepConflict; then
    nothing changed.

    ``revision`` is the one the actor saw: an edit by somebody else in between is a conflict, so
    what is sent is what was seen. ``note`` goes into the history. What comes after its deadline
    is marked as late; what only renews something verified is not.
    """
    if revision != evidence.revision:
        raise StepConflict(evidence)
    adapter = adapter_for(evidence)
    if blocking := [gap for gap in adapter.gaps(evidence, year) if gap.blocking]:
        raise GapsRemain(blocking)
    standing = standing_of(evidence)
    year = year or evidence.year or local_today(evidence.region).year
    deadline = require_open(
        BY_CRITERION[adapter.criterion].kind, year, evidence.region, standing=standing
    )
    with transaction.atomic():
        sent = take_step(
            evidence,
            Action.SUBMIT,
            actor=actor,
            revision=revision,
            note=note,
            snapshot=snapshot(evidence),
        )
        if not renews_verified(evidence):
            note_late(sent, deadline, standing=standing)
    return sent


def withdraw(evidence: Evidence, *, actor, revision: int) -> History:
    """Take a submitted item back, as long as no verifier has opened it."""
    return take_step(evidence, Action.WITHDRAW, actor=actor, revision=revision)


@transaction.atomic
def verify(evidence: Evidence, *, actor, revision: int, note: str = "") -> History:
    """Accept a submitted item; what was accepted is kept as text with the decision.

    Pins that were not sent go.
    """
    announce = announcement(evidence, Action.VERIFY)
    accepted = take_step(
        evidence,
        Action.VERIFY,
        actor=actor,
        revision=revision,
        note=note,
        snapshot=snapshot(evidence),
    )
    pins.clear(evidence, accepted)
    announce(accepted)
    return accepted


@transaction.atomic
def return_with_notes(
    evidence: Evidence, *, actor, revision: int, note: str = "", notes: tuple[FieldNote, ...] = ()
) -> History:
    """Return a submitted item with notes, or with the actor's pins on its pages, or both.

    What was returned is kept, to show the difference.
    """
    announce = announcement(evidence, Action.RETURN)
    count = pins.hold_waiting(evidence, actor)
    returned = take_step(
        evidence,
        Action.RETURN,
        actor=actor,
        revision=revision,
        note=note if note.strip() or notes else pins.summary(count),
        notes=notes,
        snapshot=snapshot(evidence),
    )
    pins.send(evidence, returned)
    announce(returned)
    return returned


@transaction.atomic
def cancel(evidence: Evidence, *, actor, revision: int, note: str) -> History:
    """Cancel a verification, with the reason."""
    announce = announcement(evidence, Action.CANCEL)
    cancelled = take_step(
        evidence,
        Action.CANCEL,
        actor=actor,
        revision=revision,
        note=note,
        snapshot=snapshot(evidence),
    )
    announce(cancelled)
    return cancelled


def undo(evidence: Evidence, *, actor, revision: int) -> History:
    """Take back one's own decision of the last minute: the item waits again, as it did before.

    Its pins wait again, who was told of it is not told any more, and the notes of an undone
    return stay in the history alone. Raises StepRefused (too late, or somebody else's decision)
    or StepConflict: an officer who began a repair or a new version meanwhile wins.
    """
    try:
        return _undo(evidence, actor, revision)
    except IntegrityError:
        # A new version was opened at the same moment; two open ones of a family cannot be.
        raise StepConflict(Evidence.objects.get(pk=evidence.pk)) from None


@transaction.atomic
def _undo(evidence, actor, revision) -> History:
    undone = decision_to_undo(evidence, actor)
    step = take_step(evidence, Action.UNDO, actor=actor, revision=revision)
    pins.put_back(undone)
    retract(f"langkah:{undone.pk}")
    return step


# --- new versions ----------------------------------------------------------------------------

COPIES = {
    Kind.DECREE: copy_decree,
    Kind.WORK_PLAN: copy_plan,
    Kind.INDICATOR_SET: copy_indicators,
    Kind.BUDGET: copy_budget,
}


def open_version(evidence: Evidence, *, actor) -> Evidence:
    """The open version of the family: the existing one, or a draft with the content copied.

    The verified version keeps counting until the new one is verified (spec section 4). The new
    version copies the item given, which must be verified or cancelled.
    """
    require_edit(actor, evidence.region)
    if held := _open_of(evidence.family):
        return held
    if evidence.kind == Kind.NIL:
        raise ValueError("Pernyataan tidak ada dibuat baru, tidak diubah.")
    try:
        return _next_version(evidence, actor)
    except IntegrityError:
        # Somebody opened one at the same moment.
        return Evidence.objects.get(family=evidence.family, status__in=OPEN)


def _open_of(family) -> Evidence | None:
    return Evidence.objects.filter(family=family, status__in=OPEN).first()


@transaction.atomic
def _next_version(evidence: Evidence, actor) -> Evidence:
    newest = Evidence.objects.filter(family=evidence.family).order_by("-version").first()
    draft = start_evidence(
        kind=evidence.kind,
        region=evidence.region,
        year=evidence.year,
        title=evidence.title,
        actor=actor,
        family=evidence.family,
        version=newest.version + 1,
    )
    COPIES[evidence.kind](adapter_for(evidence).content(evidence), draft)
    copy_citations(evidence, draft)
    record(
        "Memulai versi baru",
        draft,
        actor=actor,
        role=actor.scope.role_for(Act.EDIT, draft.region) if actor else "",
        region=draft.region,
        before={"versi": newest.version},
        after={"versi": draft.version},
    )
    return draft


# --- "Tidak ada" -----------------------------------------------------------------------------


@transaction.atomic
def declare_nil(pokja: Pokja, year: int, criterion: str, reason: str, *, actor) -> Evidence:
    """Declare with a reason that there is nothing, and send the declaration for verification.

    Raises GapsRemain without a reason, StepConflict when one is already on its way.
    """
    family = family_of(Kind.NIL, pokja.pk, year, criterion)
    held = _open_of(family)
    if held and held.status == Status.SUBMITTED:
        raise StepConflict(held)
    evidence = claim_or_start(
        held,
        kind=Kind.NIL,
        region=pokja.region,
        year=year,
        actor=actor,
        family=family,
        title=f"{BY_CRITERION[criterion].label} tidak ada {year}, {pokja.name}",
        revision=held and held.revision,
    )
    NilDeclaration.objects.update_or_create(
        evidence=evidence,
        defaults={"pokja": pokja, "year": year, "criterion": criterion, "reason": reason.strip()},
    )
    evidence = Evidence.objects.select_related("region", "nil").get(pk=evidence.pk)
    submit(evidence, actor=actor, revision=evidence.revision)
    return evidence
