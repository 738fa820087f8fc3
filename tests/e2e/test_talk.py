"""Talk between an officer and a verifier, and the search box, with and without scripts."""

import pytest
from playwright.sync_api import expect

from tests import makers
from tests.e2e.conftest import NARROW, WIDE


@pytest.fixture
def item(place):
    from apps.evidence.services import submit

    plan = makers.make_plan(place.pokja, place.officer)
    submit(plan, actor=place.officer, revision=plan.revision)
    return plan


@pytest.mark.parametrize("scripts", [True, False])
def test_an_officer_asks_a_verifier_answers_and_asks_for_more(person, item, scripts):
    officer = person("operator_makassar", java_script_enabled=scripts)
    officer.goto(f"/pembicaraan/{item.pk}/")
    officer.get_by_label("Komentar").fill("Boleh ditulis per bidang?")
    officer.get_by_text("Sebut orang").click()
    officer.get_by_label("Verifikator Sulsel, Verifikator").check()
    officer.get_by_role("button", name="Kirim komentar").click()
    expect(officer.locator("#kabar")).to_contain_text("Komentar terkirim.")

    judge = person("verifikator_sulsel", java_script_enabled=scripts)
    judge.goto(f"/verifikasi/{item.pk}/")
    judge.get_by_role("link", name="Pembicaraan (1 terbuka)").click()
    judge.locator(".talk-acts > details > summary").click()
    judge.locator(".talk-acts").get_by_label("Komentar").fill("Boleh.")
    judge.get_by_role("button", name="Kirim balasan").click()
    judge.get_by_role("button", name="Tandai selesai").click()
    expect(judge.locator("h1")).to_have_text(
        "Semua pembicaraan selesai tentang Rencana kerja 2026 Pokja GDPK"
    )

    judge.get_by_role("link", name="Minta tindak lanjut").click()
    judge.get_by_label("Yang perlu dilakukan").fill("Tulis bidangnya")
    judge.get_by_label("Penanggung jawab").select_option("operator_makassar")
    judge.get_by_label("Paling lambat").fill("20 Maret 2026")
    judge.get_by_role("button", name="Minta tindak lanjut").click()
    expect(judge.locator("h1")).to_have_text("Tulis bidangnya")

    officer.goto("/tindak-lanjut/")
    officer.get_by_role("link", name="Tulis bidangnya").click()
    officer.get_by_label("Apa yang sudah dilakukan").fill("Sudah ditulis")
    officer.get_by_role("button", name="Nyatakan selesai").click()
    expect(officer.locator("main")).to_contain_text("Menunggu penilaian")


def test_hits_show_while_typing_and_are_reached_by_keyboard(person, place):
    page = person("operator_makassar")
    page.locator("#cari-atas").press_sequentially("gdpk", delay=20)
    hit = page.locator("#saran a").first
    expect(hit).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(hit).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/pokja/{place.pokja.pk}/*/")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_box_works_by_enter_alone_without_scripts(person, place, width):
    size = {"width": width, "height": 800}
    page = person("operator_makassar", java_script_enabled=False, viewport=size)
    if width == NARROW:
        page.locator("details.pk-menu:visible summary").click()
    box = page.locator("#cari-menu" if width == NARROW else "#cari-atas")
    box.fill("tidak ada ini")
    box.press("Enter")
    expect(page.locator("h1")).to_have_text("Tidak ada hasil untuk “tidak ada ini”")
