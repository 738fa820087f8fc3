"""A verifier at work: by keyboard, on a phone, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from apps.verification.enums import Status
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
def sent(regions, operator_makassar, verifikator_sulsel):
    """A submitted SK and a submitted plan of Makassar."""
    from apps.evidence.services import submit

    pokja = makers.make_pokja(regions.makassar, name="Pokja GDPK")
    file = makers.make_document(regions.makassar, operator_makassar, pages=2)
    items = [
        makers.make_decree(pokja, operator_makassar, document=file),
        makers.make_plan(pokja, operator_makassar),
    ]
    for item in items:
        submit(item, actor=operator_makassar, revision=item.revision)
    return items


@pytest.mark.parametrize("viewport_width", [WIDE, NARROW])
def test_queue_and_item_are_accessible_and_fit(page, sent):
    login(page, "verifikator_sulsel")
    page.goto("/verifikasi/")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.get_by_role("link", name="Mulai dari yang paling lama").click()
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.get_by_role("radio", name="Tidak").first.check()
    page.get_by_role("button", name="Setujui, lanjut").click()
    expect(page).to_have_title(
        "Galat: SK penetapan, Pokja GDPK, Kota Makassar · Portal Pokja Bangga Kencana"
    )
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_an_item_is_judged_by_keyboard_alone(page, sent):
    login(page, "verifikator_sulsel")
    page.goto(f"/verifikasi/{sent[0].pk}/")
    marked = page.locator(".chk input:checked")
    page.keyboard.press("1")
    page.keyboard.press("1")
    expect(page.locator("input[name=cek_1][value=tidak]")).to_be_checked()
    page.keyboard.press("1")
    expect(marked).to_have_count(0)
    for key in range(1, 9):
        page.keyboard.press(str(key))
    expect(marked).to_have_count(8)
    page.keyboard.press("j")
    page.wait_for_url("**/verifikasi/*/")


def test_a_wrong_value_opens_its_note_and_the_keys_send_it_back(page, sent):
    login(page, "verifikator_sulsel")
    page.goto(f"/verifikasi/{sent[0].pk}/")
    note = page.locator("input[name=catatan_2]")
    expect(note).to_be_hidden()
    page.locator("input[name=cek_2][value=tidak]").check()
    note.fill("Pada SK tertulis 15 Januari")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.keyboard.type("Mohon diperiksa")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/verifikasi/{sent[1].pk}/")
    sent[0].refresh_from_db()
    assert sent[0].status == Status.RETURNED
    assert list(sent[0].notes.values_list("field", "text")) == [
        ("issued_on", "Pada SK tertulis 15 Januari"),
        ("", "Mohon diperiksa"),
    ]


def test_keys_turned_off_do_nothing(page, sent):
    login(page, "verifikator_sulsel")
    page.goto(f"/verifikasi/{sent[0].pk}/")
    page.get_by_role("button", name="Matikan pintasan").click()
    expect(page.get_by_role("button", name="Nyalakan pintasan")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator(".chk input:checked")).to_have_count(0)


def test_the_whole_flow_works_without_javascript(browser, browser_context_args, sent, live_server):
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False})
    page = context.new_page()
    login(page, "verifikator_sulsel")
    page.goto("/verifikasi/")
    page.get_by_role("link", name="Mulai dari yang paling lama").click()
    for radio in page.get_by_role("radio", name="Sesuai").all():
        radio.check()
    expect(page.locator(".chk-done")).to_have_text("dari 8 selesai")
    page.get_by_role("button", name="Setujui, lanjut").click()
    expect(page.locator(".ver-flash")).to_contain_text("SK Pokja GDPK Kota Makassar disetujui.")
    page.locator("textarea[name=catatan]").fill("Lengkapi penanggung jawab")
    page.get_by_role("button", name="Kembalikan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidak ada berkas yang menunggu")
    context.close()
    for item in sent:
        item.refresh_from_db()
    assert [item.status for item in sent] == [Status.VERIFIED, Status.RETURNED]
