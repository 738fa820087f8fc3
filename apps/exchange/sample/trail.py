"""The trail of the sample: what the histories of its evidence tell, each entry at its time, and
who has opened its documents."""

from apps.audit.models import Entry
from apps.documents.models import Document
from apps.verification.enums import Status
from apps.verification.models import Evidence, History
from apps.verification.traces import DEEDS

KIND = Evidence._meta.label_lower
READERS = {"verifikator.sulsel": "verifier", "koordinator.sulsel": "coordinator"}
OPENED = 40  # documents


def add_trail(people) -> None:
    """Entries for the histories, and openings by two people of the province."""
    trace_histories()
    documents = Document.objects.filter(region__province__code="73").select_related("region")
    Entry.objects.bulk_create(
        Entry(
            at=document.uploaded_at,
            zone="WITA",
            actor=people[name],
            role=role,
            region=document.region,
            action="Membuka berkas",
            object_type=Document._meta.label_lower,
            object_id=str(document.pk),
            object_label=str(document)[:255],
        )
        for document in documents.order_by("pk")[:OPENED]
        for name, role in READERS.items()
    )


def trace_histories() -> int:
    """One entry for each history row, in the order of time; how many."""
    rows = History.objects.select_related("evidence__region").order_by("at", "id")
    traced = set(Entry.objects.filter(object_type=KIND).values_list("object_id", flat=True))
    entries = [_entry(row) for row in rows if str(row.evidence_id) not in traced]
    return len(Entry.objects.bulk_create(entries, batch_size=1000))


def _entry(row: History) -> Entry:
    region = row.evidence.region
    before = {"status": Status(row.from_status).label} if row.from_status else {}
    after = {"status": Status(row.to_status).label}
    changed = before != after
    return Entry(
        at=row.at,
        zone=region.timezone_label,
        actor_id=row.actor_id,
        role=row.role,
        region=region,
        action=DEEDS[row.action],
        object_type=KIND,
        object_id=str(row.evidence_id),
        object_label=row.evidence.title[:255],
        before=before if changed else {},
        after=after if changed else {},
        reason=row.note,
    )
