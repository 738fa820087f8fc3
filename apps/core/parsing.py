"""Dates and numbers as people and spreadsheets write them (spec section 7). No Django.

Every function takes what a form field, a CSV cell or an Excel cell holds, and raises
``ValueError`` with a sentence fit for the person who typed it. What can be read two ways is
read the Indonesian way; what cannot be read with certainty is refused, never guessed.
"""

import re
from datetime import date, datetime
from decimal import Decimal

DATE_HINT = "Tulis tanggal sebagai hari, bulan, tahun, misalnya 24 Juli 2023"
NUMBER_HINT = "Tulis angka saja, misalnya 1.234.567,89"
RUPIAH_HINT = "Isi nilai dengan angka, misalnya 125.000.000"
NEGATIVE_HINT = "Angka tidak boleh kurang dari 0"
SEN_HINT = "Tulis nilai rupiah paling banyak dua angka di belakang koma"
TOO_LARGE_HINT = "Angka terlalu besar, paling banyak {digits} angka di depan koma"

MIN_YEAR, MAX_YEAR = 1945, 2100
MAX_INTEGER_DIGITS = 18  # of any number; more is a slip of the hand or an attack
MAX_DECIMALS = 10
MAX_RUPIAH_DIGITS = 15  # what core.fields.RupiahField can hold
MAX_TEXT = 60

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
# Short and older spellings that decrees still carry and no prefix of a name covers.
OTHER_MONTHS = {"agt": 8, "agst": 8, "peb": 2, "pebruari": 2, "nop": 11, "nopember": 11}

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ t]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})", re.ASCII)

# A grouped number never begins with 0, so "0.125" has one reading: a decimal point.
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_COMMA = re.compile(r"\d+(?:,\d+)?", re.ASCII)
_POINT = re.compile(r"\d+\.\d+", re.ASCII)
_MONEY = re.compile(r"rp\.?\s*", re.ASCII | re.IGNORECASE)
_NO_SEN = re.compile(r",\s*[-–—]{1,2}$")  # "Rp1.250.000,-"


def parse_date(value) -> date:
    """The day meant by ``value``: text, or a date or datetime of an Excel cell.

    Text may be 2026-02-09, 09/02/2026, 9-2-2026, 9.2.2026 or "9 Februari 2026" with the month
    in full or shortened, in any case. Day before month always; two-digit years are refused.
    Raises ValueError (DATE_HINT) also for days that do not exist and years outside 1945-2100.
    """
    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    elif isinstance(value, str) and len(value) <= MAX_TEXT:
        day = _date_of_text(" ".join(value.casefold().split()))
    else:
        raise ValueError(DATE_HINT)
    if not MIN_YEAR <= day.year <= MAX_YEAR:
        raise ValueError(DATE_HINT)
    return day


def _date_of_text(text):
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _NUMERIC.fullmatch(text):
        day, _, month, year = match.groups()
    elif match := _NAMED.fullmatch(text):
        day, name, year = match.groups()
        month = month_of_name(name)
    else:
        raise ValueError(DATE_HINT)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(DATE_HINT) from None


def month_of_name(name) -> int:
    """1-12 for an Indonesian month name or its beginning (three letters or more)."""
    name = name.casefold()
    if name in OTHER_MONTHS:
        return OTHER_MONTHS[name]
    for number, month in enumerate(MONTHS, start=1):
        if len(name) >= 3 and month.casefold().startswith(name):
            return number
    raise ValueError(DATE_HINT)


def parse_number(value, *, allow_negative=False) -> Decimal:
    """The number meant by ``value``: text, or an int, float or Decimal of an Excel cell.

    Text may be 1.234.567,89 / 1234567.89 / 1,5 / 1.5, with or without "Rp" before and ",-"
    behind. "1.234" is 1234 (Indonesian); "1.5" is one and a half, as 5 is no group of three.
    Raises ValueError for anything else: NaN, infinity, exponents, 12.34.5, 1,234,567.89, more
    than 18 digits before or 10 behind the comma, and below zero unless ``allow_negative``.
    """
    if isinstance(value, str):
        number = _number_of_text(value)
    elif isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError(NUMBER_HINT)
    else:
        number = exact_decimal(value)
    if number < 0 and not allow_negative:
        raise ValueError(NEGATIVE_HINT)
    _check_digits(number, MAX_INTEGER_DIGITS)
    if decimals_of(number) > MAX_DECIMALS:
        raise ValueError(NUMBER_HINT)
    return number


def parse_rupiah(value) -> Decimal:
    """An amount of rupiah, zero or more, with exactly two places (RupiahField).

    Raises ValueError for what is no number, more than two decimals, or more than 15 digits.
    """
    try:
        number = parse_number(value, allow_negative=True)
    except ValueError as error:
        message = RUPIAH_HINT if str(error) == NUMBER_HINT else str(error)
        raise ValueError(message) from None
    if number < 0:
        raise ValueError("Nilai rupiah tidak boleh kurang dari 0")
    _check_digits(number, MAX_RUPIAH_DIGITS)
    if decimals_of(number) > 2:
        raise ValueError(SEN_HINT)
    return number.quantize(Decimal("0.01"))


def exact_decimal(value) -> Decimal:
    """An int, float or Decimal as the decimal number it stands for; ValueError if not finite.

    Excel keeps 15 digits: a sum such as 0.1 + 0.2 arrives as 0.30000000000000004 and means
    0.3. A value of two decimals is taken as it is, so that no sen is lost above 10^13.
    """
    if isinstance(value, float):
        number = Decimal(repr(value))
        if number.is_finite() and decimals_of(number) > 2:
            number = Decimal(f"{value:.15g}")
    else:
        number = Decimal(value)
    if not number.is_finite():
        raise ValueError(NUMBER_HINT)
    return number


def decimals_of(number) -> int:
    """How many places behind the comma a finite Decimal needs; 1.50 needs one."""
    digits = number.as_tuple()
    places = -digits.exponent
    for digit in reversed(digits.digits):
        if places <= 0 or digit != 0:
            break
        places -= 1
    return max(places, 0) if number else 0


def _check_digits(number, limit):
    if number and number.adjusted() >= limit:
        raise ValueError(TOO_LARGE_HINT.format(digits=limit))


def _number_of_text(text):
    if len(text) > MAX_TEXT:
        raise ValueError(NUMBER_HINT)
    text = text.strip()
    negative, text = _split_sign(text)
    if money := _MONEY.match(text):
        text = text[money.end() :]
        if not negative:
            negative, text = _split_sign(text)
    text = _NO_SEN.sub("", text).strip()
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif _COMMA.fullmatch(text):
        text = text.replace(",", ".")
    elif not _POINT.fullmatch(text):
        raise ValueError(NUMBER_HINT)
    number = Decimal(text)
    return -number if negative else number


def _split_sign(text):
    """(whether a minus stands in front, the rest); the typographic minus counts as well."""
    if text[:1] in ("-", "−"):
        return True, text[1:].lstrip()
    return False, text
