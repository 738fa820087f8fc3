"""A document in words, for the facts of every kind of evidence."""

from apps.core.formats import format_size
from apps.documents.queries import other_uses
from apps.documents.signature_words import one_line
from apps.documents.signatures import known_of

SAME_FILE = "Berkas yang sama"


def file_text(document) -> str:
    """SK Pokja.pdf (4 halaman, 1,8 MB); empty where there is no file."""
    if document is None:
        return ""
    return f"{document.original_name} ({document.pages} halaman, {format_size(document.size)})"


def document_checks(document, evidence, places=None) -> list[tuple[bool, str]]:
    """Is there a readable file, is its electronic signature sound, and does the same file stand
    elsewhere (spec section 8)?

    ``places``: what ``other_uses`` would answer, where a list has read it for all its rows.
    """
    if document is None:
        return [(False, "Berkas belum diunggah")]
    found = [(True, f"PDF terbaca, {document.pages} halaman")]
    if signed := one_line(known_of(document)):
        found.append(signed)
    for place in other_uses(document, evidence) if places is None else places:
        found.append((False, f"{SAME_FILE} dipakai juga pada {place}"))
    return found
