"""What a verifier writes on an item while judging it, before any decision."""

from apps.accounts.enums import Act
from apps.verification.enums import Status
from apps.verification.models import Evidence
from apps.verification.services import StepConflict, StepRefused, entered_by


def claim_judging(evidence: Evidence, *, actor, revision: int) -> None:
    """Hold a waiting item as the actor saw it until the transaction ends; it stays as it is.

    A decision at the same moment comes either before (StepConflict here) or after. Raises
    StepRefused for those who may not judge it.
    """
    if not actor.scope.can(Act.VERIFY, evidence.region):
        raise StepRefused("Peran Anda tidak dapat melakukan langkah ini.")
    held = Evidence.objects.select_for_update().filter(
        pk=evidence.pk, status=Status.SUBMITTED, revision=revision
    )
    if not held.values_list("pk", flat=True):
        raise StepConflict(Evidence.objects.get(pk=evidence.pk))
    if entered_by(evidence, actor):
        raise StepRefused(
            "Anda ikut mengisi atau mengirim berkas ini; mintalah verifikator lain memeriksanya."
        )
