"""The verifier's desk in a browser: undo for a minute, many at once, keys off for good."""

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
    """Plans of three Pokja of Makassar that wait."""
    from apps.evidence.services import submit

    items = []
    for name in ("Satu", "Dua", "Tiga"):
        pokja = makers.make_pokja(regions.makassar, code=name.lower(), name=f"Pokja {name}")
        items.append(makers.make_plan(pokja, operator_makassar))
        submit(items[-1], actor=operator_makassar, revision=items[-1].revision)
    return items


def statuses(items):
    for item in items:
        item.refresh_from_db()
    return [item.status for item in items]


def plain(browser, browser_context_args):
    """A browser without JavaScript."""
    return browser.new_context(**browser_context_args | {"java_script_enabled": False})


def return_first(page, sent):
    page.goto(f"/verifikasi/{sent[0].pk}/")
    page.locator("textarea[name=catatan]").fill("Lengkapi penanggung jawab")
    page.get_by_role("button", name="Kembalikan").click()
    expect(page.locator("#kabar")).to_contain_text("dikembalikan kepada petugas Kota Makassar.")


@pytest.mark.parametrize("viewport_width", [WIDE, NARROW])
def test_a_return_is_undone_from_its_message(page, sent):
    login(page, "verifikator_sulsel")
    return_first(page, sent)
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    assert statuses(sent[:1]) == [Status.RETURNED]
    page.locator("#kabar").get_by_role("button", name="Urungkan").click()
    page.wait_for_url(f"**/verifikasi/{sent[0].pk}/")
    expect(page.locator("#kabar")).to_contain_text("Keputusan diurungkan.")
    assert statuses(sent[:1]) == [Status.SUBMITTED]


def test_undo_works_without_javascript(browser, browser_context_args, sent, live_server):
    context = plain(browser, browser_context_args)
    page = context.new_page()
    login(page, "verifikator_sulsel")
    return_first(page, sent)
    page.get_by_role("button", name="Urungkan").click()
    expect(page.locator("#kabar")).to_contain_text("Keputusan diurungkan.")
    context.close()
    assert statuses(sent[:1]) == [Status.SUBMITTED]


@pytest.mark.parametrize("viewport_width", [WIDE, NARROW])
def test_many_are_approved_together_and_undone_together(page, sent):
    login(page, "verifikator_sulsel")
    page.goto("/verifikasi/")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    for name in ("Pokja Satu", "Pokja Tiga"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Periksa yang dicentang").click()
    expect(page.locator("h1")).to_have_text("Periksa 2 berkas sebelum disetujui bersama")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Setujui yang dicentang").click()
    expect(page.locator("#kabar")).to_contain_text("2 berkas disetujui.")
    assert statuses(sent) == [Status.VERIFIED, Status.SUBMITTED, Status.VERIFIED]
    page.get_by_role("button", name="Urungkan").click()
    expect(page.locator("#kabar")).to_contain_text("2 keputusan diurungkan.")
    assert statuses(sent) == [Status.SUBMITTED] * 3


def test_many_are_approved_without_javascript(browser, browser_context_args, sent, live_server):
    context = plain(browser, browser_context_args)
    page = context.new_page()
    login(page, "verifikator_sulsel")
    page.goto("/verifikasi/")
    page.get_by_role("link", name="Centang semua di halaman ini").click()
    page.get_by_role("button", name="Periksa yang dicentang").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Setujui yang dicentang").click()
    expect(page.locator("#kabar")).to_contain_text("3 berkas disetujui.")
    context.close()
    assert statuses(sent) == [Status.VERIFIED] * 3


def test_a_plan_is_judged_and_the_list_of_keys_read_by_keyboard_alone(page, sent):
    login(page, "verifikator_sulsel")
    page.goto(f"/verifikasi/{sent[0].pk}/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Pintasan papan ketik")).to_be_visible()
    page.keyboard.press("Escape")
    for number in range(page.locator(".chk > li").count()):
        page.keyboard.press(str(number + 1))
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(page.locator("#kabar")).to_contain_text("disetujui.")
    assert statuses(sent[:1]) == [Status.VERIFIED]


def test_keys_stay_off_wherever_the_person_signs_in(page, browser, browser_context_args, sent):
    login(page, "verifikator_sulsel")
    page.goto(f"/verifikasi/{sent[0].pk}/")
    page.get_by_role("button", name="Matikan pintasan").click()
    expect(page.get_by_role("button", name="Nyalakan pintasan")).to_be_visible()
    other = browser.new_context(**browser_context_args)
    elsewhere = other.new_page()
    login(elsewhere, "verifikator_sulsel")
    elsewhere.goto(f"/verifikasi/{sent[0].pk}/")
    elsewhere.keyboard.press("1")
    expect(elsewhere.locator(".chk input:checked")).to_have_count(0)
    other.close()
