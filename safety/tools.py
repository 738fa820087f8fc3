"""What the measures share: a portal of their own, a PostgreSQL server, hunts run by pytest.

Nothing here is imported by the portal.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def folder() -> Path:
    """The folder of this measure, removed after it; of its own when started by hand."""
    if "SAFETY_FOLDER" not in os.environ:
        os.environ["SAFETY_FOLDER"] = tempfile.mkdtemp(prefix="pokja-aman-")
    return Path(os.environ["SAFETY_FOLDER"])


def portal(*, sample: bool = False) -> None:
    """Set Django up in this process with a fresh test database; ``sample`` fills it with `contoh`.

    The database of DATABASE_URL, or rather its test database, is made anew. Call it once, before
    any import of the portal's models.
    """
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import override_settings, setup_databases, setup_test_environment

    override_settings(MEDIA_ROOT=folder() / "berkas").enable()
    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)
    if sample:
        with override_settings(DEBUG=True):  # sample data is for development only
            call_command("siapkan", contoh=True, verbosity=0, stdout=io.StringIO())


@contextmanager
def postgresql():
    """The DATABASE_URL of a PostgreSQL server of this measure alone; ended with the block."""
    sys.path.insert(0, str(ROOT / "scripts"))
    import run_tests

    place = tempfile.mkdtemp(prefix="pg-", dir=folder())
    server = run_tests.start_postgresql(place)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(place, ignore_errors=True)


def elsewhere(module: str, *words, **environment) -> dict:
    """Run ``python -m safety.<module> <words>`` in another process, say on another database; the
    JSON of its last line. subprocess.CalledProcessError when it fails."""
    program = [sys.executable, "-m", f"safety.{module}", *map(str, words)]
    here = os.environ | {name: str(value) for name, value in environment.items()}
    done = subprocess.run(
        program, cwd=ROOT, env=here, check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


def hunt(name: str, *, short: bool, **environment) -> dict:
    """Run safety/hunts/<name>.py by pytest with the cast and fixtures of the tests.

    Gives what its tests put into the fixture ``figures``, with "failed": how many tests failed.
    """
    report = folder() / f"{name}-{len(list(folder().glob('*.json')))}.json"
    here = os.environ | {"SAFETY_REPORT": str(report), "SAFETY_SHORT": "1" * short} | environment
    program = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--tb=short",
        "--durations=5",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run([*program, f"safety/hunts/{name}.py"], cwd=ROOT, env=here, check=False)
    figures = json.loads(report.read_text()) if report.exists() else {}
    return {"failed": done.returncode} | figures
