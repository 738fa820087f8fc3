"""The head and the foot of an official paper as plain data, the same for every kind of paper.

``province`` is the office (None: the national one). What is printed goes by the day of the paper:
a paper of an old year carries the name the office had then.
"""

from datetime import date

from apps.core.formats import format_date
from apps.papers.models import Letterhead, Signer
from apps.papers.words import BLANK


def head_for(province, on: date) -> dict | None:
    """The kop in force on a day: ``lines`` (the last one is the office), ``address``,
    ``contact``, ``emblem`` (PNG as base64 or ""); None where the office has none. One query."""
    return head_data(_letterhead(province, on))


def head_and_signature(province, on: date, signed_on: date) -> tuple[dict | None, dict | None]:
    """``head_for`` the day ``on`` and ``signature_for`` the day ``signed_on``, which mostly are
    one day: 2 queries then, else 3."""
    head = _letterhead(province, on)
    place = head if on == signed_on else _letterhead(province, signed_on)
    return head_data(head), _signature(province, signed_on, place)


def _letterhead(province, on: date) -> Letterhead | None:
    return Letterhead.objects.filter(province=province).in_force(on).first()


def head_data(head: Letterhead | None) -> dict | None:
    if head is None or not head.lines:
        return None
    return {
        "lines": head.lines,
        "address": head.address,
        "contact": head.contact,
        "emblem": head.emblem,
    }


def signature_for(province, on: date, place: str = "") -> dict | None:
    """Who signs a paper of that day: ``lines`` (place and date, post), ``name``, ``rank``,
    ``nip``. Dots stand where the office has named nobody; None where it has named nothing at all.

    ``on`` is the day in the office's zone; ``place`` the town where it is not that of the
    letterhead. It holds a NIP: for papers of people who are signed in, never for a public page.
    Two queries.
    """
    return _signature(province, on, _letterhead(province, on), place)


def _signature(province, on: date, head: Letterhead | None, place: str = "") -> dict | None:
    signer = Signer.objects.filter(province=province).in_force(on).first()
    if head is None and signer is None:
        return None
    town = place or (head.place if head else BLANK)
    signed = signature_data(signer)
    return signed | {"lines": [f"{town}, {format_date(on)}", *signed["lines"]]}


def signature_data(signer: Signer | None) -> dict:
    """Post, name, rank and NIP as they are printed; dots to be filled in by hand for nobody."""
    if signer is None:
        return {"lines": [f"{BLANK},"], "name": BLANK, "rank": "", "nip": f"NIP {BLANK}"}
    return {
        "lines": signer.title_lines,
        "name": signer.name,
        "rank": signer.rank,
        "nip": f"NIP {signer.nip_text}" if signer.nip else "",
    }
