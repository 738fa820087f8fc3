"""Rules about decrees that need no database: their end, their signer, gaps in a number."""

import re
from datetime import date

ON_BEHALF = re.compile(r"(^|\s)(a\.?\s*n\.?|atas nama)\s", re.IGNORECASE)
HEAD = re.compile(
    r"^(pj\.?|pjs\.?|plt\.?|plh\.?|penjabat|pejabat|pelaksana tugas|pelaksana harian)?\s*"
    r"(sementara\s+)?(gubernur|bupati|wali\s*kota)\b",
    re.IGNORECASE,
)
# A decree typed before it was numbered: 188.45/    /HK/2026 or 188.45/...../HK/2026.
_BLANK_SERIAL = re.compile(r"[/\\]\s*[/\\]|\.{3,}|_{2,}|…")


def own_end(valid_from: date | None, valid_until: date | None, basis: str) -> date | None:
    """The last day a decree states itself (spec section 5.1); None is open or unknown."""
    if valid_until:
        return valid_until
    if basis == "tahun_anggaran" and valid_from:
        return date(valid_from.year, 12, 31)
    return None


def signed_by_head(position: str, status: str) -> bool:
    """Signed by the head of the region, or by somebody else on their behalf."""
    position = position.strip()
    return status == "an" or bool(ON_BEHALF.search(f" {position}")) or bool(HEAD.match(position))


def lacks_serial(number: str) -> bool:
    """Is the place of the serial number still blank?"""
    return bool(_BLANK_SERIAL.search(number))


def at_legal_office(since: date | None, number: str, has_file: bool, status: str) -> bool:
    """ "Proses di Bagian Hukum": begun, and number or file not there yet (spec section 5)."""
    unfinished = not number or lacks_serial(number) or not has_file
    return since is not None and status in ("draft", "returned") and unfinished
