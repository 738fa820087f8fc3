"""What people are told of because a day has come or because of how things stand (design 11).

Everything is reckoned from the state of things, so nothing is lost when nothing ran for a while.
Daily parts run once for each zone and local day, from 06.00 on, so that the digest of 07.00 has
their lines; ``notices.services.once`` and the keys of the notices hold that nobody is told twice.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from apps.core.formats import ZONES, local_time
from apps.documents.models import Document, Reading
from apps.inbox import due_days, mails, queue_news
from apps.notices.enums import Event
from apps.notices.models import Notice
from apps.notices.services import once, tell
from apps.regions.enums import Level
from apps.regions.models import Region

logger = logging.getLogger(__name__)

DAWN = 6
LOOKED_BACK = timedelta(days=7)


class Morning(NamedTuple):
    """A local day of one zone: the provinces whose day it is, and when it began."""

    zone: str
    day: date
    began: datetime
    provinces: list[Region]


DAILY: tuple[Callable[[Morning], None], ...] = (
    queue_news.tell_over_target,
    due_days.tell_deadlines,
    due_days.tell_quarter,
    mails.tell_endings,
)


def tell_due(now: datetime | None = None) -> list[str]:
    """Tell everything that is due; safe to run at any time and twice at once.

    Returns the names of the parts that failed: they hold no other up and are tried again with
    the next run.
    """
    now = now or timezone.now()
    parts: list[tuple[str, Callable]] = [
        ("berkas baru", partial(queue_news.tell_new, now)),
        ("berkas tidak terbaca", partial(tell_unreadable, now)),
    ]
    for morning in mornings(now):
        for part in DAILY:
            name = f"{part.__name__}:{morning.zone}:{morning.day}"
            parts.append((name, partial(once, name, partial(part, morning))))
    failed = []
    for name, run in parts:
        try:
            run()
        except Exception:
            logger.exception("Kabar %s gagal.", name)
            failed.append(name)
    return failed


def mornings(now: datetime) -> list[Morning]:
    """The zones in which it is 06.00 or later; one query."""
    provinces = list(Region.objects.filter(level=Level.PROVINSI).order_by("code"))
    found = []
    for zone in ZONES:
        local = local_time(now, zone)
        if local.hour >= DAWN:
            began = local.replace(hour=0, minute=0, second=0, microsecond=0)
            own = [region for region in provinces if region.timezone_label == zone]
            found.append(Morning(zone, local.date(), began, own))
    return found


def tell_unreadable(now: datetime) -> None:
    """Whoever uploaded a file that the portal could not open is asked for another. A scan without
    letters is no such file: people can read it."""
    rows = Reading.objects.filter(
        state=Reading.State.FAILED,
        read_at__gte=now - LOOKED_BACK,
        document__uploaded_by__is_active=True,
    )
    keys = {f"berkas:{pk}": pk for pk in rows.values_list("document_id", flat=True)}
    told = Notice.objects.filter(key__in=list(keys)).values_list("key", flat=True)
    fresh = [keys[key] for key in keys.keys() - set(told)]
    documents = Document.objects.filter(pk__in=fresh).select_related("uploaded_by")
    for document in documents.order_by("pk"):
        name = document.original_name[:100]
        tell(
            [document.uploaded_by],
            Event.UNREADABLE,
            f"{_what(document)} ({name}) tidak dapat dibaca. Unggah ulang PDF.",
            reverse("library:document", args=[document.uuid]),
            key=f"berkas:{document.pk}",
        )


def _what(document: Document) -> str:
    """What the file is for, where that is known already."""
    if document.decrees.exists():
        return "Berkas SK"
    return "Berkas anggaran" if document.budgets.exists() else "Berkas"
