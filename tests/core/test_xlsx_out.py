"""Workbooks written row by row: the same bytes for the same data, text that stays text."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from apps.core import xlsx_out
from apps.core.tabular import Table, TabularError, csv_file, write_csv, write_xlsx, xlsx_file


def cells(data: bytes, row: int = 2) -> list:
    return [cell.value for cell in load_workbook(io.BytesIO(data)).active[row]]


def written(*values) -> list:
    return cells(write_xlsx([Table("data", [f"k{at}" for at, _ in enumerate(values)], [values])]))


def test_the_same_data_are_the_same_bytes():
    table = Table("data", ["a", "b"], [["73.10", 5], ["73.11", date(2026, 1, 5)]])
    assert write_xlsx([table]) == write_xlsx([table])


@pytest.mark.parametrize("text", ["<r>x</r>", "<r><t>tebal</t></r>", "</r>", "a & <b>", " x "])
def test_text_that_looks_like_the_inside_of_a_workbook_stays_text(text):
    assert written(text, "sesudah") == [text, "sesudah"]


def test_what_a_workbook_cannot_hold_is_left_out_or_told_as_text():
    assert written("a\x0bb\ud800\ufffe", date(1890, 12, 31), "") == ["ab", "1890-12-31", None]


def test_what_no_cell_holds_is_refused():
    with pytest.raises(TypeError):
        written(["daftar"])


def test_sheets_whose_names_are_cut_to_the_same_get_numbers():
    title = "Pokja yang berubah sejak bulan lalu di provinsi"
    book = load_workbook(io.BytesIO(write_xlsx([Table(title, ["a"], [])] * 2)))
    assert book.sheetnames == [title[:31], f"{title[:27]} 2"]


def test_the_header_stays_in_sight_is_repeated_on_paper_and_filters_every_row():
    page = load_workbook(
        io.BytesIO(write_xlsx([Table("data", ["a", "b"], [[1, 2], [3, 4]])]))
    ).active
    assert (page.freeze_panes, page.print_title_rows, page.auto_filter.ref) == (
        "A2",
        "$1:$1",
        "A1:B3",
    )
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page["A1"].font.bold
    assert page["A1"].fill.fgColor.rgb == "FFEEF1F4"


def test_more_rows_than_a_sheet_holds_are_refused_not_cut_off(monkeypatch):
    monkeypatch.setattr(xlsx_out, "LAST_ROW", 3)
    assert cells(write_xlsx([Table("data", ["a"], [[1], [2]])]), 3) == [2]
    with pytest.raises(TabularError, match="Unduh sebagai CSV"):
        write_xlsx([Table("data", ["a"], [[1], [2], [3]])])


def test_files_that_are_sent_hold_the_same_as_the_bytes():
    table = Table("data", ["a"], [["=1+1"], [5]])
    with xlsx_file([table]) as book, csv_file(table.headers, table.rows) as lines:
        assert book.read() == write_xlsx([table])
        assert lines.read() == write_csv(table.headers, table.rows)
