"""A file on a weak line: in parts, broken off, gone on with, refused, and without JavaScript."""

import hashlib
import io
import random
import re
from types import SimpleNamespace

import pytest
from PIL import Image
from playwright.sync_api import expect

from apps.documents.known_files import share_words
from apps.documents.models import Document, Upload
from apps.verification.models import Evidence
from tests import makers
from tests.e2e.conftest import NARROW, WIDE, assert_accessible, assert_no_sideways_scroll, login
from tests.e2e.scenes import DECREE, pdf_file, press, step_path, type_in

PART = 256 * 1024
LENGTH = 5 * PART + 1000  # bytes: three parts at least
MET = "**/unggah/**"
PATIENCE = 20_000  # ms: a pause of the script's own may be in it


def large_pdf(seed=1):
    """A sound PDF of LENGTH bytes; another seed gives another file of the very same length."""

    def fill(pdf):
        noise = random.Random(seed).randbytes(LENGTH - 2000)  # noqa: S311  only to fill
        pdf.Root.Isi = pdf.make_stream(noise)

    content = makers.pdf_bytes(pages=2, change=fill)
    return content + b" " * (LENGTH - len(content))


@pytest.fixture
def chosen(tmp_path):
    return pdf_file(tmp_path, content=large_pdf())


@pytest.fixture
def officer(person, place):
    """The officer of Makassar at the step SK."""
    page = person("operator_makassar")
    page.goto(step_path(place.pokja, "sk"))
    page.on("dialog", lambda dialog: dialog.accept())  # "leave the page?"
    return page


@pytest.fixture
def told(problems):
    """Forget what the browser reports of requests that the test itself made fail."""

    def forget():
        own = ("/unggah/", "/sementara/")  # the file, and what was typed beside it
        problems[:] = [each for each in problems if not any(part in each for part in own)]

    yield forget
    forget()


@pytest.fixture
def parts(officer):
    """Parts the server took: (offset, bytes). After ``break_after`` of them the line is dead."""
    seen = SimpleNamespace(taken=[], break_after=None)

    def count(response):
        if response.request.method == "PATCH" and response.status == 204:
            begin = int(response.request.headers["upload-offset"])
            seen.taken.append((begin, int(response.headers["upload-offset"]) - begin))

    def pass_on(route):
        broken = seen.break_after is not None and len(seen.taken) >= seen.break_after
        if broken and route.request.method == "PATCH":
            route.abort()
        else:
            route.continue_()

    officer.on("response", count)
    officer.route(MET, pass_on)
    return seen


def sent(parts):
    """Bytes the server took."""
    return sum(length for _, length in parts.taken)


def share(parts):
    return 100 * sent(parts) // LENGTH


def choose(page, *files):
    page.locator("[name=file]").set_input_files(list(files))


def assert_told(page, text):
    """How far the file is, or what stops it."""
    told = page.locator("[data-sending] > [data-words]")
    expect(told).to_contain_text(text, timeout=PATIENCE)


def await_long_pause(page):
    """Until the script rests so long that a click comes well before its own next try."""
    long_pause = re.compile(r"Dicoba lagi dalam (9|10|[23]\d) detik")
    expect(page.locator("[data-sending] > [data-words]")).to_contain_text(
        long_pause, timeout=60_000
    )


def go_on(page, parts):
    parts.break_after = None
    page.get_by_role("button", name="Lanjutkan").click()


def assert_received(page, text="SK Pokja GDPK.pdf"):
    expect(page.locator("[data-received]")).to_contain_text(text, timeout=PATIENCE)


def assert_fits(page):
    """This state of the field, at both widths: no sideways scroll, nothing axe complains of."""
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        assert_no_sideways_scroll(page)
        assert_accessible(page)


def fill_in_the_rest(page):
    type_in(page, DECREE)
    page.get_by_label("Wali Kota").first.check()


def saved_document(page):
    press(page, "Simpan dan lanjut")
    page.wait_for_url("**/isi/rencana-kerja/")
    return Evidence.objects.get(kind="decree").decree.document


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_broken_line_is_gone_on_with_and_nothing_is_sent_twice(officer, parts, chosen, told):
    parts.break_after = 2
    choose(officer, chosen)
    assert_told(officer, "Sambungan terputus pada")
    assert_told(officer, f"pada {share(parts)}%. Dicoba lagi dalam")
    assert_fits(officer)
    await_long_pause(officer)
    go_on(officer, parts)
    assert_received(officer, "SK Pokja GDPK.pdf (1,3 MB, 2 halaman)")
    begins = [begin for begin, _ in parts.taken]
    assert begins == [sum(length for _, length in parts.taken[:at]) for at in range(len(begins))]
    assert sent(parts) == LENGTH
    assert_fits(officer)
    fill_in_the_rest(officer)
    assert saved_document(officer).sha256 == sha256(chosen)
    told()


