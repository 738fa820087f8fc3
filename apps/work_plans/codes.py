"""Months of an activity as a bit mask, and the words officials write for them."""

import re

QUARTERS = {"TW1": 0b111, "TW2": 0b111 << 3, "TW3": 0b111 << 6, "TW4": 0b111 << 9}
ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}


def parse_months(text) -> int:
    """Bit mask of ``TW1;TW2`` or months ``1;2;3`` (also commas; "TW I", "Triwulan 2").

    Raises ValueError with the sentence to show.
    """
    mask = 0
    parts = [part for part in re.split(r"[;,]", str(text)) if part.strip()]
    for part in parts:
        mask |= _part_mask(part)
    if not mask:
        raise ValueError("Isi waktu dengan triwulan (TW1;TW2) atau bulan (1;2;3)")
    return mask


def _part_mask(part: str) -> int:
    word = re.sub(r"\s+", "", part.upper()).replace("TRIWULAN", "TW")
    if word.startswith("TW"):
        word = "TW" + ROMAN.get(word[2:], word[2:])
        if word in QUARTERS:
            return QUARTERS[word]
    elif re.fullmatch(r"\d{1,2}(\.0)?", word) and 1 <= int(float(word)) <= 12:
        return 1 << (int(float(word)) - 1)
    raise ValueError(f"Waktu “{part.strip()}” tidak dikenal; tulis TW1;TW2 atau bulan 1;2;3")


def months_of(mask: int) -> list[int]:
    """Month numbers 1–12 in a mask."""
    return [month for month in range(1, 13) if mask & (1 << (month - 1))]


def quarters_of(mask: int) -> list[int]:
    """Quarters 1–4 touched by a mask."""
    return sorted({(month - 1) // 3 + 1 for month in months_of(mask)})


def format_months(mask: int) -> str:
    """``TW1;TW2`` where whole quarters are meant, else ``1;2;5`` (what a file takes back)."""
    names = [name for name, bits in QUARTERS.items() if mask & bits == bits]
    if names and sum(QUARTERS[name] for name in names) == mask:
        return ";".join(names)
    return ";".join(str(month) for month in months_of(mask))
