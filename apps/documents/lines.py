"""Words of a page put together to lines. Pure: no Django, no PDF.

A word is [x0, y0, x1, y1, text] in parts (0 to 1) of the page, as ``reader`` and ``ocr`` give it;
a line is the same. Two columns side by side stay two lines of one row.
"""

import unicodedata

COLUMN = 2.5  # line heights: a wider gap parts columns
OVERLAP = 0.5  # of the lower one's height: as much is shared by what stands on one line
MAX_TEXT = 2000  # signs of one line


def lines_of(words, ratio: float) -> list[list]:
    """The lines from top to bottom, in a row from left to right. ``ratio``: height by width."""
    pieces = []
    for word in filter(None, map(_sound, words)):
        if pieces and _follows(pieces[-1], word, ratio):
            pieces[-1] = _joined(pieces[-1], word)
        else:
            pieces.append(word)
    return [line for row in _rows(pieces) for line in _closed_up(row, ratio)]


def _sound(word) -> list | None:
    """The word without signs that cannot be kept or shown, its numbers within the page."""
    text = str(word[4]).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = "".join(sign for sign in text if unicodedata.category(sign)[0] not in "CZ")[:MAX_TEXT]
    place = [min(1.0, max(0.0, round(float(number), 5))) for number in word[:4]]
    return [*place, text] if text else None


def _height(piece) -> float:
    return max(piece[3] - piece[1], 1e-6)


def _level(one, other) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared >= OVERLAP * min(_height(one), _height(other))


def _follows(line, word, ratio) -> bool:
    """Does the word go on with the line, without the gap of a column?"""
    end = _end_of(line)
    gap = (word[0] - line[2]) / (max(_height(end), _height(word)) * ratio)
    return abs(gap) < COLUMN and _level(end, word)


def _end_of(line) -> list:
    """The end of a line counts: in a scan that hangs aslant its beginning stands elsewhere."""
    return line[5] if len(line) > 5 else line


def _joined(line, word) -> list:
    text = f"{line[4]} {word[4]}"[:MAX_TEXT]
    x0, y0 = min(line[0], word[0]), min(line[1], word[1])
    x1, y1 = max(line[2], word[2]), max(line[3], word[3])
    return [x0, y0, x1, y1, text, _end_of(word)]


def _rows(pieces) -> list[list]:
    """Pieces that stand level, from top to bottom."""
    rows = []
    for piece in sorted(pieces, key=lambda piece: piece[1] + piece[3]):
        if rows and _level(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _closed_up(row, ratio) -> list[list]:
    """A row from left to right; what was written out of order is joined."""
    lines = []
    for piece in sorted(row, key=lambda piece: piece[0]):
        if lines and _follows(lines[-1], piece, ratio):
            lines[-1] = _joined(lines[-1], piece)
        else:
            lines.append(piece)
    return [line[:5] for line in lines]
