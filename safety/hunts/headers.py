"""G11: the headers of every page and of every kind of error, as everybody, over TLS."""

from collections import Counter

import pytest
from django.test import override_settings

from safety.doors import paths
from safety.observatory import score
from safety.places import fresh

TLS = {
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_SSL_REDIRECT": True,
    "ROOT_URLCONF": "safety.planted_urls",
}
PERSONAS = ("anonymous", "operator_makassar", "verifikator_sulsel", "pusat", "admin")
ERRORS = (
    ("GET", "/tidak-ada/", {}),
    ("PUT", "/profil/", {}),
    ("GET", "/pokja/999999/", {}),
    ("GET", "/akun/", {}),
    ("GET", "/rusak/", {}),
    (
        "POST",
        "/cari/",
        {"data": b"a=1", "content_type": "application/x-www-form-urlencoded; charset=hex"},
    ),
)


@pytest.fixture
def behind_tls():
    with override_settings(**TLS):
        yield


def is_page(response) -> bool:
    return response.get("Content-Type", "").startswith("text/html")


def test_headers(figures, short, behind_tls, people, scenes, today):
    scores, below, statuses = Counter(), [], Counter()
    for persona in PERSONAS[1:4:2] if short else PERSONAS:
        asked = [("GET", path, {}) for path in paths(scenes["own"], persona)]
        for method, path, more in [*(asked[::15] if short else asked), *ERRORS]:
            client = fresh(*people[persona])
            response = client.generic(method, path, secure=True, **more)
            if response.streaming or not is_page(response):
                continue
            # The browser holds the session's cookie; an answer may set others.
            points, why = score(response.headers, list(response.cookies.values()))
            scores[points] += 1
            statuses[response.status_code] += 1
            if points < 100:
                below.append(f"{persona} {path} {response.status_code}: {points} {why}")
    figures |= {
        "pages": sum(scores.values()),
        "least": min(scores),
        "aimed": sum(count for points, count in scores.items() if points >= 125),
        "below": below,
        "statuses": dict(statuses),
    }


def test_control_a_bare_answer_scores_little(figures):
    figures["control"] = score({}, [])[0]
