"""Arithmetic of letters: NIP, placeholders, file names. No Django."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

NIP_LENGTH = 18
# Digits of a NIP: born on, in service since, sex, number.
NIP_PARTS = ((0, 8), (8, 14), (14, 15), (15, 18))
PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


def nip_digits(text: str) -> str:
    """The digits of a NIP as people write it, with blanks, dots or dashes between them.

    Raises ValueError with a sentence for what is no NIP: 18 digits that begin with a birthday.
    """
    digits = re.sub(r"[\s.\-]+", "", unicodedata.normalize("NFKC", text))
    if not (digits.isascii() and digits.isdecimal()):
        raise ValueError("Tulis NIP dengan 18 angka, misalnya 19690514 199503 1 002")
    if len(digits) != NIP_LENGTH:
        raise ValueError(f"NIP terdiri atas 18 angka, sekarang {len(digits)}")
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise ValueError(
            "Delapan angka pertama NIP adalah tanggal lahir (tahun, bulan, hari). Periksa kembali"
        ) from None
    return digits


def format_nip(digits: str) -> str:
    """19690514 199503 1 002; what is not of that length stays as it is."""
    if len(digits) != NIP_LENGTH:
        return digits
    return " ".join(digits[start:end] for start, end in NIP_PARTS)


def unknown_placeholders(text: str, known: Iterable[str]) -> list[str]:
    """The names in braces nobody fills in, in the order of the text, each once."""
    found = dict.fromkeys(PLACEHOLDER.findall(text))
    return [name for name in found if name not in known]


def filled(text: str, values: dict[str, str]) -> str:
    """The text with every {name} replaced; a value is never read for names again."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def paragraphs(text: str) -> list[str]:
    """The lines of a text as paragraphs; empty ones are left out."""
    return [line for line in (" ".join(row.split()) for row in text.splitlines()) if line]


def file_stem(kind_word: str, code: str, label: str, year: int) -> str:
    """Surat-pengingat-7308-Bone-2026: a name every system and every chat program takes."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    name = _UNSAFE.sub("-", plain).strip("-")[:60]
    digits = _UNSAFE.sub("", code)
    return "-".join(part for part in ("Surat", kind_word, digits, name, str(year)) if part)
