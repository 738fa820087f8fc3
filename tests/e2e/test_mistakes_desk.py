"""Forms of the desk sent with mistakes: members, marks, pins, replies, talk, letters, files."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from tests import makers
from tests.e2e.mistakes import assert_mistakes_are_told
from tests.e2e.scenes import pdf_file
from tests.e2e.visitor import assert_fits_everywhere, assert_frame, assert_markup

BONE = "/pokja/{7308-KKB}/"
NEW_SK = "/pokja/{7301-ADV}/anggota/"
CHECK = "/verifikasi/"
BULK = CHECK + "bersama/?berkas={decree/submitted/73_01}&berkas={budget/submitted/73%}"
IMPORT = BONE + "anggota/impor/"
GOOD_LIST = "Ketua\tBapperida\tOPD\n"
BAD_LIST = "Ketua\tSekretariat Daerah\tpenyiar\nAnggota\n"
STRANGER = "Mohon dicek @bukan.siapa-siapa"
NUMBERED = "NIP 198001012005011001"


@dataclass(frozen=True)
class Case:
    """Who sends which form with which mistakes; ``ready`` are steps on the page before."""

    person: str
    path: str
    button: str
    typed: dict = field(default_factory=dict)
    opened: str = ""  # what is folded away: the text of its summary
    ticked: tuple = ()  # radios and boxes: "name=value"
    unticked: tuple = ()
    whole: tuple = ()  # said of the form as a whole
    like: str = ""  # another case of the same page, whose look at 390 pixels says enough


FORMS = {
    "rantai-sk-tanggal": Case(
        "operator.bone", "/pokja/{7308-TPPS}/sk/", "Lihat keadaan", {"per": "kemarin"}
    ),
    "pokja-ubah": Case("operator.bone", BONE + "ubah/", "Simpan", {"name": ""}),
    "anggota-ubah": Case(
        "operator.bone",
        BONE + "anggota/{kursi/7308-KKB}/ubah/",
        "Simpan",
        {"institution": "", "name": NUMBERED, "started_on": "31 Februari"},
    ),
    "anggota-pejabat": Case(
        "operator.bone",
        BONE + "anggota/{kursi/7308-KKB}/pejabat/",
        "Simpan pejabat baru",
        {"name": NUMBERED, "started_on": "31 Februari"},
    ),
    "anggota-akhiri": Case(
        "operator.bone",
        BONE + "anggota/{kursi/7308-KKB}/akhiri/",
        "Akhiri keanggotaan",
        {"ended_on": "kemarin"},
    ),
    "anggota-akhiri-sebelum-mulai": Case(
        "operator.bone",
        BONE + "anggota/{kursi/7308-KKB}/akhiri/",
        "Akhiri keanggotaan",
        {"ended_on": "1 Januari 2001"},
        like="anggota-akhiri",
    ),
    "anggota-impor-kosong": Case("operator.bone", IMPORT, "Lihat pratinjau"),
    "anggota-salin": Case(
        "verifikator.sulsel",
        NEW_SK + "salin/",
        "Lihat perbedaan",
        {"anggota-0-institution": "", "anggota-1-name": NUMBERED},
    ),
    "periksa-dan-kirim": Case(
        "verifikator.sulsel",
        "/pokja/{7302-KKB}/{year}/isi/periksa/",
        "Kirim untuk diverifikasi",
    ),
    "periksa-dan-kirim-tanpa-pilihan": Case(
        "verifikator.sulsel",
        "/pokja/{7302-KKB}/{year}/isi/periksa/",
        "Kirim untuk diverifikasi",
        unticked=("send_",),
        whole=("Pilih paling sedikit satu kriteria untuk dikirim",),
        like="periksa-dan-kirim",
    ),
    "kembalikan-sk": Case("verifikator.sulsel", CHECK + "{decree/submitted/73_01}/", "Kembalikan"),
    "kembalikan-rencana": Case(
        "verifikator.sulsel", CHECK + "{work_plan/submitted/73_08}/", "Kembalikan"
    ),
    "kembalikan-indikator": Case(
        "verifikator.sulsel", CHECK + "{indicator_set/submitted/73%}/", "Kembalikan"
    ),
    "kembalikan-nihil": Case("verifikator.sulsel", CHECK + "{nil/submitted/73%}/", "Kembalikan"),
    "setujui-bertanda-tidak": Case(
        "verifikator.sulsel",
        CHECK + "{indicator_set/submitted/73%}/",
        "Setujui",
        ticked=("cek_1=tidak",),
        like="kembalikan-indikator",
    ),
    "setujui-nihil": Case(
        "verifikator.sulsel", CHECK + "{nil/submitted/73%}/", "Setujui", like="kembalikan-nihil"
    ),
    "letak-tanpa-halaman": Case(
        "verifikator.sulsel",
        CHECK + "{decree/submitted/73_01}/",
        "Simpan letak",
        {"kutip_1": "Menetapkan", "hal_1": ""},
        opened="Letak",
    ),
    "setujui-bersama": Case(
        "verifikator.sulsel", BULK, "Setujui yang dicentang", unticked=("setuju",)
    ),
    "pin": Case(
        "verifikator.sulsel",
        CHECK + "{decree/submitted/73_01}/pin/?hal=2",
        "Simpan pin",
        {"kiri": "150", "atas": "tengah"},
    ),
    "tinjauan-tandai": Case(
        "verifikator2.sulsel", "/tinjauan/berkas/{look/decree}/", "Simpan tanda"
    ),
    "tinjauan-tandai-bertentangan": Case(
        "verifikator2.sulsel",
        "/tinjauan/berkas/{look/decree}/",
        "Simpan tanda",
        ticked=("cek_1=tidak", "putusan=setuju"),
        like="tinjauan-tandai",
    ),
    "tinjauan-tandai-tanpa-alasan": Case(
        "verifikator2.sulsel",
        "/tinjauan/berkas/{look/decree}/",
        "Simpan tanda",
        ticked=("putusan=kembalikan",),
        like="tinjauan-tandai",
    ),
    "pembicaraan-kosong": Case(
        "operator.bone", "/pembicaraan/{work_plan/returned/73_08}/", "Kirim komentar"
    ),
    "pembicaraan-sebutan": Case(
        "operator.bone",
        "/pembicaraan/{decree/verified/73_08}/",
        "Kirim komentar",
        {"teks": STRANGER},
        like="pembicaraan-kosong",
    ),
    "pembicaraan-balas": Case(
        "operator.bone",
        "/pembicaraan/{work_plan/returned/73_08}/",
        "Kirim balasan",
        opened="Balas",
    ),
    "tindak-lanjut-minta": Case(
        "verifikator.sulsel",
        "/tindak-lanjut/tambah/?wilayah=73.08",
        "Minta tindak lanjut",
        {"tenggat": "1 Januari 2020"},
    ),
    "tindak-lanjut-minta-berkas": Case(
        "operator.bone",
        "/tindak-lanjut/tambah/?bukti={work_plan/returned/73_08}",
        "Minta tindak lanjut",
        {"tugas": "Unggah SK", "tenggat": "besok lusa"},
        like="tindak-lanjut-minta",
    ),
    "tindak-lanjut-selesai": Case(
        "operator.bone", "/tindak-lanjut/{tindak/open/73.08}/", "Nyatakan selesai"
    ),
    "tindak-lanjut-nilai": Case(
        "verifikator.sulsel", "/tindak-lanjut/{tindak/done/73.08}/", "Simpan penilaian"
    ),
    "tindak-lanjut-nilai-belum": Case(
        "verifikator.sulsel",
        "/tindak-lanjut/{tindak/done/73.08}/",
        "Simpan penilaian",
        ticked=("nilai=belum",),
        like="tindak-lanjut-nilai",
    ),
    "tindak-lanjut-batal": Case(
        "verifikator.sulsel",
        "/tindak-lanjut/{tindak/open/73.08}/",
        "Batalkan tindak lanjut",
        opened="Batalkan tindak lanjut",
    ),
    "sanggahan-jawab": Case("koordinator.sulsel", "/sanggahan/{sanggahan/open}/", "Simpan jawaban"),
    "sanggahan-tanggapi": Case(
        "operator.makassar", "/sanggahan/berkas/{decree/returned/73_71}/", "Kirim tanggapan"
    ),
    "sanggahan-tanpa-alasan": Case(
        "operator.makassar",
        "/sanggahan/berkas/{decree/returned/73_71}/",
        "Kirim tanggapan",
        {"alasan": "Tidak setuju"},
        ticked=("sikap=sanggah",),
        like="sanggahan-tanggapi",
    ),
    "buka-kunci": Case(
        "koordinator.sulsel", "/periode/{last_year}/{wilayah/73}/sk/buka-kunci/", "Buka kunci"
    ),
    "kampanye-kop-ubah": Case(
        "koordinator.sulsel",
        "/kampanye/kantor/kop/{kop/73}/",
        "Simpan",
        {"valid_from": "31 Februari"},
    ),
    "kampanye-penanda-tangan-ubah": Case(
        "koordinator.sulsel",
        "/kampanye/kantor/penanda-tangan/{penanda-tangan/73}/",
        "Simpan",
        {"name": "", "nip": "123"},
    ),
}
# What the addresses of the crawl do not name: {kursi/CODE} of a Pokja, {kop/73} of an office.
OWN_PLACES = {
    "kursi": "SELECT s.id FROM pokja_seat s JOIN pokja_pokja p ON p.id = s.pokja_id"
    " WHERE p.code = ? AND s.ended_on IS NULL ORDER BY s.id",
    "kop": "SELECT h.id FROM papers_letterhead h JOIN regions_region r ON r.id = h.province_id"
    " WHERE r.code = ? ORDER BY h.id",
}


def address(served, path):
    """The path with this file's own places filled in; the rest is left to ``Served.address``."""
    for kind, query in OWN_PLACES.items():
        before, mark, rest = path.partition("{" + kind + "/")
        if mark:
            code, _, after = rest.partition("}")
            path = f"{before}{served.one(query, code)}{after}"
    return path


