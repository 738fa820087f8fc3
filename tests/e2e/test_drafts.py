"""Drafts are saved as one goes: over a broken line, an ended log-in, a page left too early."""

import pytest
from playwright.sync_api import expect

from apps.evidence.models import UnsavedForm
from apps.verification.models import Evidence
from tests.e2e.conftest import assert_accessible, login
from tests.e2e.scenes import press, step_path, type_in

NUMBER = {"number": "188.45/412/I/2026"}
TOLD = "[data-typed-note]"


@pytest.fixture
def officer(person, place):
    page = person("operator_makassar")
    page.goto(step_path(place.pokja, "sk"))
    return page


def number(page):
    return page.locator("[name=number]").input_value()


def test_what_is_typed_is_there_after_the_page_was_closed(officer, place):
    type_in(officer, NUMBER)
    expect(officer.locator(TOLD)).to_contain_text("Draf tersimpan otomatis pukul")
    officer.goto("/tugas/")
    officer.goto(step_path(place.pokja, "sk"))
    assert number(officer) == NUMBER["number"]
    expect(officer.get_by_text("Isian Anda dipulihkan.")).to_be_visible()
    assert_accessible(officer)
    press(officer, "Buang, pakai yang tersimpan")
    assert number(officer) == ""
    assert UnsavedForm.objects.count() == 0


def test_a_broken_line_keeps_the_text_in_the_browser(officer, place, problems):
    officer.context.set_offline(True)
    type_in(officer, NUMBER)
    expect(officer.locator(TOLD)).to_contain_text("Portal belum dapat dihubungi")
    assert UnsavedForm.objects.count() == 0
    officer.context.set_offline(False)
    officer.on("dialog", lambda dialog: dialog.accept())
    officer.reload()
    expect(officer.get_by_text("Isian Anda dipulihkan.")).to_be_visible()
    assert number(officer) == NUMBER["number"]
    problems[:] = [told for told in problems if "ERR_INTERNET_DISCONNECTED" not in told]


def test_leaving_with_unsaved_work_asks_first_and_not_after_it_was_kept(officer):
    asked = []
    officer.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    officer.locator("[name=number]").press_sequentially("188")
    officer.evaluate("setTimeout(() => { location.href = '/tugas/'; })")
    officer.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(officer.locator(TOLD)).to_contain_text("Draf tersimpan otomatis")
    officer.goto("/tugas/")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "tanpa-javascript"])
def test_an_ended_log_in_loses_nothing(person, place, problems, javascript):
    page = person("operator_makassar", java_script_enabled=javascript)
    page.goto(step_path(place.pokja, "sk"))
    page.context.clear_cookies(name="sessionid")
    type_in(page, NUMBER)
    press(page, "Simpan draf")
    expect(page.locator("h1")).to_have_text("Sesi sudah berakhir")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Masuk di tab baru").click()
    login(opened.value, "operator_makassar")
    press(page, "Kirim lagi")  # the token of the old log-in is no longer good
    press(page, "Kirim lagi")
    page.wait_for_url("**/isi/sk/**")
    assert number(page) == NUMBER["number"]
    assert Evidence.objects.get(kind="decree").decree.number == NUMBER["number"]
    problems[:] = [told for told in problems if "status of 40" not in told]


def test_nothing_of_a_saved_form_comes_back(officer, place):
    type_in(officer, NUMBER)
    press(officer, "Simpan draf")
    officer.wait_for_url("**/isi/sk/?bukti=*")
    officer.goto(step_path(place.pokja, "sk") + "?sk=baru")
    officer.wait_for_timeout(500)
    assert number(officer) == ""
    assert UnsavedForm.objects.count() == 0


def test_what_was_refused_stays_on_the_page_and_is_kept(officer, place):
    type_in(officer, NUMBER | {"issued_on": "31 Februari 2026"})
    press(officer, "Simpan draf")
    expect(officer.locator(".errsum")).to_contain_text("Tulis tanggal sebagai")
    expect(officer.locator(TOLD)).to_contain_text("Draf tersimpan otomatis")
    officer.goto("/tugas/")
    officer.goto(step_path(place.pokja, "sk"))
    assert number(officer) == NUMBER["number"]
    assert officer.locator("[name=issued_on]").input_value() == "31 Februari 2026"
