"""What the Pokja's own page tells of pins and places."""

import re

import pytest

from apps.verification import pins
from apps.verification.citations import cite
from apps.verification.pins import Spot
from tests import makers


@pytest.fixture
def year_page(client_of, operator_makassar, pokja, today):
    """The officer's page of the year, as text."""
    from apps.effectiveness.builtin import load_builtin_rubric

    load_builtin_rubric()
    client = client_of(operator_makassar)
    return lambda: client.get(f"/pokja/{pokja.pk}/2026/").content.decode()


def test_the_receipt_names_the_pages_values_stand_on(
    year_page, decree, operator_makassar, verifikator_sulsel
):
    from apps.evidence.services import verify

    for field, page in (("number", 1), ("issued_on", 2), ("title", 1)):
        cite(decree, field, page, "", operator_makassar)
    verify(decree, actor=verifikator_sulsel, revision=decree.revision)
    receipt = year_page().partition('id="mengapa"')[2]
    told = [int(number) for number in re.findall(r">hal\. (\d+)</a>", receipt)]
    assert told == [1, 2]
    assert f"{decree.decree.document.uuid}/hal-1.webp" in receipt


def test_pins_of_a_return_are_told_among_the_notes(year_page, decree, verifikator_sulsel):
    from apps.evidence.services import return_with_notes

    pins.place(
        decree,
        decree.decree.document,
        Spot(2, 0.1, 0.1),
        "Cap kurang jelas",
        actor=verifikator_sulsel,
        revision=decree.revision,
    )
    return_with_notes(decree, actor=verifikator_sulsel, revision=decree.revision)
    page = year_page()
    assert "Lihat 1 catatan yang ditandai pada halaman berkas." in page
    assert "Halaman 2, pin 1: Cap kurang jelas" in page


def test_another_sk_of_the_pokja_shows_no_pins_of_this_one(
    client_of, operator_makassar, pokja, decree, verifikator_sulsel, year_page
):
    from apps.evidence.services import return_with_notes

    pins.place(
        decree,
        decree.decree.document,
        Spot(1, 0.1, 0.1),
        "Cap",
        actor=verifikator_sulsel,
        revision=decree.revision,
    )
    return_with_notes(decree, actor=verifikator_sulsel, revision=decree.revision)
    other = makers.make_decree(pokja, operator_makassar, number="188.45/1/2026")
    url = f"/pokja/{pokja.pk}/2026/isi/sk/?bukti="
    client = client_of(operator_makassar)
    assert "pin-hal-1" in client.get(f"{url}{decree.pk}").content.decode()
    assert "pin-hal-1" not in client.get(f"{url}{other.pk}").content.decode()
