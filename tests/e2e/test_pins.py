"""Pins on a page: by a click, by keyboard, and without JavaScript; read by the officer."""

import pytest
from playwright.sync_api import expect

from tests import makers
from tests.e2e.conftest import (
    NARROW,
    WIDE,
    assert_accessible,
    assert_no_sideways_scroll,
    login,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def decree(place):
    """A submitted SK of two pages."""
    from apps.evidence.services import submit

    file = makers.make_document(place.pokja.region, place.officer, pages=2)
    item = makers.make_decree(place.pokja, place.officer, document=file)
    submit(item, actor=place.officer, revision=item.revision)
    return item


@pytest.mark.parametrize("viewport_width", [WIDE, NARROW])
def test_a_click_puts_a_pin_and_the_marks_stay(page, decree):
    login(page, "verifikator_sulsel")
    page.goto(f"/verifikasi/{decree.pk}/")
    page.locator("input[name=cek_1][value=sesuai]").check()
    image = page.locator("#hal-1 .pg-img")
    box = image.bounding_box()
    image.click(position={"x": box["width"] / 4, "y": 120})
    expect(page.locator("#pin-baru")).to_be_visible()
    assert_accessible(page)
    page.keyboard.type("Nomor tidak terbaca")
    page.locator("#pin-baru").get_by_role("button", name="Simpan pin").click()
    expect(page.locator("#hal-1 .pins")).to_contain_text("Nomor tidak terbaca")
    expect(page.locator("#hal-1 circle")).to_have_count(1)
    expect(page.locator("input[name=cek_1][value=sesuai]")).to_be_checked()
    pin = decree.pins.get()
    assert abs(pin.x - 0.25) < 0.01
    assert abs(pin.y - 120 / box["height"]) < 0.02
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_a_pin_is_put_and_removed_by_keyboard_alone(page, decree):
    login(page, "verifikator_sulsel")
    page.goto(f"/verifikasi/{decree.pk}/")
    page.keyboard.press("t")
    expect(page.locator("#pin_kiri")).to_be_focused()
    page.keyboard.type("30")
    page.keyboard.press("Tab")
    page.keyboard.type("12,5")
    page.locator("#pin_teks").focus()
    page.keyboard.type("Cap kurang jelas")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#hal-1")).to_be_focused()
    assert list(decree.pins.values_list("x", "y", "text")) == [(0.3, 0.125, "Cap kurang jelas")]
    page.keyboard.press("+")
    expect(page.locator(".pg-box.z150").first).to_be_visible()
    page.get_by_role("link", name="Ubah atau hapus pin 1").press("Enter")
    page.get_by_role("button", name="Hapus pin").press("Enter")
    page.wait_for_url(f"**/verifikasi/{decree.pk}/?perbesar=150&hal=1#hal-1")
    assert not decree.pins.exists()


def test_the_form_closes_on_escape(page, decree):
    login(page, "verifikator_sulsel")
    page.goto(f"/verifikasi/{decree.pk}/")
    page.keyboard.press("t")
    page.keyboard.press("Escape")
    expect(page.locator("#pin-baru")).to_be_hidden()


@pytest.mark.parametrize("viewport_width", [WIDE, NARROW])
def test_from_pin_to_officer_without_javascript(person, decree, place):
    judge = person("verifikator_sulsel", java_script_enabled=False)
    judge.goto(f"/verifikasi/{decree.pk}/?hal=2")
    judge.get_by_role("link", name="Tandai halaman 2").last.click()
    judge.locator("#pin_teks").fill("Cap kurang jelas")
    judge.locator("input[type=image]").click(position={"x": 160, "y": 90})
    judge.wait_for_url(f"**/verifikasi/{decree.pk}/?hal=2#hal-2")
    pin = decree.pins.get()
    assert abs(pin.x - 0.25) < 0.01
    judge.get_by_role("button", name="Kembalikan").click()
    expect(judge.get_by_role("heading", level=1)).to_have_text("Tidak ada berkas yang menunggu")
    officer = person("operator_makassar")
    officer.goto(f"/pokja/{place.pokja.pk}/2026/isi/sk/?bukti={decree.pk}")
    assert_accessible(officer)
    assert_no_sideways_scroll(officer)
    officer.get_by_role("link", name="Halaman 2, pin 1: Cap kurang jelas").click()
    expect(officer.locator("#pin-hal-2 .pins")).to_contain_text("Cap kurang jelas")
    expect(officer.locator("#pin-hal-2 circle")).to_have_count(1)
    expect(officer.locator("#pin-hal-2 figcaption")).to_be_in_viewport()


def test_a_place_is_named_beside_its_point(page, decree):
    login(page, "verifikator_sulsel")
    page.goto(f"/verifikasi/{decree.pk}/")
    page.get_by_text("Letak Nomor SK pada berkas").click()
    page.locator("input[name=hal_1]").fill("2")
    page.locator("input[name=kutip_1]").fill("NOMOR 188.45")
    assert_accessible(page)
    page.get_by_role("button", name="Simpan letak").click()
    link = page.get_by_role("link", name="hal. 2: “NOMOR 188.45”")
    link.click()
    expect(page.locator("#hal-2")).to_be_in_viewport()
    assert_accessible(page)
