"""Read for you: the values of an SK offered beside its form, taken and given back by a click."""

import pytest
from playwright.sync_api import expect

from tests import textpages
from tests.e2e.conftest import NARROW, WIDE, assert_accessible
from tests.e2e.scenes import YEAR


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "SK Pokja.pdf"
    pages = textpages.decree(
        issuer="WALI KOTA MAKASSAR",
        place=(("r", "Ditetapkan di Makassar"), ("r", "pada tanggal 7 Januari 2025")),
        post=("Pj. WALI KOTA MAKASSAR,",),
    )
    path.write_bytes(textpages.text_pdf(pages))
    return str(path)


def value(page, name):
    return page.locator(f"[name={name}]").input_value()


@pytest.mark.parametrize("viewport_width", [WIDE, NARROW])
def test_values_are_offered_and_filled_in_only_by_a_click(person, place, paper):
    page = person("operator_makassar")
    page.goto(f"/pokja/{place.pokja.pk}/{YEAR}/isi/sk/")
    page.locator("[name=title]").fill("Judul saya")
    page.locator("[name=file]").set_input_files(paper)
    panel = page.locator("#terbaca")
    expect(panel.get_by_role("heading")).to_have_text("Terbaca dari berkas")
    assert value(page, "number") == value(page, "issued_on") == ""

    number = panel.get_by_role("button", name="Pakai untuk Nomor SK")
    number.click()
    assert value(page, "number") == "188.45/412/I/2025"
    expect(page.locator("[name=number]")).to_be_focused()
    panel.get_by_role("button", name="Urungkan untuk Nomor SK").click()
    assert value(page, "number") == ""

    panel.get_by_role("button", name="Pakai semua yang kosong").click()
    assert value(page, "number") == "188.45/412/I/2025"
    assert value(page, "issued_on") == "7 Januari 2025"
    assert value(page, "title") == "Judul saya"
    assert value(page, "signer_status") == "pj"
    expect(page.get_by_role("radio", name="Wali Kota Makassar")).to_be_checked()
    expect(panel.get_by_role("status")).to_contain_text("belum disimpan")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.wait_for_load_state("networkidle")  # the pictures of the spots
    assert_accessible(page)


def test_enter_in_a_field_saves_and_fills_nothing_in(person, place, paper):
    page = person("operator_makassar")
    page.goto(f"/pokja/{place.pokja.pk}/{YEAR}/isi/sk/")
    page.locator("[name=file]").set_input_files(paper)
    expect(page.locator("#terbaca").get_by_role("heading")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.locator("[name=number]").press("Enter")
    expect(page.locator(".errsum")).to_be_visible()
    assert value(page, "number") == ""
    page.wait_for_load_state("networkidle")
