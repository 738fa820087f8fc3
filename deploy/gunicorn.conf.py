"""gunicorn in production: `gunicorn -c deploy/gunicorn.conf.py` from the project's folder.

A signal HUP loads new code without losing a request: the socket stays, new workers come, the old
ones finish what they have begun. That is why the code is not loaded before forking.
"""

import os
from pathlib import Path

from gunicorn.http.unreader import SocketUnreader
from prometheus_client import multiprocess

from pokja_portal.logs import logging_config

wsgi_app = "pokja_portal.wsgi"
bind = os.environ.get("WEB_BIND", "127.0.0.1:8001")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
# Many threads for slow lines: an upload holds one while it waits, and pages must not.
threads = int(os.environ.get("WEB_THREADS", "32"))
# Bytes asked of a line at once, and set aside while it is waited for: by default 1 MB for each
# upload, which the worker would not give back afterwards either.
SocketUnreader.max_body_chunk = 64 * 1024
timeout = 120
graceful_timeout = 60
# A worker ends after so many requests; nothing that leaks grows for weeks.
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
# A worker's sign of life must not wait for a busy disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  shared memory
# The portal writes a line for each request itself (LOG_FORMAT=json), without words of the address.
accesslog = None

logconfig_dict = logging_config(os.environ.get("LOG_FORMAT", "line"))
logconfig_dict["loggers"]["gunicorn.error"] = {
    "level": "INFO",
    "handlers": ["console"],
    "propagate": False,
}

FIGURES = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")


def on_starting(server):
    """Figures of the run before are no figures of this one."""
    if FIGURES:
        Path(FIGURES).mkdir(parents=True, exist_ok=True)
        for file in Path(FIGURES).glob("*.db"):
            file.unlink()


def child_exit(server, worker):
    if FIGURES:
        multiprocess.mark_process_dead(worker.pid, FIGURES)
