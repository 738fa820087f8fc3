"""What a cell may hold, and what is refused with its likely meaning."""

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from apps.core import cells
from apps.pokja.codes import FUND_SOURCES, KINDS, parse_fund_source, parse_kinds
from apps.pokja.enums import FundSource, PokjaKind

PROVINCE, DISTRICT = SimpleNamespace(is_province=True), SimpleNamespace(is_province=False)


def refusal(read, value):
    with pytest.raises(ValueError) as caught:  # noqa: PT011  the sentence is compared
        read(value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" Rapat\u00a0", "Rapat"),
        (12, "12"),
        (0.5, "0.5"),
        (1e15, "1e+15"),
        ("0012", "0012"),
        (Decimal("1.50"), "1.50"),
    ],
)
def test_text_is_what_the_sheet_shows(value, text):
    assert cells.text(20)(value) == text


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (datetime(2024, 12, 1), "Excel mengubah isi sel ini menjadi tanggal. Tulis sebagai teks"),
        (True, "Excel mengubah isi sel ini menjadi benar/salah. Tulis sebagai teks"),
        ("x" * 21, "Terlalu panjang, paling banyak 20 karakter"),
    ],
)
def test_text_that_excel_made_something_else_of_is_refused(value, sentence):
    assert refusal(cells.text(20), value) == sentence


def test_codes_lose_spaces_of_every_kind_and_are_never_numbers_with_a_fraction():
    read = cells.code_text(40)
    assert read("2.14.02.\u00a01.01.\u200b0017 ") == "2.14.02.1.01.0017"
    assert read(21402) == "21402"
    assert refusal(read, 2.1) == (
        "Kode 2.1 tersimpan sebagai angka: mungkin maksudnya 2.10? Tulis kode sebagai teks"
    )
    assert refusal(read, date(2014, 3, 2)).startswith("Excel mengubah")


@pytest.mark.parametrize(
    ("value", "year"), [(2026, 2026), ("2026", 2026), (2026.0, 2026), ("2.026", 2026)]
)
def test_years(value, year):
    assert cells.year(value) == year


@pytest.mark.parametrize("value", [1999, 2101, "26", 2026.5, "2026/2027"])
def test_years_out_of_reach_are_refused(value):
    assert refusal(cells.year, value)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("1.234", "1234"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("12,3456", "12.3456"),
        ("50%", "50"),
        (1 / 3, "0.3333"),
        (2 / 3, "0.6667"),
        (-1, "-1"),
        (7, "7"),
    ],
)
def test_decimals_are_exact_and_those_of_excel_rounded(value, number):
    assert cells.decimal(4, 16, negative=True)(value) == Decimal(number)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("1,23456", "Tulis paling banyak 4 angka di belakang koma"),
        ("12345", "Angka terlalu besar, paling banyak 4 angka di depan koma"),
        ("-1", "Angka tidak boleh kurang dari 0"),
        ("101", "Isi dengan angka 0 sampai 100"),
        (True, "Tulis angka saja, misalnya 1.234.567,89"),
        ("abc", "Tulis angka saja, misalnya 1.234.567,89"),
    ],
)
def test_decimals_out_of_reach_are_refused(value, sentence):
    assert refusal(cells.decimal(4, 4, low=0, high=100), value) == sentence


def test_every_source_of_money_is_known_by_value_and_label():
    for value, label in FundSource.choices:
        assert (parse_fund_source(value, None), parse_fund_source(label, None)) == (value, value)
    assert set(FUND_SOURCES.values()) == set(FundSource.values)


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("dak non fisik", "dak_bokb"),
        ("DAK Nonfisik – BOKB", "dak_bokb"),
        ("B.O.K.B", "dak_bokb"),
        ("Bankeu Prov.", "bantuan_provinsi"),
        ("DD", "dana_desa"),
        ("TJSL", "csr"),
        ("Donasi", "hibah"),
        (" Swadaya ", "swadaya"),
        ("APBD II", "apbd_kabkota"),
        ("APBD Kab. Bone", "apbd_kabkota"),
        ("PAD", "apbd_kabkota"),
    ],
)
def test_sources_of_money_are_read_tolerantly(written, source):
    assert parse_fund_source(written, DISTRICT) == source


def test_apbd_alone_is_that_of_the_level():
    assert parse_fund_source("APBD", PROVINCE) == "apbd_provinsi"
    assert parse_fund_source("a.p.b.d", DISTRICT) == "apbd_kabkota"


def test_every_kind_of_pokja_is_known_by_value_and_label():
    for value, label in PokjaKind.choices:
        assert (parse_kinds(value), parse_kinds(str(label).upper())) == ((value,), (value,))
    assert set(KINDS.values()) == set(PokjaKind.values)
    assert parse_kinds("GDPK; gdpk ;Kampung KB") == ("gdpk", "kampung_kb")
    assert refusal(parse_kinds, ";") == (
        "Isi jenis Pokja. Pilihan: bangga_kencana, advokasi, kampung_kb, gdpk, stunting, pjpk, "
        "lainnya"
    )
