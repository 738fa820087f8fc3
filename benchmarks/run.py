"""`make bench`: the figures of performance.md side by side, each database in a process of its own.

    python benchmarks/run.py [--scales 1,20] [--databases sqlite,postgresql] [--start] [--uploads]

A database server is brought up for it and thrown away. `make bench` asks for all of it and takes
about forty minutes, with SCALES=1 about fifteen. Ratios hold from machine to machine, times do not.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import run_tests  # noqa: E402
import table  # noqa: E402

# P12: files of 25 MB on a line of 1 Mbit/s, which take 210 seconds.
SLOW_LINE = ("--megabytes", "25", "--seconds", "210")
# After the figures, which fill the database; the others find it so.
PROGRAMS = ("pages.py", "imports.py", "papers.py")


def measure(scale: int, database: str) -> dict:
    folder = tempfile.mkdtemp(prefix="pokja-ukur-")
    server = None
    try:
        if database == "postgresql":
            server = run_tests.start_postgresql(f"{folder}/pg")
            address = server.get_uri()
        else:
            address = f"sqlite:///{folder}/portal.sqlite3"
        here = {"DATABASE_URL": address, "DEBUG": "1", "PRACTICE_ROOT": f"{folder}/latihan"}
        found = program("figures.py", str(scale), here=here)
        for name in PROGRAMS:
            found |= program(name, here=here)
        return found
    finally:
        if server:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def program(name: str, *words: str, here: dict) -> dict:
    """What one of the programs measured, in a process of its own."""
    line = [sys.executable, str(ROOT / "benchmarks" / name), *words]
    done = subprocess.run(  # noqa: S603 - this project's own program
        line, cwd=ROOT, env=os.environ | here, check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", default="1")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--json", help="berkas hasil")
    parser.add_argument("--start", action="store_true", help="ukur juga make run kedua (P14)")
    parser.add_argument("--uploads", action="store_true", help="ukur juga unggahan lambat (P12)")
    words = parser.parse_args()
    found = []
    # First what writes files: the disk is busy for a while after the large databases.
    apart = program("exports.py", here={})
    if words.start:
        apart |= program("start.py", here={})
    if words.uploads:
        apart |= program("slow_uploads.py", *SLOW_LINE, here={})
    for database in words.databases.split(","):
        for scale in map(int, words.scales.split(",")):
            found.append(measure(scale, database))
            print(*table.told(found[-1:]), sep="\n", flush=True)
    if words.json:
        Path(words.json).write_text(json.dumps([*found, apart], indent=1))
    print("\n=== Ringkasan ===", *table.told(found), *table.alone(apart), sep="\n")


if __name__ == "__main__":
    main()
