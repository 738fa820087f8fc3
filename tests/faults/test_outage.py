"""The data cannot be reached: 503 in calm words, soon, and all goes on when it is back."""

import errno
import sqlite3
from contextlib import contextmanager

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import (
    DatabaseError,
    InterfaceError,
    InternalError,
    OperationalError,
    connections,
    transaction,
)
from django.test import Client

from apps.core import outages
from apps.core.outages import SENTENCE, TITLE, database_answers, is_outage
from apps.decrees.models import Decree
from tests.core.conftest import elements
from tests.makers import make_pokja, pdf_upload

OWN = {"sec-fetch-site": "same-origin"}


def of_sqlite(code, kind=OperationalError):
    """As Django raises what SQLite says; ``code`` may be an extended one."""
    cause = sqlite3.OperationalError("told by SQLite")
    cause.sqlite_errorcode = code
    error = kind("told by SQLite")
    error.__cause__ = cause
    return error


class ToldByPostgresql(Exception):
    pgcode = None


def of_postgresql(code, kind=OperationalError):
    error = kind("told by PostgreSQL")
    error.__cause__ = ToldByPostgresql()
    error.__cause__.pgcode = code
    return error


AWAY = {
    "locked": of_sqlite(5),
    "locked by its own snapshot": of_sqlite(517),
    "read-only": of_sqlite(1032),
    "disk full": of_sqlite(13),
    "not to be opened": of_sqlite(14),
    "disk error": of_sqlite(778),
    "no answer": of_postgresql(None),
    "too many connections": of_postgresql("53300"),
    "disk of the server full": of_postgresql("53100"),
    "shut down": of_postgresql("57P01"),
    "starting": of_postgresql("57P03"),
    "statement took too long": of_postgresql("57014"),
    "lock took too long": of_postgresql("55P03"),
    "a replica": of_postgresql("25006", InternalError),
    "closed": InterfaceError("connection already closed"),
    "broke in mid-answer": of_postgresql(None, DatabaseError),
    "broke": DatabaseError("error with status PGRES_TUPLES_OK and no message from the libpq"),
    "disk of files full": OSError(errno.ENOSPC, "No space left on device"),
    "disk of files read-only": OSError(errno.EROFS, "Read-only file system"),
}
OUR_MISTAKES = {
    "no such table": of_sqlite(1),
    "statement too complex": of_postgresql("54001"),
    "wrong use": InterfaceError("bad parameter or other API misuse"),
    "constraint": DatabaseError("x"),
    "told with a code": of_postgresql("XX000", DatabaseError),
    "in a failed transaction": of_postgresql("25P02", InternalError),
    "no such file": FileNotFoundError(errno.ENOENT, "x"),
    "anything": RuntimeError("database is locked"),
}


@pytest.mark.parametrize("error", AWAY.values(), ids=AWAY)
def test_what_is_away(error):
    assert is_outage(error)


@pytest.mark.parametrize("error", OUR_MISTAKES.values(), ids=OUR_MISTAKES)
def test_what_is_a_mistake_stays_one(error):
    assert not is_outage(error)


def test_an_outage_behind_another_error_is_seen():
    error = RuntimeError("x")
    error.__cause__ = AWAY["locked"]
    assert is_outage(error)


# --- the answer ------------------------------------------------------------------------------


@contextmanager
def away(error=AWAY["no answer"]):
    """No statement is answered meanwhile, whoever asks."""

    def refuse(*words, **options):
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connections["default"]), "_cursor", refuse)
        yield


@pytest.fixture
def portal(client_of, operator_makassar):
    client = client_of(operator_makassar)
    client.raise_request_exception = False
    return client


def calm(answer) -> str:
    """The text of an answer that must be a calm 503 without anybody's data."""
    text = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert not [word for word in ("Traceback", "Error", "Makassar", "told") if word in text]
    return text


def test_every_page_is_answered_with_the_page(portal):
    """The session fails first, outside of any view; the page 404 asks for it as well."""
    for path in ("/", "/tugas/?a=1", "/tidak-ada/", "/admin/", "/pokja/"):
        with away():
            text = calm(portal.get(path))
        assert TITLE in text
        assert {"class": "btn btn-primary", "href": path} in elements(text, "a")


def test_whatever_is_the_matter(portal):
    for error in AWAY.values():
        with away(error):
            assert TITLE in calm(portal.get("/tugas/"))


