"""Connections to PostgreSQL that give up: a server that goes silent hangs nobody for long.

libpq waits for ever for the answer to a statement, and a server (or a line to it) that is frozen
still takes what is sent. A thread of the process ends the line of whoever waited too long; the
waiting call then fails as it does when the server is gone, and the person gets the page of an
outage.

A busy machine is no outage. Looks of that thread are counted, not the clock: where the process is
short of the processor, so is the thread. And while the server answers others, one line may wait
longer: it may be the only one that is dead, or only slow.
"""

import os
import socket
import time
from contextlib import contextmanager
from threading import Lock, Thread

from psycopg2 import OperationalError
from psycopg2.extensions import connection, cursor

HEALTH_CHECK = "SELECT 1"  # what Django asks of a connection it uses again
HEALTH_SECONDS = 1.5
# Longer than the server's own limit: it tells more exactly what took so long.
STATEMENT_SECONDS = 35
LENIENT = 3  # times as long, while others are answered
PAUSE = 1  # after silence: who comes meanwhile is told at once, and nobody adds to the queue
STEP = 0.2


class _Watch:
    """Who waits on which line until when."""

    def __init__(self):
        self.lock, self.is_running, self.silent_until = Lock(), False, 0.0
        self.waiting: dict[object, list] = {}  # [seconds left, file number]
        self.answers = 0  # since the last look

    @contextmanager
    def limit(self, file_number: int, seconds: float):
        key = object()
        with self.lock:
            self.waiting[key] = [seconds, file_number]
            if not self.is_running:
                self.is_running = True
                Thread(target=self._run, daemon=True, name="patience").start()
        try:
            yield
            self.answers += 1
        finally:
            with self.lock:
                self.waiting.pop(key, None)

    def _run(self):
        while True:
            time.sleep(STEP)
            with self.lock:
                self._look()

    def _look(self):
        passed = STEP / LENIENT if self.answers else STEP
        self.answers = 0
        for key, wait in list(self.waiting.items()):
            wait[0] -= passed
            if wait[0] < 0:
                del self.waiting[key]
                self.silent_until = time.monotonic() + PAUSE
                _hang_up(wait[1])


def _hang_up(file_number: int) -> None:
    """End the line, not the file: its number stays taken until its owner closes it."""
    try:
        with socket.socket(fileno=os.dup(file_number)) as line:
            line.shutdown(socket.SHUT_RDWR)
    except OSError:  # ended already
        return


watch = _Watch()


def _begin_anew():
    """A forked process has no thread of its parent's, and none of its waiting."""
    global watch
    watch = _Watch()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)


class PatientCursor(cursor):
    def execute(self, query, vars=None):
        seconds = HEALTH_SECONDS if query == HEALTH_CHECK else STATEMENT_SECONDS
        with watch.limit(self.connection.fileno(), seconds):
            return super().execute(query, vars)


class PatientConnection(connection):
    def __init__(self, *words, **options):
        if time.monotonic() < watch.silent_until:
            raise OperationalError("the server was silent a moment ago")
        super().__init__(*words, **options)

    def commit(self):
        with watch.limit(self.fileno(), STATEMENT_SECONDS):
            super().commit()

    def rollback(self):
        with watch.limit(self.fileno(), HEALTH_SECONDS):
            super().rollback()
