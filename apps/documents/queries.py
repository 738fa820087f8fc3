"""Reads over documents. What uses a document stands above this app, so it is named by path."""

from apps.documents.models import Document

# Every relation that ties a document to evidence.
USES = ("decrees", "budgets")
MOST = 3


def other_uses(document: Document, evidence) -> list[str]:
    """Where the very same file is used besides this evidence (spec section 8): another region,
    or another item of the same kind, so another Pokja or year. Newest first, at most three."""
    return other_uses_of([(document, evidence)])[evidence.pk]


def other_uses_of(pairs) -> dict[int, list[str]]:
    """The same for many (document or None, evidence) pairs, by evidence id: 2 queries in all."""
    digests = {document.sha256 for document, _ in pairs if document}
    uses = _uses_of(digests) if digests else []
    return {evidence.pk: _places(document, evidence, uses) for document, evidence in pairs}


def _places(document, evidence, uses) -> list[str]:
    found = [
        f"{title}, {region}"
        for digest, family, title, kind, region_id, region in uses
        if document
        and digest == document.sha256
        and family != evidence.family
        and (kind == evidence.kind or region_id != evidence.region_id)
    ]
    return list(dict.fromkeys(found))[:MOST]


def _uses_of(digests) -> list[tuple]:
    found = []
    for use in USES:
        path = f"{use}__evidence"
        rows = Document.objects.filter(sha256__in=digests, **{f"{path}__isnull": False})
        found += rows.order_by("-id").values_list(
            "sha256",
            f"{path}__family",
            f"{path}__title",
            f"{path}__kind",
            f"{path}__region_id",
            f"{path}__region__name",
        )
    return found
