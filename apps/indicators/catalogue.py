"""The catalogue the portal starts with: national Bangga Kencana indicators and the PJPK list."""

import csv
from decimal import Decimal
from pathlib import Path

from apps.indicators.models import Indicator, RegionTarget

CATALOGUE = Path(__file__).parent / "data" / "catalogue.csv"
# The national stunting goal, a published figure (27 % in 2019 to 14 % in 2024).
STUNTING_GOAL = {"year": 2024, "value": Decimal(14), "document": "Perpres 72/2021"}


def load_catalogue() -> int:
    """Add the indicators that are missing; those an administrator has edited stay as they are.

    Directions and units are those of the programme's own reports; figures of which no document
    was found are left out. Returns how many indicators were added.
    """
    known = set(Indicator.objects.values_list("code", flat=True))
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    missing = [
        Indicator(order=10 * place, **row)
        for place, row in enumerate(rows, start=1)
        if row["code"] not in known
    ]
    Indicator.objects.bulk_create(missing)
    _add_stunting_goal()
    return len(missing)


def _add_stunting_goal() -> None:
    goal = STUNTING_GOAL
    RegionTarget.objects.get_or_create(
        region=None,
        year=goal["year"],
        document=goal["document"],
        indicator=Indicator.objects.get(code="stunting"),
        defaults={"value": goal["value"]},
    )
