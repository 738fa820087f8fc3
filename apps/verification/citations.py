"""Where in its document a value stands: a page and a few words to recognise the place by."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.accounts.enums import Act
from apps.audit.services import record
from apps.verification.enums import Kind
from apps.verification.judging import claim_judging
from apps.verification.models import Citation, Evidence

# What has a document stands above this app, so it is named by path.
HOLDERS = {Kind.DECREE: "decree", Kind.BUDGET: "budget"}
MAX_QUOTE = 300


@dataclass(frozen=True)
class Place:
    """A page (from 1; None for "nowhere named") and the words there."""

    page: int | None
    quote: str = ""


def document_of(evidence: Evidence):
    """The file a piece of evidence rests on now, or None."""
    content = getattr(evidence, HOLDERS.get(evidence.kind, ""), None)
    return content.document if content else None


def cite(evidence: Evidence, field: str, page: int, quote: str, actor) -> Citation:
    """Note on which page of the file a field's value stands; takes the place of an earlier note.

    Call it where the evidence is being written anyway (a draft saved, a judgement); who may do
    that is asked there. Raises ValidationError for a page the file does not have, or no file.
    """
    document = document_of(evidence)
    if document is None or not 1 <= page <= document.pages:
        raise ValidationError("Halaman ini tidak ada pada berkas.")
    citation, _ = Citation.objects.update_or_create(
        evidence=evidence,
        field=field[:60],
        defaults={
            "document": document,
            "page": page,
            "quote": _short(quote),
            "created_by": actor,
        },
    )
    return citation


def _short(quote: str) -> str:
    """One line without control characters; a long one ends in an ellipsis."""
    text = "".join(sign if sign.isprintable() else " " for sign in quote)
    text = " ".join(text.split())
    return text if len(text) <= MAX_QUOTE else text[: MAX_QUOTE - 1].rstrip() + "…"


def citations_of(evidence: Evidence) -> dict[str, Citation]:
    """By field, those that speak of the file there is now. One query."""
    document = document_of(evidence)
    if document is None:
        return {}
    return {row.field: row for row in evidence.citations.filter(document=document)}


@transaction.atomic
def note_places(evidence: Evidence, places: dict[str, Place], *, actor, revision: int) -> list[str]:
    """What a verifier says of the places: by field; a Place without page removes the note.

    Returns the fields that changed. Raises StepConflict when the item is no longer as the actor
    saw it, StepRefused for those who may not judge it, ValidationError for a wrong page.
    """
    claim_judging(evidence, actor=actor, revision=revision)
    before = citations_of(evidence)
    changed = [name for name, place in places.items() if _differs(before.get(name), place)]
    for name in changed:
        if places[name].page is None:
            before[name].delete()
        else:
            cite(evidence, name, places[name].page, places[name].quote, actor)
    if changed:
        record(
            "Mencatat letak pada berkas",
            evidence,
            actor=actor,
            role=actor.scope.role_for(Act.VERIFY, evidence.region),
            region=evidence.region,
            before={name: _told(before.get(name)) for name in changed},
            after={name: _told(places[name]) for name in changed},
        )
    return changed


def _differs(held: Citation | None, place: Place) -> bool:
    if held is None:
        return place.page is not None
    return (held.page, held.quote) != (place.page, _short(place.quote))


def _told(place) -> str:
    if place is None or place.page is None:
        return ""
    return f"hal. {place.page}" + (f": {place.quote}" if place.quote else "")


def copy_citations(evidence: Evidence, draft: Evidence) -> None:
    """The notes of a version whose file the next version keeps."""
    document = document_of(draft)
    if document is None:
        return
    Citation.objects.bulk_create(
        Citation(
            evidence=draft,
            document=document,
            field=row.field,
            page=row.page,
            quote=row.quote,
            created_by_id=row.created_by_id,
        )
        for row in evidence.citations.filter(document=document)
    )
