"""What the log looks like: lines for people or JSON for a collector, without personal data.

Nothing that came from outside can begin a line of its own or colour a terminal, and what would
tell of a person (addresses, NIP, telephone numbers, tokens, search words) is left out.
"""

import json
import logging
import re
from datetime import UTC, datetime

from apps.core.incident import incident_code

LONGEST = 4_000  # characters of a message
LONGEST_ERROR = 16_000  # of a traceback

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_PERSONAL = (
    (re.compile(r"[\w.+%-]+@[\w-]+\.[\w.-]*\w"), "‹surel›"),
    # NIP in its written form, telephone numbers, any other long run of digits (NIK, NIP).
    (re.compile(r"\b(?:19|20)\d{6} \d{6} \d \d{3}\b"), "‹angka›"),
    (re.compile(r"(?:\+62[ -]?|\b0)8\d{1,3}[ .-]?\d{3,4}[ .-]?\d{3,5}\b"), "‹angka›"),
    (re.compile(r"(?<![\w-])\d{9,}(?![\w-])"), "‹angka›"),
    # Invitations and password links carry their secret in the path; documents their own code.
    (re.compile(rf"/(?!{_UUID}(?:/|\b))[\w-]{{20,}}", re.IGNORECASE), "/‹kode›"),
    (re.compile(r"(/[\w./-]*)\?[^\s'\"]+"), r"\1?‹…›"),
)
# PostgreSQL repeats the values of the row; a message repeats what somebody typed.
_DETAIL = re.compile(r"^(DETAIL|CONTEXT|LINE \d+|PARAMETERS):.*$", re.MULTILINE)
_QUOTED = re.compile(r"(['\"])(?=[^'\"\n]*\s)[^'\"\n]*\1")


def harmless(text: str, longest: int = LONGEST) -> str:
    """The text as one line without control characters and personal data, cut where too long."""
    text = without_personal_data(text)
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text)} karakter)"


def without_personal_data(text: str) -> str:
    for pattern, mark in _PERSONAL:
        text = pattern.sub(mark, text)
    return text


def harmless_error(text: str) -> str:
    """A traceback: its places stay, what its messages quote goes."""
    lines = _DETAIL.sub(r"\1: ‹…›", without_personal_data(text)).splitlines()
    lines = [line if line.startswith(" ") else _QUOTED.sub("‹…›", line) for line in lines]
    kept = "\n".join("".join(c if c.isprintable() else " " for c in line) for line in lines)
    return kept[-LONGEST_ERROR:]


class LineFormatter(logging.Formatter):
    """``2026-03-12 10:00:00,000 WARNING portal.request [1f2e…] GET … 200``"""

    def format(self, record):
        code = f" [{incident_code()}]" if incident_code() else ""
        told = harmless(record.getMessage())
        line = f"{self.formatTime(record)} {record.levelname} {record.name}{code} {told}"
        error = _error_of(self, record)
        return f"{line}\n{error}" if error else line


class JsonFormatter(logging.Formatter):
    """One object a line. ``extra={"figures": {...}}`` of a call adds its numbers and words."""

    def format(self, record):
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": harmless(record.getMessage()),
        }
        if code := incident_code():
            told["request_id"] = code
        told |= getattr(record, "figures", {})
        if error := _error_of(self, record):
            told["error"] = error
        return json.dumps(told, ensure_ascii=False, default=str)


def _error_of(formatter, record) -> str:
    if not record.exc_info:
        return ""
    return harmless_error(formatter.formatException(record.exc_info))


def logging_config(form: str) -> dict:
    """LOGGING for LOG_FORMAT ``line`` or ``json``; with json every request has its line."""
    kind = "JsonFormatter" if form == "json" else "LineFormatter"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"portal": {"()": f"pokja_portal.logs.{kind}"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "portal"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "portal.request": {"level": "INFO" if form == "json" else "WARNING"},
        },
    }
