"""Coded reasons on the returned sample items, so that the most frequent ones can be seen."""

from apps.verification.enums import Action
from apps.verification.models import History, Note, ReturnReason

# By kind, the most frequent first: on every return, on every second, on every third.
FREQUENT = {
    "decree": ("sk-tanggal", "sk-lampiran", "sk-tanda-tangan"),
    "work_plan": ("rk-penanggung-jawab", "rk-waktu", "rk-keluaran"),
    "indicator_set": ("in-sumber", "in-target"),
    "budget": ("an-halaman", "an-bukti", "an-nilai"),
}


def give_reasons() -> None:
    """Nothing where the reasons have not been loaded."""
    reasons = {reason.code: reason for reason in ReturnReason.objects.all()}
    returns = History.objects.filter(action=Action.RETURN).select_related("evidence")
    counts, notes = {}, []
    for row in returns.order_by("pk"):
        kind = row.evidence.kind
        at = counts[kind] = counts.get(kind, -1) + 1
        for every, code in enumerate(FREQUENT.get(kind, ()), start=1):
            if at % every == 0 and code in reasons:
                notes.append(Note(history=row, evidence=row.evidence, reason=reasons[code]))
    Note.objects.bulk_create(notes)
