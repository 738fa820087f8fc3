"""Codes of sub kegiatan as people paste them. Pure: no Django."""

import re
import unicodedata


def clean_code(text: str) -> str:
    """The code without blanks of any kind: 2.13.04.1.01. 05 has been seen in a real table."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))