def test_our_own_mistakes_stay_mistakes(portal):
    """Control: else the page would say that waiting helps."""
    for error in OUR_MISTAKES.values():
        with away(error):
            assert portal.get("/tugas/").status_code == 500


def test_nothing_is_asked_for_the_page(portal, django_assert_num_queries, rf):
    with django_assert_num_queries(0):
        answer = outages.answer(rf.post("/pokja/", {"a": "1"}, headers=OWN))
    assert answer.status_code == 503


def test_without_templates_it_still_answers(portal, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": []}]
    with away():
        assert TITLE in calm(portal.get("/tugas/"))


def test_programs_get_json(portal):
    asked = {"accept": "application/json"}
    paths = {"/unggah/?wilayah=1": {}, "/unggah/selesai/": {}, "/api/v1/apa/": {}, "/tugas/": asked}
    for path, headers in paths.items():
        with away():
            answer = portal.get(path, headers=headers)
        calm(answer)
        assert answer.json() == {"galat" if path.startswith("/api/") else "pesan": SENTENCE}


def test_a_part_of_a_page_is_a_part(portal):
    with away():
        text = calm(portal.get("/tugas/", headers={"hx-request": "true"}))
    assert SENTENCE in text
    assert "<html" not in text


# --- what was typed --------------------------------------------------------------------------


def boxes(text):
    return {each["name"]: each.get("value", "") for each in elements(text, "input")}


@pytest.fixture
def strict(client_of, operator_makassar):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = client_of(operator_makassar).cookies
    return client


def test_a_form_is_kept_and_arrives_when_it_is_sent_again(strict, regions, today):
    path = f"/pokja/{make_pokja(regions.makassar).pk}/2026/isi/sk/"
    form = strict.get(path).content.decode()
    typed = {"draf": "1", "number": "188.45/412/2026", "title": '"><script>'}
    typed["csrfmiddlewaretoken"] = boxes(form)["csrfmiddlewaretoken"]
    with away():
        text = calm(strict.post(path, typed | {"file": pdf_upload()}, headers=OWN))
    assert boxes(text) == typed
    assert "Berkas harus dipilih dan diunggah lagi" in text
    assert Decree.objects.count() == 0
    assert strict.post(elements(text, "form")[0]["action"], boxes(text)).status_code == 302
    assert Decree.objects.get().number == "188.45/412/2026"


@pytest.mark.parametrize(
    ("path", "typed", "headers"),
    [
        ("/masuk/", {"username": "a", "password": "rahasia"}, OWN),
        ("/pokja/", {"catatan": "rahasia"}, {"origin": "https://jahat.test"}),
        ("/pokja/", {"catatan": "rahasia"}, {"sec-fetch-site": "cross-site"}),
    ],
)
def test_secrets_and_forms_from_elsewhere_are_not_kept(portal, path, typed, headers):
    with away():
        text = calm(portal.post(path, typed, headers=headers))
    assert "rahasia" not in text
    assert "Tekan tombol kembali" in text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", [5, 13, 1032])
def test_a_write_that_is_refused_in_the_middle_leaves_nothing(portal, regions, code, today):
    """The outage begins inside the transaction: a view, not a middleware, meets it."""
    path = f"/pokja/{make_pokja(regions.makassar).pk}/2026/isi/sk/"
    whole = Decree.save

    def save(self, *words, **options):
        whole(self, *words, **options)
        raise of_sqlite(code)

    typed = {"draf": "1", "number": "188.45/412/2026"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Decree, "save", save)
        assert TITLE in calm(portal.post(path, typed, headers=OWN))
    assert Decree.objects.count() == 0
    assert portal.post(path, typed, headers=OWN).status_code == 302
    assert Decree.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_probe_tells_whether_the_database_answers():
    assert database_answers()
    with away():
        assert not database_answers()
    with transaction.atomic():
        assert database_answers()


@pytest.mark.django_db(transaction=True)
def test_a_session_that_cannot_be_kept_is_no_ended_session(portal, monkeypatch):
    """Django answers 400 and signs the person out of what was only a locked file."""

    def refuse(self, *words, **options):
        raise AWAY["locked"]

    monkeypatch.setattr(Session, "save", refuse)
    session = portal.session
    with pytest.raises(OperationalError):
        session.save()
    monkeypatch.setattr(Session, "save", lambda self, **options: _gone())
    with pytest.raises(UpdateError):  # control: a row that is gone is a session that ended
        session.save()


def _gone():
    raise DatabaseError("Save with update_fields did not affect any rows.")
