"""Dates, money and numbers as an Indonesian office writes them (design: formats). No Django.

The reading side stands in ``parsing`` and is offered here too, so that one import serves both:
``parse_date(format_date(day)) == day``, and the same for rupiah and numbers.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

from apps.core.parsing import (
    DATE_HINT,
    MONTHS,
    NUMBER_HINT,
    RUPIAH_HINT,
    decimals_of,
    exact_decimal,
    parse_date,
    parse_number,
    parse_rupiah,
)
from apps.core.terbilang import terbilang, terbilang_rupiah

__all__ = [
    "DATE_HINT",
    "EMPTY",
    "NUMBER_HINT",
    "RUPIAH_HINT",
    "decree_key",
    "format_date",
    "format_date_day",
    "format_date_range",
    "format_datetime",
    "format_number",
    "format_percent",
    "format_quantity",
    "format_rupiah",
    "format_rupiah_short",
    "format_share",
    "format_size",
    "format_time",
    "local_time",
    "parse_date",
    "parse_number",
    "parse_rupiah",
    "quarter_label",
    "terbilang",
    "terbilang_rupiah",
    "whole_percent",
]

NBSP = "\u00a0"
# One setting for the habit "Rp 1.250.000"; the spelling guide would have "" here.
AFTER_RP = NBSP
EMPTY = "belum diisi"  # never "-", "None" or a zero that nobody entered
NOT_A_SHARE = "–"  # a percentage of nothing (spec section 5)
PERCENT_FROM = 20  # below this many, a share is told in counts

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
# Fixed offsets: Indonesia has no summer time, and a server without zone data gets it right.
ZONES = {
    "WIB": timezone(timedelta(hours=7), "WIB"),
    "WITA": timezone(timedelta(hours=8), "WITA"),
    "WIT": timezone(timedelta(hours=9), "WIT"),
}
ROMAN = ("I", "II", "III", "IV")


def format_date(day: date) -> str:
    """24 Juli 2023."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_date_day(day: date) -> str:
    """Senin, 24 Juli 2023."""
    return f"{DAYS[day.weekday()]}, {format_date(day)}"


