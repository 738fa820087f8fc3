"""Annexes as people paste and upload them: separators, quotes, blanks, line ends, headers."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from apps.core.tabular import TabularError
from apps.pokja.seat_sheet import COLUMNS, as_text, read_text, read_upload, template

ROWS = [("Ketua", "Setda", "pemerintah"), ("Anggota", "TP PKK", "komunitas")]


def rows_of(sheet):
    return [
        (row.number, *(row.cells[name] for name in ("kedudukan", "instansi", "unsur")))
        for row in sheet.rows
    ]


def typed(separator, end="\n"):
    return end.join(separator.join(row) for row in ROWS)


@pytest.mark.parametrize("separator", ["\t", ";", ",", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_end_is_read(separator, end):
    assert rows_of(read_text(typed(separator, end))) == [(1, *ROWS[0]), (2, *ROWS[1])]


def test_a_header_may_come_along_and_its_words_be_the_offices():
    text = (
        "No\tKedudukan dalam Pokja\tInstansi/Lembaga\tUnsur*\tNama Pejabat\n1\tKetua\tSetda\tOPD\tA"
    )
    sheet = read_text(text)
    assert rows_of(sheet) == [(2, "Ketua", "Setda", "OPD")]
    assert sheet.headers == ["kedudukan", "instansi", "unsur", "nama"]


def test_without_a_header_a_column_of_numbers_is_left_out():
    sheet = read_text("1.\tKetua\tSetda\tOPD\n2.\tAnggota\tBappeda\tOPD")
    assert [row.cells["kedudukan"] for row in sheet.rows] == ["Ketua", "Anggota"]


def test_blank_lines_count_but_are_no_rows():
    sheet = read_text("Ketua;Setda;OPD\n\n ; ; \nAnggota;Bappeda;OPD\n\n")
    assert [row.number for row in sheet.rows] == [1, 4]


def test_quoted_cells_keep_their_line_break_and_quotes():
    sheet = read_text('Ketua\t"Dinas ""P3A""\ndan KB"\tOPD\nAnggota\tBappeda\tOPD')
    assert [row.cells["instansi"] for row in sheet.rows] == ['Dinas "P3A"\ndan KB', "Bappeda"]


def test_a_lone_quote_is_text():
    sheet = read_text('Ketua\t"Setda\tOPD\nAnggota\tYayasan "Harapan"\tormas')
    assert [row.cells["instansi"] for row in sheet.rows] == ['"Setda', 'Yayasan "Harapan"']


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff\r\n"])
def test_nothing_to_read_is_said(text):
    with pytest.raises(TabularError, match="Belum ada baris"):
        read_text(text)


@pytest.mark.parametrize("count", [301, 10_000, 200_000])
def test_too_many_rows_are_refused_calmly(count):
    with pytest.raises(TabularError, match="lebih dari 300 baris"):
        read_text("Ketua;Setda;OPD\n" * count)


def test_more_columns_than_there_are_names_for_need_a_header():
    with pytest.raises(TabularError, match="Sertakan baris judul kolom"):
        read_text("Ketua;Setda;OPD;a;b;c;;;d")


def test_a_column_named_twice_is_refused():
    with pytest.raises(TabularError, match="kedudukan tertulis lebih dari sekali"):
        read_text("kedudukan;instansi;unsur;kedudukan\nKetua;Setda;OPD;Ketua")


def test_text_of_a_sheet_reads_back_the_same_with_its_row_numbers():
    text = (
        'kedudukan;instansi;unsur;nama;mulai\n\nKetua;"A;B";OPD;=1+1;2025-01-01\n\n\nAnggota;C;OPD'
    )
    sheet = read_text(text)
    again = read_text(as_text(sheet))
    assert [(row.number, row.cells) for row in again.rows] == [
        (row.number, row.cells) for row in sheet.rows
    ]
    assert [row.number for row in again.rows] == [3, 6]


def upload(rows, name="anggota.xlsx"):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def test_a_workbook_is_read_with_the_words_of_offices():
    sheet = read_upload(upload([("No", "Kedudukan", "Lembaga", "Sektor"), (1, *ROWS[0])]))
    assert rows_of(sheet) == [(2, *ROWS[0])]
    assert "no" not in sheet.headers


def test_a_csv_is_read():
    data = "kedudukan*;instansi*;unsur*\r\nKetua;Setda;pemerintah\r\n"
    assert rows_of(read_upload(SimpleUploadedFile("a.csv", data.encode()))) == [(2, *ROWS[0])]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"PK\x03\x04 rusak", "rusak"),
        (b"\xd0\xcf\x11\xe0 lama", "Excel lama"),
        (b"kedudukan;\xff\xfe", "UTF-8"),
        (b"a;b\n" + b"x;y\n" * 400, "lebih dari 300 baris"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(content, words):
    with pytest.raises(TabularError, match=words):
        read_upload(io.BytesIO(content))


def test_the_template_has_a_guide_and_a_list_of_sectors_and_comes_back_as_it_is():
    data = template()
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["anggota", "petunjuk"]
    picker = book["anggota"].data_validations.dataValidation[0]
    assert (picker.type, str(picker.sqref)) == ("list", "C2:C301")
    sheet = read_upload(io.BytesIO(data))
    assert tuple(sheet.headers) == COLUMNS
    assert [row.cells["kedudukan"] for row in sheet.rows] == ["Ketua", "Anggota"]
