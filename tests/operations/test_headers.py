"""Every answer carries the headers: pages, static files, errors of any kind, refused hosts."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpResponse
from django.test import override_settings
from django.urls import include, path

from apps.core.errors import Unavailable

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _raises(error):
    def view(request):
        raise error

    return view


def _too_big(request):
    return HttpResponse("x", status=413)


urlpatterns = [
    path("uji/400/", _raises(BadRequest("x"))),
    path("uji/besar/", _raises(RequestDataTooBig("x"))),
    path("uji/403/", _raises(PermissionDenied("x"))),
    path("uji/404/", _raises(Http404("x"))),
    path("uji/413/", _too_big),
    path("uji/500/", _raises(RuntimeError("rahasia Budi"))),
    path("uji/503/", _raises(Unavailable("x"))),
    path("", include("pokja_portal.urls")),
]
handler400 = "apps.core.views.bad_request"
handler403 = "apps.core.views.permission_denied"
handler404 = "apps.core.views.page_not_found"
handler500 = "apps.core.views.server_error"


def missing_of(answer, https=False):
    """Names of the headers that are not as they must be."""
    wrong = [name for name, value in ALWAYS.items() if answer.get(name) != value]
    policy = answer.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        wrong.append("Content-Security-Policy")
    if "camera=()" not in answer.get("Permissions-Policy", ""):
        wrong.append("Permissions-Policy")
    if answer.get("Strict-Transport-Security") != ("max-age=31536000" if https else None):
        wrong.append("Strict-Transport-Security")
    return wrong


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "method", "status"),
    [
        ("/", "get", 200),
        ("/masuk/", "get", 200),
        ("/tugas/", "get", 302),
        ("/tidak-ada/", "get", 404),
        ("/robots.txt", "post", 405),
        ("/uji/400/", "get", 400),
        ("/uji/besar/", "get", 400),
        ("/uji/403/", "get", 403),
        ("/uji/404/", "get", 404),
        ("/uji/413/", "get", 413),
        ("/uji/500/", "get", 500),
        ("/uji/503/", "get", 503),
        ("/sehat/", "get", 200),
        ("/admin/", "get", 302),
    ],
)
@override_settings(ROOT_URLCONF=__name__)
def test_an_answer_carries_every_header_and_is_kept_by_nobody(client, address, method, status):
    client.raise_request_exception = False
    answer = getattr(client, method)(address)
    kept = answer["Cache-Control"]
    assert (answer.status_code, missing_of(answer), "no-store" in kept) == (status, [], True)


@pytest.mark.django_db
def test_a_refused_host_gets_the_headers_too(client):
    answer = client.get("/masuk/", headers={"host": "jahat.example"})
    assert (answer.status_code, missing_of(answer)) == (400, [])
    assert "jahat" not in answer.text


@pytest.mark.django_db
@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000)
def test_plain_http_leads_on_to_https_where_hsts_is_said(client):
    plain = client.get("/masuk/")
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/masuk/")
    answer = client.get("/masuk/", secure=True)
    assert missing_of(answer, https=True) == []
    refused = client.get("/masuk/", secure=True, headers={"host": "jahat.example"})
    assert (refused.status_code, missing_of(refused, https=True)) == (400, [])


@pytest.mark.django_db
def test_static_files_carry_the_headers_and_are_kept(settings, tmp_path):
    from django.test import Client

    (tmp_path / "a.1234567890ab.css").write_text("a{}")
    settings.STATIC_ROOT = tmp_path
    answer = Client().get("/static/a.1234567890ab.css")
    assert (answer.status_code, missing_of(answer)) == (200, [])
    assert "no-store" not in answer["Cache-Control"]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_an_error_page_names_the_code_that_stands_in_the_log(client, caplog):
    client.raise_request_exception = False
    with caplog.at_level("INFO", "portal.request"):
        answer = client.get("/uji/500/")
    code = answer.text.partition("Kode kejadian: <code>")[2].partition("<")[0]
    assert (len(code), "rahasia" in answer.text) == (16, False)


@pytest.mark.django_db
def test_robots_may_read_public_pages_only(client):
    answer = client.get("/robots.txt")
    lines = answer.text.splitlines()
    assert lines == [
        "User-agent: *",
        "Allow: /$",
        "Allow: /publik/",
        "Allow: /panduan/",
        "Allow: /static/",
        "Disallow: /",
    ]
    assert answer["Cache-Control"] == "public, max-age=86400"


@pytest.mark.django_db
def test_finders_of_a_weakness_learn_whom_to_tell_where_that_is_set(client, settings, today):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "keamanan@contoh.go.id"
    answer = client.get("/.well-known/security.txt")
    assert (answer["Content-Type"], answer.text) == (
        "text/plain; charset=utf-8",
        "Contact: mailto:keamanan@contoh.go.id\nExpires: 2026-09-08T00:00:00Z\n"
        "Preferred-Languages: id, en\n",
    )