def prepare(page, case):
    """Unfold what is folded away, tick and untick."""
    if case.opened:
        page.locator("main summary", has_text=case.opened).first.click()
    for each in case.ticked:
        name, _, value = each.partition("=")
        page.locator(f"main [name='{name}'][value='{value}']").check()
    for start in case.unticked:
        for box in page.locator(f"main [type=checkbox][name^='{start}']").all():
            box.uncheck()


@pytest.mark.parametrize("name", FORMS)
def test_mistakes_are_told_twice_and_kept(visitor_of, served, axe_seen, name):
    case = FORMS[name]
    visitor = visitor_of(case.person)
    visitor.open(address(served, case.path))
    prepare(visitor.page, case)
    seen_as = case.like or name
    assert_mistakes_are_told(
        visitor, axe_seen, seen_as, case.button, typed=case.typed, of_the_whole=case.whole
    )
    for each in case.ticked:
        field_name, _, value = each.partition("=")
        assert visitor.page.locator(f"[name='{field_name}'][value='{value}']").is_checked()


# --- lists of members: what is no table, and what stands in it ---------------------------------


def choose_sk(page):
    page.locator("main [name=decree]").select_option(index=1)


def test_bad_cells_of_a_pasted_list_are_told_by_row_and_column(visitor_of, served, axe_seen):
    visitor = visitor_of("operator.bone")
    visitor.open(IMPORT)
    choose_sk(visitor.page)
    assert_mistakes_are_told(
        visitor, axe_seen, "anggota-impor-sel", "Lihat pratinjau", typed={"text": BAD_LIST}
    )
    told = visitor.page.locator(".errsum li").all_text_contents()
    assert [each.partition(":")[0] for each in told] == [
        "baris 1, kolom unsur",
        "baris 2, kolom instansi",
        "baris 2, kolom unsur",
    ]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("susunan.xlsx", makers.pdf_bytes(), "bukan lembar kerja"),
        ("susunan.csv", b"kedudukan;instansi;unsur\r\nKetua;;OPD\r\n", "kolom instansi"),
    ],
    ids=["bukan-lembar", "sel-kosong"],
)
def test_a_sheet_is_refused_at_its_file(visitor_of, axe_seen, tmp_path, name, content, sentence):
    visitor = visitor_of("operator.bone")
    visitor.open(IMPORT)
    choose_sk(visitor.page)
    visitor.page.locator("[name=file]").set_input_files(pdf_file(tmp_path, name, content))
    assert_mistakes_are_told(visitor, axe_seen, f"anggota-impor-{name}", "Lihat pratinjau")
    expect(visitor.page.locator("#id_file_error")).to_contain_text(sentence)


