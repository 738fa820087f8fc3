"""The whole round: four criteria in, one returned, mended and verified, the Pokja effective."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, WIDE
from tests.e2e.scenes import (
    ACTIVITY,
    DECREE,
    LINE,
    TARGET,
    YEAR,
    pdf_file,
    press,
    type_in,
)

QUESTION = "Apakah rapat triwulan kedua sudah dijadwalkan?"
CRITERIA = ("SK penetapan", "Rencana kerja", "Indikator", "Anggaran")


@pytest.mark.parametrize(
    ("viewport_width", "javascript"),
    [(NARROW, True), (WIDE, False)],
    ids=["ponsel", "tanpa-javascript"],
)
def test_evidence_goes_round_and_the_pokja_becomes_effective(person, place, tmp_path, javascript):
    officer = person("operator_makassar", java_script_enabled=javascript)
    judge = person("verifikator_sulsel", java_script_enabled=javascript)
    assert figures(judge) == ("Belum satu pun dari 2 Pokja di Sulawesi Selatan efektif", "0 dari 2")

    fill_in_everything(officer, place, pdf_file(tmp_path))
    send(officer, 4)
    judge_the_first_time(judge)
    mend(officer, place)
    send(officer, 1)
    verify_the_change(judge)

    officer.goto(f"/pokja/{place.pokja.pk}/{YEAR}/")
    expect(officer.locator(".verdict .v-big")).to_have_text("4 dari 4 kriteria terpenuhi")
    expect(officer.locator(".verdict .st").first).to_have_text("Efektif")
    assert figures(judge) == ("1 dari 2 Pokja di Sulawesi Selatan sudah efektif", "1 dari 2")


def figures(page):
    """The finding on the province's dashboard, and the districts of the official figure."""
    page.goto(f"/dasbor/73/{YEAR}/")
    official = page.locator("main .note strong").first.inner_text()
    return page.locator("h1").inner_text(), official.partition("& ")[2].partition(" Kab")[0]


def fill_in_everything(page, place, file):
    """From Tugas saya to the Pokja and through the four steps; each leads to the next."""
    page.get_by_role("link", name="Kerjakan tugas pertama").click()
    page.wait_for_url(f"**/pokja/{place.pokja.pk}/{YEAR}/")
    page.locator(".fixlist a.btn-primary").click()
    page.wait_for_url("**/isi/sk/")
    type_in(page, DECREE)
    page.get_by_label("Wali Kota").first.check()
    page.locator("[name=signer_status]").select_option("definitif")
    page.locator("[name=file]").set_input_files(file)
    press(page, "Simpan dan lanjut")

    page.wait_for_url("**/isi/rencana-kerja/")
    type_in(page, ACTIVITY)
    page.get_by_label("Triwulan I", exact=True).check()
    press(page, "Simpan dan lanjut")

    page.wait_for_url("**/isi/indikator/")
    page.locator("[name='indikator-0-indicator']").select_option(str(place.indicator.pk))
    type_in(page, TARGET)
    press(page, "Simpan dan lanjut")

    page.wait_for_url("**/isi/anggaran/")
    page.locator("[name=file]").set_input_files(file)
    page.locator("[name='baris-0-fund_source']").select_option("apbd_kabkota")
    type_in(page, LINE)
    press(page, "Simpan dan lanjut")
    page.wait_for_url("**/isi/periksa/")


def send(page, count):
    """Check, state, send; a receipt number for each criterion."""
    page.locator("[name=statement]").check()
    press(page, "Kirim untuk diverifikasi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Terkirim untuk diverifikasi")
    expect(page.locator("dl.sum dd")).to_have_count(count)


def judge_the_first_time(page):
    """Approve three; the plan goes back with a note at its first activity."""
    page.goto("/verifikasi/")
    expect(page.locator("h1")).to_have_text("4 berkas menunggu verifikasi")
    page.get_by_role("link", name="Mulai dari yang paling lama").click()
    for _ in CRITERIA:
        heading = page.locator("h1").inner_text()
        for radio in page.get_by_role("radio", name="Sesuai").all():
            radio.check()
        if heading.startswith("Rencana kerja"):
            page.locator("input[value=tidak]").last.check()
            page.locator("[name^=catatan_]").last.fill(QUESTION)
            press(page, "Kembalikan")
            expect(page.locator("#kabar")).to_contain_text("dikembalikan kepada petugas")
        else:
            press(page, "Setujui, lanjut")
            expect(page.locator("#kabar")).to_contain_text("disetujui.")
    expect(page.locator("h1")).to_have_text("Tidak ada berkas yang menunggu")


def mend(page, place):
    """The verifier's words stand in the task, at the top of the step and at their field."""
    page.goto("/tugas/")
    task = page.locator("ul.task li").first
    expect(task.locator(".quote")).to_contain_text(QUESTION)
    task.get_by_role("link").click()
    page.wait_for_url(lambda url: urlsplit(url).path.endswith("/isi/rencana-kerja/"))
    remark = page.locator(".note-fix a")
    expect(remark).to_contain_text(QUESTION)
    field = page.locator(remark.get_attribute("href"))
    expect(field).to_have_value(ACTIVITY["kegiatan-0-name"])
    assert QUESTION in page.locator("#" + field.get_attribute("aria-describedby")).inner_text()
    field.fill("Rapat koordinasi tiap triwulan")
    page.get_by_label("Triwulan II", exact=True).check()
    press(page, "Simpan dan lanjut")
    page.wait_for_url("**/isi/periksa/")


def verify_the_change(page):
    """Only what changed needs a new look: the rest is ticked already."""
    page.goto("/verifikasi/")
    page.get_by_role("link", name="Mulai dari yang paling lama").click()
    changes = page.locator(
        "section", has=page.get_by_role("heading", name="Yang berubah sejak dikembalikan")
    )
    expect(changes.locator("del").first).to_be_attached()
    told = [text.strip() for text in changes.locator("ins").all_inner_texts()]
    assert "Rapat koordinasi tiap triwulan" in told
    for row in page.locator(".chk > li").all():
        if not row.locator("input:checked").count():
            row.get_by_role("radio", name="Sesuai").check()
    press(page, "Setujui, lanjut")
    expect(page.locator("h1")).to_have_text("Tidak ada berkas yang menunggu")
