"""Short and former names of regions: reference data, only such that are beyond doubt."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "data" / "names.csv"
FORMER = "lama"
WORDS = {FORMER: "nama lama", "pendek": "nama pendek"}


class OtherName(NamedTuple):
    """A name people use for a region; ``sort`` is a key of WORDS."""

    name: str
    sort: str


@cache
def other_names() -> dict[str, list[OtherName]]:
    """By Kemendagri code; read once for the life of the process."""
    found: dict[str, list[OtherName]] = {}
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["kode"], []).append(OtherName(row["nama"], row["jenis"]))
    return found
