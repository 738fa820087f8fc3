"""Entries of the audit trail in words: what kind of data, which field, from what to what."""

import re
from datetime import date, datetime
from functools import cache
from urllib.parse import parse_qsl

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from apps.accounts.enums import Role
from apps.core.formats import format_date, format_datetime, format_number

EMPTY = "kosong"
SYSTEM = "Sistem"
# Keys of the trail that are no Indonesian words, and no fields of their model that have a name.
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
    "number_key": "Nomor baku",
    "revision": "Revisi",
    "districts": "Kabupaten/kota",
    "provinces": "Provinsi",
    "source": "Sumber",
}
# Keys whose values are the choices of another field: of their own model, or of a named one.
FIELDS = {
    "jenis": "kind",
    "keadaan": "state",
    "peran": "role",
    "tingkat": "level",
    "aturan_wilayah": "region_rule",
    "kinds": "pokja.pokjatype.kind",
    "jenis_diharapkan": "pokja.pokjatype.kind",
    "sumber_dana": "budgets.budgetline.fund_source",
}
# Keys that hold the number of another record, or a list of such.
NUMBERS = ("bukti", "pembicaraan", "komentar", "keputusan", "berkas")
# Keys that hold what an address asked for, as it stood there.
ASKED = ("saringan", "daftar")
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


def label_words(entry) -> str:
    """What the record is called; by its number where it had no name yet."""
    return entry.object_label.strip() or f"nomor {entry.object_id}"


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
    named = getattr(field, "verbose_name", "")
    if not named or named == key.replace("_", " "):  # the name Django makes of the key
        named = KEYS.get(key) or key.replace("_", " ")
    return str(named)[:1].upper() + str(named)[1:]


def value_words(kind: str, key: str, value) -> str:
    """A stored value as people read it; an e-mail address only as far as its host."""
    if value is None or value in ("", [], {}):
        return EMPTY
    if key == "email" and "@" in str(value):
        return "…@" + str(value).rpartition("@")[2]
    if key in ASKED and isinstance(value, str):
        return "; ".join(f"{name}: {each}" for name, each in parse_qsl(value)) or value
    if isinstance(value, list):
        return "; ".join(_one(kind, key, each, listed=True) for each in value)
    return _one(kind, key, value)


def _one(kind: str, key: str, value, listed=False) -> str:
    choices = _choices(kind, key)
    if isinstance(value, str | int) and value in choices:
        return str(choices[value])
    if key in ("state", "status", "keadaan") and value in VALUES:
        return VALUES[value]
    if type(value) is int and _points(kind, key, listed):
        return f"nomor {value}"
    return _plain(value)


def _choices(kind: str, key: str) -> dict:
    model, _, name = FIELDS.get(key, "").rpartition(".")
    field = _field(kind, key) or _field(model or kind, name)
    return dict(getattr(field, "flatchoices", ()))


def _points(kind: str, key: str, listed: bool) -> bool:
    """Is the value the number of another record? "berkas" alone counts files."""
    named = key in NUMBERS and (listed or key != "berkas")
    return named or bool(getattr(_field(kind, key), "is_relation", False))


def _plain(value) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int):
        return str(value) if abs(value) < _SMALL else format_number(value)
    if value in (None, "", [], {}):
        return EMPTY
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "; ".join(_plain(each) for each in value)
    return _dated(str(value))


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
