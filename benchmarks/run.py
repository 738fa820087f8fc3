"""`make bench`: the figures of performance.md side by side, each database in a process of its own.

    python benchmarks/run.py [--scales 1,20] [--databases sqlite,postgresql]

A database server is brought up for it and thrown away; 1× takes some minutes, 20× about half an
hour. Ratios hold from machine to machine, times do not.
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

# id: what, key of the measurement, goal {vendor: largest ratio}
LINES = {
    "P1": ("nasional: data satu tahun / SQL mentah", "P1", 6, 6),
    "P3": ("provinsi: data / SQL mentah", "P3", 3, 3),
    "P7": ("verifikasi satu bukti / simpan biasa", "P7", 3, 5),
    "P11": ("hitung ulang semua tahun / satu SQL", "P11", 2, 2),
}


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
        program = [sys.executable, str(ROOT / "benchmarks" / "figures.py"), str(scale)]
        done = subprocess.run(  # noqa: S603 - this project's own program
            program, cwd=ROOT, env=os.environ | here, check=True, stdout=subprocess.PIPE, text=True
        )
        return json.loads(done.stdout.strip().splitlines()[-1])
    finally:
        if server:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def told(found: list[dict]) -> list[str]:
    """The lines of the table."""
    lines = []
    for each in found:
        name = f"{each['scale']}× {each['vendor']}"
        for key, (what, part, lite, postgres) in LINES.items():
            goal = postgres if each["vendor"] == "postgresql" else lite
            lines.append(_line(key, name, what, each[part], f"≤ {goal}×"))
        lines.append(f"     {name}: {_extra(each)}")
        if "P10" in each and "ratio" in each["P10"]:
            what = "LibreOffice menghitung ulang lembar / portal"
            lines.append(_line("P10", name, what, each["P10"], "≥ 100×"))
            on_reading = each["P10"]["on_reading_ms"]
            lines.append(f"     {name}: dari data mentah saat dibaca {on_reading:.0f} ms")
    if any(each["scale"] != 1 for each in found):
        lines.append("     20×: satu kegiatan, satu target, satu baris anggaran per isian")
    return lines + _growth(found)


def _line(key, name, what, part, goal) -> str:
    return (
        f"{key:4} {name:14} {what:50} {part['ms']:10.2f} ms {part['raw_ms']:10.2f} ms "
        f"{part['ratio']:8.2f}× (sasaran {goal})"
    )


def _extra(each: dict) -> str:
    return (
        f"P1 {each['P1']['queries']} kueri, lima tahun {each['P1']['five_years_ms']:.1f} ms; "
        f"P3 {each['P3']['pokja']} Pokja, halaman {each['P3']['page_pokja']} Pokja dengan "
        f"{each['P3']['page_queries']} kueri {each['P3']['page_ms']:.1f} ms; "
        f"P7 dengan hitung ulang seketika {each['P7']['settled_at_once_ratio']:.1f}×; "
        f"penyimpanan pertama {each['first_settle_s']:.1f} detik"
    )


def _growth(found: list[dict]) -> list[str]:
    small = {each["vendor"]: each for each in found if each["scale"] == 1}
    lines = []
    for each in found:
        if each["scale"] != 1 and (one := small.get(each["vendor"])):
            for key, part, what, goal in (
                ("P2", "P1", "ms", 1.5),
                ("P3", "P3", "page_ms", 2),
            ):
                ratio = each[part][what] / one[part][what]
                lines.append(
                    f"{key:4} {each['scale']}× terhadap 1× {each['vendor']}: {ratio:.2f}× "
                    f"(sasaran ≤ {goal}×)"
                )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", default="1")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--json", help="berkas hasil")
    words = parser.parse_args()
    found = []
    for database in words.databases.split(","):
        for scale in map(int, words.scales.split(",")):
            found.append(measure(scale, database))
            print(*told(found[-1:]), sep="\n", flush=True)
    if words.json:
        Path(words.json).write_text(json.dumps(found, indent=1))
    print("\n=== Ringkasan ===", *told(found), sep="\n")


if __name__ == "__main__":
    main()
