"""The code of the request this code works for: the same on the error page and in the log.

Whoever reports an error gives the code; whoever reads the log finds its lines by it.
"""

from contextvars import ContextVar

_code: ContextVar[str] = ContextVar("incident", default="")


def incident_code() -> str:
    """The code; empty where no request was begun."""
    return _code.get()


def begin_incident(code: str) -> None:
    """From now on, until the next one: Django still logs after the last middleware is left."""
    _code.set(code)
