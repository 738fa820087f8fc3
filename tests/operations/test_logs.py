"""The log: one line for each event, nothing of a person in it, nothing forged into it."""

import json
import logging
import sys

import pytest

from apps.core.incident import begin_incident
from apps.operations.middleware import RequestMiddleware, code_of
from pokja_portal.logs import JsonFormatter, LineFormatter, harmless, harmless_error


def logged(formatter, message, *arguments, error=None, **extra):
    record = logging.LogRecord("portal.uji", logging.WARNING, "x", 1, message, arguments, error)
    record.__dict__ |= extra
    return formatter.format(record)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Not Found: /cari/?q=Dewi+Lestari", "Not Found: /cari/?‹…›"),
        ("surel dewi.lestari@bonekab.go.id ditolak", "surel ‹surel› ditolak"),
        ("NIP 197801012005011001", "NIP ‹angka›"),
        ("NIP 19780101 200501 1 001", "NIP ‹angka›"),
        ("telepon 0812-3456-7890 dan +62 812 3456 7890", "telepon ‹angka› dan ‹angka›"),
        ("/undangan/" + "aB3_" * 10 + "/", "/undangan/‹kode›/"),
        ("/lupa-sandi/MQ/cdef12-" + "0af" * 10 + "/", "/lupa-sandi/MQ/‹kode›/"),
        (
            "/berkas/0b0e7d5c-1111-4222-8333-1234567890ab/",
            "/berkas/0b0e7d5c-1111-4222-8333-1234567890ab/",
        ),
        ("/dasbor/73.08/2026/", "/dasbor/73.08/2026/"),
        ("a\r\nINFO masuk palsu\x1b[31m", "a\\r\\nINFO masuk palsu\\x1b[31m"),
    ],
)
def test_a_line_tells_of_no_person_and_stays_one_line(text, kept):
    assert harmless(text) == kept


def test_a_megabyte_from_outside_is_cut():
    told = harmless("x y" * 350_000)
    assert (len(told) < 4_100, told.endswith("… (1050000 karakter)")) == (True, True)


def test_a_traceback_keeps_its_places_and_loses_what_its_messages_quote():
    name, number = "Dewi Lestari", 1977 + 1
    try:
        raise ValueError(f"invalid value {name!r}\nDETAIL:  Key (nip)=({number})\n\x1b[2J")
    except ValueError:
        told = harmless_error(logging.Formatter().formatException(sys.exc_info()))
    assert "test_logs.py" in told
    assert not any(word in told for word in ("'Dewi Lestari'", "1978", "\x1b"))
    assert "ValueError: invalid value ‹…›" in told


def test_json_is_one_object_a_line_with_the_code_of_the_request():
    begin_incident("abc123")
    try:
        raise RuntimeError("a\nb")
    except RuntimeError:
        told = logged(JsonFormatter(), "a\n%s", "b", error=sys.exc_info(), figures={"ms": 7})
    assert "\n" not in told
    told = json.loads(told)
    assert told.pop("error").startswith("Traceback")
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "level": "WARNING",
        "logger": "portal.uji",
        "message": "a\\nb",
        "request_id": "abc123",
        "ms": 7,
    }


def test_a_line_names_the_code_of_the_request():
    begin_incident("abc123")
    told = logged(LineFormatter(), "halo")
    assert told.endswith("WARNING portal.uji [abc123] halo")


@pytest.mark.parametrize(
    ("given", "behind", "taken"),
    [
        ("0123456789abcdef", True, True),
        ("0123456789abcdef", False, False),
        ("a b", True, False),
        ("x" * 65, True, False),
        ("../../etc/passwd", True, False),
    ],
)
def test_the_code_of_our_proxy_is_taken_and_nobody_elses(rf, settings, given, behind, taken):
    settings.BEHIND_PROXY = behind
    code = code_of(rf.get("/", headers={"X-Request-ID": given}))
    assert (code == given) == taken
    assert len(code) == 16


def test_a_slow_request_is_told_as_a_warning_without_its_words(rf, settings, caplog):
    from django.http import HttpResponse

    settings.SLOW_SECONDS = 0
    RequestMiddleware(lambda request: HttpResponse())(rf.get("/cari/?q=Dewi"))
    record = caplog.records[-1]
    assert (record.levelname, record.getMessage().split(" 200 ")[0]) == ("WARNING", "lambat: GET -")
    assert set(record.figures) == {"method", "view", "status", "ms"}
