"""Who can tell what a paper would say today. The rooms that issue papers lie above this one, so
they name their function here, in ``AppConfig.ready()``."""

from collections.abc import Callable

from apps.papers.codes import fingerprint
from apps.papers.enums import PaperKind

_current: dict[str, Callable] = {}


def register(kind: PaperKind, current_told: Callable) -> None:
    """``current_told(issued)`` gives the facts of that paper as of now, of the same shape as
    ``issued.told``; None where nothing can be said."""
    _current[str(kind)] = current_told


def has_changed(issued) -> bool:
    """Whether the paper would tell something else today; False where nobody can tell."""
    current_told = _current.get(issued.kind)
    now = current_told(issued) if current_told else None
    return now is not None and fingerprint(now) != fingerprint(issued.told)
