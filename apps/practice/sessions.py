"""SESSION_ENGINE: sessions lie in the real database, also while a request is in a practice room.

The table holds a hash of each key, never the key a browser sends: whoever reads the table or a
backup of it gets into no session.
"""

import hashlib

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSession
from django.utils import timezone

from apps.core.outages import is_outage
from apps.core.practice import outside

KEY_LENGTH = 40  # of the column; 160 bits of the hash


def stored(session_key: str) -> str:
    """The primary key of a session's row, from the key in the cookie."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:KEY_LENGTH]


class SessionStore(DatabaseSession):
    """Django's own, except that every way to the database leads past the room, by the hash."""

    @property
    def stored_key(self) -> str:
        """The primary key of this session's row; "" before there is one."""
        return stored(self.session_key) if self.session_key else ""

    def _get_session_from_db(self):
        """The row behind the key in the cookie; a key without one is dropped (as Django does)."""
        key, now = self.session_key, timezone.now()
        found = key and self.model.objects.filter(pk=stored(key), expire_date__gt=now).first()
        if not found:
            self._session_key = None
        return found or None

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = stored(row.session_key)
        return row

    def load(self):
        with outside():
            return super().load()

    def exists(self, session_key):
        with outside():
            return super().exists(stored(session_key))

    def create(self):
        with outside():
            return super().create()

    def save(self, must_create=False):
        """A database that cannot be written says so: Django would call the session ended (400)."""
        with outside():
            try:
                return super().save(must_create)
            except UpdateError as error:
                told = error.__context__
                if is_outage(told):
                    raise told from told.__cause__
                raise

    def delete(self, session_key=None):
        key = session_key or self.session_key
        with outside():
            self.model.objects.filter(pk=stored(key or "")).delete()

    @classmethod
    def clear_expired(cls):
        with outside():
            return super().clear_expired()
