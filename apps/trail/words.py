"""Entries of the audit trail in words: what kind of data, which field, from what to what."""

import re
from datetime import date, datetime
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from apps.accounts.enums import Role
from apps.core.formats import format_date, format_datetime, format_number

EMPTY = "kosong"
SYSTEM = "Sistem"
# Keys of the trail that are no fields of their model and no Indonesian words already.
KEYS = {
    "holders": "Pemegang",
    "decree": "SK",
    "kinds": "Jenis Pokja",
    "state": "Keadaan",
    "values": "Nilai",
    "sha256": "Sidik SHA-256",
    "pagu": "Pagu",
    "plt_sampai": "Plt. sampai",
    "per": "Keadaan per",
}
# Stored words of fields that keep their choices elsewhere.
VALUES = {
    "open": "terbuka",
    "done": "selesai",
    "cancelled": "dibatalkan",
    "draft": "draf",
    "published": "terbit",
    "waiting": "menunggu",
    "failed": "gagal",
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?\+\d\d:\d\d", re.ASCII)
_SMALL = 10_000  # years and ordinals are written without a point


@cache
def _model(kind: str):
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def kind_words(kind: str) -> str:
    """ "Pokja" for "pokja.pokja"; the stored word where the portal has no such data any more."""
    model = _model(kind)
    words = str(model._meta.verbose_name) if model else kind
    return words[:1].upper() + words[1:]


def role_words(role: str) -> str:
    return Role(role).label if role in Role.values else ""


@cache
def _field(kind: str, key: str):
    model = _model(kind)
    try:
        return model._meta.get_field(key.removesuffix("_id")) if model else None
    except FieldDoesNotExist:
        return None


def key_words(kind: str, key: str) -> str:
    """The label of a changed key: that of the field, else the key as words."""
    field = _field(kind, key)
    named = getattr(field, "verbose_name", "") or KEYS.get(key) or key.replace("_", " ")
    return str(named)[:1].upper() + str(named)[1:]


def value_words(kind: str, key: str, value) -> str:
    """A stored value as people read it; an e-mail address only as far as its host."""
    if value is None or value in ("", [], {}):
        return EMPTY
    if key == "email" and "@" in str(value):
        return "…@" + str(value).rpartition("@")[2]
    choices = dict(getattr(_field(kind, key), "flatchoices", ()))
    if isinstance(value, str | int) and value in choices:
        return str(choices[value])
    if key in ("state", "status") and value in VALUES:
        return VALUES[value]
    return _plain(value)


def _plain(value) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int):
        return str(value) if abs(value) < _SMALL else format_number(value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "; ".join(_plain(each) for each in value)
    return EMPTY if value is None else _dated(str(value))


def _dated(text: str) -> str:
    try:
        if _DAY.fullmatch(text):
            return format_date(date.fromisoformat(text))
        if _MOMENT.fullmatch(text):
            return format_datetime(datetime.fromisoformat(text))
    except ValueError:  # looks like a date and is none
        pass
    return text


def changes_of(entry) -> list[tuple[str, str, str]]:
    """(label, before, now) of every changed key, in the order of their labels; ``before`` is ""
    for a fact that was told for the first time."""
    kind = entry.object_type
    keys = entry.before.keys() | entry.after.keys()
    told = [
        (
            key_words(kind, key),
            value_words(kind, key, entry.before[key]) if key in entry.before else "",
            value_words(kind, key, entry.after.get(key)),
        )
        for key in keys
    ]
    return sorted(told, key=lambda each: _by_number(each[0]))


def _by_number(label: str):
    """ "Kegiatan 2: …" before "Kegiatan 10: …"."""
    return [part.zfill(6) if part.isdigit() else part for part in re.split(r"(\d+)", label)]