def format_date_range(first: date, last: date) -> str:
    """24–25 Juli 2023; 30 Juli – 2 Agustus 2023; with both years where they differ."""
    if first == last:
        return format_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{format_date(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {format_date(last)}"
    return f"{format_date(first)} – {format_date(last)}"


def local_time(moment: datetime, zone_label: str = "WIB") -> datetime:
    """``moment`` on the clock of WIB, WITA or WIT; a naive one is taken as already local."""
    zone = ZONES[zone_label]
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def format_time(moment: datetime, zone_label: str = "WIB") -> str:
    """pukul 14.05 WITA."""
    return f"pukul {local_time(moment, zone_label):%H.%M} {zone_label}"


def format_datetime(moment: datetime, zone_label: str = "WIB") -> str:
    """12 Maret 2026 pukul 08.00 WITA: the day, too, is that of the zone."""
    local = local_time(moment, zone_label)
    return f"{format_date(local)} {format_time(local, zone_label)}"


def format_number(value, places: int | None = None) -> str:
    """2.511; 52,3. With ``places`` rounded half up to that many; otherwise nothing is lost."""
    if type(value) is int:  # most of them by far, and thirty times quicker
        return str(value) if -1000 < value < 1000 else f"{value:,}".replace(",", ".")
    number = exact_decimal(value)
    if places is not None:
        number = _rounded(number, places)
    shown = decimals_of(number)
    text = f"{abs(number):,.{shown}f}".translate(str.maketrans(",.", ".,"))
    return f"-{text}" if number < 0 else text


def format_rupiah(amount) -> str:
    """Rp 1.250.000.000 with a no-break space; sen only where there are any: Rp 0,50."""
    number = _rounded(exact_decimal(amount), 2)
    text = format_number(abs(number))
    if decimals_of(number) == 1:
        text += "0"
    return f"{'-' if number < 0 else ''}Rp{AFTER_RP}{text}"


def format_rupiah_short(amount) -> str:
    """Rp 1,25 miliar; Rp 85 juta; below a million in full."""
    number = exact_decimal(amount)
    if abs(number) < 1_000_000:
        return format_rupiah(number)
    for exponent, word in ((6, "juta"), (9, "miliar"), (12, "triliun")):
        scaled = _rounded(number.scaleb(-exponent), 2)
        if abs(scaled) < 1000 or word == "triliun":  # 999.999.999 is 1 miliar, not 1.000 juta
            break
    sign = "-" if scaled < 0 else ""
    return f"{sign}Rp{AFTER_RP}{format_number(abs(scaled))}{NBSP}{word}"


def format_percent(numerator, denominator, places: int = 0) -> str:
    """51%; "–" when there is nothing to take a share of.

    A share is never rounded up to 100% or down to 0%: 199 of 200 is 99%, 1 of 300 is 1%.
    Above 100% (an achievement) it is printed as it is.
    """
    are_counts = type(numerator) is type(denominator) is int
    if are_counts and places == 0 and 0 <= numerator <= denominator > 0:
        return f"{whole_percent(numerator, denominator)}%"
    top, whole = exact_decimal(numerator), exact_decimal(denominator)
    if whole == 0:
        return NOT_A_SHARE
    percent = _rounded(top / whole * 100, places)
    step = Decimal(1).scaleb(-places)
    if 0 < top < whole:
        percent = min(max(percent, step), 100 - step)
    return f"{format_number(percent)}%"


def whole_percent(part: int, whole: int) -> int:
    """0–100 as it is printed, rounded half up: 0 and 100 only where they are exact. A part of a
    whole above 0."""
    shown = (200 * part + whole) // (2 * whole)
    return min(max(shown, 1), 99) if 0 < part < whole else shown


def format_quantity(value, unit: str = "") -> str:
    """24 desa; 20% without a space before the sign; "" where there is no value.

    ``value`` is a number, or words that are one already (ya, 2,1).
    """
    if value is None or value == "":
        return ""
    text = value if isinstance(value, str) else format_number(value)
    space = "" if unit.startswith("%") else " "
    return f"{text}{space}{unit}".rstrip()


def format_share(part: int, whole: int) -> str:
    """51% from twenty upwards, else "3 dari 5": a percentage of few tells nothing."""
    if whole >= PERCENT_FROM:
        return format_percent(part, whole)
    return f"{format_number(part)} dari {format_number(whole)}"


def format_size(size: int) -> str:
    """1,8 MB; 640 KB; 12 byte. 1 MB is 1,048,576 bytes, as for the upload limit."""
    if size < 1024:
        return f"{size} byte"
    kilobytes = _rounded(Decimal(size) / 1024, 0)
    if kilobytes < 1024:
        return f"{format_number(kilobytes)} KB"
    megabytes = _rounded(Decimal(size) / 1024**2, 1)
    if megabytes < 1024:
        return f"{format_number(megabytes)} MB"
    return f"{format_number(Decimal(size) / 1024**3, 1)} GB"


def quarter_label(quarter: int, *, short: bool = False) -> str:
    """Triwulan I to Triwulan IV; short for tables: TW I."""
    return f"{'TW' if short else 'Triwulan'} {ROMAN[quarter - 1]}"


def decree_key(number: str) -> str:
    """A decree number reduced to what makes it that number, for matching and duplicates.

    Case, spaces of any kind, the word "Nomor" in front and the choice and number of separators
    do not matter, nor do leading zeros: 188.45/97/II/2026 equals "Nomor 188.45 / 097-ii-2026".
    """
    text = unicodedata.normalize("NFKC", number or "").casefold()
    text = re.sub(r"^\s*(?:nomor|no)\b[\s.:]*", "", text)
    text = re.sub(r"[\s\u200b-\u200d\u2060\ufeff]+", "", text)
    text = re.sub(r"[/\\.\-\u2010-\u2015\u2212]+", "/", text).strip("/")
    return re.sub(r"(?<!\d)0+(?=\d)", "", text)


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
