"""Official workbooks: formulas with what they come to, percentages as the portal prints them."""

import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from apps.core.sheets import (
    COUNT,
    MONEY,
    TOTAL,
    Column,
    Dress,
    Formula,
    Line,
    Sheet,
    area,
    cell_name,
    percent_of,
    total_of,
)
from apps.core.workbook_out import write_book

DRESS = Dress("Uji", datetime(2026, 3, 12, tzinfo=UTC), "Rekap A & B")
COLUMNS = (Column("Nama", 12), Column("Jumlah", 8, COUNT))


def sheet(*lines, columns=COLUMNS, **fields):
    return Sheet("Uji/1", "Judul", "Kalimat", columns, lines, **fields)


def pages(*sheets, dress=DRESS, **options):
    return load_workbook(io.BytesIO(write_book(sheets, dress)), **options)


def test_names_of_cells():
    assert cell_name(28, 6) == "AB6"
    assert area(3, 6, 30) == "C6:C30"
    assert total_of(3, 6, 30, 9, "COUNTA") == Formula("=COUNTA(C6:C30)", 9)


def test_a_formula_is_there_and_what_it_comes_to():
    lines = [Line(["a", 2]), Line(["b", 3]), Line(["JUMLAH", total_of(2, 6, 7, 5)], TOTAL)]
    assert pages(sheet(*lines))["Uji 1"]["B8"].value == "=SUM(B6:B7)"
    assert pages(sheet(*lines), data_only=True)["Uji 1"]["B8"].value == 5


def test_what_a_formula_comes_to_may_be_text_or_exact_money():
    columns = (Column("A", 8), Column("B", 8, MONEY))
    text = Formula('=IF(1=1,"a<b","")', "a<b")
    money = Formula("=SUM(B7:B7)", Decimal("12345678901234.56"))
    page = pages(sheet(Line([text, money]), columns=columns), data_only=True)["Uji 1"]
    assert page["A6"].value == "a<b"
    assert page["B6"].value == pytest.approx(12345678901234.56)


def test_a_percentage_of_nothing_is_empty():
    assert percent_of("B6", "C6", None).value == ""
    assert percent_of("B6", "C6", 0.5).text.startswith('=IF(C6=0,""')


def test_totals_stay_outside_the_filter():
    page = pages(sheet(Line(["a", 2]), Line(["JUMLAH", 2], TOTAL)))["Uji 1"]
    assert page.auto_filter.ref == "A5:B6"
    assert pages(sheet())["Uji 1"].auto_filter.ref == "A5:B5"


def test_long_text_gets_a_row_that_is_high_enough():
    page = pages(sheet(Line(["kata " * 20, 1]), Line(["kata", 1])))["Uji 1"]
    assert page.row_dimensions[6].height > 80
    assert page.row_dimensions[7].height is None


def test_letters_that_xml_cannot_hold_and_signs_of_the_footer():
    page = pages(sheet(Line(["a\x00\x0bb", 1])))["Uji 1"]
    assert page["A6"].value == "ab"
    assert page.oddFooter.left.text == "Rekap A && B"
