"""The number on the bell, read only when a page draws it."""

from django.utils.functional import SimpleLazyObject

from apps.core.database import fetch

# By hand, since every page of everybody asks it: the query builder costs more than the database.
_UNREAD = "SELECT COUNT(*) FROM notices_notice WHERE user_id = %s AND read_at IS NULL"


def bell(request) -> dict:
    """Context processor: ``unread_notices`` (one query a request, none where nobody draws it)."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread_notices": 0}
    if not hasattr(request, "unread_notices"):
        request.unread_notices = SimpleLazyObject(lambda: fetch(_UNREAD, [user.pk])[0][0])
    return {"unread_notices": request.unread_notices}
