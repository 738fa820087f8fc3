"""SESSION_ENGINE: sessions lie in the real database, also while a request is in a practice room."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSession

from apps.core.practice import outside


class SessionStore(DatabaseSession):
    """Django's own, except that every way to the database leads past the room."""

    def load(self):
        with outside():
            return super().load()

    def exists(self, session_key):
        with outside():
            return super().exists(session_key)

    def create(self):
        with outside():
            return super().create()

    def save(self, must_create=False):
        with outside():
            return super().save(must_create)

    def delete(self, session_key=None):
        with outside():
            return super().delete(session_key)

    @classmethod
    def clear_expired(cls):
        with outside():
            return super().clear_expired()
