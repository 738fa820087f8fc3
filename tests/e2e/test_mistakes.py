"""Every form sent with mistakes: said at the top and at the field, in words, and reachable."""

import pytest

from tests.e2e.mistakes import assert_mistakes_are_told, assert_told_at_the_field

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
    "impor": ("operator.bone", "/impor/anggaran/", {}, "Lihat pratinjau"),
    "perubahan-wilayah": ("pusat", "/wilayah/perubahan/mulai/", {}, "Simpan dan lanjutkan"),
}
# Said of the form as a whole: no field alone is wrong.
OF_THE_WHOLE = {"masuk": ["Nama pengguna atau kata sandi tidak cocok"]}


@pytest.mark.parametrize("name", FORMS)
def test_mistakes_are_told_twice_and_kept(visitor_of, axe_seen, name):
    person, path, typed, button = FORMS[name]
    visitor = visitor_of(person)
    visitor.open(path)
    whole = OF_THE_WHOLE.get(name, [])
    assert_mistakes_are_told(visitor, axe_seen, name, button, typed=typed, of_the_whole=whole)


def test_a_second_mistake_is_told_at_the_top_again(visitor_of):
    """Also after a link of the summary left its field in the address."""
    visitor = visitor_of("operator.bone")
    visitor.open("/pokja/tambah/")
    button = visitor.page.locator("main").get_by_role("button", name="Simpan").first
    for _press in range(2):
        with visitor.page.expect_navigation():
            button.click()
        assert_told_at_the_field(visitor.page, [])
        visitor.page.locator(".errsum li a").first.click()
        assert "#" in visitor.page.url
