"""How soon a second `make run` shows its first page: what it does once the packages are there.

    python benchmarks/start.py

The sample installation is made once, in a folder of its own; then `make run` again, timed from its
start to the first page, with everything that starts beside it. Prints one JSON object.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120  # seconds


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def first_page(address: str) -> None:
    """Returns once the page is there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as page:  # noqa: S310 - http
                if page.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(address)


def second_run(here: dict) -> float:
    """Seconds from the first command to the first page."""
    port, began = free_port(), time.perf_counter()
    running = subprocess.Popen(  # noqa: S603
        ["make", "run", f"PORT={port}"],  # noqa: S607
        cwd=ROOT,
        env=here,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # the server, its reloader, the worker and the clock end together
    )
    try:
        first_page(f"http://127.0.0.1:{port}/")
        return time.perf_counter() - began
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait()


def main() -> None:
    folder = tempfile.mkdtemp(prefix="pokja-mulai-")
    here = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "MEDIA_ROOT": f"{folder}/berkas",
        "PRACTICE_ROOT": f"{folder}/latihan",
    }
    try:
        second_run(here)
        print(json.dumps({"P14": {"s": min(second_run(here) for _ in range(2))}}))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
