"""A new token on its way to the page that shows it: once, to the browser that asked for it.

Nothing of it is stored: it travels in a signed cookie of that page alone, which the page deletes.
"""

from django.conf import settings
from django.urls import reverse

from apps.core.cookies import forget_cookie

COOKIE = "token_baru"
SHOWN_FOR = 300  # seconds


def send(response, secret: str) -> None:
    response.set_signed_cookie(
        COOKIE,
        secret,
        salt=COOKIE,
        max_age=SHOWN_FOR,
        path=reverse("api:tokens"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def take(request) -> str:
    """The secret; "" once it was shown, or after some minutes."""
    return request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=SHOWN_FOR)


def forget(response) -> None:
    forget_cookie(response, COOKIE, reverse("api:tokens"))
