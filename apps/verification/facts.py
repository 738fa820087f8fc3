"""What a piece of evidence says, as text, and what it lacks: the words shared by its kinds."""

from collections.abc import Iterable
from typing import NamedTuple


class Fact(NamedTuple):
    """One value as it is shown; ``field`` is the form field ("" where there is none) and
    ``value`` is "" where nothing is filled in."""

    field: str
    label: str
    value: str


class Gap(NamedTuple):
    """Something missing or odd: the words beside the field, and what to do about it.

    ``field`` is the name of the form field, so its element has the id ``id_<field>``; in tables
    it carries the prefix and the row: ``kegiatan-0-output``. Only blocking gaps stop submission.
    ``fact`` states what is missing where ``message`` asks for it; "{rows}" in it stands for the
    numbers of all rows that lack the same.
    """

    field: str
    message: str
    fix: str
    blocking: bool = True
    fact: str = ""


class Table(NamedTuple):
    """Rows as text; the first cell of a row is its name and unique in the table."""

    headers: list[str]
    rows: list[list[str]]


def table(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    """A table without the columns that are empty in every row."""
    headers, rows = list(headers), [list(row) for row in rows]
    kept = [at for at in range(len(headers)) if any(row[at] for row in rows)]
    return Table([headers[at] for at in kept], [[row[at] for at in kept] for row in rows])
