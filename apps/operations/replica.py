"""Reading from a replica of the database (DATABASE_REPLICA_URL), where that can do no harm.

Only pages that show figures, only while nothing is being written: a replica may be some seconds
behind. Whoever wrote something reads from the primary for a while, so that nobody misses an own
change. Who somebody is and what they may do is always asked of the primary.
"""

import logging
import time
from contextvars import ContextVar

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections

from apps.core.practice import current

logger = logging.getLogger(__name__)

ALIAS = "replica"
# Pages over many rows that nobody types into.
NAMESPACES = frozenset(
    {"dashboard", "open_data", "comparison", "attainment", "recap", "report_cards", "guides"}
)
# Rights withdrawn bite on the next request, sessions are ended at once, the trail is complete.
PRIMARY_ONLY = frozenset({"accounts", "auth", "sessions", "audit", "trail", "api", "admin"})
SAFE_METHODS = frozenset({"GET", "HEAD"})
WROTE = "baru_menulis"  # cookie: reads from the primary as long as it lives
BROKEN = (DatabaseError, InterfaceError)  # InterfaceError: the line was closed before it was used
AWAY_FOR = 15.0  # seconds until a replica that did not answer is asked again

_reads_there: ContextVar[bool] = ContextVar("reads_from_replica", default=False)


class ReplicaRouter:
    """For DATABASE_ROUTERS."""

    def db_for_read(self, model, **hints):
        if (
            _reads_there.get()
            and model._meta.app_label not in PRIMARY_ONLY
            and current() is None  # a practice room stands behind the primary's name
            and not connections["default"].in_atomic_block
        ):
            return ALIAS
        return "default"

    def db_for_write(self, model, **hints):
        """Locks (select_for_update) come here too."""
        return "default"

    def allow_relation(self, one, other, **hints):
        return True  # the same rows, read here or there

    def allow_migrate(self, db, app_label, **hints):
        return db != ALIAS


class ReplicaMiddleware:
    """Decides for each request; stands after the practice room, before the views."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.away_until = 0.0

    def __call__(self, request):
        token = _reads_there.set(False)
        try:
            response = self.get_response(request)
        finally:
            _reads_there.reset(token)
        if request.method not in SAFE_METHODS:
            response.set_cookie(
                WROTE,
                "1",
                max_age=settings.REPLICA_AFTER_WRITE_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        may = (
            request.method in SAFE_METHODS
            and WROTE not in request.COOKIES
            and match.namespaces[:1]
            and match.namespaces[0] in NAMESPACES
        )
        _reads_there.set(bool(may) and self._answers())

    def _answers(self) -> bool:
        if time.monotonic() < self.away_until:
            return False
        replica = connections[ALIAS]
        try:
            replica.close_if_health_check_failed()
            replica.ensure_connection()
        except BROKEN as trouble:
            self._pass_over(trouble)
            return False
        return True

    def process_exception(self, request, exception):
        """A replica that breaks off in the middle of a page, or cancels a long query because the
        primary moved on, costs nobody the page: the view is asked again, of the primary."""
        if not (_reads_there.get() and isinstance(exception, BROKEN)):
            return None
        self._pass_over(exception)
        _reads_there.set(False)
        match = request.resolver_match
        try:
            return match.func(request, *match.args, **match.kwargs)
        except BROKEN:
            return None  # the primary, too: what answers outages has the word

    def _pass_over(self, trouble: Exception) -> None:
        connections[ALIAS].close()
        self.away_until = time.monotonic() + AWAY_FOR
        logger.warning("Salinan basis data tidak menjawab: %s", type(trouble).__name__)
