"""Figures of the running portal for Prometheus (/metrik/).

Requests are counted by the processes themselves; with PROMETHEUS_MULTIPROC_DIR those of one
machine put theirs together. What all machines share (queue, mails, marks) is asked from the
database when somebody looks. No label names a person or a region.
"""

from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from apps.operations.shared_figures import SharedFigures

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

_own = CollectorRegistry()
REQUESTS = Counter(
    "pokja_requests_total",
    "Permintaan yang dijawab, menurut halaman, metode, dan status",
    ["view", "method", "status"],
    registry=_own,
)
SECONDS = Histogram(
    "pokja_request_seconds",
    "Waktu sampai jawaban siap, menurut halaman",
    ["view"],
    buckets=BUCKETS,
    registry=_own,
)


def observe(view: str, method: str, status: int, seconds: float) -> None:
    REQUESTS.labels(view, method, str(status)).inc()
    SECONDS.labels(view).observe(seconds)


def page() -> bytes:
    """Everything, in the text format of Prometheus."""
    counted = _own
    if settings.PROMETHEUS_MULTIPROC_DIR:
        counted = CollectorRegistry()
        MultiProcessCollector(counted, path=settings.PROMETHEUS_MULTIPROC_DIR)
    shared = CollectorRegistry()
    shared.register(SharedFigures())
    return generate_latest(counted) + generate_latest(shared)
