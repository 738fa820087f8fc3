"""Tables in and out of files, and what no file may do to us."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from apps.core import tabular_in, workbook_guard
from apps.core.formats import parse_number
from apps.core.tabular import (
    CellError,
    Limits,
    Table,
    TabularError,
    mark_errors,
    read_sheet,
    write_csv,
    write_xlsx,
)


def workbook(*sheets):
    """Bytes of a workbook: sheets as (title, rows) in the order given."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data, **options):
    return read_sheet(io.BytesIO(data), **options)


def refusal(data, **options):
    with pytest.raises(TabularError) as caught:
        read(data, **options)
    return str(caught.value)


def repacked(data, parts):
    """The workbook with parts replaced or added: {"xl/styles.xml": b"..."}."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return out.getvalue()


PLAIN = [["kode_pokja", "tahun"], ["P-1", 2026]]
SHEET_1 = "xl/worksheets/sheet1.xml"


def sheet_xml(rows):
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return start + b"<sheetData>" + rows + b"</sheetData></worksheet>"


# --- reading ---------------------------------------------------------------------------------


def test_rows_keep_the_numbers_the_sheet_shows():
    sheet = read(workbook(("data", [*PLAIN, [None, " "], [], ["P-2", 2027]])))
    assert sheet.headers == ["kode_pokja", "tahun"]
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (2, {"kode_pokja": "P-1", "tahun": 2026}),
        (5, {"kode_pokja": "P-2", "tahun": 2027}),
    ]


def test_headers_are_trimmed_and_small_and_lose_the_star():
    assert read(workbook(("data", [[" Kode_Pokja * ", "TAHUN"], ["a", 1]]))).headers == [
        "kode_pokja",
        "tahun",
    ]


def test_text_stays_text_and_numbers_stay_numbers():
    rows = [["a", "b", "c", "d", "e", "f"], ["73.10", 73.1, 5.0, date(2026, 2, 9), "  ", "'biasa"]]
    cells = read(workbook(("data", rows))).rows[0].cells
    assert cells == {
        "a": "73.10",
        "b": 73.1,
        "c": 5,
        "d": datetime(2026, 2, 9),
        "e": None,
        "f": "'biasa",
    }


def test_a_formula_is_never_evaluated():
    rows = [["kode", "nilai"], ["a", "=1+1"]]
    assert read(workbook(("data", rows))).rows[0].cells == {"kode": "a", "nilai": None}


def test_the_sheet_with_the_expected_columns_is_read():
    data = workbook(("Petunjuk", [["Cara mengisi"]]), ("Isian", PLAIN), ("Lain", [["tahun"]]))
    assert read(data, expect={"kode_pokja", "tahun"}).name == "Isian"
    assert read(data, sheet="lain").name == "Lain"
    assert read(data).name == "Petunjuk"


def test_values_under_no_header_are_named_by_their_column():
    sheet = read(workbook(("data", [["kode"], ["a", None, "sesat"]])))
    assert sheet.headers == ["kode", "(kolom C)"]
    assert sheet.rows[0].cells == {"kode": "a"}


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_comes_with_comma_or_semicolon_and_with_or_without_mark(delimiter, encoding):
    text = f'kode{delimiter}nama\r\n\r\n73.10{delimiter}"Té, satu; dua"\r\n'
    sheet = read(text.encode(encoding))
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (3, {"kode": "73.10", "nama": "Té, satu; dua"})
    ]


def test_a_record_over_two_lines_is_one_row():
    sheet = read(b'kode,nama\na,"baris\nbaru"\nb,\n')
    assert [(row.number, row.cells["nama"]) for row in sheet.rows] == [
        (2, "baris\nbaru"),
        (3, None),
    ]


def test_a_short_csv_record_has_its_missing_cells_blank():
    assert read(b"a,b,c\n1\n").rows[0].cells == {"a": "1", "b": None, "c": None}


def test_a_path_is_read_like_a_file(tmp_path):
    path = tmp_path / "berkas.tanpa-akhiran"
    path.write_bytes(workbook(("data", PLAIN)))
    assert read_sheet(path).rows[0].cells["kode_pokja"] == "P-1"
    with pytest.raises(TabularError, match="tidak dapat dibuka"):
        read_sheet(tmp_path / "tiada.xlsx")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Berkas kosong. Pilih berkas lain"),
        (b" \n ", "Berkas kosong. Pilih berkas lain"),
        (b"\n\na,b\n", "Baris 1 kosong. Baris 1 harus berisi nama kolom"),
        (
            "kode;näma".encode("latin-1"),
            "Berkas CSV harus UTF-8. Di Excel pilih Simpan sebagai, lalu CSV UTF-8",
        ),
        (
            "kode,nama".encode("utf-16"),
            "Berkas CSV harus UTF-8. Di Excel pilih Simpan sebagai, lalu CSV UTF-8",
        ),
        (b"a,A \n1,2\n", "Nama kolom a tertulis lebih dari sekali di baris 1"),
        (b'a,b\n1,2\n"3,4\n', "Baris 3 tidak dapat dibaca. Periksa tanda kutip dan pemisahnya"),
        (
            b"\xd0\xcf\x11\xe0lama",
            "Berkas Excel lama (.xls) tidak dapat dibaca. Simpan ulang sebagai .xlsx",
        ),
        (b"%PDF-1.7 SK", "Berkas ini bukan lembar kerja. Pilih berkas XLSX atau CSV"),
        (
            b"PK\x03\x04rusak",
            "Berkas Excel rusak atau bukan .xlsx. Buka dengan Excel, simpan ulang sebagai .xlsx",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(data, message):
    assert refusal(data) == message


def test_limits_on_size_rows_and_columns_are_named():
    small = Limits(file_size=1024 * 1024, rows=2, columns=2)
    assert refusal(b"a" * (1024 * 1024 + 1), limits=small) == (
        "Berkas terlalu besar. Ukuran paling besar 1 MB"
    )
    assert refusal(b"a\n1\n2\n3\n", limits=small) == (
        "Berkas memuat lebih dari 2 baris. Bagi menjadi beberapa berkas"
    )
    assert read(b"a\n1\n2\n", limits=small).rows[1].number == 3
    assert refusal(b"a,b,c\n", limits=small) == "Berkas memuat lebih dari 2 kolom"
    three_columns = workbook(("data", [["a", "b", "c"]]))
    assert refusal(three_columns, limits=small) == "Berkas memuat lebih dari 2 kolom"
    three_rows = workbook(("data", [["a"], [1], [2], [3]]))
    assert refusal(three_rows, limits=small) == (
        "Berkas memuat lebih dari 2 baris. Bagi menjadi beberapa berkas"
    )


# --- hostile workbooks -----------------------------------------------------------------------

BOMB_ROW = b"<row><c><v>1</v></c></row>"
DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + sheet_xml(b"")
ROW_BEYOND = (
    b'<row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'
)
TOO_RICH = workbook_guard.TOO_RICH
UNSAFE = workbook_guard.UNSAFE
DAMAGED = workbook_guard.DAMAGED
TOO_MANY = "Berkas memuat lebih dari 50.000 baris. Bagi menjadi beberapa berkas"
MILLION_ROWS = b"".join(b"<row r='%d'/>" % number for number in range(10**6))
HOSTILE = {
    "sixty megabytes of one row": ({SHEET_1: sheet_xml(BOMB_ROW * 2_400_000)}, TOO_RICH),
    "a million rows": ({SHEET_1: sheet_xml(MILLION_ROWS)}, TOO_MANY),
    "rows behind a prefix": ({SHEET_1: b"<x:a>" + b"<x:row />" * 60_000 + b"</x:a>"}, TOO_MANY),
    "entities": ({SHEET_1: DTD}, UNSAFE),
    "entities in another encoding": ({SHEET_1: DTD.decode().encode("utf-16")}, UNSAFE),
    "an encoding of its own": ({SHEET_1: b'<?xml version="1.0" encoding="UTF-7"?><a/>'}, UNSAFE),
    "a million styles": ({"xl/styles.xml": b"<a>" + b"<xf/>" * 10**6 + b"</a>"}, TOO_RICH),
    "thousands of parts": ({f"xl/media/{n}.png": b"" for n in range(1_500)}, TOO_RICH),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_workbook_is_refused_before_it_is_parsed(kind, monkeypatch):
    monkeypatch.setattr(tabular_in, "load_workbook", None)
    data = repacked(workbook(("data", PLAIN)), HOSTILE[kind][0])
    assert refusal(data) == HOSTILE[kind][1]


@pytest.mark.parametrize("rows", [ROW_BEYOND, b"<row>"])
def test_a_workbook_broken_inside_is_refused(rows):
    data = repacked(workbook(("data", PLAIN)), {SHEET_1: sheet_xml(rows)})
    assert refusal(data) == DAMAGED


def test_a_sheet_under_the_name_of_a_picture_is_looked_at_too():
    data = repacked(
        workbook(("data", PLAIN)), {"xl/media/a.png": DTD, "xl/media/b.png": b"\x89PNG"}
    )
    assert refusal(data) == UNSAFE
    fine = repacked(workbook(("data", PLAIN)), {"xl/media/b.png": b"\x89PNG\0\0<!DOCTYPE"})
    assert len(read(fine).rows) == 1


def test_a_zip_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("halo.txt", "halo")
    assert refusal(out.getvalue()).startswith("Berkas Excel rusak atau bukan .xlsx")


def test_a_cell_in_the_last_column_does_not_unroll_every_row():
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>1</v></c></row>' % (n, n, n)
        for n in range(2, 5_000)
    )
    head = b'<row r="1"><c r="A1" t="inlineStr"><is><t>kode</t></is></c></row>'
    data = repacked(workbook(("data", PLAIN)), {SHEET_1: sheet_xml(head + rows)})
    assert len(read(data).rows) == 4_998


# --- writing ---------------------------------------------------------------------------------

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]


def test_text_that_starts_a_formula_is_written_harmless_in_both_formats():
    rows = [[text, -5, Decimal("1.50")] for text in DANGEROUS]
    page = load_workbook(io.BytesIO(write_xlsx([Table("data", ["a", "b", "c"], rows)]))).active
    assert [cell.value.replace("_x000D_", "\r") for cell in page["A"][1:]] == [
        f"'{text}" for text in DANGEROUS
    ]
    assert {cell.data_type for cell in page["A"]} == {"s"}
    assert [cell.value for cell in page["B"][1:]] == [-5] * len(DANGEROUS)
    text = write_csv(["a", "b"], [["=1+1", -5]]).decode("utf-8-sig")
    assert text == "a,b\r\n'=1+1,-5\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+62811", "-", "@ibu", "73.10", "'kutip", "a_x0041_"])
def test_text_written_out_is_read_back_the_same(text):
    assert read(write_csv(["a"], [[text]])).rows[0].cells == {"a": text}
    assert read(write_xlsx([Table("data", ["a"], [[text]])])).rows[0].cells == {"a": text}


@pytest.mark.parametrize("many", [0, 1, 499, 500, 501, 1_200])
def test_a_csv_has_every_row_once_however_many(many):
    """Rows are put together 500 at a time."""
    text = write_csv(["no", "nama"], ([at, f"Pokja {at}"] for at in range(many))).decode()
    assert text == "\ufeff" + "".join(
        f"{line}\r\n" for line in ["no,nama", *[f"{at},Pokja {at}" for at in range(many)]]
    )


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_a_number_in_a_csv_is_read_back_as_the_same_number(number):
    cells = read(write_csv(["a"], [[number]])).rows[0].cells
    assert parse_number(cells["a"], allow_negative=True) == number


def test_cells_are_written_as_what_they_are():
    moment = datetime(2026, 3, 12, 1, 30, tzinfo=UTC)
    values = ["73.10", 2026, Decimal("10.5"), True, None, date(2026, 2, 9), moment, "a\x00b"]
    table = Table("Rekap/2026", list("abcdefgh"), [values], widths={"a": 30})
    page = load_workbook(io.BytesIO(write_xlsx([table]))).active
    assert page.title == "Rekap 2026"
    assert [cell.value for cell in page[2]] == [
        "73.10",
        2026,
        10.5,
        "ya",
        None,
        datetime(2026, 2, 9),
        datetime(2026, 3, 12, 8, 30),
        "ab",
    ]
    assert page["A2"].number_format == "@"
    assert page["F2"].number_format == "[$-421]d mmmm yyyy"
    assert (page.freeze_panes, int(page.column_dimensions["A"].width)) == ("A2", 30)
    row = write_csv(list("abcdefg"), [values[:7]]).decode("utf-8-sig").splitlines()[1]
    assert row == "73.10,2026,10.5,ya,,2026-02-09,2026-03-12 08:30:00"


# --- giving back -----------------------------------------------------------------------------


def test_an_error_says_its_row_and_column():
    assert str(CellError("Isi tahun", 17, "tahun")) == "baris 17, kolom tahun: Isi tahun"
    assert str(CellError("Pokja ganda", 17)) == "baris 17: Pokja ganda"
    assert str(CellError("Berkas tanpa data")) == "Berkas tanpa data"


def test_bad_cells_come_back_red_with_their_messages():
    data = workbook(("Petunjuk", [["Baca"]]), ("Isian", [*PLAIN, ["P-2", "=1+1"]]))
    errors = [
        CellError("Isi tahun", 3, "tahun"),
        CellError("Tahun salah", 3, "tahun"),
        CellError("Pokja ganda", 2),
        CellError("kolom wajib tidak ada", 1, "jenis"),
    ]
    book = load_workbook(io.BytesIO(mark_errors(io.BytesIO(data), errors, sheet="Isian")))
    page = book["Isian"]
    comments = {c.coordinate: c.comment.text for row in page for c in row if c.comment}
    assert book.sheetnames == ["Petunjuk", "Isian"]
    assert comments == {
        "B3": "Isi tahun\nTahun salah",
        "A2": "Pokja ganda",
        "A1": "jenis: kolom wajib tidak ada",
    }
    assert page["B3"].fill.fgColor.rgb == "00F8B4AF"
    assert (page["A3"].fill.fill_type, page["A3"].value) == (None, "P-2")


def test_a_csv_comes_back_as_a_workbook_of_text():
    errors = [CellError("Kode tidak dikenal", 3, "kode")]
    book = load_workbook(io.BytesIO(mark_errors(io.BytesIO(b"kode;n\n\n73.1;=1\n"), errors)))
    page = book.active
    assert [[cell.value for cell in row] for row in page] == [
        ["kode", "n"],
        [None, None],
        ["73.1", "'=1"],
    ]
    assert page["A3"].comment.text == "Kode tidak dikenal"


def test_an_error_in_a_merged_cell_is_marked_at_its_corner():
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append(["satu", None])
    book.active.merge_cells("A2:B2")
    out = io.BytesIO()
    book.save(out)
    marked = mark_errors(io.BytesIO(out.getvalue()), [CellError("Salah", 2, "b")])
    assert load_workbook(io.BytesIO(marked)).active["A2"].comment.text == "Salah"
