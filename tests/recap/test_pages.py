"""The page of the recap and its files: who gets them, their names, what is recorded."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from apps.audit.models import Entry
from apps.papers.models import IssuedPaper
from apps.papers.registry import has_changed
from apps.verification.enums import Status
from tests.dashboard.conftest import ALL

pytestmark = pytest.mark.django_db
QUERIES = 132  # nothing is stored here: five years are assessed
PAGE, XLSX, PDF = "/rekap/73/2026/", "/rekap/73/2026/rekap.xlsx", "/rekap/73/2026/rekap.pdf"


@pytest.fixture
def client(scene, client_of, koordinator_sulsel):
    return client_of(koordinator_sulsel)


def text_of(content: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in PdfDocument(content))


def test_the_page_tells_the_finding_the_sheets_and_the_time(client):
    html = client.get(PAGE).content.decode()
    assert "<h1>1 dari 4 Pokja di Sulawesi Selatan sudah efektif</h1>" in html
    assert "Keadaan per 12 Maret 2026 pukul 11.00 WITA" in html
    assert "Unduh Excel (sekitar" in html
    assert "Unduh PDF" in html
    for name in ("1 Ringkasan", "2 Kab-Kota", "7 Keterangan"):
        assert name in html


def test_the_own_province_is_chosen_and_the_form_leads_on(client, client_of, pusat):
    assert client.get("/rekap/").url == PAGE
    assert client.get("/rekap/?provinsi=73&tahun=2025&jenis=gdpk").url == (
        "/rekap/73/2025/?jenis=gdpk"
    )
    assert client.get("/rekap/?provinsi=73&tahun=dua").url == PAGE
    chooser = client_of(pusat).get("/rekap/")
    assert chooser.status_code == 200
    assert "Kalimantan Selatan" in chooser.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/rekap/63/2026/",
        "/rekap/63/2026/rekap.xlsx",
        "/rekap/63/2026/rekap.pdf",
        "/rekap/99/2026/",
        "/rekap/73.08/2026/",
        "/rekap/nasional/2026/",
        "/rekap/73/1999/",
        "/rekap/73/2099/rekap.xlsx",
        "/rekap/?provinsi=63",
        "/rekap/?provinsi=%00",
    ],
)
def test_foreign_and_unknown_ones_are_not_found(client, address):
    assert client.get(address).status_code == 404


def test_officers_and_observers_have_no_recap(
    scene, client_of, operator_makassar, operator_sulsel, pengamat_makassar
):
    for person in (operator_makassar, operator_sulsel, pengamat_makassar):
        for address in ("/rekap/", PAGE, XLSX, PDF):
            assert client_of(person).get(address).status_code == 403


def test_the_workbook_has_its_name_and_leaves_a_trace(client, koordinator_sulsel, regions):
    answer = client.get(XLSX)
    assert answer["Content-Disposition"] == (
        'attachment; filename="Rekap-Pokja_Sulawesi-Selatan_2026_2026-03-12.xlsx"'
    )
    assert answer["Cache-Control"] == "private, no-store"
    assert load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "Ringkasan"
    entry = Entry.objects.get(action="Mengunduh rekap")
    assert (entry.actor, entry.region, entry.role) == (
        koordinator_sulsel,
        regions.sulsel,
        "coordinator",
    )
    assert entry.after["bentuk"] == "xlsx"
    assert entry.after["tahun"] == 2026


def test_the_paper_has_sheets_1_2_and_4_and_its_code(client):
    answer = client.get(PDF)
    text = text_of(answer.content)
    paper = IssuedPaper.objects.get()
    assert "REKAPITULASI POKJA BANGGA KENCANA" in text
    assert "1 dari 4 Pokja di Sulawesi Selatan sudah efektif" in text
    assert "Kekurangan tiap Pokja" in text
    assert "Anggaran operasional Pokja" not in text
    assert f"{paper.code[:4]}-{paper.code[4:]}" in text
    assert paper.told["status"] == "1 dari 4 Pokja di Sulawesi Selatan sudah efektif"
    width, height = PdfDocument(answer.content)[0].get_size()
    assert (round(width), round(height)) == (842, 595)


def test_the_paper_on_f4(client):
    width, height = PdfDocument(client.get(f"{PDF}?kertas=f4").content)[0].get_size()
    assert (round(width), round(height)) == (935, 609)


def test_the_same_facts_are_the_same_file_and_other_facts_another_code(client, scene, give):
    first = client.get(PDF).content
    assert client.get(PDF).content == first
    issued = IssuedPaper.objects.get()
    assert not has_changed(issued)
    give(scene["sulsel"], *ALL)
    assert has_changed(issued)
    client.get(PDF)
    assert IssuedPaper.objects.count() == 2


def test_a_past_day_and_a_kind_are_kept(client):
    html = client.get(f"{PAGE}?per=2026-03-01&jenis=gdpk").content.decode()
    assert "rekap.xlsx?jenis=gdpk&amp;per=2026-03-01" in html
    told = client.get(f"{PDF}?per=2026-03-01&jenis=gdpk")
    assert "_gdpk_2026_" in told["Content-Disposition"]
    assert IssuedPaper.objects.get().per == date(2026, 3, 1)


def test_an_unknown_kind_or_day_is_told_and_not_used(client):
    html = client.get(f"{PAGE}?jenis=apa&per=kemarin").content.decode()
    assert "“apa” tidak dikenal" in html
    assert "rekap.xlsx?" not in html.replace("rekap.xlsx?kertas=f4", "")


def test_a_year_without_data_says_so(
    today, rubric, regions, make_pokja, client_of, koordinator_sulsel
):
    make_pokja(regions.bone, "gdpk")
    client = client_of(koordinator_sulsel)
    assert "Rekap tahun 2026 masih kosong" in client.get(PAGE).content.decode()
    assert client.get(XLSX).status_code == 200
    assert client.get(PDF).status_code == 200


def test_a_gap_is_told_as_the_pages_tell_it(client, scene, give):
    give(scene["sulsel"], "sk", until=date(2025, 12, 31))
    give(scene["sulsel"], "rencana_kerja", status=Status.RETURNED)
    page = load_workbook(io.BytesIO(client.get(XLSX).content))["Kekurangan"]
    rows = {(row[1], row[2]): row[3:5] for row in page.iter_rows(min_row=6, values_only=True)}
    name = scene["sulsel"].name
    assert rows[name, "SK penetapan"] == (
        "SK berlaku sampai 31 Desember 2025",
        "Terbitkan SK baru atau perpanjangan yang berlaku pada 2026",
    )
    assert rows[name, "Rencana kerja"][0] == "Rencana kerja dikembalikan"
    assert rows[name, "Indikator"][0] == "Indikator belum dipilih"
    assert rows[scene["waiting"].name, "Anggaran"] == (
        "Anggaran menunggu verifikasi",
        "Tunggu keputusan verifikator",
    )


def test_a_draft_is_nobody_elses_business(client, scene, give):
    give(scene["sulsel"], "sk", status=Status.DRAFT)
    page = load_workbook(io.BytesIO(client.get(XLSX).content))["Kekurangan"]
    facts = [str(row[3]) for row in page.iter_rows(min_row=6, values_only=True)]
    assert "SK penetapan belum ada" in facts
    assert not any("draf" in fact for fact in facts)


def test_queries_do_not_grow_with_the_pokja(
    client, regions, make_pokja, give, django_assert_num_queries
):
    client.get(PAGE)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)
    for kind in ("gdpk", "stunting", "advokasi", "pjpk"):
        give(make_pokja(regions.bone, kind), *ALL)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)
