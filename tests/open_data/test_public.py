"""What everybody reads: frozen figures, no personal data, cacheable, and off means 404."""

import csv
import hashlib
import io
import json
import re
from collections import Counter

import pytest
from django.test import Client
from openpyxl import load_workbook

from apps.effectiveness.models import Closing
from apps.open_data.models import Publication
from apps.open_data.publishing import publish, withdraw
from apps.pokja.models import Pokja
from apps.regions.services import change_region_code, mark_sample_installation
from tests import makers
from tests.open_data.conftest import CONTACT, FILES, PAGE, SECRET


@pytest.fixture
def anybody(db):
    return Client()


def plain(response):
    """A page without the token of its forms, which differs each time."""
    return re.sub(r'"X-CSRFToken": "\w+"', "", response.content.decode())


def table(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


# --- the list --------------------------------------------------------------------------------


def test_the_list_says_so_while_nobody_has_opened_anything(anybody, book):
    page = anybody.get("/publik/").content.decode()
    assert "<h1>Belum ada provinsi yang membuka datanya</h1>" in page


def test_the_list_names_what_is_open(anybody, opened):
    page = anybody.get("/publik/").content.decode()
    assert "<h1>Data terbuka Pokja Bangga Kencana</h1>" in page
    assert f'<a href="{PAGE}">Provinsi Sulawesi Selatan, 2025</a>' in page


def test_the_list_costs_the_same_for_one_and_for_many(
    anybody, opened, regions, koordinator_sulsel, django_assert_num_queries
):
    with django_assert_num_queries(2):  # what is open, sample or not
        anybody.get("/publik/")
    for year in range(2018, 2024):
        older = Closing.objects.get(pk=opened.closing_id)
        older.pk, older.year = None, year
        older.save(force_insert=True)
        publish(older, contact=CONTACT, actor=koordinator_sulsel)
    with django_assert_num_queries(2):
        anybody.get("/publik/")


# --- the page --------------------------------------------------------------------------------


def test_the_page_tells_finding_official_figure_licence_and_contact(anybody, opened):
    page = anybody.get(PAGE).content.decode()
    assert "<h1>1 dari 2 Pokja di Sulawesi Selatan sudah efektif</h1>" in page
    assert "<strong>0 Prov &amp; 1 dari 2 Kab/Kota</strong> efektif." in page
    assert "CC BY 4.0 (Lisensi Creative Commons Atribusi 4.0)" in page
    assert f"<dd>{CONTACT}</dd>" in page
    assert "<strong>dibekukan</strong> pada 12 Maret 2026" in page
    assert "Data contoh" not in page


def test_page_and_files_cost_the_same_whatever_the_book_holds(
    anybody, opened, django_assert_num_queries
):
    # region, publication, rows, later editions, sample or not, years
    with django_assert_num_queries(6):
        anybody.get(PAGE)
    with django_assert_num_queries(4):
        anybody.get(f"{PAGE}data.csv")


def test_later_edits_move_nothing(anybody, opened, world):
    before = {name: anybody.get(PAGE + name).content for name in ("", "data.csv", "wilayah.csv")}
    Pokja.objects.filter(pk=world.makassar.pk).update(
        name="Lain", code="lain", dissolved_on="2020-01-01"
    )
    makers.make_pokja(world.bone.region, "baru", "Baru")
    assert {name: anybody.get(PAGE + name).content for name in before} == before


def test_a_former_code_leads_to_the_present_one(anybody, opened, regions, today):
    change_region_code(regions.sulsel, "79", on=today, basis="Uji")
    response = anybody.get(PAGE)
    assert (response.status_code, response["Location"]) == (302, "/publik/79/2025/")


# --- the files -------------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_pokja(anybody, opened):
    rows = table(anybody.get(f"{PAGE}data.csv"))
    assert rows == [
        {
            "tahun": "2025",
            "kode_wilayah": "73.08",
            "wilayah": "Kabupaten Bone",
            "tingkat": "kabupaten",
            "kode_pokja": "7308-bk",
            "jenis": "bangga_kencana",
            "sk": "terpenuhi",
            "rencana_kerja": "belum_mengisi",
            "indikator": "belum_mengisi",
            "anggaran": "belum_mengisi",
            "jumlah_terpenuhi": "1",
            "efektif": "tidak",
            "skor": "25",
        },
        {
            "tahun": "2025",
            "kode_wilayah": "73.71",
            "wilayah": "Kota Makassar",
            "tingkat": "kota",
            "kode_pokja": "7371-bk",
            "jenis": "bangga_kencana",
            "sk": "terpenuhi",
            "rencana_kerja": "terpenuhi",
            "indikator": "terpenuhi",
            "anggaran": "terpenuhi",
            "jumlah_terpenuhi": "4",
            "efektif": "ya",
            "skor": "100",
        },
    ]


def test_regions_without_a_pokja_stand_in_the_table_of_regions(anybody, opened):
    rows = table(anybody.get(f"{PAGE}wilayah.csv"))
    told = [(row["kode_wilayah"], row["jumlah_pokja"], row["pokja_efektif"]) for row in rows]
    assert told == [("73", "0", "0"), ("73.08", "1", "0"), ("73.71", "1", "1")]
    assert [row["wilayah_efektif"] for row in rows] == ["tidak", "tidak", "ya"]
    assert [row["terpenuhi_sk"] for row in rows] == ["0", "1", "1"]


def test_page_csv_json_and_workbook_tell_the_same(anybody, opened):
    rows = table(anybody.get(f"{PAGE}data.csv"))
    told = json.loads(anybody.get(f"{PAGE}data.json").content)
    sheet = load_workbook(io.BytesIO(anybody.get(f"{PAGE}data.xlsx").content))
    effective = Counter(row["efektif"] for row in rows)
    assert effective == {"ya": 1, "tidak": 1}
    assert [row["efektif"] for row in told["pokja"]] == [False, True]
    assert [cell.value for cell in sheet["Pokja"]["L"]] == ["efektif", "tidak", "ya"]
    assert [row["kode_wilayah"] for row in told["wilayah"]] == ["73", "73.08", "73.71"]
    assert sheet.sheetnames == ["Pokja", "Wilayah", "Keterangan"]


def test_metadata_describe_each_column_and_prove_the_csv(anybody, opened):
    told = json.loads(anybody.get(f"{PAGE}metadata.json").content)
    body = anybody.get(f"{PAGE}data.csv").content
    files = {each["downloadURL"].rpartition("/")[2]: each for each in told["distribution"]}
    assert files["data.csv"]["checksum"]["checksumValue"] == hashlib.sha256(body).hexdigest()
    header = body.decode("utf-8-sig").splitlines()[0].split(",")
    assert [column["name"] for column in told["columns"]["data.csv"]] == header
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/deed.id"
    assert told["publisher"] == {"name": "Perwakilan BKKBN Provinsi Sulawesi Selatan"}
    assert told["issued"] == "2026-03-12T11:00:00+08:00"
    assert told["temporal"] == {"startDate": "2025-01-01", "endDate": "2025-12-31"}
    assert told["spatial"] == {"code": "73", "name": "Provinsi Sulawesi Selatan"}
    assert told["landingPage"] == f"http://testserver{PAGE}"
    assert "keterangan" not in told


def test_the_licence_is_a_setting(anybody, opened, settings):
    settings.OPEN_DATA_LICENCE, settings.OPEN_DATA_LICENCE_URL = "Uji 1.0", "https://contoh.id/uji"
    assert '<a href="https://contoh.id/uji" rel="license noreferrer">Uji 1.0</a>' in (
        anybody.get(PAGE).content.decode()
    )
    told = json.loads(anybody.get(f"{PAGE}metadata.json").content)
    assert (told["license_title"], told["license"]) == ("Uji 1.0", "https://contoh.id/uji")


@pytest.mark.parametrize("path", ["", *FILES])
def test_nothing_personal_goes_out(path, anybody, opened, world, koordinator_sulsel, operator_bone):
    body = anybody.get(PAGE + path).content
    if path == "data.xlsx":
        sheets = load_workbook(io.BytesIO(body)).worksheets
        body = " ".join(str(cell.value) for page in sheets for row in page for cell in row).encode()
    planted = (
        SECRET,
        "Pokja Bone",
        "188.45/",
        "Rapat tertutup",
        "Catatan dalam",
        "Dokumen.pdf",
        "Nama Contoh",
        koordinator_sulsel.full_name,
        operator_bone.full_name,
    )
    assert [word for word in planted if word.encode() in body] == []


def test_sample_figures_are_marked_in_page_csv_workbook_and_metadata(anybody, opened):
    mark_sample_installation()
    assert "Data contoh, bukan angka resmi." in anybody.get(PAGE).content.decode()
    rows = table(anybody.get(f"{PAGE}data.csv")) + table(anybody.get(f"{PAGE}wilayah.csv"))
    assert {row["keterangan"] for row in rows} == {"data contoh"}
    told = json.loads(anybody.get(f"{PAGE}metadata.json").content)
    assert told["keterangan"] == "data contoh: bukan angka resmi"
    assert told["title"].endswith("(data contoh)")
    assert "keterangan" in [column["name"] for column in told["columns"]["data.csv"]]
    sheet = load_workbook(io.BytesIO(anybody.get(f"{PAGE}data.xlsx").content))["Wilayah"]
    assert sheet.cell(2, sheet.max_column).value == "data contoh"


# --- caches ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/publik/", PAGE, *(PAGE + name for name in FILES)])
def test_answers_may_be_kept_and_set_no_cookie(path, anybody, opened):
    first = anybody.get(path)
    assert first["Cache-Control"] == "public, max-age=300"
    assert not first.cookies
    again = anybody.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert anybody.head(path).status_code == 200
    assert anybody.post(path).status_code == 405


def test_a_signed_in_person_reads_the_same_page(anybody, client_of, koordinator_sulsel, opened):
    assert client_of(koordinator_sulsel).get(PAGE).content == anybody.get(PAGE).content


def test_data_may_be_read_by_programs_of_other_sites(anybody, opened):
    response = anybody.get(f"{PAGE}data.json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Last-Modified"] == "Thu, 12 Mar 2026 03:00:00 GMT"


# --- off and bad input -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", *FILES])
def test_what_is_not_open_answers_like_what_is_not_there(path, anybody, book):
    closed = anybody.get(PAGE + path)
    unknown = anybody.get(f"/publik/99/2025/{path}")
    assert (closed.status_code, unknown.status_code) == (404, 404)
    assert plain(closed) == plain(unknown).replace("/publik/99/", "/publik/73/")
    assert closed.headers.keys() == unknown.headers.keys()


def test_what_was_withdrawn_is_gone_at_once(anybody, opened, koordinator_sulsel):
    tag = anybody.get(PAGE)["ETag"]
    withdraw(opened, reason="Keliru", actor=koordinator_sulsel)
    gone = [anybody.get(PAGE + path).status_code for path in ("", *FILES)]
    assert gone == [404] * 6
    assert anybody.get(PAGE, headers={"if-none-match": tag}).status_code == 404
    assert PAGE not in anybody.get("/publik/").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/publik/73/2024/",
        "/publik/73/0000/",
        "/publik/73/99999/",
        "/publik/73.08/2025/",
        "/publik/73/٢٠٢٥/",
        "/publik/63/2025/",
        "/publik/xx/2025/",
        "/publik/73/2025/data.exe",
        "/publik/73/2025/data.csv/",
        "/publik/73/",
    ],
)
def test_unknown_addresses_answer_404(path, anybody, opened):
    assert anybody.get(path).status_code == 404


def test_parameters_change_nothing(anybody, opened):
    many = "&".join(f"x{number}=%00%27" for number in range(900))
    plain = anybody.get(f"{PAGE}data.csv").content
    assert anybody.get(f"{PAGE}data.csv?{many}").content == plain


def test_a_book_without_any_pokja_can_be_opened(anybody, opened):
    Publication.objects.update(editions={})
    page = anybody.get(PAGE)
    assert "Belum ada Pokja di Sulawesi Selatan pada tahun 2025" in page.content.decode()
    assert table(anybody.get(f"{PAGE}data.csv")) == []
    assert len(table(anybody.get(f"{PAGE}wilayah.csv"))) == 3
