"""Sharing an item as an example, and stopping it. Each in one transaction, on record.

It is an act of whoever fills in and sends the item (``Act.EDIT``): the officer answers for what
leaves the region, and the province may do it on their behalf, logged, as with everything they
send. Ending is open to the same people, at any time.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.access import require
from apps.accounts.enums import Act
from apps.audit.services import record
from apps.core.errors import Conflict
from apps.examples.models import SHAREABLE, Share
from apps.verification.models import Evidence

NOT_VERIFIED = "Hanya bukti terverifikasi yang sedang dihitung dapat dibagikan sebagai contoh."
CHANGED = "Muat ulang halaman untuk melihat keadaan bukti sekarang."


def may_be_shared(evidence: Evidence) -> bool:
    """Is it a verified version that counts, of a kind one can learn from? 1 query."""
    counting = Evidence.objects.counting().filter(pk=evidence.pk, kind__in=SHAREABLE)
    return counting.exists()


def share(evidence: Evidence, *, actor) -> tuple[Share, bool]:
    """The running share of an item, and whether this call began it: two clicks make one.

    Raises PermissionDenied for people of other regions, Conflict when the item is not (or no
    longer) a verified one that counts.
    """
    require(actor, Act.EDIT, evidence.region)
    try:
        with transaction.atomic():
            return _share(evidence, actor)
    except IntegrityError as error:  # somebody was faster; theirs stands
        running = Share.objects.running().filter(evidence=evidence).first()
        if running is None:  # and has stopped it again
            raise Conflict(NOT_VERIFIED, CHANGED) from error
        return running, False


def _share(evidence, actor) -> tuple[Share, bool]:
    held = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if not may_be_shared(held):
        raise Conflict(NOT_VERIFIED, CHANGED)
    rows = Share.objects.filter(evidence=held)
    if running := rows.running().first():
        return running, False
    now = timezone.now()
    # One that had ended by itself makes room: from here on it is ended for good.
    rows.filter(ended_at=None).update(ended_at=now)
    begun = Share.objects.create(
        evidence=held, revision=held.revision, shared_by=actor, shared_at=now
    )
    _trace("Membagikan bukti sebagai contoh", begun, actor)
    return begun, True


def stop(found: Share, *, actor) -> bool:
    """End a share from this moment on; False when it was ended already.

    Raises PermissionDenied for people of other regions.
    """
    require(actor, Act.EDIT, found.evidence.region)
    with transaction.atomic():
        rows = Share.objects.filter(pk=found.pk, ended_at=None)
        ended = rows.update(ended_at=timezone.now(), ended_by=actor)
        if ended:
            _trace("Berhenti membagikan bukti", found, actor)
    return bool(ended)


def _trace(action, found, actor) -> None:
    region = found.evidence.region
    record(
        action,
        found,
        actor=actor,
        role=actor.scope.role_for(Act.EDIT, region),
        region=region,
        after={"bukti": found.evidence_id, "judul": found.evidence.title},
    )
