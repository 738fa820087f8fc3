"""Evidence that comes by file: rows in the state the file asks for, and their history."""

from django.utils import timezone

from apps.verification.enums import Action, Status
from apps.verification.models import Evidence, History


def imported_evidence(*, kind, region, year, title, actor, status, family=None, version=1):
    """An unsaved evidence row in the state a file asks for (the importer saves them in bulk)."""
    now = timezone.now()
    evidence = Evidence(
        kind=kind,
        region=region,
        year=year,
        title=title[:255],
        version=version,
        status=status,
        created_by=actor,
        edited_by=actor,
    )
    if family is not None:
        evidence.family = family
    for name, value in _import_marks(status, actor, now).items():
        setattr(evidence, name, value)
    return evidence


def record_imports(evidences, *, actor, roles=None) -> None:
    """One history row for each imported item; its status of arrival is on record."""
    History.objects.bulk_create(
        [
            History(
                evidence=item,
                actor=actor,
                action=Action.IMPORT,
                to_status=item.status,
                role=(roles or {}).get(item.region_id, ""),
            )
            for item in evidences
        ],
        batch_size=1000,
    )


def _import_marks(status, actor, now) -> dict:
    marks = {}
    if status in (Status.SUBMITTED, Status.VERIFIED):
        marks |= {"submitted_by": actor, "submitted_at": now}
    if status == Status.VERIFIED:
        marks |= {"decided_by": actor, "decided_at": now}
    return marks
