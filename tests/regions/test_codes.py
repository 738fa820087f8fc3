"""Cells of a column kode_wilayah (spec section 7)."""

from datetime import datetime
from decimal import Decimal

import pytest

from apps.regions.codes import CodeError, parse_kemendagri, timezone_label, timezone_name

NAMES = {
    "11": "Aceh",
    "11.10": "Aceh Singkil",
    "62.10": "Gunung Mas",
    "62.11": "Pulang Pisau",
    "73": "Sulawesi Selatan",
    "73.01": "Kepulauan Selayar",
    "73.10": "Pangkajene dan Kepulauan",
    "73.71": "Kota Makassar",
}
BPS_NAMES = {"6210": "Pulang Pisau", "6211": "Gunung Mas", "7371": "Kota Makassar"}


BAD = [float("nan"), float("inf")]


def refusal(value, names=NAMES, bps_names=BPS_NAMES):
    with pytest.raises(CodeError) as caught:
        parse_kemendagri(value, names, bps_names)
    return str(caught.value)


@pytest.mark.parametrize("code", ["73", "73.71", "73.71.01", "73.71.01.1001"])
def test_text_with_dots_is_taken_as_it_is(code):
    assert parse_kemendagri(code) == code


@pytest.mark.parametrize("cell", [" 73.71 ", "'73.71", "\xa073.71", "' 73.71"])
def test_blanks_and_the_apostrophe_of_excel_are_dropped(cell):
    assert parse_kemendagri(cell, NAMES) == "73.71"


def test_code_ending_in_zero_keeps_its_zero():
    assert parse_kemendagri("11.10", NAMES) == "11.10"


@pytest.mark.parametrize("cell", [73.1, "73.1", "73,1", Decimal("73.1")])
def test_lost_zero_is_refused_with_the_likely_meaning(cell):
    shown = str(cell)
    assert refusal(cell) == (
        f"Kode {shown} rusak oleh Excel: mungkin maksudnya 73.10 (Pangkajene dan Kepulauan)? "
        "Tulis kode sebagai teks"
    )


def test_lost_zero_of_no_region_names_no_region():
    assert refusal("73.9") == "Kode 73.9 rusak oleh Excel. Tulis kode sebagai teks"


def test_likely_code_is_named_without_a_list_of_names():
    assert refusal(73.1, {}, {}) == (
        "Kode 73.1 rusak oleh Excel: mungkin maksudnya 73.10? Tulis kode sebagai teks"
    )


def test_number_that_lost_nothing_is_refused_as_well():
    assert refusal(73.71) == (
        "Kode 73.71 tersimpan sebagai angka: mungkin maksudnya 73.71 (Kota Makassar)? "
        "Tulis kode sebagai teks"
    )


def test_comma_is_refused_with_the_likely_meaning():
    assert refusal("73,71") == (
        "Kode 73,71 memakai koma: mungkin maksudnya 73.71 (Kota Makassar)? Tulis kode sebagai teks"
    )


@pytest.mark.parametrize("cell", ["6210", 6210, 6210.0])
def test_code_without_dots_is_refused_with_both_meanings(cell):
    assert refusal(cell) == (
        "Kode 6210 tanpa titik tidak jelas sistemnya: 62.10 (Gunung Mas) menurut Kemendagri, "
        "atau 6210 = Pulang Pisau menurut BPS? Tulis kode Kemendagri dengan titik"
    )


def test_code_without_dots_is_refused_even_where_both_systems_agree():
    assert refusal("7371") == (
        "Kode 7371 tanpa titik tidak jelas sistemnya: 73.71 (Kota Makassar) menurut Kemendagri, "
        "atau 7371 = Kota Makassar menurut BPS? Tulis kode Kemendagri dengan titik"
    )


def test_unknown_digits_are_refused_without_a_guess():
    assert refusal("7399") == (
        "Kode 7399 tanpa titik tidak jelas sistemnya (Kemendagri atau BPS). "
        "Tulis kode Kemendagri dengan titik, contoh 73.71"
    )


@pytest.mark.parametrize("cell", [73, 73.0])
def test_excel_number_of_a_province_is_accepted(cell):
    assert parse_kemendagri(cell, NAMES) == "73"


@pytest.mark.parametrize("cell", [10, 74, 99, 0, -73, 7])
def test_excel_number_of_no_province_is_refused(cell):
    assert refusal(cell) == (
        f"Kode {cell} bukan kode wilayah Kemendagri. Tulis seperti 73, 73.71, atau 73.71.01"
    )


def test_date_is_refused_with_the_likely_meaning():
    assert refusal(datetime(2026, 10, 11)) == (
        "Kode ini diubah Excel menjadi tanggal 11/10/2026: mungkin maksudnya 11.10 (Aceh Singkil)? "
        "Tulis kode sebagai teks"
    )


@pytest.mark.parametrize("cell", [None, "", "  ", "'"])
def test_empty_cell_asks_for_a_code(cell):
    assert refusal(cell) == "Kode wilayah kosong. Isi kode Kemendagri, contoh 73.71"


@pytest.mark.parametrize(
    "cell",
    ["Makassar", "73.7101", "073.71", "73.71.1", "73-71", "٧٣", "73.71.01.101", "=73", True, *BAD],
)
def test_anything_else_is_refused(cell):
    assert refusal(cell) == (
        f"Kode {cell} bukan kode wilayah Kemendagri. Tulis seperti 73, 73.71, atau 73.71.01"
    )


@pytest.mark.parametrize(
    ("code", "label", "name"),
    [
        ("31", "WIB", "Asia/Jakarta"),
        ("62.10", "WIB", "Asia/Jakarta"),
        ("63.71", "WITA", "Asia/Makassar"),
        ("73.71.01", "WITA", "Asia/Makassar"),
        ("82", "WIT", "Asia/Jayapura"),
        ("96.71", "WIT", "Asia/Jayapura"),
    ],
)
def test_time_zone_follows_the_province(code, label, name):
    assert (timezone_label(code), timezone_name(code)) == (label, name)
