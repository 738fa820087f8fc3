"""The rules of Mozilla's HTTP Observatory over one answer; theirs look at one address only.

Scores as its documentation gives them: 100, less what is missing, and extra from 90 on.
"""

import re

HALF_A_YEAR = 15_768_000
STRICT_REFERRERS = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}


def score(headers, cookies) -> tuple[int, list[str]]:
    """(points, what costs some) of an answer's headers ({name: value}) and cookies (morsels)."""
    policy = directives(headers.get("Content-Security-Policy", ""))
    rules = [
        _policy(policy),
        _cookies(cookies),
        _transport(headers.get("Strict-Transport-Security", "")),
        _sniffing(headers.get("X-Content-Type-Options", "")),
        _framing(policy, headers.get("X-Frame-Options", "")),
        _referrer(headers.get("Referrer-Policy", "")),
        _resource(headers.get("Cross-Origin-Resource-Policy", "")),
        _sharing(headers.get("Access-Control-Allow-Origin")),
    ]
    lost = sum(points for points, _ in rules if points < 0)
    extra = sum(points for points, _ in rules if points > 0) if 100 + lost >= 90 else 0
    return 100 + lost + extra, [word for points, word in rules if points < 0]


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


def _policy(policy):
    if not policy:
        return -25, "tanpa CSP"
    scripts = policy.get("script-src", policy.get("default-src", ["*"]))
    styles = policy.get("style-src", policy.get("default-src", ["*"]))
    if {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:", "http:"} & set(scripts):
        return -20, "skrip tak aman dalam CSP"
    if "'unsafe-inline'" in styles:
        return 0, "gaya sebaris dalam CSP"
    return (10, "") if policy.get("default-src") == ["'none'"] else (5, "")


def _cookies(cookies):
    for cookie in cookies:
        if not cookie["secure"]:
            return -40, f"kuki {cookie.key} tanpa Secure"
        if not cookie["httponly"]:
            return -30, f"kuki {cookie.key} tanpa HttpOnly"
        if not cookie["samesite"]:
            return -20, f"kuki {cookie.key} tanpa SameSite"
    return (5 if cookies else 0), ""


def _transport(value):
    found = re.search(r"max-age=(\d+)", value)
    if not found:
        return -20, "tanpa HSTS"
    return (0, "") if int(found.group(1)) >= HALF_A_YEAR else (-10, "HSTS terlalu pendek")


def _sniffing(value):
    return (0, "") if value.lower() == "nosniff" else (-5, "tanpa nosniff")


def _framing(policy, value):
    if policy.get("frame-ancestors") == ["'none'"]:
        return 5, ""
    return (0, "") if value.upper() in ("DENY", "SAMEORIGIN") else (-20, "dapat dibingkai")


def _referrer(value):
    last = value.split(",")[-1].strip()
    return (5, "") if last in STRICT_REFERRERS else (-5, "Referrer-Policy longgar atau tidak ada")


def _resource(value):
    return (10, "") if value == "same-origin" else (0, "")


def _sharing(value):
    return (-50, "CORS terbuka") if value == "*" else (0, "")
