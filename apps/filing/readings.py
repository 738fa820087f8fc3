"""What was read from the file of a step, beside the form: offered, taken by a click, and noted
down with its place once it has been saved."""

import json
from dataclasses import dataclass, field

from apps.core.formats import format_number
from apps.decrees.offers import Offer, offers_for, same_value
from apps.documents.models import Document, Reading
from apps.documents.reading import ensure_text
from apps.verification.citations import cite

State = Reading.State
ALL = "kosong"  # "Pakai semua yang kosong"
MOST_LOOKS = 40  # times a page asks again while the worker reads: two minutes
PART_READ = "Dibaca {read} dari {whole} halaman."
TAKEN = "{count} isian terisi dari berkas, belum disimpan. Periksa, lalu simpan."
MARGIN = 0.022  # of the page's height, above and below the spot
NARROWEST = 0.5  # of the page's width that is shown around a spot
WIDE = 900  # the units of the picture; its page is that wide


@dataclass
class Row:
    """An offer beside the form; ``is_taken``: the field holds it already."""

    offer: Offer
    is_taken: bool = False

    @property
    def filling(self) -> str:
        """The values for the script, by field."""
        return json.dumps(self.offer.values)

    @property
    def spot(self) -> dict:
        """The piece of the page with the line, as numbers for an SVG; readable on a phone."""
        x0, y0, x1, y1 = self.offer.box
        tall = WIDE * self.offer.ratio
        top, bottom = max(0, y0 - MARGIN), min(1, y1 + MARGIN)
        wide = min(1, max(NARROWEST, x1 - x0 + 0.06))
        left = min(max(0, (x0 + x1 - wide) / 2), 1 - wide)
        return {
            "view": f"{left * WIDE:.0f} {top * tall:.0f} {wide * WIDE:.0f} "
            f"{(bottom - top) * tall:.0f}",
            "tall": f"{tall:.0f}",
            "x": f"{x0 * WIDE - 6:.0f}",
            "y": f"{y0 * tall - 3:.0f}",
            "width": f"{(x1 - x0) * WIDE + 12:.0f}",
            "height": f"{(y1 - y0) * tall + 6:.0f}",
        }


@dataclass
class Panel:
    """ "Terbaca dari berkas": how far the reading is, and what it offers."""

    document: Document
    state: str
    step: str
    rows: list[Row] = field(default_factory=list)
    note: str = ""
    look: int = 0  # how often the page has asked while the worker reads
    told: str = ""  # what the person's click has done

    @property
    def is_waiting(self) -> bool:
        return self.state == State.WAITING

    @property
    def asks_again(self) -> bool:
        return self.is_waiting and self.look < MOST_LOOKS

    @property
    def is_readable(self) -> bool:
        return self.state in (State.TEXT, State.OCR)

    @property
    def is_recognised(self) -> bool:
        return self.state == State.OCR

    @property
    def may_take(self) -> bool:
        """Is there anything left to take over?"""
        return any(row.offer.values and not row.is_taken for row in self.rows)


def panel_of(document: Document, region, step: str, form=None, look: int = 0) -> Panel:
    """Reads the text of the PDF if nobody has yet; ``form`` tells what it holds already."""
    reading = ensure_text(document)
    panel = Panel(document, reading.state, step, look=look)
    if not panel.is_readable:
        return panel
    read = document.page_texts.count()
    if read < document.pages:
        panel.note = PART_READ.format(read=format_number(read), whole=format_number(document.pages))
    if step == "sk":
        found = offers_for(document, region, recognised=panel.is_recognised)
        panel.rows = [Row(offer, form is not None and holds(form, offer)) for offer in found]
    return panel


def panel_for(editor, step: str, taken: int = 0) -> Panel | None:
    """The panel of a form with a file: the one just sent, else the one the item has. ``taken``:
    how many values the person has just taken over without JavaScript."""
    form = editor.form
    if form is None or not hasattr(form, "kept_document"):
        return None
    document = form.kept_document or form.held_document
    if document is None:
        return None
    panel = panel_of(document, form.region, step, form)
    panel.told = TAKEN.format(count=taken) if taken else ""
    return panel


def holds(form, offer: Offer) -> bool:
    """Does the form show everything that the offer would fill in?"""
    return bool(offer.values) and all(
        same_value(name, form[name].value(), value) for name, value in offer.values.items()
    )


def is_blank(form, offer: Offer) -> bool:
    """Has nobody said anything in the fields of the offer?"""
    return all(form[name].value() in (None, "", form.fields[name].initial) for name in offer.values)


def filled(form, asked: str):
    """(the form's data with the asked offers filled in, their fields): nothing is saved."""
    document, found = form.kept_document or form.held_document, []
    if document is not None and ensure_text(document):
        found = offers_for(document, form.region)
    chosen = [
        offer
        for offer in found
        if offer.values and (offer.field == asked or (asked == ALL and is_blank(form, offer)))
    ]
    data = form.data.copy()
    for offer in chosen:
        for name, value in offer.values.items():
            data[form.add_prefix(name)] = value
    return data, [offer.field for offer in chosen]


def cite_read(form, evidence, *, actor) -> None:
    """Of a saved SK: note where each value stands that was saved as it was read. The offers are
    read anew here, so that no page or quote is taken from the browser."""
    document = evidence.decree.document
    if document is None:
        return
    for offer in offers_for(document, form.region):
        if holds(form, offer):
            cite(evidence, offer.field, offer.page, offer.quote, actor)
        elif offer.field in form.changed_data:
            evidence.citations.filter(field=offer.field).delete()
