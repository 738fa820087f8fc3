"""What the papers say, in which order and on how many pages; the same facts are the same file."""

import io

import pikepdf
import pytest

from apps.dashboard.queries import district_figures
from apps.effectiveness.formula import MET
from apps.papers.models import IssuedPaper, Letterhead, Signer
from apps.papers.registry import has_changed
from apps.report_cards.reading import book_of, rapor_of
from apps.verification.models import Evidence

pytestmark = pytest.mark.django_db


def raw(client_of, user, path):
    return client_of(user).get(f"/rapor/{path}").content


def sizes(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages}


def test_a_region_stands_on_one_page_with_all_that_the_screen_says(scene, cast, client_of, paper):
    pages = paper(cast["operator_makassar"], "73.71/2026/rapor.pdf")
    page = client_of(cast["operator_makassar"]).get("/rapor/73.71/2026/").content.decode()
    assert len(pages) == 1
    for told in (
        "1 dari 2 Pokja di Kota Makassar sudah efektif",
        "0 belum, 1 menunggu",
        "Pokja 73.71-gdpk",
        "12 Maret 2026",
        "Efektif. Wilayah dihitung efektif bila: paling sedikit satu Pokja efektif.",
        "Rp\u00a040.000.000",
    ):
        assert told.replace("\u00a0", " ") in pages[0].replace("\u00a0", " "), told
        assert told in page, told
    assert "RAPOR EFEKTIVITAS POKJA BANGGA KENCANA KOTA MAKASSAR" in pages[0]
    assert "Belum seluruhnya diverifikasi: 1 kriteria menunggu." in pages[0]
    assert "Halaman 1 dari 1" in pages[0]


def test_a_province_tells_the_nearest_regions_and_the_fewest_steps(scene, cast, paper):
    text = " ".join(paper(cast["verifikator_sulsel"], "73/2026/rapor.pdf"))
    for told in (
        "1 dari 4 Pokja di Sulawesi Selatan sudah efektif",
        "0 Prov & 1 dari 2 Kab/Kota efektif. Target tahun 2026 belum ditetapkan.",
        "Tingkat provinsi",
        "Kekurangan tersering dan cara memperbaiki",
        "4 langkah lagi agar Provinsi Sulawesi Selatan efektif",
        "Bone 1 langkah anggaran",
        "Perkembangan 5 tahun",
    ):
        assert told in text, told


def test_the_book_holds_the_province_and_each_region_behind_its_contents(scene, cast, paper):
    pages = paper(cast["koordinator_sulsel"], "73/2026/buku.pdf")
    assert "BUKU RAPOR EFEKTIVITAS POKJA BANGGA KENCANA PROVINSI SULAWESI SELATAN" in pages[0]
    contents = [each for each in ("Kabupaten Bone", "Kota Makassar") if each in pages[0]]
    assert contents == ["Kabupaten Bone", "Kota Makassar"]
    assert ["KABUPATEN BONE" in pages[-2], "KOTA MAKASSAR" in pages[-1]] == [True, True]
    assert f"Halaman {len(pages)} dari {len(pages)}" in pages[-1]


