"""Reads over documents. What uses a document stands above this app, so it is named by path."""

from apps.documents.models import Document, Original

# Every relation that ties a document to evidence.
USES = ("decrees", "budgets")
MOST = 3
PLACE = ("family", "title", "kind", "region_id", "region__name", "region__province_id")
ELSEWHERE = "bukti di provinsi lain"


def other_uses(document: Document, evidence) -> list[str]:
    """Where the very same file, or the same photo of a page, is used besides this evidence (spec
    section 8): another region, or another item of the same kind, so another Pokja or year. Newest
    first, at most three. Those of another province, where a verifier of this one sees nothing, are
    not named."""
    return other_uses_of([(document, evidence)])[evidence.pk]


def other_uses_of(pairs) -> dict[int, list[str]]:
    """The same for many (document or None, evidence) pairs, by evidence id: 2 queries in all."""
    documents = [document for document, _ in pairs if document]
    uses = _uses_of(documents) if documents else []
    return {evidence.pk: _places(document, evidence, uses) for document, evidence in pairs}


def _places(document, evidence, uses) -> list[str]:
    if document is None:
        return []
    own = {digest for digest, pk, *_ in uses if pk == document.pk} | {document.sha256}
    own_province = evidence.region.province_id
    found = [
        f"{title}, {region}" if province_id == own_province else ELSEWHERE
        for digest, _, family, title, kind, region_id, region, province_id in uses
        if digest in own
        and family != evidence.family
        and (kind == evidence.kind or region_id != evidence.region_id)
    ]
    return list(dict.fromkeys(found))[:MOST]


def _uses_of(documents) -> list[tuple]:
    """(SHA-256 of the file or of one of its photos, document, *PLACE) of every use of the same
    bytes, newest document first. The documents' own uses are among them, with their photos."""
    digests = {document.sha256 for document in documents}
    photos = Original.objects.filter(document__in=documents).values("sha256")
    found = set()
    for use in USES:
        files = _with_place(Document.objects.filter(sha256__in=digests), "pk", use)
        pages = _with_place(
            Original.objects.filter(sha256__in=photos), "document", f"document__{use}"
        )
        found.update(files.union(pages))
    return sorted(found, key=lambda row: (-row[1], str(row)))


def _with_place(rows, document, use):
    path = f"{use}__evidence"
    rows = rows.filter(**{f"{path}__isnull": False}).order_by()
    return rows.values_list("sha256", document, *(f"{path}__{field}" for field in PLACE))
