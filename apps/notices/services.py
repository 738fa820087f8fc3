"""Tell people something: the one door for every notice, on the bell and by mail."""

from apps.notices.models import Notice


def tell(users, event: str, text: str, url: str = "", *, key: str = "") -> None:
    """Give each of these people a notice, inside the caller's transaction.

    ``key`` names the occasion: whoever was told of it already is not told again. Whoever caused
    the event is left out by the caller.
    """
    Notice.objects.bulk_create(
        [Notice(user=user, event=event, text=text[:400], url=url, key=key) for user in users],
        ignore_conflicts=bool(key),
    )


def retract(key: str) -> None:
    """Take back what was told of an occasion that did not happen after all (an undone decision)."""
    Notice.objects.filter(key=key).delete()
