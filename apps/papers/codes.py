"""Arithmetic of papers: NIP, codes of authenticity, the print of what was told. No Django."""

import hashlib
import json
import re
import secrets
import unicodedata
from datetime import date

NIP_LENGTH = 18
# Digits of a NIP: born on, in service since, sex, number.
NIP_PARTS = ((0, 8), (8, 14), (14, 15), (15, 18))
# Neither I, L, O nor U: what a reader takes for one of them is read as the figure it resembles.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
_MISREAD = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s.\-_\u2010-\u2015\u2212]+")


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


def new_code() -> str:
    """Eight characters nobody can guess: 32 to the power of 8 possible ones."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def shown_code(code: str) -> str:
    """ABCD-2345: two groups are copied with fewer mistakes than one."""
    return f"{code[:4]}-{code[4:]}"


def read_code(text: str) -> str:
    """The code in what somebody typed: any case, blanks, hyphens, O for 0, I and L for 1.

    "" for what cannot be a code.
    """
    plain = unicodedata.normalize("NFKC", text[:100]).upper()
    code = _BETWEEN.sub("", plain).translate(_MISREAD)
    is_code = len(code) == CODE_LENGTH and all(letter in ALPHABET for letter in code)
    return code if is_code else ""


def canonical(facts: dict) -> str:
    """The same text for the same facts, whatever their order. Raises TypeError for no JSON."""
    return json.dumps(
        facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def fingerprint(facts: dict) -> str:
    """SHA-256 of the facts, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(facts).encode()).hexdigest()
