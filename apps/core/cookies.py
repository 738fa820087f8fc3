"""Cookies that carry something to the next page and are forgotten there."""

from django.conf import settings

LONG_AGO = "Thu, 01 Jan 1970 00:00:00 GMT"


def forget_cookie(response, name: str, path: str) -> None:
    """As ``delete_cookie``, with the marks such cookies are set with: Django's own leaves out
    Secure, and scanners of headers look at every cookie of an answer."""
    response.set_cookie(
        name,
        max_age=0,
        expires=LONG_AGO,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
