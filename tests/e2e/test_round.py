"""The whole round: four criteria in, one returned with coded notes and a pin, mended, shown as a
difference, verified, the Pokja effective. With JavaScript on a phone, without it, and with the
keyboard alone."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, WIDE
from tests.e2e.hands import Keyboard, PlainPointer, Pointer
from tests.e2e.scenes import ACTIVITY, DECREE, LINE, TARGET, YEAR, pdf_file

QUESTION = "Nomor pada lampiran berbeda"
REASON = "sk-tanggal"
PIN = "Cap kurang jelas"
NEW_END = "30/06/2028"
CRITERIA = ("SK penetapan", "Rencana kerja", "Indikator", "Anggaran")


@pytest.fixture
def reasons(transactional_db):
    from apps.verification.reasons import load_return_reasons

    load_return_reasons()


@pytest.mark.parametrize(
    ("viewport_width", "javascript", "hand"),
    [(NARROW, True, Pointer), (WIDE, False, PlainPointer), (WIDE, True, Keyboard)],
    ids=["ponsel", "tanpa-javascript", "papan-tik"],
)
def test_evidence_goes_round_and_the_pokja_becomes_effective(
    person, place, reasons, tmp_path, javascript, hand
):
    officer = hand(person("operator_makassar", java_script_enabled=javascript))
    judge = hand(person("verifikator_sulsel", java_script_enabled=javascript))
    assert figures(judge) == ("Belum satu pun dari 2 Pokja di Sulawesi Selatan efektif", "0 dari 2")

    fill_in_everything(officer, place, pdf_file(tmp_path))
    send(officer, 4)
    judge_the_first_time(judge)
    mend(officer)
    send(officer, 1)
    verify_the_change(judge)

    page = officer.page
    page.goto(f"/pokja/{place.pokja.pk}/{YEAR}/")
    expect(page.locator(".verdict .v-big")).to_have_text("4 dari 4 kriteria terpenuhi")
    expect(page.locator(".verdict .st").first).to_have_text("Efektif")
    assert figures(judge) == ("1 dari 2 Pokja di Sulawesi Selatan sudah efektif", "1 dari 2")


def figures(hand):
    """The finding on the province's dashboard, and the districts of the official figure."""
    page = hand.page
    page.goto(f"/dasbor/73/{YEAR}/")
    official = page.locator("main .note strong").first.inner_text()
    return page.locator("h1").inner_text(), official.partition("& ")[2].partition(" Kab")[0]


def fill_in_everything(hand, place, file):
    """From Tugas saya to the Pokja and through the four steps; each leads to the next."""
    page = hand.page
    page.goto("/tugas/")
    hand.follow("Kerjakan tugas pertama")
    page.wait_for_url(f"**/pokja/{place.pokja.pk}/{YEAR}/")
    hand.follow(page.locator(".fixlist a.btn-primary").inner_text().strip())
    page.wait_for_url("**/isi/sk/")
    fill_all(hand, DECREE)
    hand.check("[name=signer_choice][value=kepala_daerah]")
    hand.pick("[name=signer_status]", "definitif")
    hand.attach("[name=file]", file)
    hand.press("Simpan dan lanjut")

    page.wait_for_url("**/isi/rencana-kerja/")
    fill_all(hand, ACTIVITY)
    hand.check("[name='kegiatan-0-quarters'][value='1']")
    hand.press("Simpan dan lanjut")

    page.wait_for_url("**/isi/indikator/")
    hand.pick("[name='indikator-0-indicator']", str(place.indicator.pk))
    fill_all(hand, TARGET)
    hand.press("Simpan dan lanjut")

    page.wait_for_url("**/isi/anggaran/")
    hand.attach("[name=file]", file)
    hand.pick("[name='baris-0-fund_source']", "apbd_kabkota")
    fill_all(hand, LINE)
    hand.press("Simpan dan lanjut")
    page.wait_for_url("**/isi/periksa/")


def fill_all(hand, texts):
    for name, text in texts.items():
        hand.fill(f"[name='{name}']", text)


