"""Nothing typed is lost: a wrong date, a wrong file, and somebody who was faster."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from apps.core.formats import format_size
from apps.verification.models import Evidence
from tests import makers
from tests.e2e.conftest import assert_accessible, assert_no_sideways_scroll
from tests.e2e.scenes import (
    ACTIVITY,
    DECREE,
    pdf_file,
    press,
    step_path,
    type_in,
)

LIMIT = 1000  # bytes; the portal's own is 25 MB


@pytest.fixture
def officer(person, place):
    """The officer of Makassar at the step SK, everything typed but the file.

    Without JavaScript: with it the file goes its own way (test_upload).
    """
    page = person("operator_makassar", java_script_enabled=False)
    page.goto(step_path(place.pokja, "sk"))
    type_in(page, DECREE)
    page.get_by_label("Wali Kota").first.check()
    return page


def errors(page):
    return [text.strip() for text in page.locator(".errsum li").all_text_contents()]


def typed(page, names):
    return {name: page.locator(f"[name='{name}']").input_value() for name in names}


def test_a_date_that_is_none_stays_and_the_file_need_not_be_chosen_again(officer, tmp_path):
    wrong = DECREE | {"issued_on": "31 Februari 2026"}
    type_in(officer, wrong)
    officer.locator("[name=file]").set_input_files(pdf_file(tmp_path))
    press(officer, "Simpan dan lanjut")
    assert errors(officer) == ["Tulis tanggal sebagai hari, bulan, tahun, misalnya 24 Juli 2023"]
    assert typed(officer, DECREE) == wrong
    assert officer.get_by_label("Wali Kota").first.is_checked() is True
    assert officer.get_by_text("Berkas sudah diterima: SK Pokja GDPK.pdf").count() == 1
    type_in(officer, DECREE)
    press(officer, "Simpan dan lanjut")
    officer.wait_for_url("**/isi/rencana-kerja/")
    assert Evidence.objects.get(kind="decree").decree.document.original_name == "SK Pokja GDPK.pdf"


def test_a_letter_named_pdf_is_refused_at_its_field(officer, tmp_path):
    fake = pdf_file(tmp_path, content=b"PK\x03\x04 bukan PDF")
    officer.locator("[name=file]").set_input_files(fake)
    press(officer, "Simpan dan lanjut")
    assert errors(officer) == ["Berkas SK harus PDF atau foto (JPG, PNG)"]
    assert typed(officer, DECREE) == DECREE
    assert officer.locator("[name=file]").get_attribute("aria-invalid") == "true"
    assert Evidence.objects.filter(kind="decree").count() == 0


def test_a_file_above_the_limit_is_refused_with_both_sizes(officer, tmp_path, settings):
    settings.UPLOAD_MAX_BYTES = LIMIT
    large = pdf_file(tmp_path, content=makers.pdf_bytes() + b" " * LIMIT)
    officer.locator("[name=file]").set_input_files(large)
    press(officer, "Simpan dan lanjut")
    size, limit = format_size(large.stat().st_size), format_size(LIMIT)
    assert errors(officer) == [f"Berkas SK berukuran {size}. Ukuran paling besar {limit}"]
    assert typed(officer, DECREE) == DECREE


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "tanpa-javascript"])
def test_whoever_was_faster_is_told_and_both_texts_stand(person, place, problems, javascript):
    plan = makers.make_plan(place.pokja, place.officer)
    slow = person("operator_makassar", java_script_enabled=javascript)
    slow.goto(step_path(place.pokja, "rencana-kerja"))
    makers.make_plan(
        place.pokja,
        place.judge,
        evidence=plan,
        revision=plan.revision,
        rows=[makers.ACTIVITY | {"name": "Tulisan orang lain"}],
    )
    mine = ACTIVITY | {"kegiatan-0-budget": "Rp 12.500.000"}
    slow.locator("details > summary", has_text="Rincian lain kegiatan 1").click()
    type_in(slow, mine)
    with slow.expect_navigation() as answer:
        press(slow, "Simpan dan lanjut")
    assert answer.value.status == 409
    problems[:] = [told for told in problems if "status of 409" not in told]

    told = slow.locator(".errsum")
    expect(told.locator("h2").first).to_have_text("Isian ini sudah berubah")
    expect(told).to_contain_text("oleh Verifikator Sulsel")
    told.locator("summary").click()
    expect(told.get_by_text("Tulisan orang lain")).to_be_visible()
    assert typed(slow, mine) == mine
    assert stored(plan) == ("Tulisan orang lain", None)

    press(slow, "Simpan dan lanjut")  # now an informed decision
    slow.wait_for_url("**/isi/indikator/")
    assert stored(plan) == (ACTIVITY["kegiatan-0-name"], Decimal("12500000.00"))


def test_the_second_of_two_verifiers_is_told_and_keeps_the_note(person, place, problems):
    from apps.evidence.services import submit, verify

    plan = makers.make_plan(place.pokja, place.officer)
    submit(plan, actor=place.officer, revision=plan.revision)
    slow = person("verifikator_sulsel")
    slow.goto(f"/verifikasi/{plan.pk}/")
    plan.refresh_from_db()
    verify(plan, actor=place.judge, revision=plan.revision)
    slow.locator("[name=catatan]").fill("Catatan yang tidak boleh hilang")
    with slow.expect_navigation() as answer:
        press(slow, "Kembalikan")
    assert answer.value.status == 409
    problems[:] = [told for told in problems if "status of 409" not in told]
    expect(slow.locator("main")).to_contain_text("Keputusan Anda tidak disimpan")
    expect(slow.locator("main")).to_contain_text("Catatan yang tidak boleh hilang")
    assert_accessible(slow)
    assert_no_sideways_scroll(slow)


def stored(plan):
    row = Evidence.objects.get(pk=plan.pk).work_plan.activities.get()
    return row.name, row.budget
