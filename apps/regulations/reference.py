"""National regulations that the portal starts with, each with its source.

Only what was found in print is told: days of enactment were not, so a regulation counts from the
year after its own on until an administrator fills them in.
"""

import csv
from pathlib import Path

from django.db import transaction

from apps.audit.models import Entry
from apps.audit.services import record
from apps.core.formats import decree_key
from apps.regulations.codes import parse_topics
from apps.regulations.models import Regulation

FILE = Path(__file__).parent / "data" / "regulasi_nasional.csv"
LOADED = "Memuat regulasi rujukan"


@transaction.atomic
def load_national_regulations() -> int:
    """Add what was never loaded; returns how many. What an administrator changed or took away
    stays so."""
    entries = Entry.objects.filter(object_type=Regulation._meta.label_lower, action=LOADED)
    loaded = {after["kunci"] for after in entries.values_list("after", flat=True)}
    added = 0
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = f"{row['jenis']}/{row['nomor']}/{row['tahun']}"
            if key not in loaded:
                added += _add(row, key)
    return added


def _add(row: dict, key: str) -> int:
    regulation, created = Regulation.objects.get_or_create(
        region=None,
        kind=row["jenis"],
        issuer="",
        year=int(row["tahun"]),
        number_key=decree_key(row["nomor"]),
        defaults={
            "number": row["nomor"],
            "subject": row["tentang"],
            "topics": parse_topics(row["topik"]),
            "source": row["sumber"],
        },
    )
    record(LOADED, regulation, actor=None, after={"kunci": key})
    return int(created)