def test_the_contents_name_the_page_on_which_a_region_stands(scene, cast, client_of):
    content = raw(client_of, cast["koordinator_sulsel"], "73/2026/buku.pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        with pdf.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
        links = [note for note in pdf.pages[0].Annots if note.Subtype == "/Link"]
    assert titles == ["Provinsi Sulawesi Selatan", "Kabupaten Bone", "Kota Makassar"]
    assert len(links) >= len(titles)


def test_a_sheet_of_the_book_is_that_of_the_region_alone(scene, regions):
    book = book_of(regions.sulsel, 2026)
    alone = [rapor_of(each, 2026).sheets[0] for each in (regions.sulsel, regions.bone)]
    assert book.sheets[:2] == alone


def test_the_paper_is_a4_and_on_wish_f4(scene, cast, client_of):
    def of(query):
        return sizes(raw(client_of, cast["pusat"], f"73/2026/rapor.pdf{query}"))

    assert [of(""), of("?kertas=f4"), of("?kertas=a3")] == [
        {(595, 842)},
        {(609, 935)},
        {(595, 842)},
    ]


@pytest.mark.parametrize("path", ["73.71/2026/rapor.pdf", "73/2026/rapor.pdf", "73/2026/buku.pdf"])
def test_the_same_facts_have_one_code_and_the_same_bytes(
    scene, cast, client_of, time_machine, path
):
    first = raw(client_of, cast["koordinator_sulsel"], path)
    time_machine.move_to("2026-03-12T09:00:00Z", tick=False)
    assert raw(client_of, cast["pusat"], path) == first
    assert IssuedPaper.objects.count() == 1


def test_the_register_tells_when_the_data_have_changed_but_not_when_a_day_passed(
    scene, cast, client_of, time_machine
):
    for path in ("73.71/2026/rapor.pdf", "73/2026/rapor.pdf", "73/2026/buku.pdf"):
        raw(client_of, cast["koordinator_sulsel"], path)
    raw(client_of, cast["operator_bone"], "73/2026/rapor.pdf")
    papers = list(IssuedPaper.objects.all())
    time_machine.move_to("2026-03-13T03:00:00Z", tick=False)
    assert [has_changed(each) for each in papers] == [False] * 4
    waiting = Evidence.objects.get(status="submitted")
    Evidence.objects.filter(pk=waiting.pk).update(status="verified", revision=2)
    assert [has_changed(each) for each in papers] == [True] * 4


def test_the_code_tells_the_public_a_status_and_no_name(scene, cast, client_of):
    raw(client_of, cast["koordinator_sulsel"], "73.71/2026/rapor.pdf")
    issued = IssuedPaper.objects.get()
    assert issued.title == "Rapor Kota Makassar, 2026"
    assert issued.told["status"] == (
        "1 dari 2 Pokja di Kota Makassar sudah efektif. Status daerah: efektif."
    )


def test_letterhead_and_signer_of_the_province_are_printed(scene, regions, cast, paper):
    Letterhead.objects.create(
        province=regions.sulsel,
        valid_from="2020-01-01",
        institution="INSTANSI\nPERWAKILAN CONTOH",
        place="Makassar",
    )
    Signer.objects.create(province=regions.sulsel, position="Kepala", name="Nama Contoh")
    for path in ("73.71/2026/rapor.pdf", "73/2026/buku.pdf"):
        text = " ".join(paper(cast["koordinator_sulsel"], path))
        assert (text.count("PERWAKILAN CONTOH"), text.count("Nama Contoh")) == (1, 1)
        assert "Makassar, 12 Maret 2026" in text


def test_the_name_of_the_file_names_region_year_day_and_paper(scene, cast, client_of):
    client = client_of(cast["koordinator_sulsel"])

    def name(path):
        return client.get(f"/rapor/{path}")["Content-Disposition"]

    assert [
        name("73.08/2026/rapor.pdf"),
        name("73/2026/rapor.pdf?per=2026-02-01&kertas=f4"),
        name("73/2026/buku.pdf"),
    ] == [
        'inline; filename="Rapor_Kab-Bone_2026.pdf"',
        'inline; filename="Rapor_Provinsi-Sulawesi-Selatan_2026_per-2026-02-01_F4.pdf"',
        'inline; filename="Buku-Rapor_Provinsi-Sulawesi-Selatan_2026.pdf"',
    ]


def test_what_was_not_known_on_a_past_day_is_not_told(scene, cast, paper):
    (text,) = paper(cast["operator_bone"], "73.08/2026/rapor.pdf?per=2026-01-01")
    assert "1 Januari 2026, yang diketahui pada akhir hari itu" in text
    assert "Belum ada isian tahun 2026 dari Kabupaten Bone" in text


def test_figures_are_those_of_the_dashboard(scene, regions):
    sheet = rapor_of(regions.makassar, 2026).sheets[0]
    figures = district_figures(regions.makassar, 2026)
    assert [cell["met"] for cell in sheet["kpi"]] == [
        figures.total.effective,
        *figures.total.met.values(),
    ]
    assert sum(item.results["sk"].status == MET for item in figures.items) == sheet["kpi"][1]["met"]
