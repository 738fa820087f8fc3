"""Pins: remarks at a spot of a page, put down while checking and sent with the return.

A pin that was sent belongs to its return for good, and to the file it was put on, also after
another file was uploaded. One that was not sent is its writer's own, and goes with the approval.
"""

import math
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.accounts.enums import Act
from apps.audit.services import record
from apps.verification.citations import document_of
from apps.verification.judging import claim_judging
from apps.verification.models import Evidence, History, Pin
from apps.verification.services import StepRefused

MAX_TEXT = 1000
LEFT = ("document_id", "page", "x", "y", "text", "created_by_id")  # what is kept of a pin
MOST = 50  # open pins of one person on one item


class Spot(NamedTuple):
    """A place on a page; ``x`` and ``y`` are parts (0 to 1) of its width and height."""

    page: int
    x: float
    y: float


# --- writing ---------------------------------------------------------------------------------


@transaction.atomic
def place(evidence: Evidence, document, spot: Spot, text: str, *, actor, revision: int) -> Pin:
    """Put a pin on a page of the file being judged. The same one sent twice stays one.

    Raises ValidationError (wrong file, page, place or text), StepConflict, StepRefused.
    """
    claim_judging(evidence, actor=actor, revision=revision)
    if document is None or document != document_of(evidence):
        raise ValidationError("Pin hanya dapat diletakkan pada berkas yang sedang diperiksa.")
    _check_spot(spot, document)
    values = {"document": document, "text": _checked(text)} | spot._asdict()
    mine = evidence.pins.filter(created_by=actor, history=None)
    if same := mine.filter(**values).first():
        return same
    if mine.count() >= MOST:
        raise ValidationError(f"Paling banyak {MOST} pin untuk satu berkas.")
    pin = Pin.objects.create(evidence=evidence, created_by=actor, **values)
    _trace("Menaruh pin pada halaman", pin, actor, after=_told(pin))
    return pin


@transaction.atomic
def change(pin: Pin, spot: Spot, text: str, *, actor, revision: int) -> Pin:
    """Move or reword an unsent pin of one's own; raises as ``place`` does."""
    _claim(pin, actor, revision)
    _check_spot(spot, pin.document)
    before = _told(pin)
    pin.text = _checked(text)
    pin.page, pin.x, pin.y = spot
    if not Pin.objects.filter(pk=pin.pk, history=None).update(
        text=pin.text, page=pin.page, x=pin.x, y=pin.y
    ):
        raise ValidationError("Pin ini sudah dihapus.")
    _trace("Mengubah pin pada halaman", pin, actor, before=before, after=_told(pin))
    return pin


@transaction.atomic
def remove(pin: Pin, *, actor, revision: int) -> None:
    """Take away an unsent pin of one's own; of two removals at once both are content."""
    _claim(pin, actor, revision)
    _trace("Menghapus pin pada halaman", pin, actor, before=_told(pin))
    pin.delete()


def _claim(pin, actor, revision) -> None:
    if pin.created_by_id != actor.pk:
        raise StepRefused("Pin ini milik verifikator lain.")
    if pin.history_id is not None:
        raise StepRefused("Pin ini sudah dikirim bersama pengembalian dan tidak dapat diubah.")
    claim_judging(pin.evidence, actor=actor, revision=revision)


def _check_spot(spot: Spot, document) -> None:
    if not 1 <= spot.page <= document.pages:
        raise ValidationError("Halaman ini tidak ada pada berkas.")
    if not all(math.isfinite(part) and 0 <= part <= 1 for part in (spot.x, spot.y)):
        raise ValidationError("Letak pin harus berada pada halaman.")


def _checked(text: str) -> str:
    text = text.replace("\x00", "").strip()
    if not text:
        raise ValidationError("Tulis catatan untuk pin ini")
    if len(text) > MAX_TEXT:
        raise ValidationError(f"Catatan paling banyak {MAX_TEXT} huruf, sekarang {len(text)}")
    return text


def _told(pin) -> dict:
    return {"letak": f"hal. {pin.page}, {pin.x:.3f}, {pin.y:.3f}", "catatan": pin.text}


def _trace(action, pin, actor, **changes) -> None:
    evidence = pin.evidence
    record(
        action,
        evidence,
        actor=actor,
        role=actor.scope.role_for(Act.VERIFY, evidence.region),
        region=evidence.region,
        **changes,
    )


# --- with a decision: call inside its transaction --------------------------------------------


def waiting(evidence: Evidence, actor=None) -> int:
    """How many pins have not been sent: the actor's, or everybody's."""
    rows = evidence.pins.filter(history=None)
    return (rows.filter(created_by=actor) if actor else rows).count()


def hold_waiting(evidence: Evidence, actor) -> int:
    """The actor's unsent pins; until the transaction ends there are no more and no fewer."""
    list(Evidence.objects.select_for_update().filter(pk=evidence.pk).values_list("pk"))
    return waiting(evidence, actor)


def summary(count: int) -> str:
    """What a return says that has nothing but pins; "" without any."""
    return f"Lihat {count} catatan yang ditandai pada halaman berkas." if count else ""


def send(evidence: Evidence, history: History) -> int:
    """The actor's open pins go out with their return; returns how many."""
    return evidence.pins.filter(created_by=history.actor, history=None).update(history=history)


def clear(evidence: Evidence, approved: History) -> int:
    """After an approval no pin waits any more, whoever wrote it; returns how many went.

    What they said stays in the audit trail, and with the decision in case it is undone.
    """
    waiting = list(evidence.pins.filter(history=None))
    for pin in waiting:
        _trace("Menghapus pin yang tidak dikirim", pin, approved.actor, before=_told(pin))
    Pin.objects.filter(pk__in=[pin.pk for pin in waiting], history=None).delete()
    if waiting:
        approved.left_pins = [{name: getattr(pin, name) for name in LEFT} for pin in waiting]
        approved.save(update_fields=["left_pins"])
    return len(waiting)


def put_back(decision: History) -> None:
    """After an undone decision its pins wait again: those it sent, and those it took away."""
    Pin.objects.filter(history=decision).update(history=None)
    Pin.objects.bulk_create(
        Pin(evidence_id=decision.evidence_id, **left) for left in decision.left_pins
    )


# --- reading ---------------------------------------------------------------------------------


def pins_of(evidence: Evidence, document=None) -> list[Pin]:
    """All pins of an item, on one file or on any, in the order of the pages. One query."""
    rows = evidence.pins.select_related("document", "created_by")
    if document is not None:
        rows = rows.filter(document=document)
    return list(rows)


def last_sent(evidence: Evidence) -> list[Pin]:
    """The pins of the last return, numbered (``number``) as everybody sees them.

    One query.
    """
    returned = evidence.history.returns()
    rows = evidence.pins.filter(history=returned.values("pk")[:1])
    return numbered(rows.select_related("document", "created_by"))


def numbered(pins) -> list[Pin]:
    """The pins with their number on the page, from 1."""
    pins = list(pins)
    for number, pin in enumerate(pins, start=1):
        pin.number = number
    return pins


class PinnedPage(NamedTuple):
    """A page that carries pins; ``is_old`` when another file has taken the place of its own."""

    document: object
    page: int
    pins: list[Pin]
    is_old: bool


def pages_with(pins: list[Pin], current) -> list[PinnedPage]:
    """Numbered pins by file and page; ``current`` is the file there is now, or None."""
    found = {}
    for pin in pins:
        found.setdefault((pin.document_id, pin.page), []).append(pin)
    return [
        PinnedPage(group[0].document, page, group, not current or document_id != current.pk)
        for (document_id, page), group in found.items()
    ]
