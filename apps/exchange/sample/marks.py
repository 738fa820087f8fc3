"""What verifiers left on the pages of sample decrees: pins of a return, places of values."""

from apps.decrees.models import Decree
from apps.verification.enums import Action, Status
from apps.verification.models import Citation, History, Pin

# the words a pin points at, and what is said there
PINS = (
    ("pada tanggal", "Tanggal ini berbeda dengan tanggal pada isian"),
    ("Anggota", "Belum ada anggota dari unsur nonpemerintah"),
)


def pin_returned() -> None:
    """Pins on the file of every decree that came back."""
    returns = History.objects.filter(
        action=Action.RETURN, evidence__status=Status.RETURNED, evidence__decree__document__gt=0
    )
    Pin.objects.bulk_create(
        Pin(
            evidence=row.evidence,
            document=row.evidence.decree.document,
            text=text,
            created_by=row.actor,
            history=row,
            **_spot_of(row.evidence.decree.document, words),
        )
        for row in returns.select_related("evidence__decree__document", "actor")
        for words, text in PINS
    )


def _spot_of(document, words) -> dict:
    """Just before the last line with these words; the middle of the first page without one."""
    found = {"page": 1, "x": 0.5, "y": 0.5}
    for page in document.page_texts.all():
        for left, top, _, bottom, text in page.lines:
            if words in text:
                found = {"page": page.number, "x": max(left - 0.03, 0), "y": (top + bottom) / 2}
    return found


def cite_numbers() -> None:
    """Where the number stands, for every decree that waits or was verified."""
    sent = (Status.SUBMITTED, Status.VERIFIED)
    decrees = Decree.objects.filter(evidence__status__in=sent).exclude(document=None)
    Citation.objects.bulk_create(
        Citation(
            evidence=decree.evidence,
            document_id=decree.document_id,
            field="number",
            page=1,
            quote=f"NOMOR {decree.number}",
            created_by=decree.evidence.submitted_by,
        )
        for decree in decrees.select_related("evidence__submitted_by")
    )
