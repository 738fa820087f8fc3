"""Finished pieces of pages, kept in this process as long as what they show has not changed.

Each is kept under a key (what was asked for, by whom) with the version of the data it shows. The
version is read from the database by the caller, so several processes need no word of each other.
"""

from collections import OrderedDict
from threading import Lock

from apps.core.practice import current

Pieces = tuple[str | bytes, ...]
MOST_BYTES = 8 * 1024 * 1024  # in each process; the pieces asked for longest ago go first


class Kept:
    """Pieces by key; safe for many threads. A practice room finds only its own."""

    def __init__(self, most: int = MOST_BYTES):
        self.most, self.held = most, 0
        self._pieces: OrderedDict[tuple, tuple[str, Pieces]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple, version: str) -> Pieces | None:
        """What is kept under the key, if it shows this version."""
        key = _of_room(key)
        with self._lock:
            found = self._pieces.get(key)
            if found is None or found[0] != version:
                return None
            self._pieces.move_to_end(key)
            return found[1]

    def put(self, key: tuple, version: str, pieces: Pieces) -> None:
        """Keep it, in the place of what another version showed."""
        key = _of_room(key)
        with self._lock:
            self._drop(key)
            self._pieces[key] = (version, pieces)
            self.held += _size(pieces)
            while self.held > self.most and self._pieces:
                self._drop(next(iter(self._pieces)))

    def clear(self) -> None:
        with self._lock:
            self._pieces.clear()
            self.held = 0

    def _drop(self, key: tuple) -> None:
        found = self._pieces.pop(key, None)
        if found is not None:
            self.held -= _size(found[1])


def _of_room(key: tuple) -> tuple:
    stay = current()
    return (stay.key if stay else "", *key)


def _size(pieces: Pieces) -> int:
    return sum(map(len, pieces))
