"""G14: every released state of the database comes forward with its rows, on both databases."""

import subprocess
import sys

from safety.tools import ROOT, elsewhere, postgresql

ID = "G14"
GOAL = "setiap keadaan yang pernah dirilis maju dengan datanya: 0 hilang, 0 belum diterapkan"
ALL = 0


def measure(short: bool) -> tuple[str, bool]:
    count = 1 if short else ALL
    found = {"SQLite": elsewhere("migrating", count)}
    with postgresql() as address:
        found["PostgreSQL"] = elsewhere("migrating", count, DATABASE_URL=address)
    program = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]
    missing = subprocess.run(program, cwd=ROOT, check=False).returncode
    told, reached = zip(*(_told(name, each) for name, each in found.items()), strict=True)
    figure = "; ".join(told) + f"; model tanpa migrasi: {missing}"
    return figure, all(reached) and not missing


def _told(name: str, journeys: dict) -> tuple[str, bool]:
    lost = [f"{state}: {each}" for state, found in journeys.items() for each in found["lost"]]
    # Code of the release before the present one goes on while the machines change over.
    before = list(journeys.values())[-1]["old_code"]
    print(*lost, *before.items(), *_refused(journeys), sep="\n")
    tables = sum(found["tables"] for found in journeys.values())
    unapplied = sum(found["unapplied"] for found in journeys.values())
    triggers = min(found["triggers"] for found in journeys.values())
    control = sum(found["control"] for found in journeys.values())
    figure = (
        f"{name}: {len(journeys)} keadaan, {tables} tabel berisi, {len(lost)} kehilangan baris "
        f"(kendali: {control} baris yang dihapus terlihat), {unapplied} migrasi tertinggal, "
        f"{triggers} pemicu, {len(before)} tabel yang tidak dapat ditulisi rilis sebelumnya"
    )
    wrong = [found["scores"] for found in journeys.values() if found["scores"]]
    print(*wrong, sep="\n")
    reached = not lost and not unapplied and not before and not wrong and triggers > 0
    return figure, reached and control == len(journeys)


def _refused(journeys) -> list[str]:
    return [
        f"{state}: tanpa baris uji {table}: {why}"
        for state, found in journeys.items()
        for table, why in found["refused"].items()
    ]
