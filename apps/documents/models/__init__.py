"""Documents, what is on its way to become one, and what was read from them."""

from apps.documents.models.document import Document, Original, original_name, stored_name
from apps.documents.models.reading import PageText, Reading, Signature
from apps.documents.models.uploads import Chunk, Upload

__all__ = [
    "Chunk",
    "Document",
    "Original",
    "PageText",
    "Reading",
    "Signature",
    "Upload",
    "original_name",  # the two names are part of migrations
    "stored_name",
]
