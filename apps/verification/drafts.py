"""Where a draft begins and who may write it: used by the services of every kind of evidence."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from apps.accounts.enums import Act
from apps.verification.enums import OPEN
from apps.verification.models import Evidence
from apps.verification.queries import latest_version
from apps.verification.services import StepConflict, claim_edit, start_evidence


def require_edit(actor, region) -> None:
    """Raise PermissionDenied (403) unless the person may fill in things of this region.

    ``actor`` None is the command line, which may.
    """
    if actor is not None and not actor.scope.can(Act.EDIT, region):
        raise PermissionDenied("Peran Anda tidak dapat mengisi bukti di wilayah ini.")


def claim_or_start(
    evidence: Evidence | None, *, kind, region, year, title, actor, revision=None, family=None
) -> Evidence:
    """The version to write into: the given one, claimed, or a new draft of the family.

    Call inside the transaction that writes the content. Raises StepConflict when the version
    changed meanwhile, or when somebody opened a version of this family first.
    """
    require_edit(actor, region)
    if evidence is not None:
        claim_edit(evidence, actor=actor, revision=revision, title=title)
        return evidence
    return start_next(kind=kind, region=region, year=year, title=title, actor=actor, family=family)


def start_next(*, kind, region, year, title, actor, family=None) -> Evidence:
    """Open the next version of a family as a draft; StepConflict where one is already open."""
    last = latest_version(family) if family else None
    if last is not None and last.status in OPEN:
        raise StepConflict(last)
    try:
        with transaction.atomic():
            return start_evidence(
                kind=kind,
                region=region,
                year=year,
                title=title,
                actor=actor,
                family=family,
                version=last.version + 1 if last else 1,
            )
    except IntegrityError:
        # Two people at the same moment: the constraint let the other one pass.
        raise StepConflict(latest_version(family)) from None
