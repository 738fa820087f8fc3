"""What keeps a region's year closed beside its deadlines (a closed book): rooms above say so.

Asked wherever something would be taken or opened again, so that a page and a lock say the same.
"""

from collections.abc import Callable

# (year, region) -> why nothing is taken, in one sentence for people; "" where nothing keeps it.
KEEPERS: list[Callable] = []


def why_kept(year: int, region) -> str:
    """The first reason that stands; empty where the deadlines alone decide."""
    return next((why for keeper in KEEPERS if (why := keeper(year, region))), "")
