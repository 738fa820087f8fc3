"""How long a decree holds: an end it states, a number of years, a budget year, or no end."""

import re
from datetime import date, timedelta

from apps.core.formats import format_date
from apps.core.parsing import MONTHS
from apps.decrees.reading.dates import find_date, issue_date
from apps.decrees.reading.parts import Candidate, Flow

WRITTEN, BUDGET_YEAR, UNTIL_REVOKED = "tertulis", "tahun_anggaran", "sampai_dicabut"
END_OF_YEAR = "SK menyebut “{read}”, diartikan sampai akhir masa itu"
COUNTED = "Dihitung: {years} tahun sejak {day}. Periksa bunyi SK"
FROM_TITLE = "Hanya disebut pada judul; SK tidak menyebut tanggal akhir"
NO_END = "SK tidak menyebut batas waktu. Periksa sebelum memakainya"

_UNTIL = re.compile(
    r"\b(?:sampai\s+dengan|s\s?\.\s?d\s?\.|s/d|sampai|hingga)\s+(?:(?:pada\s+)?tanggal\s+)?", re.I
)
_LASTS = re.compile(
    r"\b(?:berlaku|ditetapkan|masa\s+(?:kerja|bakti|tugas|jabatan|berlaku)|terhitung|"
    r"jangka\s+waktu|periode)",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(?:masa\s+(?:kerja|bakti|tugas|jabatan|berlaku)|berlaku|jangka\s+waktu)\b[^.;]{0,90}?"
    r"\b(\d{1,2})\s*(?:\([^)]{2,20}\))?\s*tahun\b(?!\s+(?:anggaran|\d{4}))",
    re.IGNORECASE,
)
_YEAR = re.compile(
    rf"(?:(?:akhir\s+)?(?:bulan\s+)?({'|'.join(MONTHS)})?\s*(?:tahun\s+)?(?:anggaran\s+)?)"
    r"(20\d\d)\b",
    re.IGNORECASE,
)
_REVOKED = re.compile(
    r"\b(?:sampai|hingga)\b[^.;]{0,40}\b(?:dicabut|pencabutan|dicabutnya|keputusan\s+(?:baru|lain))"
    r"|\bsampai\s+(?:dengan\s+)?ditetapkannya\b",
    re.IGNORECASE,
)
_BUDGET = re.compile(
    r"\bberlaku\b[^.;]{0,60}\b(?:tahun\s+anggaran|satu\s+tahun\s+anggaran)\s*(20\d\d)?", re.I
)
_BUDGET_TITLE = re.compile(r"\btahun\s+anggaran\s+(20\d\d)\b", re.IGNORECASE)
_SPAN_TITLE = re.compile(r"\b(20\d\d)\s*[-–—]\s*(20\d\d)\b")
_IN_FORCE = re.compile(r"\bberlaku\s+(?:sejak|pada|mulai|terhitung)", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:berlaku(?:\s+surut)?|terhitung)\s+(?:sejak|mulai|terhitung(?:\s+(?:sejak|mulai))?)\s+"
    r"(?:tanggal\s+)?",
    re.IGNORECASE,
)
REACH = 120  # signs between "berlaku" and the end it speaks of


def validity(parts) -> Candidate | None:
    """The end of the decree and what it rests on."""
    dictum, title = Flow(parts.rest), Flow(parts.head)
    for finder in _until_day, _until_revoked, _years, _budget_year:
        if found := finder(dictum, parts):
            return found
    return _from_title(title) or _no_end(dictum)


def valid_from(parts) -> Candidate | None:
    """ "berlaku sejak tanggal 2 Januari 2026", where it is another day than that of issue."""
    flow = Flow(parts.rest)
    for match in _FROM.finditer(flow.text):
        found = find_date(flow.text[match.end() : match.end() + 40])
        if found and found.start == 0:
            return Candidate(
                "valid_from",
                {"valid_from": format_date(found.day)},
                flow.line_at(match.end()),
                clear=not found.slip,
            )
    return None


def _until_day(flow, parts) -> Candidate | None:
    for match in _UNTIL.finditer(flow.text):
        if not _LASTS.search(flow.text[max(0, match.start() - REACH) : match.start()]):
            continue
        after = flow.text[match.end() : match.end() + 50]
        found = find_date(after)
        if found and found.start == 0:
            line = flow.line_at(match.end())
            return _written(found.day, line, "", clear=not found.slip)
        if year := _YEAR.match(after):
            read = year[0].strip()
            end = _month_end(int(year[2]), _month(year[1]))
            return _written(end, flow.line_at(match.end()), END_OF_YEAR.format(read=read))
    return None


def _month(name) -> int:
    return MONTHS.index(name.capitalize()) + 1 if name else 12


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _until_revoked(flow, parts) -> Candidate | None:
    match = _REVOKED.search(flow.text)
    return _open_end(UNTIL_REVOKED, flow.line_at(match.start())) if match else None


def _years(flow, parts) -> Candidate | None:
    match, issued = _YEARS.search(flow.text), issue_date(parts)
    if not match or not issued or not issued.values:
        return None
    start, years = find_date(issued.values["issued_on"]).day, int(match[1])
    day = format_date(start)
    line = flow.line_at(match.start(1))
    return _written(_years_on(start, years), line, COUNTED.format(years=years, day=day))


def _years_on(start: date, years: int) -> date:
    """The last day of a number of years that begin on ``start``."""
    try:
        return start.replace(year=start.year + years) - timedelta(days=1)
    except ValueError:  # 29 February
        return date(start.year + years, 2, 28)


def _budget_year(flow, parts) -> Candidate | None:
    match = _BUDGET.search(flow.text)
    return _open_end(BUDGET_YEAR, flow.line_at(match.start())) if match else None


def _from_title(title) -> Candidate | None:
    if match := _BUDGET_TITLE.search(title.text):
        return _open_end(BUDGET_YEAR, title.line_at(match.start()), FROM_TITLE)
    if match := _SPAN_TITLE.search(title.text):
        line = title.line_at(match.start())
        return _written(date(int(match[2]), 12, 31), line, FROM_TITLE)
    return None


def _no_end(flow) -> Candidate | None:
    match = _IN_FORCE.search(flow.text)
    return _open_end(UNTIL_REVOKED, flow.line_at(match.start()), NO_END) if match else None


def _written(day, line, remark, *, clear=True) -> Candidate:
    values = {"valid_until": format_date(day), "validity_basis": WRITTEN}
    return Candidate("valid_until", values, line, remark, clear=clear and not remark)


def _open_end(basis, line, remark="") -> Candidate:
    values = {"valid_until": "", "validity_basis": basis}
    return Candidate("valid_until", values, line, remark, clear=not remark)
