"""Mistakes in the forms of rubrics, regulations, books, open data, regions, and in filters."""

import json

import pytest

from tests.e2e.mistakes import assert_mistakes_are_told, assert_told_at_the_field, texts
from tests.e2e.served import SAMPLE_PASSWORD
from tests.e2e.visitor import (
    Visitor,
    assert_fits_everywhere,
    assert_frame,
    assert_markup,
    sign_in,
)

DRAFT = "/rubrik/empat-indikator-utama/"
CHANGE = "/wilayah/perubahan/{perubahan/draft}/"
LONG = "catatan lain " * 50 + "selesai"  # above the 500 letters that a note may have
NO_DATE = "31 Februari"
# name: (person, path, what is typed by field, the button)
FORMS = {
    "data-tutup": (
        "koordinator.sulsel",
        "/publikasi/{book_year}/73/tutup/",
        {"reason": ""},
        "Tutup untuk umum",
    ),
    "regulasi-ubah": (
        "verifikator.sulsel",
        "/regulasi/{regulasi/73}/ubah/",
        {"number": "", "year": "lama", "enacted_on": NO_DATE, "valid_until": ""},
        "Simpan",
    ),
    "kesepakatan-ubah": (
        "verifikator.sulsel",
        "/regulasi/kesepakatan/{kesepakatan/73}/ubah/",
        {"title": "", "valid_from": "1 Januari 2026", "valid_until": "1 Januari 2025"},
        "Simpan",
    ),
    "kelembagaan-ubah": (
        "operator.bone",
        "/regulasi/kelembagaan/{kelembagaan/73.08}/ubah/",
        {"name": "", "valid_from": "kapan saja"},
        "Simpan",
    ),
    "regulasi-akhiri": (
        "operator.bone",
        "/regulasi/{regulasi/73.08}/akhiri/",
        {"until": NO_DATE, "reason": ""},
        "Catat akhir",
    ),
    "kesepakatan-akhiri": (
        "verifikator.sulsel",
        "/regulasi/kesepakatan/{kesepakatan/73}/akhiri/",
        {"until": "1 Januari 1990", "reason": ""},
        "Catat akhir",
    ),
    "kelembagaan-akhiri": (
        "operator.bone",
        "/regulasi/kelembagaan/{kelembagaan/73.08}/akhiri/",
        {"until": "", "reason": LONG},
        "Catat akhir",
    ),
    "rubrik-unggah": ("admin", "/rubrik/unggah/", {}, "Unggah sebagai draf"),
    "rubrik-ubah": (
        "admin",
        f"{DRAFT}ubah/",
        {
            "year_from": "2030",
            "year_to": "2026",
            "limit_1": "rendah",
            "kriteria-0-weight": "separuh",
            "kriteria-1-weight": "101",
        },
        "Simpan draf",
    ),
    "perubahan-apa": (
        "pusat",
        f"{CHANGE}apa/",
        {"region": "Negeri Antah-berantah", "in_force_on": NO_DATE, "basis": ""},
        "Simpan dan lanjutkan",
    ),
    "perubahan-wilayah-baru": (
        "pusat",
        f"{CHANGE}wilayah-baru/",
        {"new_code": "73", "new_name": ""},
        "Simpan dan lanjutkan",
    ),
}
# The same, behind the question for the password: of people who have just signed in.
GUARDED = {
    "buku-tutup": (
        "koordinator.sulsel",
        "/buku/{last_year}/73/tutup/",
        {"note": LONG},
        "Tutup tahun",
    ),
    "buku-buka-kembali": (
        "koordinator.sulsel",
        "/buku/{book_year}/73/73.01/buka-kembali/",
        {"reason": "", "until": "kemarin"},
        "Buka kembali",
    ),
    "rubrik-terbitkan": (
        "admin",
        f"{DRAFT}terbitkan/",
        {"decided_on": "1 Januari 2099", "reason": ""},
        "Terbitkan rubrik",
    ),
    "perubahan-sahkan": ("pusat", f"{CHANGE}sahkan/", {"word": "ya"}, "Tandai siap"),
}
MOMENTS = {
    "dasbor-nasional": ("pusat", "/dasbor/nasional/{year}/"),
    "peta-nasional": ("pusat", "/dasbor/nasional/{year}/peta/"),
    "anggaran-nasional": ("pusat", "/dasbor/nasional/{year}/anggaran/"),
    "dasbor-provinsi": ("verifikator.sulsel", "/dasbor/73/{year}/?jenis=gdpk"),
    "tabel": ("verifikator.sulsel", "/dasbor/73/{year}/tabel/"),
    "kematangan": ("verifikator.sulsel", "/dasbor/73/{year}/kematangan/"),
    "dasbor-kabupaten": ("operator.bone", "/dasbor/73.08/{year}/"),
    "tren": ("operator.bone", "/tren/"),
    "rapor": ("operator.bone", "/rapor/73.08/{year}/"),
    "rekap": ("koordinator.sulsel", "/rekap/73/{year}/"),
    "capaian": ("koordinator.sulsel", "/capaian/73/{year}/"),
}
LISTS = ("/regulasi/", "/regulasi/kesepakatan/", "/regulasi/kelembagaan/")


