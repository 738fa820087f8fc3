"""Whether this machine can serve: database, migrations, file store. Each probe has two seconds.

A probe runs in a thread of its own with a connection of its own, so that what hangs keeps no
request waiting; while it hangs no second one is started.
"""

import logging
import os
import threading
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong

from django.core.files.storage import default_storage
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from apps.core.outages import database_answers

logger = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds for each probe
KEPT = 2.0  # seconds that an answer is given again: whoever asks often costs nothing


def database() -> None:
    if not database_answers():
        raise RuntimeError("basis data tidak menjawab")


_seen_whole = threading.Event()


def migrations() -> None:
    """Raise where the database lacks a migration of this code. Of a later code it may have more:
    so it is while a release is under way. Once whole it stays so for this process."""
    if _seen_whole.is_set():
        return
    loader = MigrationLoader(connection)
    missing = set(loader.graph.nodes) - set(loader.applied_migrations)
    if missing:
        raise RuntimeError(f"{len(missing)} migrasi belum dijalankan")
    _seen_whole.set()


def store() -> None:
    """The folder can be written to, or S3 answers."""
    if default_storage.is_folder:
        place = default_storage.path("")
        os.makedirs(place, exist_ok=True)
        if not os.access(place, os.W_OK | os.X_OK) or not os.statvfs(place).f_bavail:
            raise RuntimeError("folder berkas tidak dapat ditulisi")
    else:
        default_storage.exists("siap")


ALL = {"basis_data": database, "migrasi": migrations, "berkas": store}


class Probes:
    """Runs them side by side and remembers for a moment what they said."""

    def __init__(self, probes=None):
        self.probes = ALL if probes is None else probes
        self._running: dict[str, Future] = {}
        self._lock = threading.Lock()
        self._told, self._until = {}, 0.0

    def answers(self) -> dict[str, bool]:
        """{name: whether it is well}."""
        if time.monotonic() < self._until:
            return self._told
        deadline = time.monotonic() + PATIENCE
        running = {name: self._start(name) for name in self.probes}
        told = {name: self._is_well(name, work, deadline) for name, work in running.items()}
        self._told, self._until = told, time.monotonic() + KEPT
        return told

    def _start(self, name: str) -> Future:
        with self._lock:
            work = self._running.get(name)
            if work is None or work.done():
                work = self._running[name] = Future()
                program = (self.probes[name], work)
                threading.Thread(target=_run, args=program, daemon=True).start()
            return work

    @staticmethod
    def _is_well(name: str, work: Future, deadline: float) -> bool:
        try:
            work.result(timeout=max(0, deadline - time.monotonic()))
        except TookTooLong:
            logger.warning("Pemeriksaan %s tidak menjawab dalam %.0f detik.", name, PATIENCE)
        except Exception as trouble:  # whatever it is, this machine is not ready
            logger.warning("Pemeriksaan %s gagal: %s", name, trouble)
        else:
            return True
        return False


def _run(probe, work: Future) -> None:
    try:
        work.set_result(probe())
    except BaseException as trouble:  # told to whoever waits
        work.set_exception(trouble)
    finally:
        connections.close_all()
