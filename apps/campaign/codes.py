"""Arithmetic of letters: placeholders, file names. No Django."""

import re
import unicodedata
from collections.abc import Iterable

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


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
