"""Codes of regions: pure rules, no Django.

Kemendagri writes codes with dots (``73.71.01.1001``), BPS without (``7371010001``). 166 digit
strings mean two different kabupaten in the two systems (6210 is Gunung Mas for Kemendagri and
Pulang Pisau for BPS), so a code without dots is never taken for either (spec section 7).
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import isfinite

# Provinces (Kemendagri code) by time zone: the first digit is the group of islands, so that a
# province yet to come has its zone too. Kalimantan lies in two; a new one there starts as WIB.
_KALIMANTAN_WITA = frozenset(["63", "64", "65"])
_GROUPS = {"5": "WITA", "7": "WITA", "8": "WIT", "9": "WIT"}
_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}

_KEMENDAGRI = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?", re.ASCII)
# What is left of 73.10 once Excel has read it as a number (73,1 on an Indonesian machine).
_LOST_ZERO = re.compile(r"(\d\d)[.,](\d)", re.ASCII)
_COMMA = re.compile(r"(\d\d),(\d\d)", re.ASCII)
_DIGITS = re.compile(r"\d{3,}", re.ASCII)
AS_TEXT = "Tulis kode sebagai teks"


class CodeError(ValueError):
    """A cell that is no Kemendagri code; the message is the sentence to show."""


def timezone_label(code: str) -> str:
    """WIB, WITA or WIT of the region with this Kemendagri code of any level."""
    if code[:2] in _KALIMANTAN_WITA:
        return "WITA"
    return _GROUPS.get(code[:1], "WIB")


def timezone_name(code: str) -> str:
    return _ZONES[timezone_label(code)]


def parse_kemendagri(
    value, names: Mapping[str, str] | None = None, bps_names: Mapping[str, str] | None = None
) -> str:
    """The Kemendagri code in a cell: "73", "73.71", "73.71.01" or "73.71.01.1001".

    ``names`` (Kemendagri code -> name) and ``bps_names`` (BPS code -> name) only make the
    refusals speak of real places. Whether the code exists is not asked here, except that an
    Excel number is a code only when it is a known province. Raises CodeError; a damaged or
    undecidable code is refused with its likely meaning, never guessed (spec section 7).
    """
    names, bps_names = names or {}, bps_names or {}
    if isinstance(value, date):
        raise CodeError(_turned_into_date(value, names))
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _from_number(value, names, bps_names)
    text = str(value if value is not None else "").replace("\xa0", " ").strip().lstrip("'").strip()
    if not text:
        raise CodeError("Kode wilayah kosong. Isi kode Kemendagri, contoh 73.71")
    if _KEMENDAGRI.fullmatch(text):
        return text
    raise CodeError(_refusal(text, names, bps_names))


def _from_number(value, names, bps_names) -> str:
    if not isfinite(value):
        raise CodeError(_refusal(str(value), names, bps_names))
    if value == int(value):
        text = str(int(value))
        # Two digits lose nothing in Excel; with no list at hand the range of provinces decides.
        if text in names or (not names and 11 <= value <= 96):
            return text
        raise CodeError(_refusal(text, names, bps_names))
    text = f"{value:.10g}"
    if _KEMENDAGRI.fullmatch(text):
        raise CodeError(f"Kode {text} tersimpan sebagai angka{_perhaps(text, names)} {AS_TEXT}")
    raise CodeError(_refusal(text, names, bps_names))


def _refusal(text: str, names, bps_names) -> str:
    if match := _LOST_ZERO.fullmatch(text):
        likely = f"{match[1]}.{match[2]}0"
        return f"Kode {text} rusak oleh Excel{_perhaps(likely, names)} {AS_TEXT}"
    if match := _COMMA.fullmatch(text):
        likely = f"{match[1]}.{match[2]}"
        return f"Kode {text} memakai koma{_perhaps(likely, names)} {AS_TEXT}"
    if _DIGITS.fullmatch(text):
        return _undecidable(text, names, bps_names)
    return f"Kode {text[:40]} bukan kode wilayah Kemendagri. Tulis seperti 73, 73.71, atau 73.71.01"


def _undecidable(text: str, names, bps_names) -> str:
    dotted = _with_dots(text)
    meanings = []
    if dotted and (not names or dotted in names):
        meanings.append(f"{_named(dotted, names)} menurut Kemendagri")
    if text in bps_names:
        meanings.append(f"{text} = {bps_names[text]} menurut BPS")
    start = f"Kode {text} tanpa titik tidak jelas sistemnya"
    if not meanings:
        return f"{start} (Kemendagri atau BPS). Tulis kode Kemendagri dengan titik, contoh 73.71"
    return f"{start}: {', atau '.join(meanings)}? Tulis kode Kemendagri dengan titik"


def _with_dots(digits: str) -> str:
    """7371 -> 73.71; empty when the number of digits fits no level."""
    if len(digits) not in (4, 6, 10):
        return ""
    parts = [digits[:2], digits[2:4], digits[4:6], digits[6:]]
    return ".".join(part for part in parts if part)


def _turned_into_date(value: date, names) -> str:
    likely = f"{value.day:02}.{value.month:02}"
    hint = _perhaps(likely, names) if likely in names else "."
    return f"Kode ini diubah Excel menjadi tanggal {value:%d/%m/%Y}{hint} {AS_TEXT}"


def _perhaps(likely: str, names) -> str:
    """The end of a refusal; says nothing of a code that no region carries."""
    if names and likely not in names:
        return "."
    return f": mungkin maksudnya {_named(likely, names)}?"


def _named(code: str, names) -> str:
    return f"{code} ({names[code]})" if code in names else code
