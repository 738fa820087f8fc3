"""What a decree is about: the lines between TENTANG and the next part of its head."""

import re

from apps.decrees.reading.parts import Candidate, in_sentence

_TITLE = re.compile(r"\s*t\s?e\s?n\s?t\s?a\s?n\s?g\b\s*[:.]?\s*", re.IGNORECASE)
_INLINE = re.compile(r"\bkeputusan\b.*\bnomor\b.*?\btentang\b\s*", re.IGNORECASE)
_NEXT_PART = re.compile(
    r"\s*(dengan rahmat|menimbang|mengingat|membaca|memperhatikan|menetapkan|"
    r"m\s?e\s?m\s?u\s?t\s?u\s?s)",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\s*(?:(?:pj|pjs|plt|plh|a\.?n)\.?\s+)?"
    r"(?:gubernur|bupati|wali\s?kota|camat|lurah|kepala|sekretaris|penjabat)\b[^\d]*$",
    re.IGNORECASE,
)
MOST_LINES, MAX = 14, 2000
WRAPPED = 2  # further lines of a long post


def decree_title(parts) -> Candidate | None:
    for i, line in enumerate(parts.head):
        start = _TITLE.match(line.text) or _INLINE.search(line.text)
        if start:
            return _collected(line.text[start.end() :], line, parts.body[i + 1 :])
    return None


def _collected(first: str, line, below) -> Candidate | None:
    lines = []
    for i, other in enumerate(below[:MOST_LINES]):
        if _ends_before(other, below[i + 1 : i + 1 + WRAPPED]) or other.page != line.page:
            break
        lines.append(other)
    text = " ".join([first, *(other.text for other in lines)])
    text = " ".join(text.split()).strip(" ,;:.")[:MAX]
    if len(text) < 8:
        return None
    spot = line if first.strip() or not lines else lines[0]
    return Candidate("title", {"title": in_sentence(text)}, _around(spot, lines))


def _ends_before(line, following) -> bool:
    """The next part, or the post that issues (BUPATI BONE, right above Menimbang), which may
    itself go over a few lines."""
    if _NEXT_PART.match(line.text):
        return True
    if not _POST.match(line.text):
        return False
    post = [line, *following]
    return any(
        last.text.rstrip().endswith(",") or (after and _NEXT_PART.match(after.text))
        for last, after in zip(post, [*following, None], strict=True)
    )


def _around(line, lines):
    """One spot for the whole title, its first line as the quote."""
    below = [line, *lines]
    return line._replace(
        x0=min(item.x0 for item in below),
        x1=max(item.x1 for item in below),
        y1=max(item.y1 for item in below),
    )
