"""G16: what goes wrong is told soon and calmly, heals by itself, and costs nothing."""

import subprocess
import sys

from safety.tools import ROOT, hunt, postgresql

ID = "G16"
GOAL = "basis data mati, diam, penuh, hanya-baca: 0 traceback, 503 dalam 2 dtk, pulih dalam 5 dtk"
# Each of them with its control: our own mistakes stay 500, what answers slowly is left alone.
TESTS = (
    "tests/faults/test_outage.py",
    "tests/faults/test_sqlite.py",
    "tests/faults/test_clock.py",
    "tests/documents/test_faults.py",
    "tests/documents/test_sick_s3.py",
)


def measure(short: bool) -> tuple[str, bool]:
    with postgresql() as address:
        found = hunt("outages", short=short, DATABASE_URL=address)
    program = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS]
    tests = subprocess.run(program, cwd=ROOT, check=False).returncode
    if found["failed"]:
        return "pemburunya sendiri gagal; lihat di atas", False
    ended, silent = found["ended"], found["silent"]
    figure = (
        f"PostgreSQL dimatikan di bawah beban: {ended['acknowledged']} simpanan diakui, "
        f"{ended['lost']} hilang, {ended['refused']} dijawab 503 dalam paling lama "
        f"{ended['slowest']} dtk, pulih {ended['healed']} dtk setelah hidup lagi, "
        f"{ended['tracebacks']} traceback, jawaban lain {ended['other']}; PostgreSQL diam: "
        f"{silent['status']} dalam {silent['seconds']} dtk, pulih {silent['healed']} dtk; S3 diam: "
        f"{found['store']} dtk; penuh, hanya-baca, terkunci, jam: uji "
        f"{'gagal' if tests else 'lulus'}"
    )
    reached = (
        not tests
        and ended["lost"] == ended["tracebacks"] == 0
        and not ended["other"]
        and ended["refused"] > 0
        and ended["slowest"] <= 2
        and (ended["healed"] or 99) <= 5
        and silent["status"] == 503
        and silent["seconds"] <= 3.5
        and silent["healed"] <= 5
        and found["store"] <= 5
    )
    return figure, reached
