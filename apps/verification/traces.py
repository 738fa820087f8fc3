"""What becomes of evidence, told to the audit trail: an entry for each step, saving, arrival."""

from collections.abc import Callable

from apps.accounts.enums import Act
from apps.audit.services import record, record_many
from apps.core.importing import Trace
from apps.verification.enums import Action, Status
from apps.verification.models import Evidence

DEEDS = {
    Action.SUBMIT: "Mengirim untuk diverifikasi",
    Action.WITHDRAW: "Menarik kembali",
    Action.RETURN: "Mengembalikan",
    Action.VERIFY: "Memverifikasi",
    Action.CANCEL: "Membatalkan verifikasi",
    Action.OPEN: "Membuka untuk diperiksa",
    Action.UNDO: "Mengurungkan keputusan",
    Action.REQUEUE: "Mengembalikan ke antrean",
    Action.CREATE: "Memulai isian",
    Action.EDIT: "Mengubah isian",
    Action.IMPORT: "Mengimpor isian",
}
# Filled by the room that knows every kind: what an item says, as {label: value}.
TELLERS: list[Callable[[Evidence], dict[str, str]]] = []


def trace_step(history, notes=()) -> None:
    """A step that has its history row."""
    evidence = history.evidence
    words = [_note_words(each) for each in notes]
    record(
        DEEDS[history.action],
        evidence,
        actor=history.actor,
        role=history.role,
        region=evidence.region,
        before={"status": Status(history.from_status).label},
        after={"status": Status(history.to_status).label} | ({"catatan": words} if words else {}),
        reason=history.note,
    )


def _note_words(note) -> str:
    parts = (note.field, str(note.reason or ""), note.text.strip())
    return ": ".join(part for part in parts if part)


def told_of(evidence: Evidence | None) -> dict[str, str] | None:
    """What an item says as it is stored; None for one that is yet to be begun."""
    if evidence is None:
        return None
    stored = Evidence.objects.get(pk=evidence.pk)
    return {label: text for tell in TELLERS for label, text in tell(stored).items()}


def traced(saved: Evidence, before: dict[str, str] | None, actor) -> Evidence:
    """Record a saving; ``before`` is what ``told_of`` said at its beginning. Gives ``saved``.

    Of a new item the cells of its table ("Kegiatan 1: Keluaran") are left out: they are kept with
    the sending, and every later change of one is told.
    """
    after = told_of(saved)
    if before is None:
        after = {label: text for label, text in after.items() if ": " not in label}
    record(
        DEEDS[Action.CREATE if before is None else Action.EDIT],
        saved,
        actor=actor,
        role=actor.scope.role_for(Act.EDIT, saved.region) if actor else "",
        region=saved.region,
        before=before,
        after=after,
    )
    return saved


def trace_arrivals(arrivals, *, actor, role_in) -> None:
    """Items that came by file: (evidence, status before or "", status now)."""
    record_many(
        [
            Trace(
                DEEDS[Action.IMPORT],
                item,
                item.region,
                {"status": Status(old).label} if old else {},
                {"status": Status(new).label},
            )
            for item, old, new in arrivals
        ],
        actor=actor,
        role_in=role_in,
        reason="Impor berkas",
    )
