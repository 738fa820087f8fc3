"""The number of a decree as it stands in its head: a free string in many forms (domain: 2.1)."""

import re

from apps.core.formats import decree_key
from apps.decrees.codes import lacks_serial
from apps.decrees.reading.parts import Candidate

BLANK = "Nomor urutnya belum tertulis pada berkas"
SLIP = "Huruf dan angka yang mirip (l dan 1, O dan 0) dapat tertukar; periksa dengan berkasnya"
ONE = "Pada hasil pindai, angka 1 dan angka Romawi I mudah tertukar; periksa dengan berkasnya"
FROM_ANNEX = "Dibaca dari kepala lampiran; kepala SK tidak terbaca"
OTHER = "Lampiran menyebut nomor {number}. Periksa yang benar"

# At the start of a line or behind KEPUTUSAN …: an address has numbers, too (Jalan … No. 12).
_NUMBER = re.compile(
    r"^\s*(?:.*\b(?:keputusan|lampiran)\b.*?\s)?"
    r"(?:n\s?o\s?m\s?o\s?r|nomer|no\b)\s*[:;.,]?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\s*t\s?e\s?n\s?t\s?a\s?n\s?g\b", re.IGNORECASE)
_END = re.compile(r"\s+(?:tentang|tanggal)\b.*$", re.IGNORECASE)
_BARE = re.compile(r"\s*(?:n\s?o\s?m\s?o\s?r|nomer)[\s:;.,_…/-]*", re.IGNORECASE)
_ONLY_YEAR = re.compile(r"[\s._…]*(?:tahun)\s+\d{4}", re.IGNORECASE)
# A group of digits with a letter in it that looks like one (4l2, 188.4S, 2O25), or a sign that
# stands in no number.
_SLIPPED = re.compile(
    r"(?<![A-Za-z\d])(?=\w*\d)(?=\w*[lIOoSB|])[\dlIOoSB|]{2,}(?![A-Za-z\d])"
    r"|[^\w\s./\\&()…–-]"
)
_LONE_ONE = re.compile(r"/\s*[1lI|]{1,3}\s*/")  # the month, by its place
MAX = 160


def decree_number(parts) -> Candidate | None:
    """The number above TENTANG; where the head cannot be read, the one the annex repeats."""
    found = _found(parts)
    if found and parts.recognised and not found.remark and _LONE_ONE.search(found.quote):
        return found._replace(remark=ONE, clear=False)
    return found


def _found(parts) -> Candidate | None:
    above = parts.head[: _title_at(parts.head)]
    line, number = _first_number(above)
    annexed = _first_number(parts.annex[:12])
    if line:
        return _candidate(line, number, "", annexed[1])
    line, number = annexed
    if line:
        return _candidate(line, number, FROM_ANNEX)
    bare = [line for line in above if _BARE.fullmatch(line.text)]
    return Candidate("number", {}, bare[0], BLANK, clear=False) if bare else None


def _title_at(head) -> int:
    return next((i for i, line in enumerate(head) if _TITLE.match(line.text)), len(head))


def _first_number(lines):
    for i, line in enumerate(lines):
        match = _NUMBER.match(line.text)
        if match and (number := _whole(match["rest"], lines[i + 1 : i + 4], line)):
            return line, number
    return None, ""


def _whole(rest: str, below, line) -> str:
    """The number with what stands apart from it: to its right, or on the next line."""
    right = [other for other in below if other.is_level_with(line) and other.x0 > line.x0]
    number = " ".join([rest, *(other.text for other in right)])
    if not number.strip(" :.,"):
        under = [other for other in below if other not in right]
        number = under[0].text if under and not _TITLE.match(under[0].text) else ""
    number = _END.sub("", " ".join(number.split())).strip(" :;,")
    number = number if number.endswith("...") else number.rstrip(".")
    return number[:MAX] if _is_number(number) else ""


def _is_number(number: str) -> bool:
    return any(sign.isdigit() for sign in number) and len(number.split()) <= 12


def _candidate(line, number, remark, annexed="") -> Candidate:
    if _ONLY_YEAR.fullmatch(number):
        return Candidate("number", {}, line, BLANK, clear=False)
    if lacks_serial(number):
        remark = BLANK
    elif _SLIPPED.search(number):
        remark = SLIP
    elif annexed and decree_key(annexed) != decree_key(number) and not lacks_serial(annexed):
        remark = OTHER.format(number=annexed)
    return Candidate("number", {"number": number}, line, remark, clear=not remark)