def send(hand, count):
    """Check, state, send; a receipt number for each criterion."""
    page = hand.page
    for box in page.locator("main input[type=checkbox]").all():
        if not box.is_checked():  # the statement, and what was returned most often
            hand.check(f"#{box.get_attribute('id')}")
    hand.press("Kirim untuk diverifikasi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Terkirim untuk diverifikasi")
    expect(page.locator("dl.sum dd")).to_have_count(count)


def judge_the_first_time(hand):
    """Approve three; the SK goes back with a coded note at its end, a free one, and a pin."""
    page = hand.page
    page.goto("/verifikasi/")
    expect(page.locator("h1")).to_have_text("4 berkas menunggu verifikasi")
    hand.follow("Mulai dari yang paling lama")
    for _ in CRITERIA:
        page.wait_for_url("**/verifikasi/*/**")
        if page.locator("h1").inner_text().startswith("SK penetapan"):
            return_the_decree(hand)
        else:
            mark_the_rest_right(hand)
            hand.press("Setujui, lanjut")
            expect(page.locator("#kabar")).to_contain_text("disetujui.")
    expect(page.locator("h1")).to_have_text("Tidak ada berkas yang menunggu")


def return_the_decree(hand):
    page = hand.page
    hand.mark_page(PIN)
    number = point_of(page, "Berlaku sampai")
    mark_the_rest_right(hand, but=number)
    hand.check(f"[name=cek_{number}][value=tidak]")
    hand.pick(f"[name=alasan_{number}]", REASON)
    hand.fill("[name=catatan]", QUESTION)
    hand.press("Kembalikan")
    expect(page.locator("#kabar")).to_contain_text("dikembalikan kepada petugas")


def point_of(page, label):
    """The number of the value with this label."""
    name = page.locator(".chk > li", has_text=label).first.locator("input[type=radio]").first
    return name.get_attribute("name").removeprefix("cek_")


def mark_the_rest_right(hand, but=None):
    page = hand.page
    names = [box.get_attribute("name") for box in page.locator(".chk input[value=sesuai]").all()]
    for name in names:
        marked = page.locator(f"[name={name}]:checked").count()
        if not marked and name != f"cek_{but}":
            hand.check(f"[name={name}][value=sesuai]")


def mend(hand):
    """The verifier's words stand in the task, at the top of the step and at their field; the pin
    on its page."""
    page = hand.page
    page.goto("/tugas/")
    task = page.locator("ul.task li").first
    expect(task.locator(".quote")).to_contain_text(QUESTION)
    hand.follow(task.get_by_role("link").inner_text().strip())
    page.wait_for_url(lambda url: urlsplit(url).path.endswith("/isi/sk/"))
    remark = page.locator(".note-fix a").first
    expect(remark).to_contain_text("Tanggal berbeda dengan berkas")
    field = page.locator(remark.get_attribute("href"))
    expect(field).to_have_value("31 Desember 2028")
    told = page.locator("#" + field.get_attribute("aria-describedby")).inner_text()
    assert "Tanggal berbeda dengan berkas" in told
    expect(page.get_by_role("link", name=f"Halaman 1, pin 1: {PIN}")).to_be_visible()
    hand.fill("[name=valid_until]", NEW_END)
    hand.press("Simpan dan lanjut")
    page.wait_for_url("**/isi/periksa/")


def verify_the_change(hand):
    """Only what changed needs a new look: the rest is ticked already."""
    page = hand.page
    page.goto("/verifikasi/")
    hand.follow("Mulai dari yang paling lama")
    page.wait_for_url("**/verifikasi/*/**")
    changes = page.locator(
        "section", has=page.get_by_role("heading", name="Yang berubah sejak dikembalikan")
    )
    expect(changes.locator("del").first).to_be_attached()
    told = [text.strip() for text in changes.locator("ins").all_inner_texts()]
    assert "30 Juni 2028" in told
    assert page.locator(".chk input[value=sesuai]:checked").count() > 1
    mark_the_rest_right(hand)
    hand.press("Setujui, lanjut")
    expect(page.locator("h1")).to_have_text("Tidak ada berkas yang menunggu")
