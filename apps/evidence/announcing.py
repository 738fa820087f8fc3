"""Who is told of a decision, and what it means for the Pokja, is known above this layer only.

What stands there (``inbox.events``) registers once, when the portal starts. It is asked before
the step and called after it, inside the step's transaction: no decision is without its notices,
whichever page, bulk action or command takes it.
"""

from collections.abc import Callable

from apps.verification.models import Evidence, History

Announcement = Callable[[History], None]
_announcers: list[Callable[[Evidence, str], Announcement]] = []


def announce_with(prepare: Callable[[Evidence, str], Announcement]) -> None:
    """``prepare(evidence, action)`` looks at the time before the step; what it returns is called
    with the history row of the step."""
    if prepare not in _announcers:
        _announcers.append(prepare)


def announcement(evidence: Evidence, action: str) -> Announcement:
    """Call before a step, inside its transaction; call the result after it."""
    prepared = [prepare(evidence, action) for prepare in _announcers]

    def announce(history: History) -> None:
        for tell_of in prepared:
            tell_of(history)

    return announce
