"""The number on the bell, read only when a page draws it."""

from django.utils.functional import SimpleLazyObject

from apps.notices.models import Notice


def bell(request) -> dict:
    """Context processor: ``unread_notices`` (one query, none where nobody draws it)."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread_notices": 0}
    return {"unread_notices": SimpleLazyObject(lambda: Notice.objects.of(user).unread().count())}
