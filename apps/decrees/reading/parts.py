"""A decree in its parts (domain: order as typed): head, body, annex."""

import re
from typing import NamedTuple

HEAD_LINES = 60  # a head longer than this is no head
MAX_LINE = 400  # signs looked at; a longer line is no line of a decree


class Line(NamedTuple):
    """A line of a page; the numbers are parts (0 to 1) of it from its upper left corner."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    text: str

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    def is_level_with(self, other) -> bool:
        shared = min(self.y1, other.y1) - max(self.y0, other.y0)
        return self.page == other.page and shared > 0.5 * (self.y1 - self.y0)


class Candidate(NamedTuple):
    """A value to offer. ``values`` are by name of the decree's fields, as its form wants them;
    empty where there is only a remark to make. ``clear``: read without doubt."""

    field: str
    values: dict[str, str]
    line: Line
    remark: str = ""
    clear: bool = True

    @property
    def quote(self) -> str:
        return self.line.text


class Parts(NamedTuple):
    """``head`` ends before Menimbang, ``body`` is everything before the annex, ``rest`` what
    stands behind MEMUTUSKAN in it."""

    head: list[Line]
    body: list[Line]
    rest: list[Line]
    annex: list[Line]
    recognised: bool = False  # read from a picture


_CONSIDERING = re.compile(r"\s*(menimbang|mengingat|membaca|memperhatikan|m\s?e\s?m\s?u\s?t)", re.I)
_DECIDING = re.compile(r"\s*m\s?e\s?m\s?u\s?t\s?u\s?s\s?k\s?a\s?n|\s*menetapkan\s*:", re.IGNORECASE)
_ANNEX = re.compile(r"\s*(LAMPIRAN\b|Lampiran\s*[IVX\d]*\s*:?\s*(Keputusan|Surat|Nomor)\b)")


def parts_of(pages, *, recognised: bool) -> Parts:
    lines = [
        Line(number, *place, text[:MAX_LINE]) for number, rows in pages for *place, text in rows
    ]
    deciding = _first(lines, _DECIDING)
    annex = _annex_start(lines, deciding)
    body = lines[:annex]
    head = body[: min(_first(body, _CONSIDERING), HEAD_LINES)]
    rest = body[deciding:] if deciding < len(body) else body[len(head) :]
    return Parts(head, body, rest, lines[annex:], recognised)


def _first(lines, pattern, start=0) -> int:
    found = (i for i, line in enumerate(lines) if i >= start and pattern.match(line.text))
    return next(found, len(lines))


def _annex_start(lines, deciding) -> int:
    """An annex begins behind the decision, in the upper half of a page of its own."""
    for i, line in enumerate(lines):
        behind = i > deciding or (deciding == len(lines) and line.page > lines[0].page)
        if behind and line.y0 < 0.5 and _ANNEX.match(line.text):
            return i
    return len(lines)


class Flow:
    """Lines as running text: a sentence may go over several of them."""

    def __init__(self, lines):
        self.lines, self.starts, at = list(lines), [], 0
        for line in self.lines:
            self.starts.append(at)
            at += len(line.text) + 1
        self.text = "".join(f"{line.text} " for line in self.lines)

    def line_at(self, position: int) -> Line:
        at = 0
        for start, line in zip(self.starts, self.lines, strict=True):
            if start > position:
                break
            at = line
        return at


SMALL = re.compile(
    "dan|di|ke|dari|pada|dalam|untuk|yang|dengan|serta|atas|oleh|bagi|tentang|atau|sebagai"
)
CAPITALS = re.compile(
    "KB|GDPK|TPPS|BKKBN|PJPK|OPD|APBD|APBN|PKK|TP|KIE|KKB|D?PPKB|BK[BRL]|PIK|UPPKA|R[TW]|SK|DAK|"
    "BOKB|NKRI|RI|KK|MKJP|SDM|PUS|CSR|SSK|PLKB|PKB|BUMD?|I{1,3}|I?V|VI{1,3}|I?X|XI{1,2}"
)


def in_sentence(text: str) -> str:
    """Words in capitals as a list shows them: PEMBENTUKAN POKJA KB → Pembentukan Pokja KB. Text
    that is not all in capitals stays as written."""
    letters = [sign for sign in text if sign.isalpha()]
    if not letters or sum(sign.isupper() for sign in letters) < 0.8 * len(letters):
        return text
    words = text.split()
    return " ".join(_cased(word, first=not i) for i, word in enumerate(words))


def _cased(word: str, *, first: bool) -> str:
    bare = re.sub(r"\W", "", word)
    in_brackets = word.startswith("(") and word.rstrip(",.;").endswith(")")
    if CAPITALS.fullmatch(bare) or in_brackets or any(sign.isdigit() for sign in bare):
        return word
    if SMALL.fullmatch(bare.lower()) and not first:
        return word.lower()
    return re.sub(r"[^\W\d_]+", lambda found: found[0].capitalize(), word)