def preview(visitor):
    """A list that leaves all members of the Pokja out, as it is shown before saving."""
    visitor.open(IMPORT)
    choose_sk(visitor.page)
    visitor.page.locator("[name=text]").fill(GOOD_LIST)
    visitor.page.get_by_role("button", name="Lihat pratinjau").click()
    visitor.page.wait_for_selector("main [name=fingerprint]", state="attached")


@pytest.mark.parametrize("day", ["31 Februari", "1 Januari 2001"])
def test_a_wrong_last_day_is_told_on_the_preview(visitor_of, axe_seen, day):
    visitor = visitor_of("operator.bone")
    preview(visitor)
    assert_mistakes_are_told(
        visitor, axe_seen, "anggota-pratinjau", "Simpan susunan", typed={"ends_on": day}
    )
    assert visitor.page.locator("main [name=text]").input_value() == GOOD_LIST


# --- files that are refused --------------------------------------------------------------------


@pytest.fixture
def without_upload_script(visitor_of):
    """The officer's step as it works while the script of the file field has not arrived."""
    visitor = visitor_of("operator.bone")
    visitor.page.route(
        "**/js/berkas.*js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    yield visitor
    visitor.page.unroute("**/js/berkas.*js")


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/pokja/{7308-ADV}/{year}/isi/sk/?sk=baru", {"number": "188.45/1/2026"}),
        ("/pokja/{7308-KKB}/{year}/isi/anggaran/", {"baris-0-ceiling": "Rp 85.000.000"}),
    ],
    ids=["sk", "anggaran"],
)
def test_a_letter_named_pdf_is_refused_at_its_step(
    without_upload_script, axe_seen, tmp_path, path, typed
):
    visitor = without_upload_script
    visitor.open(path)
    letter = pdf_file(tmp_path, "surat.pdf", b"Surat biasa, bukan PDF.\n" * 20)
    visitor.page.locator("[name=file]").set_input_files(letter)
    try:
        name = "berkas-" + path.split("/isi/")[1].partition("/")[0]
        assert_mistakes_are_told(visitor, axe_seen, name, "Simpan dan lanjut", typed=typed)
        expect(visitor.page.locator("#id_file_error")).to_contain_text("harus PDF atau foto")
    finally:
        throw_away(visitor, path)


