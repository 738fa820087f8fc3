"""What the portal starts with: holidays as three ministers decreed them, and the usual target.

The file names its source for each day. Years that are not in it are loaded by the administrator
(admin, or ``impor libur``); no period is set here, since nobody knows the deadlines of an office.
"""

import csv
from datetime import date
from pathlib import Path

from apps.deadlines.models import DEFAULT_TARGET, Holiday, ServiceTarget

FILE = Path(__file__).parent / "data" / "hari_libur.csv"


def load_holidays() -> int:
    """Add the holidays of years that have none; returns how many.

    A year with any holiday is left as it is: what an administrator took away stays away.
    """
    known = {day.year for day in Holiday.objects.dates("date", "year")}
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            Holiday(
                date=date.fromisoformat(row["tanggal"]),
                name=row["nama"],
                is_joint_leave=row["cuti_bersama"] == "ya",
            )
            for row in csv.DictReader(file)
        ]
    return len(Holiday.objects.bulk_create(row for row in rows if row.date.year not in known))


def load_default_target() -> int:
    """Three working days for every province, unless some target stands already."""
    if ServiceTarget.objects.exists():
        return 0
    ServiceTarget.objects.create(days=DEFAULT_TARGET)
    return 1
