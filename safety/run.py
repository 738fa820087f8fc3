"""`make safety`: measure the goals G1 to G20 of safety and print them side by side.

    python -m safety.run [--only G5,G6] [--short] [--resume] [--kept folder] [--json result.json]

Every measure runs in a process of its own with a database and folders that are thrown away. One
that stops with an error, or that does not exist, has not reached its goal. Exit status 1 when
any goal asked for was not reached.

The whole board takes hours. What a measure told at full count about a commit is kept, so that a
run that was cut off goes on with --resume: what was reached on this very commit is not run again.
"""

import argparse
import ast
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
NAMES = {
    "G1": "tidak ada kebocoran antarwilayah",
    "G2": "kolom yang bukan haknya tidak dapat diisi",
    "G3": "alur kerja tidak dapat dibengkokkan",
    "G4": "yang terkunci tetap terkunci",
    "G5": "tidak ada perubahan yang hilang",
    "G6": "unggahan selamat dari proses yang mati",
    "G7": "berkas buruk tidak masuk",
    "G8": "impor semua atau tidak sama sekali",
    "G9": "tidak ada galat 5xx",
    "G10": "tidak ada skrip asing yang jalan",
    "G11": "kepala jawaban (Observatory)",
    "G12": "akun bertahan",
    "G13": "cadangan sungguh dapat dipulihkan",
    "G14": "migrasi tanpa gangguan",
    "G15": "waktu dan uang",
    "G16": "gangguan ditanggung dengan tenang",
    "G17": "data pribadi tidak keluar (UU PDP)",
    "G18": "rekaman utuh dan dapat diperiksa",
    "G19": "uji benar-benar menguji",
    "G20": "rantai pasok dan pengaturan",
}
UNMEASURED = "belum diukur"


def found() -> dict[str, tuple[str, str]]:
    """{id: (module, goal)} of the measures that exist; read without importing them."""
    measures = {}
    for path in sorted(HERE.glob("g[0-9]*.py")):
        words = _constants(path)
        measures[words["ID"]] = path.stem, words.get("GOAL", "")
    return measures


def _constants(path: Path) -> dict:
    """The constants of a module's top level, by name."""
    constants = {}
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                constants[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:  # computed: not one of ours
                continue
    return constants


def run(module: str, *, short: bool) -> tuple[str, bool]:
    """(figure, whether the goal is reached) of a measure in its own process and folder."""
    with tempfile.TemporaryDirectory(prefix="pokja-aman-", ignore_cleanup_errors=True) as folder:
        report = Path(folder) / "hasil.json"
        program = [sys.executable, "-m", "safety.one", module, str(report), *["short"] * short]
        done = subprocess.run(program, cwd=ROOT, env=os.environ | around(folder), check=False)
        if not report.exists():
            return f"terhenti dengan status {done.returncode}; sebabnya tercetak di atas", False
        told = json.loads(report.read_text())
    return told["figure"], told["reached"] and done.returncode == 0


def around(folder: str) -> dict[str, str]:
    """The environment of a measure: everything it keeps lies in this folder."""
    (Path(folder) / "tmp").mkdir()
    return {
        "DJANGO_SETTINGS_MODULE": "pokja_portal.settings_test",
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "MEDIA_ROOT": f"{folder}/berkas",
        "PRACTICE_ROOT": f"{folder}/latihan",
        "TMPDIR": f"{folder}/tmp",
        "SAFETY_FOLDER": folder,
        "PYTHONPATH": str(ROOT),
    }


def commit() -> str:
    """The commit that the project's files are of; empty where they differ from it."""
    return "" if _git("status", "--porcelain") else _git("rev-parse", "--short=12", "HEAD")


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):  # no repository: nothing to name it by
        return ""
    return done.stdout.strip()


def measured(name: str, measures: dict, *, short: bool) -> dict:
    """What the measure of this name tells now."""
    module, goal = measures.get(name, ("", ""))
    began = time.monotonic()
    figure, reached = run(module, short=short) if module else (UNMEASURED, False)
    seconds = round(time.monotonic() - began)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"figure": figure, "goal": goal, "reached": reached, "seconds": seconds, "at": now}


def board(names: list[str], notes: Path | None, *, short: bool, resume: bool) -> dict[str, dict]:
    """{id: what its measure told}; with `resume`, what the folder of notes says was reached."""
    measures, results = found(), {}
    for name in names:
        note = notes / f"{name}.json" if notes else None
        before = json.loads(note.read_text()) if resume and note and note.exists() else {}
        if before.get("reached"):
            results[name] = before
            continue
        print(f"\n=== {name} {NAMES.get(name, '')} ===", flush=True)
        results[name] = measured(name, measures, short=short)
        print(line(name, results[name]["goal"], results[name]), flush=True)
        if note and notes.name == commit():  # nothing was changed meanwhile
            notes.mkdir(parents=True, exist_ok=True)
            note.write_text(json.dumps(results[name], indent=1, ensure_ascii=False))
    return results


def line(name: str, goal: str, result: dict) -> str:
    word = "tercapai" if result["reached"] else "belum"
    seconds = f"{result['seconds']} dtk"
    told = f"{name:4} {word:9} {seconds:>9}  {NAMES.get(name, '')}: {result['figure']}"
    return told + (f"\n{'':26}sasaran: {goal}" if goal else "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="misalnya G5,G6")
    parser.add_argument("--short", action="store_true", help="jumlah kecil, untuk coba-coba")
    parser.add_argument("--resume", action="store_true", help="lewati yang tercapai di commit ini")
    parser.add_argument("--kept", default=ROOT / "var" / "aman", type=Path, help="folder catatan")
    parser.add_argument("--json", help="berkas hasil")
    words = parser.parse_args()
    names = [part.strip() for part in words.only.upper().split(",") if part] or list(NAMES)
    state = "" if words.short else commit()
    notes = words.kept / state if state else None
    results = board(names, notes, short=words.short, resume=words.resume)
    short = " (pendek: jumlahnya bukan jumlah sasaran)" if words.short else ""
    print(f"\n=== Papan keamanan{f' commit {state}' if state else ''}{short} ===")
    print(*(line(name, each["goal"], each) for name, each in results.items()), sep="\n")
    if words.json:
        Path(words.json).write_text(json.dumps(results, indent=1, ensure_ascii=False))
    return 0 if all(each["reached"] for each in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
