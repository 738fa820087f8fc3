"""Where evidence stood at a moment of the past, read from its history."""

from datetime import datetime

from django.db.models import F, OuterRef, Subquery

from apps.verification.models import History


def status_at(known: datetime | None, evidence: str = ""):
    """An expression: the status of evidence at a moment, or now where ``known`` is None.

    ``evidence`` is the path to it ("" on Evidence itself). It is the ``to_status`` of the last
    history row written by then, whatever was done or undone later; NULL where there was none yet.
    """
    if known is None:
        return F(f"{evidence}__status" if evidence else "status")
    told = History.objects.filter(evidence=OuterRef(evidence or "pk"), at__lte=known)
    return Subquery(told.order_by("-id").values("to_status")[:1])
