"""Import on the portal's own pages: templates, the preview, all or nothing, one's own rows."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from apps.audit.models import Entry
from apps.budgets.models import BudgetLine
from apps.core.tabular import Sheet
from apps.exchange import blank
from apps.exchange.guide import CHOICES, OWN, WORDS, words_for
from apps.exchange.registry import PURPOSES
from apps.exchange.services import import_file, importer_for
from apps.pokja.codes import parse_fund_source
from apps.pokja.models import Pokja
from apps.verification.models import Evidence
from tests.exchange.conftest import BUDGET, write_csv, write_xlsx
from tests.makers import make_pokja

pytestmark = pytest.mark.django_db
SIGNED = re.compile(r'name="berkas" value="([^"]+)"')


@pytest.fixture(autouse=True)
def _stored(pokja, catalogue, today):
    pass


@pytest.fixture
def officer(client_of, operator_makassar):
    return client_of(operator_makassar)


def send(client, rows, tmp_path, kind="anggaran", write=write_xlsx, **fields):
    path = write(tmp_path / "kiriman", rows)
    return send_bytes(client, path.read_bytes(), kind, **fields)


def send_bytes(client, data, kind="anggaran", **fields):
    file = SimpleUploadedFile("berkas.xlsx", data)
    return client.post(f"/impor/{kind}/", {"file": file, "status": "draf"} | fields)


def confirm(client, preview, kind="anggaran", **fields):
    signed = SIGNED.search(preview.content.decode())[1]
    return client.post(f"/impor/{kind}/", {"berkas": signed, "simpan": "1"} | fields, follow=True)


# --- the round -------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_what_is_seen_is_what_is_saved(officer, operator_makassar, tmp_path, write):
    preview = send(officer, [BUDGET], tmp_path, write=write)
    assert "Pratinjau: 1 baru, 0 berubah, 0 tetap" in preview.text
    assert not Evidence.objects.exists()
    answer = confirm(officer, preview, status="draf")
    assert "Impor selesai. 1 baris: 1 ditambah, 0 diubah, 0 tetap." in answer.text
    assert BudgetLine.objects.get().ceiling == 125_000_000
    assert Evidence.objects.get().created_by == operator_makassar


def test_the_state_that_was_chosen_is_the_one_it_arrives_in(officer, tmp_path):
    preview = send(officer, [BUDGET], tmp_path, status="diajukan")
    assert "langsung diajukan untuk diverifikasi" in preview.text
    confirm(officer, preview, status="diajukan")
    assert Evidence.objects.get().status == "submitted"


def test_the_same_file_again_changes_nothing(officer, tmp_path):
    confirm(officer, send(officer, [BUDGET], tmp_path), status="draf")
    again = send(officer, [BUDGET], tmp_path)
    assert "Semua baris sudah sama, tidak ada yang berubah" in again.text
    assert "Simpan semua" not in again.text


def test_a_preview_is_saved_once(officer, tmp_path):
    preview = send(officer, [BUDGET], tmp_path)
    confirm(officer, preview, status="draf")
    assert "Pratinjau ini sudah tidak ada" in confirm(officer, preview, status="draf").text
    assert Evidence.objects.count() == 1


# --- refused ---------------------------------------------------------------------------------


def test_one_bad_cell_keeps_everything_out_and_comes_back_marked(officer, tmp_path):
    answer = send(officer, [BUDGET, BUDGET | {"tahap": "perubahan", "pagu_pokja": "x"}], tmp_path)
    assert answer.status_code == 200
    assert "<title>Galat: " in answer.text
    assert "baris 3, kolom pagu_pokja: Isi nilai dengan angka" in answer.text
    assert not Evidence.objects.exists()
    address = re.search(r'href="(/impor/anggaran/laporan\.xlsx\?berkas=[^"]+)"', answer.text)[1]
    sheet = load_workbook(io.BytesIO(officer.get(address).content)).active
    assert "angka" in sheet["E3"].comment.text
    assert sheet["E2"].comment is None


def test_many_faults_are_counted(officer, tmp_path):
    rows = [BUDGET | {"tahun": 2000 + at, "pagu_pokja": "x"} for at in range(30)]
    answer = send(officer, rows, tmp_path)
    assert "10 kesalahan lain ditandai dalam laporan" in answer.text


def test_what_came_up_since_the_preview_saves_nothing(officer, tmp_path):
    preview = send(officer, [BUDGET], tmp_path)
    Pokja.objects.filter(code="MKS-BK").update(code="LAIN")
    answer = confirm(officer, preview, status="draf")
    assert "Pokja MKS-BK tidak ada di wilayah Anda" in answer.text
    assert "<title>Galat: " in answer.text
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n", "bukan lembar kerja"),
        (b"PK\x03\x04rusak", "XLSX"),
        (b"\xff\xfe\x00", "Berkas"),
    ],
)
def test_what_is_no_table_is_told_and_not_kept(officer, data, words, settings):
    answer = send_bytes(officer, data)
    assert answer.status_code == 200
    assert words in answer.text
    assert "Unduh laporan" not in answer.text


def test_a_form_without_a_file_says_so(officer):
    answer = officer.post("/impor/anggaran/", {"status": "draf"})
    assert "Pilih berkas" in answer.text


def test_an_officer_cannot_bring_in_verified(officer, tmp_path):
    assert "Pilih keadaan" in send(officer, [BUDGET], tmp_path, status="terverifikasi").text
    preview = send(officer, [BUDGET], tmp_path)
    confirm(officer, preview, status="terverifikasi")  # a field changed by hand
    assert not Evidence.objects.exists()


def test_another_persons_preview_is_worthless(
    officer, client_of, operator_bone, verifikator_sulsel, tmp_path
):
    preview = send(officer, [BUDGET], tmp_path)
    for other in (operator_bone, verifikator_sulsel):
        answer = confirm(client_of(other), preview, status="draf")
        assert "Pratinjau ini sudah tidak ada" in answer.text
    assert not Evidence.objects.exists()


def test_rows_of_other_regions_are_refused(client_of, operator_bone, tmp_path):
    answer = send(client_of(operator_bone), [BUDGET], tmp_path)
    assert "Pokja MKS-BK tidak ada di wilayah Anda" in answer.text
    assert not Evidence.objects.exists()


def test_unknown_kinds_and_those_of_the_administration_are_not_there(client_of, admin):
    client = client_of(admin)
    for kind in ("apa", "libur", "alasan"):
        assert client.get(f"/impor/{kind}/").status_code == 404
        assert client.get(f"/impor/{kind}/templat.xlsx").status_code == 404


def test_a_report_that_is_gone_leads_back(officer):
    answer = officer.get("/impor/anggaran/laporan.xlsx?berkas=salah")
    assert answer["Location"] == "/impor/anggaran/"


# --- templates and data ----------------------------------------------------------------------


def test_the_template_offers_the_persons_own(officer, regions):
    make_pokja(regions.bone, code="BONE-1")
    book = load_workbook(io.BytesIO(officer.get("/impor/anggaran/templat.xlsx").content))
    assert [cell.value for cell in book["pokja"]["A"]] == ["kode_pokja", "MKS-BK"]
    page = book["anggaran"]
    assert page.protection.sheet
    assert page["A1"].protection.locked
    assert not page.column_dimensions["A"].protection.locked
    assert page.column_dimensions["A"].number_format == "@"
    offered = {str(each.sqref): each.formula1 for each in page.data_validations.dataValidation}
    assert offered["A2:A2001"] == "pokja!$A$2:$A$2"
    assert offered["C2:C2001"] == '"murni,pergeseran,perubahan"'


@pytest.mark.parametrize("kind", PURPOSES)
def test_the_empty_template_is_a_file_of_its_kind(kind, admin):
    content = blank.template(kind, admin)
    report = import_file(kind, io.BytesIO(content), actor=admin, dry_run=True)
    assert [str(error) for error in report.errors] == ["Berkas tidak memuat satu baris data pun"]
    assert report.warnings == []


@pytest.mark.parametrize("kind", PURPOSES)
def test_every_column_is_explained(kind, admin):
    importer = importer_for(kind, actor=admin)
    told = {name for name in importer.column_names() if len(words_for(importer, name)) > 3}
    assert told == set(importer.column_names())


def test_no_explanation_is_left_over(admin):
    every = {(kind, name) for kind in PURPOSES for name in importer_for(kind).column_names()}
    assert set(OWN) <= every
    assert set(WORDS) <= {name for _, name in every}


@pytest.mark.parametrize("kind", PURPOSES)
def test_every_word_to_choose_is_understood(kind, admin, regions):
    importer = importer_for(kind, actor=admin)
    importer.prepare(Sheet(kind, []))
    for column in importer.columns:
        for word in CHOICES.get(column.name, ()):
            if column.name == "sumber_dana":
                assert parse_fund_source(word, regions.makassar) == word
            else:
                assert column.read(word)


def test_a_template_costs_the_same_for_many(django_assert_num_queries, operator_makassar, regions):
    operator_makassar.scope.label  # noqa: B018 - read once for a request
    with django_assert_num_queries(3):
        blank.template("rencana-kerja", operator_makassar)
    for number in range(5):
        make_pokja(regions.makassar, code=f"MKS-{number}")
    with django_assert_num_queries(3):
        blank.template("rencana-kerja", operator_makassar)


def test_ones_own_rows_go_out_and_come_in_unchanged(officer, tmp_path, regions):
    make_pokja(regions.bone, code="BONE-1")
    confirm(officer, send(officer, [BUDGET], tmp_path), status="draf")
    for form in ("xlsx", "csv"):
        answer = officer.get(f"/impor/anggaran/data.{form}")
        assert answer.streaming  # a file on the disk: memory does not grow with the rows
        content = answer.getvalue()
        assert "tidak ada yang berubah" in send_bytes(officer, content).text
    own = officer.get("/impor/pokja/data.csv").getvalue().decode()
    assert "MKS-BK" in own
    assert "BONE-1" not in own
    assert Entry.objects.filter(action="Mengunduh data sebagai berkas").count() == 3
