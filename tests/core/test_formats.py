"""How dates, money, numbers and decree numbers are shown."""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core import formats

DAYS = st.dates(min_value=date(1945, 1, 1), max_value=date(2100, 12, 31))
RUPIAH = st.decimals(min_value=0, max_value=Decimal("999999999999999.99"), places=2)
NUMBERS = st.decimals(
    min_value=Decimal("-999999999999.999999"), max_value=Decimal("999999999999.999999"), places=6
)


@given(DAYS)
def test_a_shown_date_is_read_back_as_the_same_day(day):
    assert formats.parse_date(formats.format_date(day)) == day


@given(RUPIAH)
def test_a_shown_amount_is_read_back_as_the_same_amount(amount):
    assert formats.parse_rupiah(formats.format_rupiah(amount)) == amount


@given(NUMBERS)
def test_a_shown_number_is_read_back_as_the_same_number(number):
    shown = formats.format_number(number)
    assert formats.parse_number(shown, allow_negative=True) == number


def test_dates_are_spelled_out():
    day = date(2023, 7, 24)
    assert formats.format_date(day) == "24 Juli 2023"
    assert formats.format_date_day(day) == "Senin, 24 Juli 2023"


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2023, 7, 24), date(2023, 7, 24), "24 Juli 2023"),
        (date(2023, 7, 24), date(2023, 7, 25), "24–25 Juli 2023"),
        (date(2023, 7, 30), date(2023, 8, 2), "30 Juli – 2 Agustus 2023"),
        (date(2025, 1, 14), date(2027, 12, 31), "14 Januari 2025 – 31 Desember 2027"),
    ],
)
def test_a_range_says_each_part_once(first, last, shown):
    assert formats.format_date_range(first, last) == shown


@pytest.mark.parametrize(
    ("zone", "time", "moment"),
    [
        ("WIB", "pukul 23.30 WIB", "31 Desember 2025 pukul 23.30 WIB"),
        ("WITA", "pukul 00.30 WITA", "1 Januari 2026 pukul 00.30 WITA"),
        ("WIT", "pukul 01.30 WIT", "1 Januari 2026 pukul 01.30 WIT"),
    ],
)
def test_time_and_day_are_those_of_the_zone(zone, time, moment):
    instant = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
    assert formats.format_time(instant, zone) == time
    assert formats.format_datetime(instant, zone) == moment


def test_a_naive_time_is_taken_as_local():
    assert formats.format_time(datetime(2026, 3, 12, 14, 5), "WITA") == "pukul 14.05 WITA"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (1250000000, "Rp\u00a01.250.000.000"),
        (Decimal("85000000.50"), "Rp\u00a085.000.000,50"),
        (Decimal("0.05"), "Rp\u00a00,05"),
        (Decimal("1.00"), "Rp\u00a01"),
        (0, "Rp\u00a00"),
        (Decimal("-1500"), "-Rp\u00a01.500"),
    ],
)
def test_rupiah_shows_sen_only_where_there_are_any(amount, shown):
    assert formats.format_rupiah(amount) == shown


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (1250000000, "Rp\u00a01,25\u00a0miliar"),
        (85000000, "Rp\u00a085\u00a0juta"),
        (999999, "Rp\u00a0999.999"),
        (1000000, "Rp\u00a01\u00a0juta"),
        (999999999, "Rp\u00a01\u00a0miliar"),
        (1_000_000_000_000, "Rp\u00a01\u00a0triliun"),
        (1_250_000_000_000_000, "Rp\u00a01.250\u00a0triliun"),
        (-85000000, "-Rp\u00a085\u00a0juta"),
    ],
)
def test_short_rupiah_takes_the_fitting_word(amount, shown):
    assert formats.format_rupiah_short(amount) == shown


@pytest.mark.parametrize(
    ("number", "places", "shown"),
    [
        (2511, None, "2.511"),
        (Decimal("52.30"), None, "52,3"),
        (Decimal("0.10"), None, "0,1"),
        (Decimal("1E+3"), None, "1.000"),
        (-1234, None, "-1.234"),
        (52.25, 1, "52,3"),
        (Decimal("0.5"), 0, "1"),
        (0, None, "0"),
    ],
)
def test_numbers_have_dots_for_thousands_and_a_comma(number, places, shown):
    assert formats.format_number(number, places) == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (58, 114, "51%"),
        (0, 24, "0%"),
        (24, 24, "100%"),
        (199, 200, "99%"),
        (1, 300, "1%"),
        (116, 100, "116%"),
        (5, 0, "–"),
        (1, 8, "13%"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(part, whole, shown):
    assert formats.format_percent(part, whole) == shown


def test_percentages_of_counts_are_those_of_exact_decimals():
    for whole in range(1, 201):
        for part in range(whole + 1):
            exact = (Decimal(part) / whole * 100).quantize(Decimal(1), ROUND_HALF_UP)
            shown = min(max(exact, 1), 99) if 0 < part < whole else exact
            assert formats.format_percent(part, whole) == f"{shown}%"


def test_a_percentage_may_have_places():
    assert formats.format_percent(1, 8, places=1) == "12,5%"
    assert formats.format_percent(1999, 2000, places=1) == "99,9%"


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(3, 5, "3 dari 5"), (10, 19, "10 dari 19"), (10, 20, "50%")]
)
def test_a_share_of_few_is_told_in_counts(part, whole, shown):
    assert formats.format_share(part, whole) == shown


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 byte"),
        (1023, "1023 byte"),
        (655360, "640 KB"),
        (1048575, "1 MB"),
        (1887437, "1,8 MB"),
        (25 * 1024 * 1024, "25 MB"),
        (1024**3, "1 GB"),
    ],
)
def test_sizes_are_shown_in_the_fitting_unit(size, shown):
    assert formats.format_size(size) == shown


def test_quarters_have_roman_numbers():
    assert [formats.quarter_label(n) for n in (1, 4)] == ["Triwulan I", "Triwulan IV"]
    assert formats.quarter_label(3, short=True) == "TW III"


@pytest.mark.parametrize(
    "other",
    [
        "188.45/97/II/2026",
        "188.45/097/ii/2026",
        " 188.45 / 097 / II / 2026 ",
        "Nomor 188.45/097/II/2026",
        "NOMOR: 188.45/097/II/2026",
        "No. 188.45/097/II/2026",
        "188-45-97-II-2026",
        "188.45\u00a0/\u200b097\u2013II//2026",
        "１８８.45/97/II/2026",
    ],
)
def test_a_decree_number_is_the_same_however_it_is_written(other):
    assert formats.decree_key(other) == "188/45/97/ii/2026"


@pytest.mark.parametrize(
    "other", ["188.45/970/II/2026", "188.45/97/III/2026", "188.45/97/II/2025", "18845/97/II/2026"]
)
def test_another_decree_number_stays_another(other):
    assert formats.decree_key(other) != formats.decree_key("188.45/97/II/2026")


def test_zeros_inside_a_decree_number_stay():
    assert formats.decree_key("100/000/2006") == "100/0/2006"
    assert formats.decree_key("") == ""


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal("20"), "%", "20%"),
        (Decimal("12.5"), "%", "12,5%"),
        (24, "desa", "24 desa"),
        (2511, "", "2.511"),
        (0, "kali", "0 kali"),
        ("2,1", "anak", "2,1 anak"),
        ("ya", "", "ya"),
        (None, "desa", ""),
        ("", "%", ""),
    ],
)
def test_a_quantity_has_a_space_before_its_unit_but_none_before_the_per_cent_sign(
    value, unit, text
):
    assert formats.format_quantity(value, unit) == text
