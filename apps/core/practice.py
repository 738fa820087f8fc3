"""Practice mode: whose sample room stands in the place of the real data just now.

A room has a database of its own (SQLite) and a folder of its own. While a request is inside, the
room's connection stands behind the alias ``default``; connections are one to each thread, so
nobody else notices. What goes beside the database (files, cache, queue, mail, sessions) asks
``current``. The rooms themselves are made in ``apps.practice``.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from django.db import DEFAULT_DB_ALIAS, connections

_current: ContextVar["Stay | None"] = ContextVar("practice", default=None)


@dataclass
class Stay:
    """One request's (or command's) time in a room.

    ``key`` is the room's own word, never used again after a reset; ``store`` its files, once
    somebody asked for them; ``later`` what is to be done once the answer is out.
    """

    key: str
    folder: Path
    connection: object
    role: str = ""
    real: object = None
    store: object = None
    later: list = field(default_factory=list)
    is_limited: ClassVar[bool] = True  # to PRACTICE_MAX_BYTES

    @contextmanager
    def inside(self):
        """The room in the place of the real data, until the block ends."""
        self.real = connections[DEFAULT_DB_ALIAS]
        token = _current.set(self)
        connections[DEFAULT_DB_ALIAS] = self.connection
        try:
            yield self
        finally:
            connections[DEFAULT_DB_ALIAS] = self.real
            _current.reset(token)


def current() -> Stay | None:
    """The room this code works in; None for the real data."""
    return _current.get()


@contextmanager
def outside():
    """The real data for a moment, also from inside a room: sessions, the trail of who entered."""
    stay = _current.get()
    if stay is None:
        yield
        return
    token = _current.set(None)
    connections[DEFAULT_DB_ALIAS] = stay.real
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = stay.connection
        _current.reset(token)


def cache_key(key, key_prefix, version) -> str:
    """KEY_FUNCTION of the cache: what a room keeps there, no other room and no real page finds."""
    stay = _current.get()
    room = f"latihan-{stay.key}:" if stay else ""
    return f"{room}{key_prefix}:{version}:{key}"
