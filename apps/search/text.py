"""How what somebody typed is compared with names and numbers. No Django."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

LONGEST, SHORTEST, WORDS = 200, 2, 10  # letters of a search, and its words
LEVELS = {
    "kab": "kabupaten",
    "prov": "provinsi",
    "prop": "provinsi",
    "propinsi": "provinsi",
    "adm": "administrasi",
}
LEVEL_WORDS = frozenset({"kabupaten", "kota", "provinsi", "administrasi"})
CLOSE = 0.75  # how alike two words are for one to be meant by the other


def cleaned(typed: str) -> str:
    """What is searched for: one line, without signs no database keeps, at most LONGEST letters."""
    return " ".join(typed.replace("\x00", " ").split())[:LONGEST].strip()


def folded(text: str) -> str:
    """Without case, accents and signs: "Kab. Bône" is "kab bone"."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", plain))


def words_of(text: str) -> list[str]:
    """The folded words, with the level written out: "Kab. Bone" gives kabupaten, bone."""
    return [LEVELS.get(word, word) for word in folded(text).split()][:WORDS]


def squeezed(words: Iterable[str]) -> str:
    """One word of many, so that "Kota baru" is "Kotabaru"."""
    return "".join(words)


def without_level(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in LEVEL_WORDS]


def number_parts(text: str) -> list[str]:
    """A decree number taken apart, whatever stands between: 188.45/097/II/2026 and
    "188 45 97 ii 2026" give the same; leading zeros do not matter."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    parts = re.findall(r"[0-9]+|[^\W\d_]+", plain)
    return [part.lstrip("0") or "0" if part.isdecimal() else part for part in parts]


def is_within(asked: Sequence[str], parts: Sequence[str]) -> bool:
    """Do the parts asked for stand in a number in this order? The last may be its beginning."""
    rest = iter(parts)
    *whole, last = asked
    if not all(any(part == wanted for part in rest) for wanted in whole):
        return False
    return any(part.startswith(last) for part in rest)


def code_forms(text: str) -> tuple[str, str]:
    """What may be a code of a region, as (Kemendagri, BPS); "" where it is none of that system.

    With dots it is Kemendagri's; digits alone may be either (62.10 and 6210, spec section 7).
    """
    text = text.strip()
    if re.fullmatch(r"\d\d(\.\d\d)?", text, re.ASCII):
        return text, "" if "." in text else text
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        return f"{text[:2]}.{text[2:]}", text
    return "", ""


def corrected(words: Sequence[str], known: Iterable[str]) -> list[str]:
    """The words with those nobody knows replaced by the closest known ones."""
    vocabulary = sorted(set(known))
    held = set(vocabulary)
    return [
        word
        if word in held or len(word) < 3
        else next(iter(get_close_matches(word, vocabulary, 1, CLOSE)), word)
        for word in words
    ]