@pytest.fixture
def fresh(browser, served):
    """fresh("admin"): a browser of that person's own, signed in this minute."""
    visitors = []

    def start(person):
        visitors.append(Visitor(browser, served, person))
        sign_in(visitors[-1], SAMPLE_PASSWORD)
        return visitors[-1]

    yield start
    for each in visitors:
        each.close()


@pytest.mark.parametrize("name", FORMS)
def test_mistakes_are_told_twice_and_kept(visitor_of, axe_seen, name):
    person, path, typed, button = FORMS[name]
    visitor = visitor_of(person)
    visitor.open(path)
    without_limits(visitor.page)
    assert_mistakes_are_told(visitor, axe_seen, name, button, typed=typed)


@pytest.mark.parametrize("name", GUARDED)
def test_mistakes_in_what_is_hard_to_undo_are_told_twice_and_kept(fresh, axe_seen, name):
    person, path, typed, button = GUARDED[name]
    visitor = fresh(person)
    visitor.open(path)
    without_limits(visitor.page)
    assert_mistakes_are_told(visitor, axe_seen, name, button, typed=typed)


def without_limits(page):
    """The browser itself would cut off a text that is too long; another might not."""
    page.evaluate(
        "document.querySelectorAll('main [maxlength]')"
        ".forEach(field => field.removeAttribute('maxlength'))"
    )


# --- open data -------------------------------------------------------------------------------


@pytest.fixture
def closed_to_public(visitor_of):
    """The coordinator's browser while the sample book is closed to the public."""
    visitor = visitor_of("koordinator.sulsel")
    main = visitor.page.locator("main")
    visitor.open("/publikasi/{book_year}/73/tutup/")
    main.locator("[name=reason]").fill("Angka diperiksa ulang")
    main.get_by_role("button", name="Tutup untuk umum").click()
    visitor.page.wait_for_url("**/publikasi/")
    yield visitor
    visitor.open("/publikasi/{book_year}/73/buka/")
    main.locator("[name=confirmed]").check()
    main.get_by_role("button", name="Buka untuk umum").click()
    visitor.page.wait_for_url("**/publikasi/")


def test_a_year_is_opened_with_contact_and_consent(closed_to_public, axe_seen):
    visitor = closed_to_public
    visitor.open("/publikasi/{book_year}/73/buka/")
    assert_frame(visitor.page)
    assert_fits_everywhere(visitor, "data-buka", axe_seen)
    typed = {"contact": "", "note": "Keputusan Rakerda"}
    assert_mistakes_are_told(visitor, axe_seen, "data-buka", "Buka untuk umum", typed=typed)
    assert visitor.page.locator("[name=confirmed]").is_checked() is False


# --- rubrics ---------------------------------------------------------------------------------


def test_a_file_that_is_no_rubric_is_refused_at_its_field(visitor_of, axe_seen):
    visitor = visitor_of("admin")
    visitor.open("/rubrik/unggah/")
    choose(visitor.page, "rubrik.json", b'{"jenis": "daftar-belanja"}')
    assert_mistakes_are_told(visitor, axe_seen, "rubrik-bukan", "Unggah sebagai draf")
    assert "bukan berkas rubrik" in texts(visitor.page.locator(".errsum li"))[0]


def test_each_rubric_that_gives_way_is_ticked(fresh, axe_seen):
    visitor = fresh("admin")
    visitor.open(f"{DRAFT}terbitkan/")
    main = visitor.page.locator("main")
    assert main.locator("[name^=ends_]").count() == 1
    main.locator("[name=agreed]").check()
    typed = {"reason": "Keputusan rapat"}
    assert_mistakes_are_told(visitor, axe_seen, "rubrik-tumpang", "Terbitkan rubrik", typed=typed)
    assert main.locator("[name=agreed]").is_checked()
    assert "Akhiri rubrik" in texts(visitor.page.locator(".errsum li"))[0]


