"""A workbook that was edited offline warns when its record changed meanwhile (spec section 7)."""

import io

import pytest
from openpyxl import load_workbook

from apps.core.tabular import MEMORY_SHEET, read_sheet
from apps.exchange import memory
from apps.exchange.services import export_file, import_file, marked_file
from tests.exchange.conftest import BUDGET, INDICATOR, PLAN, POKJA, SK

PROFILE = {"kode_wilayah": "73.71", "tahun": "2026", "desa": "1", "kelurahan": "153"}
TARGET = {"kode_wilayah": "73.71", "tahun": "2026", "kode_indikator": "tfr", "target": "2,2"}
# Kind, a row, what somebody else changes, what the file's owner changes offline.
KINDS = [
    ("pokja", POKJA, {"nama": "Pokja Kota"}, {"dibentuk": "2021-05-05"}),
    ("sk", SK, {"tentang": "Pokja Kota"}, {"penanda_tangan_nama": "Andi"}),
    ("rencana-kerja", PLAN, {"kegiatan": "Rapat besar"}, {"lokasi": "Aula"}),
    ("indikator", INDICATOR, {"target": "2,0"}, {"sumber_data": "SIGA"}),
    ("anggaran", BUDGET, {"pagu_pokja": "Rp 90.000.000"}, {"halaman": 7}),
    ("profil", PROFILE, {"kelurahan": "150"}, {"pkb": 12}),
    ("target", TARGET, {"target": "2,1"}, {"target": 2.3}),
]
WARNING = f"Peringatan: baris 2: {memory.MEANWHILE}"


@pytest.fixture(autouse=True)
def _stored(pokja, catalogue, today):
    pass


@pytest.fixture
def download(tmp_path):
    """download(kind, user, **edits): the workbook as somebody leaves it who changes row 2."""

    def make(kind, user, **edits):
        book = load_workbook(export_file(kind, user))
        page = book[kind]
        names = [cell.value for cell in page[1]]
        for name, value in edits.items():
            page.cell(2, names.index(name) + 1).value = value
        path = tmp_path / f"{kind}-luring.xlsx"
        book.save(path)
        return path

    return make


@pytest.mark.parametrize(("kind", "row", "theirs", "own"), KINDS)
def test_a_record_changed_meanwhile_is_told_and_imported(
    impor, download, operator_makassar, koordinator_sulsel, kind, row, theirs, own
):
    impor(kind, [row])
    person = koordinator_sulsel if kind == "target" else operator_makassar
    path = download(kind, person, **own)
    assert impor(kind, [row | theirs]).saved
    for options in (["--uji"], ["--oleh", person.username, "--uji"], []):
        told = impor(kind, path, *options)
        assert told.saved
        assert told.err == [WARNING], options
    assert impor(kind, path).err == []  # the same file twice changes nothing


@pytest.mark.parametrize(("kind", "row", "theirs", "own"), KINDS)
def test_what_nobody_else_changed_is_no_matter(
    impor, download, operator_makassar, koordinator_sulsel, kind, row, theirs, own
):
    impor(kind, [row])
    path = download(kind, koordinator_sulsel if kind == "target" else operator_makassar, **own)
    told = impor(kind, path)
    assert told.err == []
    assert told.out[0].endswith("0 ditambah, 1 diubah, 0 tetap") or kind == "pokja"


def test_only_rows_whose_record_changed_are_named(impor, download, operator_makassar):
    rows = [PLAN | {"no": str(at), "kegiatan": f"Rapat {at}"} for at in (1, 2, 3)]
    impor("rencana-kerja", rows)
    path = download("rencana-kerja", operator_makassar, lokasi="Aula")
    impor("rencana-kerja", [rows[2] | {"kegiatan": "Rapat besar"}])
    assert impor("rencana-kerja", path).err == [WARNING.replace("baris 2", "baris 4")]


def test_the_page_warns_before_anything_is_saved(client_of, operator_makassar, impor, download):
    impor("anggaran", [BUDGET])
    client = client_of(operator_makassar)
    answer = client.get("/impor/anggaran/data.xlsx")
    content = b"".join(answer.streaming_content)
    impor("anggaran", [BUDGET | {"pagu_pokja": "Rp 1"}])
    file = io.BytesIO(content)
    file.name = "anggaran.xlsx"
    page = client.post("/impor/anggaran/", {"file": file, "status": "draf"}).content.decode()
    assert memory.MEANWHILE in page
    assert "baris 2: " in page


