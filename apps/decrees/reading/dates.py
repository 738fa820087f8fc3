"""Days as decrees write them, and the day a decree was issued."""

import re
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from apps.core.formats import format_date
from apps.core.parsing import MAX_YEAR, MIN_YEAR, MONTHS, month_of_name
from apps.core.terbilang import terbilang
from apps.decrees.reading.parts import Candidate, Flow

SLIP = "Terbaca “{read}”. Huruf dan angka yang mirip (l dan 1, O dan 0) dapat tertukar; periksa"
BLANK_DAY = "Tanggalnya belum tertulis pada berkas. Isi setelah SK diberi tanggal"
OTHER_DAY = "Lampiran menyebut {day}. Periksa yang benar"

_SLIPS = str.maketrans("lI|OoQ", "111000")
_D, _Y = r"[\dlI|OoQ]", r"[12lI|][\dlI|OoQ]{3}"
_NAMED = re.compile(rf"(?<![\w/])({_D}{{1,2}})\s*[-.]?\s*([A-Za-z]{{3,10}})\s*[-.]?\s*({_Y})\b")
_NUMERIC = re.compile(r"(?<![\w/.-])(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})\b(?!\s*/)")
_ROMAN = re.compile(r"(?<![\w/.-])(\d{1,2})\s*[-/.\s]\s*([IVX]{1,4})\s*[-/.\s]\s*(\d{4})\b")
_MONTH = "|".join(MONTHS)
_WORDS = re.compile(rf"([a-z]+(?: [a-z]+){{0,2}}) ({_MONTH}) (dua ribu[a-z ]*)", re.IGNORECASE)
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_DAYS = {terbilang(n): n for n in range(1, 32)}
_YEARS = {terbilang(n): n for n in range(2000, 2050)}

_ISSUED = re.compile(r"\bditetapkan\s*(di\b|pada\s+tanggal|tanggal)", re.IGNORECASE)
_ON = re.compile(r"\btanggal\b\s*[:;.]?\s*", re.IGNORECASE)
_BLANK = re.compile(rf"[.…_\s-]*(?:{_MONTH})?[.…_\s-]*(?:20\d\d)?\s*", re.IGNORECASE)
NEAR = 5  # lines below "Ditetapkan di" that may hold the day


class Found(NamedTuple):
    """A day within a text; ``slip`` where a sign had to be taken for another one."""

    day: date
    start: int
    end: int
    slip: bool


def find_date(text: str) -> Found | None:
    """The first day written in the text, in any of the forms decrees use."""
    found = [reader(match) for pattern, reader in _FORMS if (match := pattern.search(text))]
    found = [day for day in found if day]
    return min(found, key=lambda day: day.start) if found else None


def _named(match) -> Found | None:
    day, name, year = match.groups()
    month, slip = _month(name)
    slip = slip or not (day + year).isdecimal()
    return _found(match, year.translate(_SLIPS), month, day.translate(_SLIPS), slip)


def _month(name: str) -> tuple[int, bool]:
    """(1 to 12, was it misspelt); 0 for what is no month."""
    try:
        return month_of_name(name), False
    except ValueError:
        near = get_close_matches(name.capitalize(), MONTHS, n=1, cutoff=0.75)
        return (MONTHS.index(near[0]) + 1, True) if near else (0, False)


def _numeric(match) -> Found | None:
    day, _, month, year = match.groups()
    return _found(match, year, int(month), day)


def _roman(match) -> Found | None:
    day, month, year = match.groups()
    return _found(match, year, _ROMANS.index(month) + 1 if month in _ROMANS else 0, day)


def _in_words(match) -> Found | None:
    """ "pada tanggal tujuh Januari dua ribu dua puluh lima": the longest run of words counts."""
    before, month, after = match.groups()
    days, years = before.lower().split(), after.lower().split()
    day = next((_DAYS[w] for n in (3, 2, 1) if (w := " ".join(days[-n:])) in _DAYS), 0)
    year = next((_YEARS[w] for n in range(6, 1, -1) if (w := " ".join(years[:n])) in _YEARS), 0)
    return _found(match, year, _month(month)[0], day)


def _found(match, year, month, day, slip=False) -> Found | None:
    try:
        found = date(int(year), month, int(day))
    except ValueError:
        return None
    if not MIN_YEAR <= found.year <= MAX_YEAR:
        return None
    return Found(found, match.start(), match.end(), slip)


_FORMS = ((_NAMED, _named), (_NUMERIC, _numeric), (_ROMAN, _roman), (_WORDS, _in_words))


def issue_date(parts) -> Candidate | None:
    """ "Ditetapkan di Watampone / pada tanggal 7 Januari 2025"; else the day the annex names."""
    for lines in issue_lines(parts.rest), parts.annex[:12]:
        if found := _dated(lines):
            line, day = found
            return _candidate(line, day, parts)
    blank = [line for line in issue_lines(parts.rest) if _is_blank(line.text)]
    return Candidate("issued_on", {}, blank[0], BLANK_DAY, clear=False) if blank else None


def issue_lines(lines) -> list:
    """The last line with "Ditetapkan di …" and the few below it."""
    starts = [i for i, line in enumerate(lines) if _ISSUED.search(line.text)]
    return lines[starts[-1] : starts[-1] + NEAR] if starts else []


def _dated(lines):
    """(line, Found) of the first day behind the word "tanggal"; the day may stand on the next."""
    flow = Flow(lines)
    for on in _ON.finditer(flow.text):
        found = find_date(flow.text[on.end() : on.end() + 60])
        if found and not flow.text[on.end() : on.end() + found.start].strip(" :.,-"):
            return flow.line_at(on.end() + found.start), found
    return None


def _is_blank(text: str) -> bool:
    on = _ON.search(text)
    return bool(on and _BLANK.fullmatch(text[on.end() :]))


def _candidate(line, found, parts) -> Candidate:
    other = _dated(parts.annex[:12])
    remark = SLIP.format(read=line.text) if found.slip else ""
    if other and other[1].day != found.day:
        remark = OTHER_DAY.format(day=format_date(other[1].day))
    values = {"issued_on": format_date(found.day)}
    return Candidate("issued_on", values, line, remark, clear=not remark)