def test_the_line_is_tried_again_by_itself(officer, parts, chosen, told):
    parts.break_after = 1
    choose(officer, chosen)
    assert_told(officer, "Sambungan terputus pada 19%")
    parts.break_after = None
    assert_received(officer)
    told()


def test_a_log_in_that_ran_out_midway_costs_neither_file_nor_text(officer, parts, chosen, told):
    fill_in_the_rest(officer)
    parts.break_after = 2
    choose(officer, chosen)
    assert_told(officer, "Sambungan terputus")
    await_long_pause(officer)
    officer.context.clear_cookies(name="sessionid")
    go_on(officer, parts)
    assert_told(officer, f"Sesi sudah berakhir pada {share(parts)}%")
    assert_fits(officer)
    with officer.expect_popup() as opened:
        officer.get_by_role("link", name="Masuk kembali").click()
    login(opened.value, "operator_makassar")
    opened.value.close()
    officer.bring_to_front()
    officer.evaluate("window.dispatchEvent(new Event('focus'))")
    assert_received(officer)
    assert sent(parts) == LENGTH
    # The form was rendered before the new log-in; it still saves.
    assert saved_document(officer).sha256 == sha256(chosen)
    told()


def test_after_a_reload_the_same_file_goes_on_where_it_was(officer, parts, chosen, told):
    parts.break_after = 2
    choose(officer, chosen)
    assert_told(officer, "Sambungan terputus")
    officer.reload()
    left = officer.locator("[data-unfinished]")
    here = share_words(Upload(received=sent(parts), size=LENGTH))
    expect(left).to_contain_text(f"SK Pokja GDPK.pdf: {here} sudah diterima.")
    expect(left).to_contain_text("Pilih berkas yang sama untuk melanjutkan.")
    assert_fits(officer)
    parts.break_after = None
    choose(officer, chosen)
    assert_received(officer)
    assert sent(parts) == LENGTH
    assert Document.objects.get().sha256 == sha256(chosen)
    told()


def test_another_file_of_the_same_name_and_size_is_not_mixed_in(
    officer, parts, chosen, tmp_path, told
):
    parts.break_after = 2
    choose(officer, chosen)
    assert_told(officer, "Sambungan terputus")
    officer.reload()
    parts.break_after = None
    other = pdf_file(tmp_path, content=large_pdf(seed=2))
    choose(officer, other)
    assert_received(officer)
    fill_in_the_rest(officer)
    assert saved_document(officer).sha256 == sha256(other)
    told()


def test_what_is_left_of_an_upload_can_be_removed(officer, parts, chosen, told):
    parts.break_after = 1
    choose(officer, chosen)
    assert_told(officer, "Sambungan terputus")
    officer.reload()
    officer.get_by_role("button", name="Hapus sisa unggahan SK Pokja GDPK.pdf").click()
    expect(officer.locator("[data-unfinished]")).to_have_count(0)
    told()
    officer.reload()
    assert Upload.objects.count() == 0


def test_saving_waits_for_the_file_and_a_draft_does_not(officer, parts, chosen, told):
    fill_in_the_rest(officer)
    parts.break_after = 2
    choose(officer, chosen)
    assert_told(officer, "Sambungan terputus")
    press(officer, "Simpan draf")
    assert_told(officer, "Draf tersimpan pukul")
    item = Evidence.objects.get(kind="decree")
    assert (item.decree.number, item.decree.document) == (DECREE["number"], None)
    press(officer, "Simpan dan lanjut")
    assert_told(officer, "Isian lain sudah dapat disimpan sebagai draf")
    assert_fits(officer)
    await_long_pause(officer)
    go_on(officer, parts)
    officer.wait_for_url("**/isi/rencana-kerja/")
    item.refresh_from_db()
    assert Evidence.objects.get(kind="decree").pk == item.pk
    assert item.decree.document.sha256 == sha256(chosen)
    told()


def test_giving_up_removes_what_had_arrived(officer, parts, chosen, told):
    parts.break_after = 2
    choose(officer, chosen)
    assert_told(officer, "Sambungan terputus")
    with officer.expect_response(lambda answer: answer.request.method == "DELETE") as answer:
        officer.get_by_role("button", name="Batalkan").click()
    assert answer.value.status == 204
    expect(officer.locator("[data-sending]")).to_be_hidden()
    assert officer.locator("[name=file]").input_value() == ""
    assert Upload.objects.count() == 0
    told()


