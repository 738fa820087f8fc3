"""Practice mode as a person meets it: send as officer, judge as verifier, begin anew, leave."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, WIDE, assert_accessible, assert_no_sideways_scroll

POKJA = "Pokja Ketahanan Keluarga"
STRIP = "aside.pk-practice"


@pytest.fixture
def practice_root(settings, tmp_path):
    settings.PRACTICE_ROOT = tmp_path / "latihan"


@pytest.mark.parametrize(
    ("viewport_width", "javascript"), [(WIDE, True), (NARROW, True), (WIDE, False)]
)
def test_a_person_tries_both_sides_and_begins_anew(person, place, practice_root, javascript):
    page = person("operator_bone", java_script_enabled=javascript)
    page.goto("/latihan/")
    if javascript:
        assert_accessible(page)
    practise(page, "petugas", "Mulai berlatih")
    expect(page.locator("h1")).to_have_text("Tugas saya")
    expect(page.locator("#kabar")).to_contain_text("Anda berlatih sebagai Petugas kabupaten.")
    if javascript:
        assert_accessible(page)
    assert_no_sideways_scroll(page)

    declare_no_budget(page)
    page.locator(STRIP).get_by_role("link", name="Ganti peran").click()
    practise(page, "verifikator", "Ganti peran")
    approve(page)

    page.goto("/dasbor/99/2026/")
    expect(page.locator("h1")).to_contain_text("Latihan")
    expect(page.locator(STRIP)).to_be_visible()
    page.locator(STRIP).get_by_role("button", name="Mulai ulang").click()
    expect(page.locator("#kabar")).to_contain_text("Latihan dimulai ulang.")
    page.goto("/verifikasi/?status=terverifikasi&daerah=99.01")
    expect(page.locator("main")).not_to_contain_text(f"tidak ada), {POKJA}")

    page.locator(STRIP).get_by_role("button", name="Keluar dari latihan").click()
    expect(page.locator("#kabar")).to_contain_text("Anda kembali ke portal yang sesungguhnya.")
    expect(page.locator(STRIP)).to_have_count(0)
    page.goto("/pokja/")
    expect(page.locator("main")).not_to_contain_text(POKJA)


def practise(page, role, button):
    page.locator(f"main input[name=peran][value={role}]").check()
    page.locator("main").get_by_role("button", name=button).click()
    page.wait_for_url(lambda url: "/latihan/" not in url)


def declare_no_budget(page):
    page.goto("/pokja/")
    page.locator("main").get_by_role("link", name=POKJA).first.click()
    page.wait_for_url("**/pokja/*/*/")
    page.goto(page.url.partition("?")[0] + "isi/anggaran/tidak-ada/")
    page.locator("main textarea").first.fill("Belum dianggarkan tahun ini")
    page.get_by_role("button", name="Kirim pernyataan").click()
    page.wait_for_url(lambda url: "tidak-ada" not in url)


def approve(page):
    page.goto("/verifikasi/?daerah=99.01")
    row = page.locator("main tr", has_text=f"tidak ada), {POKJA}")
    row.get_by_role("link").first.click()
    page.wait_for_url("**/verifikasi/*/**")
    for box in page.locator("main input[type=radio][value=sesuai]").all():
        box.check(force=True)
    page.get_by_role("button", name="Setujui, lanjut").click()
    expect(page.locator("#kabar")).to_contain_text("disetujui.")
