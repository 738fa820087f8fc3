"""What goes wrong gets a page of its own, with all headers and without secrets."""

import pytest
from django.http import HttpResponse
from django.test import Client

from apps.core.middleware import PrivacyHeadersMiddleware
from tests.core.conftest import elements

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
ADDRESSES = {
    "/halaman/": 200,
    "/aneh/": 400,
    "/terlarang/": 403,
    "/tiada/": 404,
    "/kosong/": 404,
    "/bentrok/": 409,
    "/rusak/": 500,
}


@pytest.mark.parametrize(("address", "status"), ADDRESSES.items())
def test_every_answer_has_its_status_and_the_strict_headers(visitor, address, status):
    answer = visitor.get(address)
    assert answer.status_code == status
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Permissions-Policy"].split(", ").count("camera=()") == 1
    assert '<html lang="id"' in answer.content.decode()


def test_a_policy_of_the_view_itself_stays(visitor):
    assert visitor.get("/unduh/")["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_pages_of_one_person_are_kept_by_no_cache(visitor):
    assert visitor.get("/pribadi/")["Cache-Control"] == "private, no-store"
    assert visitor.get("/halaman/")["Cache-Control"] == "private, no-store"
    assert visitor.get("/bersama/")["Cache-Control"] == "public, max-age=60"


def test_what_says_nothing_of_its_own_is_kept_by_nobody():
    answer = PrivacyHeadersMiddleware(lambda request: HttpResponse())(None)
    assert answer["Cache-Control"] == "private, no-store"


def test_the_refusal_gives_its_reason(visitor):
    html = visitor.get("/terlarang/").content.decode()
    assert "Anda tidak memiliki akses ke data ini" in html
    assert "Peran Anda tidak dapat memeriksa berkas ini." in html


def test_what_is_foreign_and_what_is_absent_look_the_same(visitor):
    foreign, absent = visitor.get("/tiada/"), visitor.get("/kosong/")
    token = "hx-headers="
    assert (
        foreign.content.decode().partition(token)[0] == absent.content.decode().partition(token)[0]
    )
    assert "rahasia" not in foreign.content.decode()
    # But for the address, which the paper print names, and the token.
    assert len(foreign.content) - len("/tiada/") == len(absent.content) - len("/kosong/")


def test_a_conflict_says_what_happened_and_keeps_what_was_typed(visitor):
    html = visitor.post("/bentrok/").content.decode()
    assert "SK sudah diubah oleh Andi pada 10.12 WITA." in html
    assert "<dt>Nomor</dt><dd>5</dd>" in html
    assert {"class": "btn btn-primary", "href": "/sk/1/"} in elements(html, "a")


def test_a_broken_portal_answers_without_database_and_details(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        html = visitor.get("/rusak/").content.decode()
    assert "Portal sedang bermasalah" in html
    assert "RuntimeError" not in html


def test_a_portal_with_broken_templates_still_answers(visitor, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": []}]
    answer = visitor.get("/rusak/")
    assert (answer.status_code, "Coba beberapa menit lagi" in answer.content.decode()) == (
        500,
        True,
    )


def test_a_form_in_another_charset_is_refused_with_a_page(visitor):
    kind = "application/x-www-form-urlencoded; charset=iso-8859-1"
    answer = visitor.post("/isian/", "a=b", content_type=kind)
    assert (answer.status_code, answer["Content-Security-Policy"]) == (400, POLICY)


# --- the session is over ---------------------------------------------------------------------

OWN = {"sec-fetch-site": "same-origin"}
TYPED = {"nomor": "188.45/97", "jenis": ["gdpk", "stunting"], "catatan": '"><script>'}


@pytest.fixture
def strict(own_pages, db):
    return Client(enforce_csrf_checks=True)


def hidden(html):
    return [
        (box["name"], box["value"])
        for box in elements(html, "input")
        if box["name"] != "csrfmiddlewaretoken"
    ]


def test_an_expired_form_is_kept_and_can_be_sent_again(strict):
    answer = strict.post("/isian/?a=1", TYPED, headers=OWN)
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Sesi sudah berakhir" in html
    assert hidden(html) == [
        ("nomor", "188.45/97"),
        ("jenis", "gdpk"),
        ("jenis", "stunting"),
        ("catatan", '"><script>'),
    ]
    assert elements(html, "form")[0]["action"] == "/isian/?a=1"
    token = next(
        box["value"] for box in elements(html, "input") if box["name"] == "csrfmiddlewaretoken"
    )
    again = strict.post("/isian/?a=1", TYPED | {"csrfmiddlewaretoken": token}, headers=OWN)
    assert (again.status_code, again.content) == (200, b"tersimpan")


@pytest.mark.parametrize("name", ["password", "new_password1", "kata_sandi", "otp_token"])
def test_a_form_with_a_secret_is_given_up(strict, name):
    html = strict.post("/isian/", {"nama": "x", name: "rahasia"}, headers=OWN).content.decode()
    assert hidden(html) == []
    assert "rahasia" not in html


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://jahat.test"},
        {"origin": "null"},
        {"referer": "https://jahat.test/testserver"},
        {},
    ],
)
def test_a_form_from_elsewhere_is_never_offered_for_sending(strict, headers):
    html = strict.post("/isian/", TYPED, headers=headers).content.decode()
    assert hidden(html) == []
    assert "188.45/97" not in html


def test_a_browser_without_fetch_metadata_is_judged_by_its_origin(strict):
    html = strict.post("/isian/", TYPED, headers={"origin": "http://testserver"}).content.decode()
    assert len(hidden(html)) == 4
