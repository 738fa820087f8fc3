"""The numbers in the navigation, read only when a page draws it."""

from apps.inbox.queries import queue_count, task_count

COUNTERS = {"tasks": task_count, "queue": queue_count}


class NavCounts:
    """What ``core.context.Chrome.nav`` asks for by key; each number is read at most once."""

    def __init__(self, user, known=None):
        self.user = user
        self.known = dict(known or {})

    def get(self, key: str, default: int = 0) -> int:
        if key not in self.known:
            self.known[key] = COUNTERS[key](self.user) if key in COUNTERS else default
        return self.known[key]


def counts(request) -> dict:
    """Context processor: hand the navigation its numbers.

    A page that knows one already (``request.nav_counts = {"tasks": 5}``) saves the queries.
    """
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        request.nav_counts = NavCounts(user, getattr(request, "nav_counts", None))
    return {}
