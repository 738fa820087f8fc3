"""What people and spreadsheets write, and what it means."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from apps.core.parsing import parse_date, parse_number, parse_rupiah

FEBRUARY_9 = date(2026, 2, 9)


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-09",
        "2026-02-09 00:00:00",
        "2026-02-09T00:00:00",
        "2026/02/09",
        "09/02/2026",
        "9/2/2026",
        "9-2-2026",
        "09.02.2026",
        "9 Februari 2026",
        "9 februari 2026",
        "  9   FEBRUARI\u00a02026 ",
        "9 Feb 2026",
        "9 Feb. 2026",
        "9-Feb-2026",
        "9 Pebruari 2026",
        date(2026, 2, 9),
        datetime(2026, 2, 9, 23, 30),
        datetime(2026, 2, 9, 1, 0, tzinfo=UTC),
    ],
)
def test_a_date_is_understood_however_it_is_written(written):
    assert parse_date(written) == FEBRUARY_9


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("Jan", 1),
        ("Peb", 2),
        ("Mar", 3),
        ("Apr", 4),
        ("Mei", 5),
        ("Jun", 6),
        ("Jul", 7),
        ("Agt", 8),
        ("Agu", 8),
        ("agustus", 8),
        ("Sep", 9),
        ("Sept", 9),
        ("Okt", 10),
        ("Nov", 11),
        ("Nopember", 11),
        ("DES", 12),
    ],
)
def test_a_month_may_be_shortened(name, month):
    assert parse_date(f"24 {name} 2023") == date(2023, month, 24)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        None,
        "bukan tanggal",
        "31/02/2026",
        "29 Februari 2025",
        "02/24/2026",
        "9/2/26",
        "9 Feb 26",
        "9 Ma 2026",
        "9 Bulan 2026",
        "9-2/2026",
        "31 Desember 1944",
        "1 Januari 2101",
        "0000-00-00",
        "٠٩/٠٢/٢٠٢٦",
        "2026-02-09 10:15:00",
        "9 Februari 2026" + " " * 80,
        46062,
        46062.5,
        True,
        date(1944, 12, 31),
    ],
)
def test_what_is_no_date_is_refused_with_an_example(written):
    sentence = "Tulis tanggal sebagai hari, bulan, tahun, misalnya 24 Juli 2023"
    with pytest.raises(ValueError, match=rf"^{sentence}$"):
        parse_date(written)


def test_the_first_and_the_last_year_are_accepted():
    assert parse_date("17/8/1945") == date(1945, 8, 17)
    assert parse_date("31 Desember 2100") == date(2100, 12, 31)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.234.567,89", "1234567.89"),
        ("1234567.89", "1234567.89"),
        ("1234567,89", "1234567.89"),
        ("1250000000", "1250000000"),
        ("Rp 1.250.000.000", "1250000000"),
        ("Rp\u00a01.250.000.000", "1250000000"),
        ("Rp1.250.000,-", "1250000"),
        ("Rp. 1.250.000,00", "1250000"),
        ("rp 85.000.000,50", "85000000.50"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1.234", "1234"),
        ("12.345", "12345"),
        ("123.456", "123456"),
        ("1234.567", "1234.567"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1.2345", "1.2345"),
        ("1,234", "1.234"),
        ("0", "0"),
        ("007", "7"),
        (85, "85"),
        (85.5, "85.5"),
        (0.1 + 0.2, "0.3"),
        (1250000000.0, "1250000000"),
        (9999999999999.99, "9999999999999.99"),
        (Decimal("1.10"), "1.10"),
    ],
)
def test_a_number_is_understood_however_it_is_written(written, meant):
    assert parse_number(written) == Decimal(meant)


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "abc",
        "12.34.5",
        "1.23.456",
        "1,234,567.89",
        "1,2,3",
        "1 250 000",
        ",5",
        "5,",
        ".5",
        "1e5",
        "1E400",
        "NaN",
        "inf",
        "-inf",
        "1_000",
        "١٢٣",
        "１２",
        "12%",
        "Rp",
        "Rp Rp 5",
        "--5",
        "(5)",
        "5-",
        "0x10",
        "9" * 61,
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        True,
        None,
        [],
    ],
)
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValueError, match=r"^Tulis angka saja, misalnya 1\.234\.567,89$"):
        parse_number(written, allow_negative=True)


@pytest.mark.parametrize("written", ["-5", "−5", "-Rp 5", "Rp -5", -5, -5.0])
def test_a_negative_number_needs_leave(written):
    assert parse_number(written, allow_negative=True) == -5
    with pytest.raises(ValueError, match=r"^Angka tidak boleh kurang dari 0$"):
        parse_number(written)


@pytest.mark.parametrize("written", ["1" + "0" * 18, 10**18, 1e300, Decimal("1E+18")])
def test_a_number_of_nineteen_digits_is_refused(written):
    with pytest.raises(ValueError, match=r"^Angka terlalu besar, paling banyak 18 angka"):
        parse_number(written)


def test_eighteen_digits_are_kept_whole():
    assert parse_number("999.999.999.999.999.999") == 999_999_999_999_999_999


def test_rupiah_has_two_places_and_no_more():
    assert parse_rupiah("Rp 1.250.000.000") == Decimal("1250000000.00")
    assert parse_rupiah("0,5").as_tuple().exponent == -2
    assert parse_rupiah("1,500") == Decimal("1.50")
    with pytest.raises(ValueError, match="paling banyak dua angka di belakang koma"):
        parse_rupiah("1,505")


def test_rupiah_refuses_below_zero_and_more_than_fifteen_digits():
    with pytest.raises(ValueError, match=r"^Nilai rupiah tidak boleh kurang dari 0$"):
        parse_rupiah("-1")
    assert parse_rupiah("999999999999999,99") == Decimal("999999999999999.99")
    with pytest.raises(ValueError, match="paling banyak 15 angka"):
        parse_rupiah("1000000000000000")


def test_rupiah_that_is_no_number_gets_a_rupiah_example():
    with pytest.raises(ValueError, match=r"^Isi nilai dengan angka, misalnya 125\.000\.000$"):
        parse_rupiah("seratus juta")
