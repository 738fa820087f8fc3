"""G15: the turn of the year in three zones, and ten thousand budgets to the sen."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from safety.tools import elsewhere, portal, postgresql

ID = "G15"
GOAL = "3 zona × tepi tahun, triwulan, dan hari: 0 keliru; 10.000 anggaran acak: selisih Rp 0"
ZONES = {"31": "Asia/Jakarta", "73": "Asia/Makassar", "91": "Asia/Jayapura"}
# Two hours around midnight in the three zones, at the ends of a year, a quarter and a day.
EDGES = [
    datetime(2025, 12, 31),
    datetime(2026, 3, 31),
    datetime(2026, 6, 15),
    datetime(2028, 2, 29),
]


def measure(short: bool) -> tuple[str, bool]:
    count = 1_000 if short else 10_000
    lite = elsewhere("money", count)
    with postgresql() as address:
        large = elsewhere("money", count, DATABASE_URL=address)
    portal()
    moments, wrong, control = _days()
    wrong_money = [
        f"{name}: {found}"
        for name, found in (("SQLite", lite), ("PostgreSQL", large))
        if float(found["sum"]) or any(found[key] for key in ("changed", "groups", "sheet", "words"))
    ]
    print(*wrong[:10], *wrong_money, sep="\n")
    figure = (
        f"{moments} saat di 3 zona, {len(wrong)} hari atau tahun keliru (kendali: jam server -> "
        f"{control} keliru); {count} anggaran, selisih Rp {lite['sum']} di SQLite dan "
        f"Rp {large['sum']} di PostgreSQL, {lite['sheet']} berubah lewat XLSX (kendali: pecahan "
        f"biner selisih Rp {lite['naive']})"
    )
    return figure, not wrong and not wrong_money and control > 0 and float(lite["naive"]) != 0


def _days() -> tuple[int, list[str], int]:
    """(moments asked, wrong answers, how often the server's own day would have been wrong)."""
    from apps.deadlines.queries import local_today

    asked, wrong, control = 0, [], 0
    for edge in EDGES:
        start = edge.replace(hour=14, minute=30, tzinfo=UTC)
        for minute in range(180):
            now = start + timedelta(minutes=minute)
            for code, zone in ZONES.items():
                region = _region(code)
                right = now.astimezone(ZoneInfo(zone)).date()
                asked += 1
                if local_today(region, now) != right:
                    wrong.append(f"{now} {zone}: {local_today(region, now)}, bukan {right}")
                control += now.date() != right
    return asked, wrong, control


def _region(code: str):
    """A province that is not stored: its zone follows from its code."""
    from apps.regions.models import Region

    return Region(code=code, name="Uji", level="provinsi")
