"""G8: an import is all or nothing, and nobody waits for it."""

import csv
import re
import threading
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.verification.models import Evidence
from apps.work_plans.models import Activity
from tests import makers

HEADERS = ["kode_pokja", "tahun", "no", "kegiatan", "keluaran", "waktu", "penanggung_jawab"]
PER_PLAN = 50
COUNTED = re.compile(r"([\d.]+) (?:akan )?ditambah, ([\d.]+) (?:akan )?diubah, ([\d.]+) tetap")


@pytest.fixture
def pokja(transactional_db, make_region):
    province = make_region("73", "Sulawesi Selatan")
    city = make_region("73.71", "Kota Makassar", province)
    return [makers.make_pokja(city, code=f"UJI-{at}", name=f"Pokja {at}") for at in range(210)]


def sheet(path, pokja, count, bad=None):
    """A CSV of ``count`` activities; row ``bad`` names a year that is none."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADERS)
        for at in range(count):
            year = "dua ribu" if at + 1 == bad else "2026"
            row = [pokja[at // PER_PLAN].code, year, at % PER_PLAN + 1, f"Rapat {at}"]
            writer.writerow([*row, "Notula", "TW1", "Dinas"])
    return path


def bring_in(path, *options) -> tuple[bool, str]:
    out = StringIO()
    try:
        call_command("impor", "rencana-kerja", str(path), *options, stdout=out, stderr=out)
    except CommandError:
        return False, out.getvalue()
    return True, out.getvalue()


def count_of(told: str) -> list[tuple[str, ...]]:
    """The sentence of what is added, changed and kept."""
    return COUNTED.findall(told)[-1:]


def rows() -> tuple[int, int]:
    return Evidence.objects.count(), Activity.objects.count()


def test_all_or_nothing(figures, short, pokja, tmp_path):
    count = 1_000 if short else 10_000
    figures["rows"] = count
    done, told = bring_in(sheet(tmp_path / "buruk.csv", pokja, count, bad=count - 1))
    figures["kept_of_bad"] = sum(rows())
    figures["refused"] = not done and f"{count}" in told.replace(".", "")
    good = sheet(tmp_path / "baik.csv", pokja, count)
    _, preview = bring_in(good, "--uji")
    figures["kept_of_preview"] = sum(rows())
    waits, saved = while_others_save(lambda: bring_in(good), pokja[-1])
    figures |= {
        "saved": saved[0],
        "kept": rows()[1],
        "preview_differs": count_of(preview) != count_of(saved[1]),
        "waits": len(waits),
        "longest": max(waits),
    }
    again = bring_in(good)
    figures["twice"] = rows()[1]
    figures["again"] = again[0]


def while_others_save(act, pokja):
    """(seconds each of another person's saves took meanwhile, what the act gave)."""
    waits, over = [], threading.Event()

    def save():
        try:
            while not over.is_set():
                began = time.monotonic()
                type(pokja).objects.filter(pk=pokja.pk).update(name=f"Pokja {began}")
                waits.append(time.monotonic() - began)
                time.sleep(0.02)
        finally:
            connection.close()

    other = threading.Thread(target=save)
    other.start()
    try:
        return waits, act()
    finally:
        over.set()
        other.join()


def test_control_a_lock_held_is_noticed(figures, pokja):
    """The control: somebody who holds the database for 1.5 seconds makes others wait."""
    from django.db import transaction

    def hold():
        with transaction.atomic():
            type(pokja[0]).objects.filter(pk=pokja[-1].pk).update(name="Ditahan")
            time.sleep(1.5)

    waits, _ = while_others_save(hold, pokja[-1])
    figures["control"] = max(waits)
