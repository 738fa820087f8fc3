"""Refusals leave a row each: who asked for what they may not, or wrote to what is locked.

Written after the answer is made, in a transaction of its own: what the refusing view rolled back
takes it not along, and a trouble with it changes no answer.
"""

import logging
from datetime import timedelta

from django.db import DEFAULT_DB_ALIAS, DatabaseError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from apps.audit.models import Refusal
from apps.audit.services import zone_of

logger = logging.getLogger(__name__)

REFUSALS = frozenset({403, 404, 409})
MINUTE = timedelta(minutes=1)
MOST = 20  # rows of one person in a minute; the rest is counted in the last of them
KEPT = timedelta(days=366)


def is_refusal(request, response) -> bool:
    """Of somebody who is signed in. An address the portal does not have is a mistake of typing:
    a 404 counts where the address exists and its object does not, or not for them."""
    if response.status_code not in REFUSALS and not _is_sent_to_admin_login(response):
        return False
    if response.status_code == 404 and request.resolver_match is None:
        return False
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def _is_sent_to_admin_login(response) -> bool:
    """The administration sends whoever is no staff there, also who is signed in."""
    if response.status_code != 302:
        return False
    return response["Location"].startswith(reverse("admin:login"))


def note_refusal(request, status: int) -> None:
    """1 row, or 1 more on a row; 2 queries. Never raises for the database."""
    try:
        with transaction.atomic(using=DEFAULT_DB_ALIAS):
            _note(request, status)
    except DatabaseError as trouble:
        logger.warning("Penolakan tidak tercatat: %s", type(trouble).__name__)


def _note(request, status: int) -> None:
    user, now = request.user, timezone.now()
    rows = Refusal.objects.using(DEFAULT_DB_ALIAS)
    lately = rows.filter(actor=user, at__gt=now - MINUTE, at__lte=now).order_by("-id")
    found = list(lately.values_list("pk", flat=True)[:MOST])
    if len(found) == MOST:
        rows.filter(pk=found[0]).update(count=F("count") + 1)
        return
    post = user.scope.main_post
    rows.create(
        at=now,
        zone=zone_of(user),
        actor=user,
        role="admin" if user.is_superuser else post.role if post else "",
        method=request.method[:10],
        address=_address(request),
        status=status,
        reason=getattr(request, "refused_because", "").replace("\x00", "")[:300],
    )


def _address(request) -> str:
    """The path, without the secret of a link that was sent to somebody."""
    path, match = request.path.replace("\x00", ""), request.resolver_match
    if secret := match and match.kwargs.get("token"):
        path = path.replace(str(secret), "…")
    return path[:200]


def forget_old() -> int:
    """Those of more than a year ago go; how many rows."""
    return Refusal.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
