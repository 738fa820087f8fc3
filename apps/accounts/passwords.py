"""What a password must not be, beside Django's own rules: words everybody here tries first, dates
of birth and NIP; and, where an installation asks for them, the character classes of SPBE.

The words stand in data/kata_umum.txt; the names of provinces and kabupaten/kota join them from
the regions' data, so that nobody has to keep a second list of them.
"""

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError

from apps import regions

WORDS = Path(__file__).parent / "data" / "kata_umum.txt"
REGIONS = Path(regions.__file__).parent / "data" / "regions.csv"
MIN_LENGTH = 12
# Letters as people disguise them.
DISGUISES = str.maketrans("01345789@$!|+", "oieastbgasilt")
SHORTEST_PART = 3  # letters of one of two words written together
MOST_CUT = 8  # digits or signs at an end that may be letters in disguise

COMMON = "Kata sandi ini mudah ditebak: hanya kata atau nama yang umum dengan angka. {hint}"
HINT = "Pakai tiga kata atau lebih yang tidak berhubungan."
DATED = (
    "Tanggal, NIP, dan NIK mudah ditebak dan tidak dihitung: selain itu tersisa {left} karakter, "
    "paling sedikit 12."
)
CLASSES = (
    (r"[a-z]", "huruf kecil"),
    (r"[A-Z]", "huruf besar"),
    (r"[0-9]", "angka"),
    (r"[^A-Za-z0-9]", "tanda"),
)

_DAY, _MONTH, _YEAR, _GAP = r"(\d{1,2})", r"(\d{1,2})", r"((?:19|20)\d\d)", r"[-./ _]?"
NIP = re.compile(r"(?<!\d)(?:19|20)\d{6}[ .-]?(?:19|20)\d{4}[ .-]?[12][ .-]?\d{3}(?!\d)")
NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
DAY_FIRST = re.compile(_DAY + _GAP + _MONTH + _GAP + _YEAR)
YEAR_FIRST = re.compile(_YEAR + _GAP + r"(\d\d)" + _GAP + r"(\d\d)")
SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)[-./ ]?(\d\d)[-./ ]?(\d\d)(?!\d)")


# --- words ---------------------------------------------------------------------------------------


@cache
def common_words() -> frozenset[str]:
    """Every word of the list, and every name of a province or kabupaten/kota, letters only."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    words = {word for line in lines if not line.startswith("#") for word in line.split()}
    with REGIONS.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            words |= {_letters(row["name"]), _letters(row["short_name"])}
            words |= {_letters(part) for part in row["short_name"].split()}
    return frozenset(word for word in words if len(word) >= SHORTEST_PART)


def is_common(password: str) -> bool:
    """Whether nothing but one or two common words is in it, whatever stands around or instead of
    their letters: "P0kja!2026", "sulawesi_selatan 73", "bkkbnbkkbn99", "aaaa1111"."""
    return any(_is_of_common_words(_letters(part)) for part in _readings(password.casefold()))


def _readings(text: str) -> set[str]:
    """The text as its writer may have meant it: signs at its ends are digits or letters in
    disguise, and both are tried."""
    head = len(text) - len(re.sub(r"^[^a-z]+", "", text))
    tail = len(text) - len(re.sub(r"[^a-z]+$", "", text))
    if head == len(text):  # not one letter
        return {""}
    starts = {head, *range(min(head, MOST_CUT) + 1)}
    ends = {len(text) - cut for cut in {tail, *range(min(tail, MOST_CUT) + 1)}}
    parts = {text[start:end] for start in starts for end in ends}
    return parts | {part.translate(DISGUISES) for part in parts}


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.casefold())


def _is_of_common_words(letters: str) -> bool:
    words = common_words()
    if len(set(letters)) <= 2 or letters in words or _is_repeated(letters, words):
        return True
    cuts = range(SHORTEST_PART, len(letters) - SHORTEST_PART + 1)
    return any(letters[:cut] in words and letters[cut:] in words for cut in cuts)


def _is_repeated(letters: str, words) -> bool:
    size = (letters + letters).find(letters, 1)  # of the shortest part it repeats
    return size < len(letters) and (size <= SHORTEST_PART or letters[:size] in words)


class IndonesianCommonPasswordValidator:
    def validate(self, password, user=None):
        if is_common(password):
            raise ValidationError(COMMON.format(hint=HINT), code="password_too_common")

    def get_help_text(self):
        return "Bukan kata atau nama yang umum, juga tidak dengan angka di belakangnya."


# --- dates and numbers of persons ----------------------------------------------------------------


def without_dates(password: str) -> str:
    """The password without NIP, NIK and dates ("17-08-1945", "19450817", "170845")."""
    rest = NIK.sub("", NIP.sub("", password))
    rest = DAY_FIRST.sub(lambda found: _unless_date(found, 3, 2, 1), rest)
    rest = YEAR_FIRST.sub(lambda found: _unless_date(found, 1, 2, 3), rest)
    return SHORT_YEAR.sub(lambda found: _unless_date(found, 3, 2, 1, century=1900), rest)


def _unless_date(found, year: int, month: int, day: int, century: int = 0) -> str:
    try:
        date(century + int(found[year]), int(found[month]), int(found[day]))
    except ValueError:
        return found[0]
    return ""


class DatesDoNotCountValidator:
    """What is known about a person adds nothing: the rest must be long enough by itself."""

    def validate(self, password, user=None):
        rest = without_dates(password)
        if rest != password and len(rest) < MIN_LENGTH:
            raise ValidationError(DATED.format(left=len(rest)), code="password_of_dates")

    def get_help_text(self):
        return "Tanggal lahir, NIP, dan NIK tidak dihitung."


# --- SPBE ----------------------------------------------------------------------------------------


class CharacterClassesValidator:
    """Capital and small letters, digits and signs, as the guides for SPBE ask (SPBE_PASSWORDS).

    ASVS advises against it, so the portal asks for it only where the setting says so.
    """

    def validate(self, password, user=None):
        lacking = [name for pattern, name in CLASSES if not re.search(pattern, password)]
        if lacking:
            raise ValidationError(
                f"Tambahkan {', '.join(lacking)}.", code="password_lacks_characters"
            )

    def get_help_text(self):
        return "Memuat huruf besar, huruf kecil, angka, dan tanda."
