"""Provinces of any size: one kabupaten, thirty-eight, and none that has sent anything."""

import gzip

import pytest

from tests.dashboard.conftest import ALL

pytestmark = pytest.mark.django_db
PATHS = [
    "/dasbor/94/2026/",
    "/dasbor/94/2026/tabel/",
    "/dasbor/94/2026/tabel.csv",
    "/dasbor/94/2026/tabel.xlsx",
    "/dasbor/94/2026/kematangan/",
    "/dasbor/94/2026/saji/",
    "/dasbor/94/2026/?jenis=gdpk&kriteria=sk&sebaya=kota&urut=perubahan&belum=1",
    "/rapor/94/2026/",
    "/rapor/94/2026/rapor.pdf",
    "/rapor/94/2026/buku.pdf",
    "/rekap/94/2026/",
    "/rekap/94/2026/rekap.xlsx",
    "/rekap/94/2026/rekap.pdf?kertas=f4",
    "/tren/?d=94",
    "/bandingkan/?d=94&d=nasional",
]
LATER_PAGE = 30 * 1024  # bytes, compressed


@pytest.fixture
def province(today, rubric, make_region, make_pokja, give):
    """province(many, sent): a province with so many kab/kota, of which so many are effective."""

    def make(many, sent):
        found = make_region("94", "Papua Contoh")
        for number in range(1, many + 1):
            name = f"Kabupaten Contoh {number}"
            place = make_region(f"94.{number:02}", name, found)
            if number <= sent:
                give(make_pokja(place, "gdpk"), *ALL)

    return make


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("many", "sent"), [(1, 1), (1, 0), (38, 38), (38, 0)])
def test_every_output_answers(province, client_of, pusat, many, sent, path):
    province(many, sent)
    response = client_of(pusat).get(path)
    assert response.status_code == 200
    if response["Content-Type"].startswith("text/html"):
        assert len(gzip.compress(response.content)) <= LATER_PAGE


@pytest.mark.parametrize(
    ("many", "sent", "told"),
    [
        (1, 1, "Satu-satunya Pokja di Papua Contoh sudah efektif"),
        (38, 38, "Semua 38 Pokja di Papua Contoh sudah efektif"),
        (1, 0, "Belum ada isian tahun 2026 dari 1 kabupaten/kota"),
        (38, 0, "Belum ada isian tahun 2026 dari 38 kabupaten/kota"),
    ],
)
def test_the_heading_fits_the_size(province, client_of, pusat, many, sent, told):
    province(many, sent)
    assert told in client_of(pusat).get("/dasbor/94/2026/").content.decode()