def throw_away(visitor, path):
    """What was typed is kept by itself; the next visitor of the step finds it untouched."""
    expect(visitor.page.locator("[data-typed-note]")).to_contain_text("Draf tersimpan otomatis")
    visitor.open(path)
    visitor.page.get_by_role("button", name="Buang, pakai yang tersimpan").click()
    expect(visitor.page.get_by_text("Isian Anda dipulihkan")).to_have_count(0)


# --- nothing chosen ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "path", "sentence"),
    [
        ("verifikator.sulsel", CHECK + "bersama/", "Centang paling sedikit satu berkas."),
        ("koordinator.sulsel", "/kampanye/siapkan/", "Pilih paling sedikit satu daerah"),
        ("operator.bone", "/cari/?q=a", "Ketik paling sedikit 2 huruf."),
    ],
    ids=["antrean", "kampanye", "cari"],
)
def test_a_choice_not_made_is_told(visitor_of, axe_seen, person, path, sentence):
    visitor = visitor_of(person)
    assert_markup(visitor.open(path))
    assert_frame(visitor.page)
    expect(visitor.page.locator("main").get_by_text(sentence)).to_be_visible()
    assert_fits_everywhere(visitor, f"tanpa-pilihan{path.replace('/', '-')}", axe_seen)
    assert visitor.problems == []


# --- saved, but not yet fit to be sent; and somebody who was faster ---------------------------


def test_what_a_draft_still_lacks_leads_to_its_fields(visitor_of, axe_seen):
    visitor = visitor_of("operator.bone")
    response = visitor.open("/pokja/{7308-GDPK}/{year}/isi/rencana-kerja/?lengkapi=1")
    page, summary = visitor.page, visitor.page.locator(".errsum")
    assert_markup(response)
    assert_frame(page, galat=True)
    lines = summary.locator("li").count()
    assert summary.locator("h2").inner_text() == (
        f"Draf tersimpan. Ada {lines} hal yang perlu dilengkapi"
    )
    assert page.evaluate("document.activeElement.className").split()[0] == "errsum"
    links = summary.locator("li a").all()
    assert links
    for link in links:
        link.click()
        target = link.get_attribute("href").removeprefix("#")
        assert page.evaluate("document.activeElement.id") == target
    assert_fits_everywhere(visitor, "galat-lengkapi", axe_seen)
    assert visitor.problems == []


OVERTAKEN = {
    "anggota-akhiri": (
        FORMS["anggota-akhiri"],
        {"ended_on": "12 Maret 2026"},
        ("Isian ini sudah berubah",),
    ),
    "kembalikan-sk": (
        FORMS["kembalikan-sk"],
        {"catatan": "Lampiran belum ada"},
        ("Keputusan Anda tidak disimpan",),
    ),
    "pin": (
        FORMS["pin"],
        {"teks": "Cap tidak jelas", "kiri": "10", "atas": "20"},
        ("Pin Anda tidak disimpan",),
    ),
    "batalkan": (
        Case(
            "koordinator.sulsel",
            CHECK + "{work_plan/verified/73_08}/batalkan/",
            "Batalkan verifikasi",
        ),
        {"alasan": "Rencana kerja ternyata milik Pokja lain"},
        ("Isian ini sudah berubah",),
    ),
    "tindak-lanjut-selesai": (
        FORMS["tindak-lanjut-selesai"],
        {"catatan": "Sudah diunggah"},
        ("Isian ini sudah berubah",),
    ),
}


