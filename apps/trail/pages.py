"""Pages of the trail by place, not by number: the thousandth costs what the first does."""

from collections.abc import Iterator
from dataclasses import dataclass

from apps.audit.models import Entry
from apps.trail.words import SYSTEM, changes_of, kind_words, label_words, role_words

PER_PAGE = 50
AT_ONCE = 2000
COUNTED = 10_000  # counting on costs more than the figure is worth


@dataclass(frozen=True)
class Line:
    """One entry as the page shows it."""

    entry: Entry
    who: str
    role: str
    kind: str
    label: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Page:
    """``older`` is the number of the entry after which the next page goes on; None at the end."""

    lines: list[Line]
    older: int | None
    is_first: bool


def page_of(rows, after: str) -> Page:
    """``after``: the number of the last entry of the page before, out of the address; 1 query."""
    place = _place(after)
    found = list(_with_people(_beyond(rows, place))[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    older = shown[-1].pk if len(found) > PER_PAGE else None
    return Page([line_of(each) for each in shown], older, place is None)


def count_of(rows) -> int:
    """How many, up to COUNTED + 1; 1 query."""
    return rows.order_by()[: COUNTED + 1].count()


def line_of(entry: Entry) -> Line:
    return Line(
        entry=entry,
        who=str(entry.actor or SYSTEM),
        role=role_words(entry.role),
        kind=kind_words(entry.object_type),
        label=label_words(entry),
        changes=changes_of(entry),
    )


def all_lines(rows) -> Iterator[Line]:
    """Every line, AT_ONCE in memory."""
    place = None
    while found := list(_with_people(_beyond(rows, place))[:AT_ONCE]):
        yield from map(line_of, found)
        place = found[-1].pk


def _with_people(rows):
    return rows.select_related("actor", "region")


def _place(after: str) -> int | None:
    return int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else None


def _beyond(rows, place: int | None):
    return rows if place is None else rows.filter(pk__lt=place)