def test_weights_of_99_keep_a_draft_from_being_published(visitor_of, axe_seen):
    """A draft may be unfinished: the page of publishing says what it lacks and leads there."""
    visitor = visitor_of("admin")
    page, main = visitor.page, visitor.page.locator("main")
    answer = visitor.context.request.get(f"{visitor.served.url}{DRAFT}unduh/")
    rubric = json.loads(answer.body().decode()) | {"kode": "sembilan-puluh-sembilan"}
    rubric["kriteria"][0]["bobot"] -= 1
    visitor.open("/rubrik/unggah/")
    choose(page, "rubrik.json", json.dumps(rubric).encode())
    main.get_by_role("button", name="Unggah sebagai draf").click()
    page.wait_for_url("**/ubah/")
    address = page.url.removeprefix(visitor.served.url).removesuffix("ubah/")
    try:
        assert_markup(visitor.open(f"{address}terbitkan/"))
        assert_frame(page)
        (told,) = main.locator(".note-fix li a").all()
        assert "99" in told.inner_text()
        assert main.get_by_role("button", name="Terbitkan rubrik").count() == 0
        assert_fits_everywhere(visitor, "rubrik-99", axe_seen)
        told.click()
        page.wait_for_url("**/ubah/#*")
        assert page.locator(":target").is_visible()
    finally:
        visitor.open(address)
        main.locator("summary", has_text="Hapus draf ini").click()
        main.get_by_role("button", name="Hapus draf").click()
        page.wait_for_url("**/rubrik/")


# --- regulations -----------------------------------------------------------------------------


def test_a_second_regulation_of_one_number_is_refused_as_a_whole(visitor_of, axe_seen):
    visitor = visitor_of("operator.bone")
    main = visitor.page.locator("main")
    visitor.open("/regulasi/{regulasi/73.08}/ubah/")
    names = ("number", "year", "subject", "topics")
    held = {name: main.locator(f"[name={name}]").input_value() for name in (*names, "kind")}
    visitor.open("/regulasi/tambah/")
    main.locator("[name=kind]").select_option(held.pop("kind"))
    assert_mistakes_are_told(
        visitor,
        axe_seen,
        "regulasi-kembar",
        "Simpan",
        typed=held,
        of_the_whole=["Regulasi dengan jenis, nomor, dan tahun ini sudah tercatat."],
    )


def test_a_paper_that_is_no_pdf_is_refused_before_it_is_sent(visitor_of, axe_seen):
    visitor = visitor_of("operator.bone")
    visitor.open("/regulasi/{regulasi/73.08}/naskah/")
    choose(visitor.page, "naskah.pdf", b"PK\x03\x04 bukan PDF")
    message = visitor.page.locator(".fld.bad .msg > span")
    message.wait_for()
    assert texts(message) == ["Galat: Naskah harus PDF atau foto (JPG, PNG)"]
    visitor.problems[:] = [told for told in visitor.problems if "status of 422" not in told]
    assert_fits_everywhere(visitor, "naskah-ditolak", axe_seen)
    assert_mistakes_are_told(visitor, axe_seen, "naskah-kosong", "Simpan naskah")


def test_a_paper_that_is_no_pdf_is_refused_without_scripts(browser, served):
    visitor = Visitor(browser, served, "operator.bone", java_script_enabled=False)
    sign_in(visitor, SAMPLE_PASSWORD)
    visitor.open("/regulasi/{regulasi/73.08}/naskah/")
    choose(visitor.page, "naskah.pdf", b"PK\x03\x04 bukan PDF")
    with visitor.page.expect_navigation() as answer:
        visitor.page.locator("main").get_by_role("button", name="Simpan naskah").click()
    assert answer.value.status == 200
    assert_frame(visitor.page, galat=True)
    told = ["Naskah harus PDF atau foto (JPG, PNG)"]
    assert texts(visitor.page.locator(".errsum li")) == told
    assert texts(visitor.page.locator(".fld.bad .msg > span"))[0].endswith(told[0])
    visitor.close()


