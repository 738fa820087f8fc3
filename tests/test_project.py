"""The project itself: what it installs, how it refuses to start, what its commands call."""

import hashlib
import os
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import BadRequest

from pokja_portal import env
from pokja_portal.middleware import FormCharsetMiddleware

ROOT = Path(__file__).resolve().parent.parent
FORM = "application/x-www-form-urlencoded"


# --- Files of installed packages -------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "digest"),
    [
        (
            "vendor/bootstrap/bootstrap.min.css",
            "d85327d99c7a3ee1f9b5d0500d1370acea3ad2db39c163c2f51f232baedbdede",
        ),
        (
            "vendor/bootstrap/bootstrap.min.css.map",
            "48144faf6aa0fb3cd2ce748d9730238f888f4ab715f05dabd1c9af2c5671988a",
        ),
    ],
)
def test_bootstrap_is_byte_for_byte_the_published_5_3_8(path, digest):
    assert hashlib.sha256(Path(finders.find(path)).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("name", ["bootstrap.css", "../css/bootstrap.min.css", ""])
def test_no_other_file_of_the_bootstrap_package_is_served(name):
    assert finders.find(f"vendor/bootstrap/{name}") is None


def test_htmx_comes_from_its_package():
    assert Path(finders.find("django_htmx/htmx-2.min.js")).is_file()


# --- Starting --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("argv", "offline"),
    [
        (["manage.py", "siapkan"], True),
        (["./manage.py", "nilai", "--tahun", "2026"], True),
        (["manage.py", "runserver"], False),
        (["manage.py", "check"], False),
        (["manage.py"], False),
        (["/usr/bin/gunicorn", "nilai"], False),
    ],
)
def test_only_commands_that_serve_no_page_run_on_a_passing_key(argv, offline):
    assert env.is_offline_command(argv) is offline


def test_sqlite_takes_the_write_lock_when_a_transaction_begins():
    config = env.database_config({"ENGINE": "django.db.backends.sqlite3", "NAME": "x"})
    assert config["OPTIONS"] == env.SQLITE_OPTIONS


def test_postgresql_connections_live_on_and_are_checked():
    config = env.database_config({"ENGINE": "django.db.backends.postgresql", "NAME": "x"})
    assert (config["CONN_MAX_AGE"], config["CONN_HEALTH_CHECKS"]) == (60, True)


def test_only_settings_read_the_environment():
    readers = [
        str(path.relative_to(ROOT))
        for folder in ("apps", "pokja_portal")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"\b(os\.environ|getenv|environ\.Env)\b", path.read_text())
    ]
    # manage.py's sisters name the settings module; settings_test fills the environment.
    assert sorted(readers) == [
        "pokja_portal/settings.py",
        "pokja_portal/settings_test.py",
        "pokja_portal/wsgi.py",
    ]


# --- Middleware ------------------------------------------------------------------------------
@pytest.mark.parametrize("charset", ["iso-8859-1", "hex", "tidak-ada", "utf-16"])
def test_a_request_in_another_charset_is_a_bad_request(rf, charset):
    request = rf.generic("POST", "/", b"a=b", content_type=f"{FORM}; charset={charset}")
    with pytest.raises(BadRequest):
        FormCharsetMiddleware(lambda request: "jawaban")(request)


@pytest.mark.parametrize("charset", ["utf-8", "UTF8"])
def test_utf_8_by_any_of_its_names_is_read(rf, charset):
    request = rf.generic("POST", "/", b"a=b", content_type=f"{FORM}; charset={charset}")
    assert FormCharsetMiddleware(lambda request: request.POST["a"])(request) == "b"


def test_a_foreign_charset_gets_our_page_with_our_headers(client):
    client.cookies["csrftoken"] = "x" * 32
    client.raise_request_exception = False
    answer = client.generic("POST", "/masuk/", b"a=b", content_type=FORM + "; charset=iso-8859-1")
    assert (answer.status_code, "Content-Security-Policy" in answer.headers) == (400, True)


@pytest.mark.django_db
def test_a_session_ends_twelve_hours_after_log_in_whatever_is_done_meanwhile(
    client, make_user, time_machine
):
    client.force_login(make_user())
    time_machine.move_to("2026-03-12T03:00:00Z", tick=False)
    client.get("/admin/login/")
    time_machine.move_to("2026-03-12T14:00:00Z", tick=False)
    session = client.session
    session["apa"] = "saja"
    session.save()
    assert session.get_expiry_age() == 3600


# --- Commands --------------------------------------------------------------------------------
def test_ci_runs_the_one_test_command():
    lines = (ROOT / ".ci/run").read_text().splitlines()
    assert lines[0].startswith("#!")
    assert [line for line in lines if "make" in line and line[0] != "#"] == ["exec make test"]
    assert os.access(ROOT / ".ci/run", os.X_OK)


# --- pages of errors in development ----------------------------------------------------------


@pytest.fixture
def in_development(settings):
    """As settings.py has it with DEBUG=1."""
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "pokja_portal.error_pages.NotFoundMiddleware"]
    settings.DEFAULT_EXCEPTION_REPORTER = "pokja_portal.error_pages.OwnReporter"


@pytest.mark.parametrize("path", ["/tidak-ada/", "/tidak-ada", "/media/sk.pdf", "/publik/1999/"])
def test_development_shows_the_own_page_for_what_is_not_there(in_development, client, db, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.content.decode()
    assert "URLconf" not in answer.content.decode()


def test_development_still_adds_the_slash(in_development, client, db):
    assert client.get("/masuk").url == "/masuk/"


@pytest.mark.parametrize(
    ("accept", "words"),
    [("text/html", "<h1>Permintaan tidak dapat dibaca"), ("application/json", "Permintaan tidak")],
)
def test_development_tells_no_settings_to_whom_it_refuses(in_development, client, accept, words):
    answer = client.get("/", headers={"Host": "lain.example", "Accept": accept})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_development_tells_no_variables_of_what_broke(in_development, client, monkeypatch, accept):
    def broken(request):
        raise RuntimeError("rahasia")

    client.raise_request_exception = False
    monkeypatch.setattr("django.template.loader.get_template", broken)
    answer = client.get("/masuk/", headers={"Accept": accept})
    assert answer.status_code == 500
    assert "Portal sedang bermasalah" in answer.content.decode()
    assert "rahasia" not in answer.content.decode()
