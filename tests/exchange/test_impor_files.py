"""The file as a whole: what is no table, the report that comes back, all or nothing, cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from apps.budgets.models import Budget
from apps.decrees.models import Decree
from apps.indicators.models import IndicatorSet
from apps.pokja.models import Pokja
from apps.verification.models import Evidence, History
from apps.work_plans.models import Activity, WorkPlan
from tests.exchange.conftest import BUDGET, INDICATOR, PLAN, POKJA, SK, write_csv, write_xlsx

RED = "FFF8B4AF"


@pytest.fixture(autouse=True)
def _stored(pokja, catalogue, today):
    pass


def test_rows_count_as_the_sheet_shows_them_blank_ones_included(impor, tmp_path):
    book = Workbook()
    book.active.append(list(PLAN))
    book.active.append(list(PLAN.values()))
    book.active.append([])
    book.active.append([])
    book.active.append(["TIDAK", *list(PLAN.values())[1:]])
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert impor("rencana-kerja", path).err == [
        "baris 5, kolom kode_pokja: Pokja TIDAK tidak dikenal"
    ]


def test_what_is_no_table_is_told_in_one_sentence(impor, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 100)
    assert impor("sk", path).err == [
        "Berkas Excel lama (.xls) tidak dapat dibaca. Simpan ulang sebagai .xlsx"
    ]
    path.write_bytes(b"kode_pokja\n")
    assert impor("pokja", path).err == [
        "Berkas tidak memuat satu baris data pun",
        *(
            f"baris 1, kolom {name}: Kolom wajib ini tidak ada di berkas"
            for name in ("kode_wilayah", "jenis", "nama")
        ),
    ]


def test_report_gives_the_workbook_back_with_bad_cells_red_and_noted(impor, tmp_path):
    target = tmp_path / "laporan.xlsx"
    result = impor(
        "pokja", [POKJA, POKJA | {"kode_pokja": "B", "jenis": "x"}], "--laporan", str(target)
    )
    assert (result.saved, result.out) == (False, [f"Laporan: {target}"])
    page = load_workbook(target).active
    marked = {cell.coordinate: cell.comment.text for row in page for cell in row if cell.comment}
    assert marked == {
        "C3": "Jenis “x” tidak dikenal. Pilihan: bangga_kencana, advokasi, "
        "kampung_kb, gdpk, stunting, pjpk, lainnya"
    }
    assert page["C3"].fill.fgColor.rgb[-6:] == RED[-6:]
    assert page["A3"].value == "B"


@pytest.mark.parametrize(("write", "ending"), [(write_xlsx, "xlsx"), (write_csv, "csv")])
def test_report_of_a_good_file_carries_no_marks(impor, tmp_path, write, ending):
    target = tmp_path / "laporan.xlsx"
    assert impor("pokja", [POKJA], "--laporan", str(target), write=write, ending=ending).saved
    page = load_workbook(target).active
    assert [cell.value for cell in page[2]] == list(POKJA.values())
    assert not any(cell.comment for row in page for cell in row)


def test_one_bad_row_at_the_end_keeps_everything_out(impor):
    rows = [PLAN | {"no": number} for number in range(1, 300)]
    result = impor("rencana-kerja", [*rows, PLAN | {"no": 300, "waktu": "besok"}])
    assert not result.saved
    assert (Evidence.objects.count(), Activity.objects.count()) == (0, 0)


def test_trial_run_saves_nothing_and_fails_like_the_real_one(impor):
    assert impor("rencana-kerja", [PLAN], "--uji").out == [
        "baris 2: tambah MKS-BK 2026 1",
        "Uji, tidak ada yang disimpan. 1 baris: 1 akan ditambah, 0 akan diubah, 0 tetap",
    ]
    assert not impor("rencana-kerja", [PLAN | {"no": "x"}], "--uji").saved
    assert Evidence.objects.count() == 0


def many(row, name, count):
    return [
        row
        | {"kode_pokja": f"P-{number:03}"}
        | ({"nomor": f"188.45/{number}/2026"} if name == "sk" else {})
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("kind", "row", "change"),
    [
        ("pokja", POKJA, {"nama": "Nama lain", "jenis": "gdpk"}),
        ("sk", SK, {"tentang": "Lain"}),
        ("rencana-kerja", PLAN, {"kegiatan": "Lain"}),
        ("indikator", INDICATOR, {"target": "3"}),
        ("anggaran", BUDGET, {"pagu_pokja": "3"}),
    ],
)
def test_queries_do_not_grow_with_the_rows(impor, regions, kind, row, change):
    """New, unchanged, changed in place, lifted and as a next version: the same number for 3 rows
    and 40 (of more, SQLite takes two statements to insert them)."""

    def cost(rows, *options):
        with CaptureQueriesContext(connection) as queries:
            assert impor(kind, rows, *options).saved
        return len(queries)

    def costs(count):
        rows = many(row, kind, count)
        if kind != "pokja":
            Pokja.objects.all().delete()
            Pokja.objects.bulk_create(
                Pokja(code=item["kode_pokja"], region=regions.makassar, name="x") for item in rows
            )
        changed = [item | change for item in rows]
        found = [cost(rows), cost(rows), cost(changed)]
        if kind != "pokja":
            found += [cost(changed, "--status", "terverifikasi"), cost(rows)]
        return found

    few = costs(3)
    for model in (Decree, WorkPlan, IndicatorSet, Budget, History, Evidence, Pokja):
        model.objects.all().delete()
    assert costs(40) == few
