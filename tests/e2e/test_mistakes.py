"""Every form sent with mistakes: said at the top and at the field, in words, and reachable."""

import pytest

from tests.e2e.visitor import assert_fits_everywhere, assert_frame, assert_markup

STEPS = "/pokja/{7308-KKB}/{year}/isi/"
# name: (person, path, what is typed by field, the button)
FORMS = {
    "masuk": (
        "anonymous",
        "/masuk/",
        {"username": "bukan.siapa-siapa", "password": "salah"},
        "Masuk",
    ),
    "lupa-sandi": ("anonymous", "/lupa-sandi/", {}, "Kirim"),
    "sandi-ganti": ("operator.bone", "/sandi/ganti/", {}, "Ganti kata sandi"),
    "pokja-tambah": ("operator.bone", "/pokja/tambah/", {}, "Simpan"),
    "pokja-bubar": ("operator.bone", "/pokja/{7308-KKB}/bubar/", {}, "Catat bubar"),
    "pokja-lebur": ("operator.bone", "/pokja/{7308-KKB}/lebur/", {}, "Leburkan"),
    "anggota": ("operator.bone", "/pokja/{7308-KKB}/anggota/tambah/", {}, "Tambah"),
    "sk": ("operator.bone", STEPS + "sk/?sk=baru", {"issued_on": "31 Februari"}, "Simpan dan"),
    "rencana": (
        "operator.bone",
        STEPS + "rencana-kerja/",
        {"kegiatan-0-budget": "lima juta"},
        "Simpan dan",
    ),
    "indikator": (
        "operator.bone",
        "/pokja/{7308-GDPK}/{year}/isi/indikator/",
        {"indikator-0-target": "banyak"},
        "Simpan dan",
    ),
    "anggaran": ("operator.bone", STEPS + "anggaran/", {"baris-0-ceiling": "-5"}, "Simpan dan"),
    "tidak-ada": ("operator.bone", STEPS + "anggaran/tidak-ada/", {}, "Kirim"),
    "setujui": ("verifikator.sulsel", "/verifikasi/{decree/submitted/73_01}/", {}, "Setujui"),
    "kembalikan": ("verifikator.sulsel", "/verifikasi/{budget/submitted/73%}/", {}, "Kembalikan"),
    "kunci": ("koordinator.sulsel", "/periode/{year}/{wilayah/73}/sk/kunci/", {}, "Kunci"),
    "buka-kembali": (
        "koordinator.sulsel",
        "/periode/{last_year}/wilayah/{wilayah/73.08}/buka-kembali/",
        {"until": "kemarin"},
        "Buka kembali",
    ),
    "batalkan": (
        "koordinator.sulsel",
        "/verifikasi/{work_plan/verified/73_08}/batalkan/",
        {},
        "Batalkan",
    ),
    "kop-surat": ("koordinator.sulsel", "/kampanye/kantor/kop/tambah/", {}, "Simpan"),
    "penanda-tangan": (
        "koordinator.sulsel",
        "/kampanye/kantor/penanda-tangan/tambah/",
        {"nip": "123"},
        "Simpan",
    ),
    "surat": (
        "koordinator.sulsel",
        "/kampanye/siapkan/?wilayah=73.08",
        {"letter_date": "31 Februari"},
        "Buat",
    ),
    "undang": ("koordinator.sulsel", "/akun/undang/", {}, "Undang"),
    "aktivasi": ("anonymous", "/aktivasi/", {}, "Simpan dan masuk"),
    "tinjauan": ("koordinator.sulsel", "/tinjauan/baru/", {"jumlah": "nol"}, "Tarik berkas"),
    "target": (
        "koordinator.sulsel",
        "/capaian/73/{year}/target/",
        {"t2026-districts": "banyak"},
        "Simpan target",
    ),
    "regulasi": ("verifikator.sulsel", "/regulasi/tambah/", {}, "Simpan"),
    "kesepakatan": ("verifikator.sulsel", "/regulasi/kesepakatan/tambah/", {}, "Simpan"),
    "kelembagaan": ("verifikator.sulsel", "/regulasi/kelembagaan/tambah/", {}, "Simpan"),
    "perubahan-wilayah": ("pusat", "/wilayah/perubahan/mulai/", {}, "Simpan dan lanjutkan"),
}
# Said of the form as a whole: no field alone is wrong.
OF_THE_WHOLE = {"masuk": ["Nama pengguna atau kata sandi tidak cocok"]}


@pytest.mark.parametrize("name", FORMS)
def test_mistakes_are_told_twice_and_kept(visitor_of, axe_seen, name):
    person, path, typed, button = FORMS[name]
    visitor = visitor_of(person)
    visitor.open(path)
    page = visitor.page
    for field, text in typed.items():
        page.locator(f"[name='{field}']").fill(text)
    with page.expect_navigation() as answer:
        page.locator("main").get_by_role("button", name=button).first.click()
    assert answer.value.status == 200
    assert_markup(answer.value)
    assert_frame(page, galat=True)
    for field, text in typed.items():
        if field != "password":
            assert page.locator(f"[name='{field}']").input_value() == text
    assert_told_at_the_field(page, OF_THE_WHOLE.get(name, []))
    assert_fits_everywhere(visitor, f"galat-{name}", axe_seen)
    assert visitor.problems == []


def assert_told_at_the_field(page, of_the_whole):
    """The summary has the focus; its lines stand at the fields too, and its links get there."""
    summary = page.locator(".errsum")
    assert page.evaluate("document.activeElement.className").split()[0] == "errsum"
    lines = texts(summary.locator("li"))
    at_fields = [text.removeprefix("Galat: ") for text in texts(page.locator(".msg > span"))]
    assert sorted(lines) == sorted(at_fields + of_the_whole)
    assert summary.locator("h2").inner_text() == f"Ada {len(lines)} hal yang perlu diperbaiki"
    links = summary.locator("li a").all()
    assert len(links) == len(at_fields)
    for link in links:
        link.click()
        target = link.get_attribute("href").removeprefix("#")
        assert page.evaluate("document.activeElement.id") == target


def texts(locator):
    return [text.strip() for text in locator.all_text_contents()]
