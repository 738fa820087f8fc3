"""Which device is this: one its owner signed in with before, and what to call it.

A known device carries a signed cookie with a random name and the accounts that signed in there.
It opens nothing. It only exempts its owner from limits that others' guesses may have reached.
"""

import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing

COOKIE = "perangkat"
SALT = "accounts.device"
PATH = "/masuk/"  # where it is asked for; no other page is weighed down by it
LASTS = timedelta(days=180)
MOST = 8  # accounts of one device: offices share computers

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
UNKNOWN = "Perangkat tidak dikenal"


def known(request, user) -> str:
    """The name of the calling device if this person signed in with it before, else ""."""
    name, people = _read(request)
    return name if user is not None and user.pk in people else ""


def remember(request, response, user) -> None:
    """Let the device of a successful log-in be known from now on."""
    name, people = _read(request)
    people = [user.pk, *(pk for pk in people if pk != user.pk)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps([name or secrets.token_hex(8), people], salt=SALT),
        max_age=LASTS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request) -> tuple[str, list[int]]:
    try:
        name, people = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return "", []
    return name, people


def words_for(user_agent: str) -> str:
    """What a person would call it: "Chrome di Windows"; nothing of the caller's text is kept."""
    browser = next((word for mark, word in BROWSERS if f"{mark}/" in user_agent), "")
    system = next((word for mark, word in SYSTEMS if re.search(rf"\b{mark}\b", user_agent)), "")
    return " di ".join(part for part in (browser, system) if part) or UNKNOWN