def test_another_scope_sees_no_more_than_its_own(impor, download, pusat, operator_bone, regions):
    """An officer of Bone who was given the whole workbook is refused as ever, and told nothing."""
    impor("anggaran", [BUDGET, BUDGET | {"kode_pokja": "BNE-BK"}])
    path = download("anggaran", pusat, halaman=3)
    impor("anggaran", [BUDGET | {"pagu_pokja": "Rp 1"}])
    told = impor("anggaran", path, "--oleh", operator_bone.username)
    assert not told.saved
    assert memory.MEANWHILE not in "".join(told.err)


def test_the_memory_is_hidden_and_tells_nothing(impor, operator_makassar):
    impor("anggaran", [BUDGET])
    book = load_workbook(export_file("anggaran", operator_makassar))
    assert book.sheetnames == ["anggaran", MEMORY_SHEET]
    assert book[MEMORY_SHEET].sheet_state == "veryHidden"
    assert book.active.title == "anggaran"
    cells = [cell.value for row in book[MEMORY_SHEET].iter_rows() for cell in row]
    assert [len(cell) for cell in cells] == [9, 9]
    assert all(cell.startswith(":") for cell in cells)
    first, second = (export_file("anggaran", operator_makassar).read() for _ in range(2))
    assert first == second


def test_a_memory_of_another_portal_or_kind_is_none(impor, operator_makassar, settings):
    impor("anggaran", [BUDGET])
    sheet = read_sheet(export_file("anggaran", operator_makassar))
    assert len(memory.remembered(sheet, "anggaran")) == 1
    assert memory.remembered(sheet, "sk") is None
    settings.SECRET_KEY = "lain" * 20
    memory._key.cache_clear()
    assert memory.remembered(sheet, "anggaran") is None
    memory._key.cache_clear()


def test_what_somebody_wrote_there_is_no_harm(impor, download, operator_makassar, tmp_path):
    impor("anggaran", [BUDGET])
    book = load_workbook(export_file("anggaran", operator_makassar))
    page = book[MEMORY_SHEET]
    page["A2"].value = 17
    page["A3"].value = "x" * 1001
    path = tmp_path / "rusak.xlsx"
    book["anggaran"]["L2"].value = 5
    book.save(path)
    assert impor("anggaran", path).err == [WARNING]
    page["A1"].value = "=1+1"
    book.save(path)
    assert impor("anggaran", path).err == []


def test_the_report_of_a_refused_workbook_remembers_too(impor, download, operator_makassar):
    impor("anggaran", [BUDGET])
    path = download("anggaran", operator_makassar, tahun="kemarin")
    told = impor("anggaran", path)
    assert not told.saved
    marked = marked_file("anggaran", str(path), import_file("anggaran", str(path)))
    assert read_sheet(io.BytesIO(marked)).memory == read_sheet(str(path)).memory


def test_more_rows_than_one_cell_remembers(monkeypatch, impor, operator_makassar):
    monkeypatch.setattr(memory, "AT_ONCE", 2)
    impor("rencana-kerja", [PLAN | {"no": str(at)} for at in range(1, 6)])
    sheet = read_sheet(export_file("rencana-kerja", operator_makassar))
    assert len(sheet.memory) == 4
    assert len(memory.remembered(sheet, "rencana-kerja")) == 5


@pytest.mark.parametrize("rows", [2, 6])
def test_looking_back_costs_the_same_for_many_rows(
    impor, download, operator_makassar, django_assert_num_queries, rows
):
    plans = [PLAN | {"no": str(at)} for at in range(1, rows + 1)]
    impor("rencana-kerja", plans)
    path = download("rencana-kerja", operator_makassar)
    impor("rencana-kerja", [each | {"kegiatan": "Lain"} for each in plans])
    with django_assert_num_queries(QUERIES):
        report = import_file("rencana-kerja", str(path), dry_run=True)
    assert len(report.warnings) == rows


QUERIES = 6
