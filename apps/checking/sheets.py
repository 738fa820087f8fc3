"""The pages of the file being judged: images in the size asked for, with the pins on them."""

from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from apps.checking.forms import Filters
from apps.core.formats import format_size
from apps.documents.pages import WEIGHTS, WIDTH, unreadable_among, weight_of
from apps.verification import pins
from apps.verification.enums import OPEN, Status
from apps.verification.models import Evidence, Pin

ZOOMS = {100: WIDTH, 150: 1350, 200: 1800}  # per cent: width of the image in pixels
MOST_PAGES = 41  # images of one document on the screen; the rest opens as PDF
GROUP = 10  # pages fetched by one click


class View(NamedTuple):
    """What the address asks for: how large, and which page the person is on."""

    zoom: int = 100
    page: int = 1


def view_of(values, pages: int) -> View:
    """``?perbesar=150&hal=3`` of a document of so many pages; what makes no sense is left out."""
    zoom, page = _number(values.get("perbesar", "")), _number(values.get("hal", ""))
    return View(zoom if zoom in ZOOMS else 100, page if 1 <= page <= pages else 1)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def query_of(filters: Filters, view: View) -> str:
    """The part of an address that brings back filter, size and page."""
    shown = {"perbesar": view.zoom} if view.zoom != 100 else {}
    query = urlencode(shown | {"hal": view.page})
    return f"{filters.query}&{query}" if filters.query else f"?{query}"


@dataclass(frozen=True)
class Mark:
    """A pin as it is drawn and told."""

    pin: Pin
    label: str
    is_open: bool  # not sent yet
    is_own: bool  # may be changed here


@dataclass(frozen=True)
class Sheet:
    """One page; ``is_blank`` where it cannot be drawn, ``pin_url`` where a pin is put on it."""

    number: int
    marks: list[Mark]
    is_blank: bool
    pin_url: str


@dataclass(frozen=True)
class Group:
    """Pages fetched together when asked for."""

    sheets: list[Sheet]
    is_open: bool
    label: str


@dataclass(frozen=True)
class Sheets:
    """The left side of the checking screen."""

    document: object
    view: View
    filters: Filters
    path: str  # the address of the item
    pin_path: str
    first: Sheet
    groups: list[Group]
    open_pins: int  # this person's, not sent yet
    older: list[Mark] = field(default_factory=list)  # of the last return, on another file

    @property
    def width(self) -> int:
        return ZOOMS[self.view.zoom]

    def url_of(self, view: View) -> str:
        return f"{self.path}{query_of(self.filters, view)}"

    @property
    def pin_url(self) -> str:
        """Where a pin is put on the page the person is on."""
        return self.pin_path + query_of(self.filters, self.view)

    @property
    def zooms(self) -> list[tuple[int, str, int]]:
        """(per cent, address, most bytes a page) of the next smaller and the next larger size;
        address "" at the ends."""
        steps, at = list(ZOOMS), list(ZOOMS).index(self.view.zoom)
        wanted = [steps[at - 1] if at else 0, steps[at + 1] if at + 1 < len(steps) else 0]
        return [
            (zoom, self.url_of(View(zoom, self.view.page)), WEIGHTS[ZOOMS[zoom]])
            if zoom
            else (0, "", 0)
            for zoom in wanted
        ]

    @property
    def left_out(self) -> int:
        """Pages that are too many for this screen."""
        return self.document.pages - 1 - sum(len(group.sheets) for group in self.groups)


def sheets_of(
    evidence: Evidence, document, user, view: View, filters: Filters, *, may_pin: bool
) -> Sheets:
    """Everything the left side shows of a file; 2 queries."""
    pin_path = reverse("checking:pin_add", args=[evidence.pk])
    marks = marks_of(evidence, user, may_pin=may_pin)
    here = [mark for mark in marks if mark.pin.document_id == document.pk]
    usual = range(1, min(document.pages, MOST_PAGES) + 1)
    numbers = sorted({*usual, view.page, *(mark.pin.page for mark in here)})
    blank = unreadable_among(document, numbers)
    sheets = [
        Sheet(
            number,
            [mark for mark in here if mark.pin.page == number],
            number in blank,
            pin_path + query_of(filters, View(view.zoom, number)),
        )
        for number in numbers
    ]
    rest = [sheets[at : at + GROUP] for at in range(1, len(sheets), GROUP)]
    return Sheets(
        document=document,
        view=view,
        filters=filters,
        path=reverse("checking:item", args=[evidence.pk]),
        pin_path=pin_path,
        first=sheets[0],
        groups=[_group(document, part, view) for part in rest],
        open_pins=sum(mark.is_open and mark.pin.created_by_id == user.pk for mark in marks),
        older=[mark for mark in marks if mark.pin.document_id != document.pk],
    )


def marks_of(evidence: Evidence, user, *, may_pin: bool) -> list[Mark]:
    """Pins not sent yet, then those of the last return: these as L1, L2 … beside new ones."""
    waits = evidence.status == Status.SUBMITTED
    mine = pins.numbered(pin for pin in pins.pins_of(evidence) if pin.history_id is None)
    sent = pins.last_sent(evidence) if evidence.status in OPEN else []
    return [
        Mark(pin, str(pin.number), True, may_pin and pin.created_by_id == user.pk) for pin in mine
    ] + [Mark(pin, f"L{pin.number}" if waits else str(pin.number), False, False) for pin in sent]


def _group(document, sheets: list[Sheet], view: View) -> Group:
    numbers = [sheet.number for sheet in sheets]
    weight, is_exact = weight_of(document, numbers, ZOOMS[view.zoom])
    named = f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
    if numbers[-1] - numbers[0] >= len(numbers):  # far behind, but somebody pinned them
        named = ", ".join(map(str, numbers))
    size = format_size(weight) if is_exact else f"paling banyak {format_size(weight)}"
    return Group(sheets, view.page in numbers, f"Muat halaman {named} ({size})")
