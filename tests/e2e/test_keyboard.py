"""Without a mouse: signing in, the skip link, the menu of the bar, the queue."""

import pytest
from playwright.sync_api import expect

from tests import makers
from tests.conftest import PASSWORD

FARTHEST = 40  # presses of Tab until something must have been reached


@pytest.fixture
def waiting(place):
    """Two plans in the queue of the verifier."""
    from apps.evidence.services import submit

    other = makers.make_pokja(place.pokja.region, code="makassar-adv", name="Pokja Advokasi")
    for pokja in (place.pokja, other):
        plan = makers.make_plan(pokja, place.officer)
        submit(plan, actor=place.officer, revision=plan.revision)


def focused(page, what="e.innerText.trim()"):
    return page.evaluate(f"(e => {what})(document.activeElement)")


def tab_to(page, words):
    """Press Tab until the control with these words has the focus, and see that it shows."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if focused(page).startswith(words):
            break
    assert focused(page).startswith(words)
    assert focused(page, "getComputedStyle(e).outlineStyle") != "none"


def test_a_verifier_signs_in_and_walks_the_queue_by_keyboard(page, waiting):
    page.goto("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Langsung ke isi"
    page.keyboard.press("Enter")
    assert focused(page, "e.id") == "isi"
    page.keyboard.press("Tab")
    assert focused(page, "e.name") == "username"
    page.keyboard.type("verifikator_sulsel")
    page.keyboard.press("Tab")
    assert focused(page, "e.name") == "password"
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/verifikasi/")

    tab_to(page, "Mulai dari yang paling lama")
    page.keyboard.press("Enter")
    page.wait_for_url("**/verifikasi/*/")
    first = page.locator("h1").inner_text()
    with page.expect_navigation():
        page.keyboard.press("j")
    expect(page.locator("h1")).not_to_have_text(first)
    with page.expect_navigation():
        page.keyboard.press("b")
    expect(page.locator("h1")).to_have_text(first)


def test_the_menu_of_the_person_opens_and_closes_by_keyboard(page, waiting):
    page.goto("/masuk/")
    page.locator("[name=username]").fill("operator_makassar")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tugas/")
    menu = page.locator("details.pk-menu:visible", has_text="Keluar").last
    tab_to(page, menu.locator("summary").inner_text().strip())
    page.keyboard.press("Enter")
    assert menu.get_attribute("open") == ""
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert focused(page, "e.tagName") == "SUMMARY"
