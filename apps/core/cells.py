"""What a cell of an imported table may hold: readers of one value each. No Django.

A reader takes what the file holds (text, number, date, True) and gives the value to store, or
raises ValueError with the sentence for that cell. Blank cells never reach a reader.
"""

import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

from apps.core.formats import format_number
from apps.core.parsing import exact_decimal, parse_date, parse_number, parse_rupiah

Reader = Callable[[object], object]

day: Reader = parse_date
rupiah: Reader = parse_rupiah

AS_TEXT = "Excel mengubah isi sel ini menjadi {what}. Tulis sebagai teks"
TEXT_DIGITS = 15  # what Excel keeps of a number


def text(limit: int) -> Reader:
    """Text of at most so many letters; a number becomes its digits, a date is refused."""

    def read(value) -> str:
        words = as_text(value)
        if len(words) > limit:
            raise ValueError(f"Terlalu panjang, paling banyak {limit} karakter")
        return words

    return read


def as_text(value) -> str:
    """The text of a cell; ValueError where Excel has made something else of it."""
    if isinstance(value, date | time):
        raise ValueError(AS_TEXT.format(what="tanggal"))
    if isinstance(value, bool):
        raise ValueError(AS_TEXT.format(what="benar/salah"))
    if isinstance(value, float):
        return f"{value:.{TEXT_DIGITS}g}"
    return str(value).replace("\0", "").strip()


def code_text(limit: int, what: str = "Kode") -> Reader:
    """A code: never a number with a fraction, since Excel has taken its last zero away."""

    def read(value) -> str:
        if isinstance(value, float | Decimal) and value != int(value):
            shown = f"{value:.{TEXT_DIGITS}g}"
            raise ValueError(
                f"{what} {shown} tersimpan sebagai angka: mungkin maksudnya {shown}0? "
                "Tulis kode sebagai teks"
            )
        words = "".join(
            letter
            for letter in as_text(value)
            if not letter.isspace() and unicodedata.category(letter) != "Cf"
        )
        return text(limit)(words)

    return read


def whole(low: int, high: int) -> Reader:
    """A whole number within [low, high]."""

    def read(value) -> int:
        number = parse_number(value, allow_negative=True)
        if number != int(number):
            raise ValueError("Isi dengan bilangan bulat")
        if not low <= number <= high:
            raise ValueError(f"Isi dengan bilangan bulat {low} sampai {high}")
        return int(number)

    return read


year: Reader = whole(2000, 2100)
count: Reader = whole(0, 2_147_483_647)


def decimal(places: int, digits: int, *, negative=False, low=None, high=None) -> Reader:
    """A number with at most ``places`` decimals and ``digits`` before the comma.

    A number calculated by Excel is rounded half up (it has a tail nobody wrote); a typed one
    with more decimals is refused. "%" behind typed numbers is taken off.
    """
    step = Decimal(1).scaleb(-places)

    def read(value) -> Decimal:
        if isinstance(value, str):
            number = parse_number(value.removesuffix("%").rstrip(), allow_negative=True)
        else:
            number = _excel_number(value, step)
        if number < 0 and not negative:
            raise ValueError("Angka tidak boleh kurang dari 0")
        if number and number.adjusted() >= digits:
            raise ValueError(f"Angka terlalu besar, paling banyak {digits} angka di depan koma")
        if (low is not None and number < low) or (high is not None and number > high):
            raise ValueError(f"Isi dengan angka {format_number(low)} sampai {format_number(high)}")
        rounded = number.quantize(step, rounding=ROUND_HALF_UP)
        if rounded != number:
            raise ValueError(f"Tulis paling banyak {places} angka di belakang koma")
        return rounded

    return read


def _excel_number(value, step) -> Decimal:
    if isinstance(value, float):
        value = exact_decimal(value)
        if abs(value) < Decimal(10) ** 15:
            value = value.quantize(step, rounding=ROUND_HALF_UP)
    return parse_number(value, allow_negative=True)


def choice(
    pairs: Iterable[tuple[str, str]], also: dict[str, str] | None = None, allowed: str = ""
) -> Reader:
    """One of the stored words or their labels, whatever the case, spaces and signs.

    ``also`` maps further spellings to stored words; ``allowed`` is the list a refusal shows
    where it is not the stored words.
    """
    pairs = list(pairs)
    known = {fold(word): value for value, label in pairs for word in (value, str(label))}
    known |= {fold(word): value for word, value in (also or {}).items()}
    allowed = allowed or ", ".join(value for value, _ in pairs)

    def read(value) -> str:
        try:
            return known[fold(as_text(value))]
        except KeyError:
            raise ValueError(f"“{str(value)[:40]}” tidak dikenal. Pilihan: {allowed}") from None

    return read


def fold(words: str) -> str:
    """Letters and digits only, small: "DAK Non-Fisik" and "dak nonfisik" are one."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
