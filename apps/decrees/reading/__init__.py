"""What the text of a decree says about number, date, title, signer, validity and parent. Pure.

Nothing is decided here: each value is a candidate with the line it was read from, for a person to
take or leave. Slips of OCR (l for 1, O for 0) are told, never mended in silence.
"""

from apps.decrees.reading.dates import issue_date
from apps.decrees.reading.number import decree_number
from apps.decrees.reading.parent import parent_decree
from apps.decrees.reading.parts import Candidate, Line, parts_of
from apps.decrees.reading.signer import signer_name, signer_position
from apps.decrees.reading.title import decree_title
from apps.decrees.reading.validity import valid_from, validity

__all__ = ["Candidate", "Line", "candidates"]

FINDERS = (decree_number, issue_date, validity, signer_position, decree_title, signer_name)


def candidates(pages, *, recognised: bool = False) -> list[Candidate]:
    """At most one for each field. ``pages``: (page number, [[x0, y0, x1, y1, text], …]) in order;
    the places are parts (0 to 1) of the page. ``recognised``: the text was read from pictures."""
    parts = parts_of(pages, recognised=recognised)
    found = [finder(parts) for finder in (*FINDERS, valid_from, parent_decree)]
    return [candidate for candidate in found if candidate]
