"""From the list to letter and message in hand, on a phone with JavaScript and without it."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, WIDE


@pytest.mark.parametrize(
    ("viewport_width", "javascript"),
    [(NARROW, True), (WIDE, False)],
    ids=["ponsel", "tanpa-javascript"],
)
def test_late_regions_are_ticked_and_their_letters_taken(person, place, javascript):
    page = person("verifikator_sulsel", java_script_enabled=javascript)
    page.goto("/kampanye/")
    expect(page.locator("h1")).to_have_text("1 dari 2 kabupaten/kota belum mulai mengisi 2026")
    page.get_by_label("Kota Makassar").check()
    if javascript:
        expect(page.locator("[data-jumlah]")).to_have_text("1 daerah dipilih")
    page.get_by_role("button", name="Siapkan surat dan pesan").click()
    text = page.get_by_label("Kota Makassar", exact=True)
    assert "belum lengkap" in text.input_value()
    copy = page.get_by_role("button", name="Salin pesan Kota Makassar")
    if javascript:
        copy.click()
        expect(page.get_by_role("button", name="Tersalin")).to_be_visible()
    else:
        expect(copy).to_have_count(0)
    page.get_by_label("Nomor surat").fill("400.13/12/2026")
    page.get_by_role("button", name="Buat 1 surat").click()
    expect(page.locator("h1")).to_have_text("1 surat pengingat tahun 2026 siap diunduh")
    for link, name in (
        ("Unduh PDF", "Surat-pengingat-7371-Kota-Makassar-2026.pdf"),
        ("Unduh DOCX", "Surat-pengingat-7371-Kota-Makassar-2026.docx"),
    ):
        with page.expect_download() as download:
            page.get_by_role("link", name=link).click()
        assert download.value.suggested_filename == name
    page.goto("/kampanye/")
    expect(page.get_by_text("nomor 400.13/12/2026")).to_be_visible()