@pytest.mark.parametrize("name", OVERTAKEN)
def test_whoever_was_slower_is_told_and_what_they_wrote_stands(visitor_of, served, axe_seen, name):
    case, typed, sentences = OVERTAKEN[name]
    visitor = visitor_of(case.person)
    visitor.open(address(served, case.path))
    page = visitor.page
    for field_name, text in typed.items():
        page.locator(f"main [name='{field_name}']").fill(text)
    see_older(page, "revision")
    answer = press_and_meet(visitor, case.button, 409)
    assert_markup(answer)
    assert_frame(page)
    main = page.locator("main")
    for sentence in [*sentences, next(iter(typed.values()))]:
        expect(main).to_contain_text(sentence)
    expect(main.get_by_role("link", name="Lihat versi terbaru")).to_be_visible()
    assert_fits_everywhere(visitor, f"usang-{name}", axe_seen)
    assert visitor.problems == []


def see_older(page, name):
    """The page says it was made of an older state than there is now."""
    page.locator(f"main [name='{name}']").evaluate_all("all => all.forEach(el => el.value = '0')")


def press_and_meet(visitor, button, status):
    """Press; the answer, without what Chromium itself says of a page that is an error."""
    with visitor.page.expect_navigation() as answer:
        visitor.page.locator("main").get_by_role("button", name=button).first.click()
    assert answer.value.status == status
    own = f"({visitor.page.url})"
    visitor.problems[:] = [told for told in visitor.problems if not told.endswith(own)]
    return answer.value


def assert_told_above(visitor, axe_seen, name, heading):
    """A summary without lines of its own: focused, named, and its page fit for everybody."""
    page = visitor.page
    assert_frame(page, galat=True)
    assert page.evaluate("document.activeElement.className").split()[0] == "errsum"
    assert page.locator(".errsum h2").inner_text() == heading
    assert_fits_everywhere(visitor, f"usang-{name}", axe_seen)
    assert visitor.problems == []


def test_a_list_whose_members_changed_meanwhile_is_shown_anew(visitor_of, axe_seen):
    visitor = visitor_of("operator.bone")
    preview(visitor)
    see_older(visitor.page, "fingerprint")
    press_and_meet(visitor, "Simpan susunan", 409)
    assert_told_above(visitor, axe_seen, "anggota-pratinjau", "Susunan sudah berubah")


def test_a_copy_whose_members_changed_meanwhile_is_shown_anew(visitor_of, axe_seen):
    visitor = visitor_of("verifikator.sulsel")
    visitor.open(NEW_SK + "salin/")
    visitor.page.locator("main").get_by_role("button", name="Lihat perbedaan").click()
    see_older(visitor.page, "dilihat")
    press_and_meet(visitor, "Simpan susunan", 409)
    assert_told_above(visitor, axe_seen, "anggota-salin", "Susunan sudah berubah")


def test_a_step_that_somebody_else_saved_keeps_both_texts(visitor_of, axe_seen):
    visitor, path = visitor_of("operator.bone"), "/pokja/{7308-GDPK}/{year}/isi/rencana-kerja/"
    visitor.open(path)
    mine = visitor.page.locator("[name=kegiatan-0-name]")
    mine.fill("Rapat yang saya tulis")
    see_older(visitor.page, "revision")
    try:
        press_and_meet(visitor, "Simpan draf", 409)
        assert mine.input_value() == "Rapat yang saya tulis"
        assert_told_above(visitor, axe_seen, "rencana", "Isian ini sudah berubah")
    finally:
        throw_away(visitor, path)


def test_items_that_changed_meanwhile_are_named_and_left_alone(visitor_of, served, axe_seen):
    visitor = visitor_of("verifikator.sulsel")
    visitor.open(BULK)
    page = visitor.page
    for box in page.locator("main [name=setuju]").all():
        box.check()
    page.locator("main [name^=revisi_]").evaluate_all("all => all.forEach(el => el.value = '0')")
    press_and_meet(visitor, "Setujui yang dicentang", 200)
    told = page.locator("#kabar .note-fix")
    expect(told).to_have_count(2)
    expect(told.first).to_contain_text("sudah berubah sejak halaman pemeriksaan dibuka")
    assert served.evidence("decree", "submitted", "73_01")  # as it was
    assert_fits_everywhere(visitor, "usang-setujui-bersama", axe_seen)
    assert visitor.problems == []