def test_a_refusal_stands_at_the_field_and_another_file_takes_it_away(
    officer, chosen, tmp_path, told
):
    choose(officer, pdf_file(tmp_path, "surat.pdf", b"bukan PDF" * 50))
    expect(officer.locator("#id_file_error")).to_have_text(
        "Galat: Berkas SK harus PDF atau foto (JPG, PNG)"
    )
    assert officer.locator("[name=file]").get_attribute("aria-invalid") == "true"
    assert_fits(officer)
    choose(officer, chosen)
    assert_received(officer)
    expect(officer.locator("#id_file_error")).to_have_count(0)
    told()


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["IMG_1.HEIC"], "Berkas SK berupa foto HEIC"),
        (["a.pdf", "b.pdf"], "Pilih satu PDF saja"),
        (["a.pdf", "b.jpg"], "Pilih satu PDF atau beberapa foto"),
        ([f"{number}.jpg" for number in range(21)], "Paling banyak 20 foto"),
    ],
    ids=["heic", "dua pdf", "campur", "21 foto"],
)
def test_what_can_be_seen_before_is_not_sent_at_all(officer, parts, tmp_path, names, sentence):
    choose(officer, *(pdf_file(tmp_path, name, b"isi") for name in names))
    expect(officer.locator("#id_file_error")).to_contain_text(sentence)
    assert Upload.objects.count() == 0


def photos(folder):
    """Three photos of pages, each of another height, named as a phone counts."""
    paths = []
    for number, height in ((1, 100), (2, 200), (10, 300)):
        out = io.BytesIO()
        Image.new("RGB", (90, height), "white").save(out, "JPEG")
        paths.append(pdf_file(folder, f"hal {number}.jpg", out.getvalue()))
    return paths


def kept_photos(document):
    return list(document.originals.values_list("original_name", flat=True))


def test_photos_are_put_in_order_and_become_one_document(officer, tmp_path):
    first, second, tenth = photos(tmp_path)
    choose(officer, tenth, first)
    assert_told(officer, "2 foto sudah diterima. Periksa urutan halamannya")
    choose(officer, second)
    rows = officer.locator("[data-photos] > li > span")
    assert_told(officer, "3 foto sudah diterima")
    named = [text.partition(" (")[0] for text in rows.all_text_contents()]
    assert named == ["1. hal 1.jpg", "2. hal 10.jpg", "3. hal 2.jpg"]
    assert_fits(officer)
    up = officer.get_by_role("button", name="Naik hal 2.jpg")
    up.click()
    expect(up).to_be_focused()
    up.click()
    expect(officer.get_by_role("button", name="Turun hal 2.jpg")).to_be_focused()
    officer.get_by_role("button", name="Hapus hal 10.jpg").click()
    assert_told(officer, "2 foto sudah diterima")
    fill_in_the_rest(officer)
    document = saved_document(officer)  # joined by saving
    assert kept_photos(document) == ["hal 2.jpg", "hal 1.jpg"]
    assert document.pages == 2


def test_photos_are_joined_by_their_own_button(officer, tmp_path):
    choose(officer, *photos(tmp_path))
    officer.evaluate(
        "document.addEventListener('berkas:siap', e => { window.siap = e.detail.dokumen; })"
    )
    officer.get_by_role("button", name="Jadikan satu dokumen").click()
    assert_received(officer, "hal 1.jpg dan 2 foto lain")
    assert officer.evaluate("window.siap") == str(Document.objects.get().uuid)
    assert officer.locator("[type=hidden][name=document]").input_value() == str(
        Document.objects.get().uuid
    )


def test_a_file_the_portal_has_need_not_be_sent(officer, place):
    held = makers.make_document(place.pokja.region, place.officer, name="SK lama.pdf")
    officer.reload()
    officer.locator("summary", has_text="Gunakan berkas yang sudah diunggah").click()
    officer.get_by_label("SK lama.pdf").check()
    assert_fits(officer)
    fill_in_the_rest(officer)
    assert saved_document(officer) == held


@pytest.mark.parametrize("kind", ["pdf", "foto"])
def test_without_javascript_the_plain_form_does_it_all(person, place, tmp_path, kind):
    page = person("operator_makassar", java_script_enabled=False)
    Upload.objects.create(
        user=place.officer, region=place.pokja.region, name="SK.pdf", size=2000, received=1000
    )
    page.goto(step_path(place.pokja, "sk"))
    expect(page.locator("[data-unfinished] noscript")).to_be_visible()
    files = photos(tmp_path) if kind == "foto" else [pdf_file(tmp_path)]
    type_in(page, DECREE | {"issued_on": "31 Februari 2026"})
    page.get_by_label("Wali Kota").first.check()
    choose(page, *reversed(files))
    press(page, "Simpan dan lanjut")
    assert_received(page, "Berkas sudah diterima")
    type_in(page, DECREE)
    document = saved_document(page)
    assert Document.objects.get() == document
    expected = ["hal 1.jpg", "hal 2.jpg", "hal 10.jpg"] if kind == "foto" else []
    assert kept_photos(document) == expected
