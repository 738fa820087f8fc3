"""What all machines share, asked when somebody looks: queue, mails, marks, uploads, backups."""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min, Sum
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily

from apps.documents.models import Upload
from apps.effectiveness.models import StaleMark
from apps.notices.enums import MailState
from apps.notices.models import Mail

BACKUP = re.compile(r"cadangan-(\d{8}T\d{6})Z(-\d+)?")

logger = logging.getLogger(__name__)


class SharedFigures:
    """A collector of prometheus_client: gives its figures each time it is asked."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            figures = [*_queue(), *_mails(), *_marks(), *_uploads()]
            is_up = 1
        except DatabaseError as trouble:
            logger.warning("Angka untuk Prometheus tidak dapat dibaca: %s", type(trouble).__name__)
            figures, is_up = [], 0
            connection.close()
        yield _gauge("pokja_database_up", "1 bila basis data menjawab", is_up)
        yield from figures
        yield from _backup()


def _gauge(name: str, told: str, value) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=value)


def waiting_tasks() -> tuple[int, float]:
    """(tasks that could be done now, seconds the oldest of them has waited)."""
    told = DBTaskResult.objects.ready().aggregate(n=Count("pk"), first=Min("enqueued_at"))
    return told["n"], _seconds_since(told["first"])


def _queue():
    number, age = waiting_tasks()
    yield _gauge("pokja_queue_waiting", "Pekerjaan yang menunggu db_worker", number)
    yield _gauge("pokja_queue_oldest_seconds", "Lama pekerjaan tertua menunggu", age)


def _mails():
    states = dict(
        Mail.objects.filter(state__in=[MailState.WAITING, MailState.FAILED])
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"))
    )
    yield _gauge("pokja_mails_waiting", "Surel yang menunggu dikirim", states.get("waiting", 0))
    yield _gauge("pokja_mails_failed", "Surel yang gagal dikirim", states.get("failed", 0))


def _marks():
    told = "Wilayah yang angkanya menunggu dihitung ulang"
    yield _gauge("pokja_stale_marks", told, StaleMark.objects.count())


def _uploads():
    told = Upload.objects.filter(document=None).aggregate(n=Count("pk"), bytes=Sum("received"))
    yield _gauge("pokja_uploads_unfinished", "Unggahan yang belum selesai", told["n"])
    yield _gauge(
        "pokja_uploads_unfinished_bytes", "Byte unggahan yang belum selesai", told["bytes"] or 0
    )


def _backup():
    if (age := backup_age()) is not None:
        yield _gauge("pokja_backup_age_seconds", "Umur cadangan terakhir", age)


def backup_age() -> float | None:
    """Seconds since the youngest backup in BACKUP_DIR by its name; None where there is none."""
    times = [found[1] for path in _entries() if (found := BACKUP.fullmatch(path.name))]
    if not times:
        return None
    return _seconds_since(datetime.strptime(max(times), "%Y%m%dT%H%M%S").replace(tzinfo=UTC))


def _entries() -> list[Path]:
    try:
        return list(Path(settings.BACKUP_DIR).iterdir())
    except OSError:
        return []


def _seconds_since(moment) -> float:
    return max(0.0, (timezone.now() - moment).total_seconds()) if moment else 0.0
