"""Evidence and what happened to it; where in a document something stands."""

from apps.verification.models.evidence import (
    Evidence,
    EvidenceQuerySet,
    History,
    Note,
    ReturnReason,
)
from apps.verification.models.places import Citation, Pin

__all__ = ["Citation", "Evidence", "EvidenceQuerySet", "History", "Note", "Pin", "ReturnReason"]