def choose(page, name, content):
    """Choose a file of these bytes in the form of the page."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("main input[type=file]").set_input_files(file)


# --- changes of regions ----------------------------------------------------------------------


def test_a_code_given_to_a_moving_region_is_checked_at_its_row(visitor_of, axe_seen):
    visitor = visitor_of("pusat")
    visitor.open(f"{CHANGE}pembagian/")
    main = visitor.page.locator("main")
    moving = [box.get_attribute("name") for box in main.locator("[name^=ikut_]:checked").all()]
    first, second, third = (name.replace("ikut_", "kode_") for name in moving[:3])
    typed = {first: "", second: "73.99", third: "77.71"}
    assert_mistakes_are_told(
        visitor, axe_seen, "perubahan-pembagian", "Simpan dan lihat", typed=typed
    )
    kept = [box.get_attribute("name") for box in main.locator("[name^=ikut_]:checked").all()]
    assert kept == moving


@pytest.fixture
def renaming(visitor_of):
    """The national office at the second step of a draft that renames Bone; dropped afterwards."""
    visitor = visitor_of("pusat")
    visitor.open("/wilayah/perubahan/mulai/")
    page, main = visitor.page, visitor.page.locator("main")
    main.locator("[name=kind][value=rename]").check()
    typed = {"region": "73.08", "in_force_on": "1 Januari 2099", "basis": "Contoh"}
    for name, text in typed.items():
        main.locator(f"[name={name}]").fill(text)
    main.get_by_role("button", name="Simpan dan lanjutkan").click()
    page.wait_for_url("**/wilayah-baru/")
    address = page.url
    yield visitor
    page.goto(address)
    main.locator("summary", has_text="Batalkan draf ini").click()
    main.get_by_role("button", name="Batalkan draf").click()
    page.wait_for_url("**/wilayah/perubahan/")


def test_a_rename_that_changes_nothing_is_told_as_a_whole(renaming, axe_seen):
    assert_mistakes_are_told(
        renaming,
        axe_seen,
        "perubahan-tanpa-perubahan",
        "Simpan dan lanjutkan",
        of_the_whole=["Belum ada yang berubah. Ubah kode, nama, atau tingkatnya"],
    )


# --- filters ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MOMENTS)
def test_a_date_that_is_none_is_told_and_kept(visitor_of, axe_seen, name):
    person, path = MOMENTS[name]
    visitor = visitor_of(person)
    visitor.open(path)
    page, field = visitor.page, visitor.page.locator("#f-moment")
    page.locator("summary", has_text="Lihat keadaan pada tanggal lain").click()
    field.fill(NO_DATE)
    sent(page, field)
    assert field.input_value() == NO_DATE
    assert_told_at_the_field(page, [])
    # One name: what is new on the narrow page is the same part each time, and read once.
    assert_fits_everywhere(visitor, "galat-tanggal", axe_seen)
    assert visitor.problems == []


@pytest.mark.parametrize("path", LISTS)
def test_a_list_tells_of_a_date_that_is_none(visitor_of, axe_seen, path):
    visitor = visitor_of("verifikator.sulsel")
    visitor.open(path)
    typed = {"berlaku": NO_DATE}
    assert_mistakes_are_told(visitor, axe_seen, "regulasi-saring", "Terapkan", typed=typed)


def test_a_comparison_needs_two_regions_or_two_dates(visitor_of, axe_seen):
    visitor = visitor_of("verifikator.sulsel")
    visitor.open("/bandingkan/")
    page = visitor.page
    page.locator("#f-d1").select_option("73.71")
    page.locator("#f-d2").select_option("73.71")
    page.locator("summary", has_text="Pilihan lain").click()
    page.locator("#f-per1").fill(NO_DATE)
    page.locator("#f-per2").fill("1 Januari 2099")
    sent(page, page.locator("#f-d1"))
    assert page.locator("#f-d1").input_value() == "73.71"
    assert page.locator("#f-per1").input_value() == NO_DATE
    assert page.locator("#f-per2").input_value() == "1 Januari 2099"
    assert_told_at_the_field(page, [])
    assert len(texts(page.locator(".errsum li"))) == 3
    assert_fits_everywhere(visitor, "galat-bandingkan", axe_seen)
    assert visitor.problems == []


def test_a_trend_of_what_is_not_known_is_told_at_every_field(visitor_of, axe_seen):
    visitor = visitor_of("verifikator.sulsel")
    assert_markup(visitor.open("/tren/?d=99&jenis=apa&tahun=9&rentang=90"))
    assert_frame(visitor.page, galat=True)
    assert_told_at_the_field(visitor.page, [])
    assert len(texts(visitor.page.locator(".errsum li"))) == 4
    assert_fits_everywhere(visitor, "galat-tren-alamat", axe_seen)
    assert visitor.problems == []


def sent(page, field):
    """Press the button of the field's form; the page that comes says Galat in its title."""
    with page.expect_navigation() as answer:
        field.locator("xpath=ancestor::form").get_by_role("button").first.click()
    assert answer.value.status == 200
    assert_markup(answer.value)
    assert_frame(page, galat=True)
