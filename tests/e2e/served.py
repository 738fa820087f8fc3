"""An installation with sample data behind gunicorn, as near to production as a test comes.

Made once for the session in a temporary folder: `siapkan`, `contoh`, static files collected,
hashed and compressed. Only the crawl uses it; it reads and changes nothing that a page shows.
"""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE_PASSWORD = "contoh-pokja-2026"
START_LIMIT = 60  # seconds


class Served:
    """The running installation: its address, its scored year, and what its database holds."""

    def __init__(self, url, database):
        self.url, self.database = url, database
        self.year = datetime.now(ZoneInfo("Asia/Jakarta")).year

    def one(self, query, *values):
        """The first value of the first row; the server's file is opened for reading only."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            return connection.execute(query, values).fetchone()[0]

    def pokja(self, code):
        return self.one("SELECT id FROM pokja_pokja WHERE code = ?", code)

    def evidence(self, kind, status, region):
        """The first piece of evidence of a kind and status in a region (LIKE its code)."""
        return self.one(
            "SELECT e.id FROM verification_evidence e JOIN regions_region r ON r.id = e.region_id"
            " WHERE e.kind = ? AND e.status = ? AND r.code LIKE ? ORDER BY e.id",
            kind,
            status,
            region,
        )

    def document(self, region):
        """The code of the first document of an SK in a region."""
        found = self.one(
            "SELECT d.uuid FROM documents_document d JOIN decrees_decree s ON s.document_id = d.id"
            " JOIN regions_region r ON r.id = d.region_id WHERE r.code = ? ORDER BY d.id",
            region,
        )
        return str(uuid.UUID(found))

    def address(self, path):
        """A path with its places filled in.

        `{year}`, `{last_year}`; `{7308-KKB}`: the Pokja of that code; `{decree/submitted/73%}`:
        evidence by kind, status and region; `{berkas/73.08}`: a document of an SK there.
        """
        return re.sub(r"\{([^}]+)\}", self._place, path)

    def _place(self, found):
        word = found[1]
        years = {"year": self.year, "last_year": self.year - 1}
        if word in years:
            return str(years[word])
        if word.startswith("berkas/"):
            return self.document(word.removeprefix("berkas/"))
        return str(self.evidence(*word.split("/")) if "/" in word else self.pokja(word))


def environment(folder):
    """What the installation is told; nothing of it is shared with the test's own database."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "MEDIA_ROOT": f"{folder}/berkas",
        "E2E_STATIC_ROOT": f"{folder}/static",
        "DEBUG": "0",
        "HTTPS": "0",
        "SECRET_KEY": "kunci-untuk-pengujian-" + "y" * 40,
        "ALLOWED_HOSTS": "127.0.0.1",
        "EMAIL_URL": "dummymail://",
    }


def prepare(folder):
    """Database, sample data and static files; the two run side by side."""
    told = environment(folder)
    manage = [sys.executable, "manage.py"]
    # The administration's own pages are not visited; their many files take long to compress.
    collect = subprocess.Popen(
        [*manage, "collectstatic", "--noinput", "-v0", "-i", "admin", "-i", "import_export"],
        cwd=ROOT,
        env=told,
    )
    subprocess.run([*manage, "siapkan"], cwd=ROOT, env=told, check=True, capture_output=True)
    subprocess.run(
        [*manage, "contoh"], cwd=ROOT, env=told | {"DEBUG": "1"}, check=True, capture_output=True
    )
    assert collect.wait() == 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(folder):
    """Start gunicorn; gives the Served and its process, which the caller ends."""
    port = free_port()
    with (Path(folder) / "server.log").open("w") as log:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "pokja_portal.wsgi",
                "--threads",
                "4",
                "--no-control-socket",
                "--bind",
                f"127.0.0.1:{port}",
            ],
            cwd=ROOT,
            env=environment(folder),
            stdout=log,
            stderr=log,
        )
    url = f"http://127.0.0.1:{port}"
    wait_for(url, process, Path(folder) / "server.log")
    return Served(url, f"{folder}/portal.sqlite3"), process


def wait_for(url, process, log):
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  our own address
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    process.kill()
    raise RuntimeError(f"Server uji tidak menyala: {log.read_text()[-2000:]}")
