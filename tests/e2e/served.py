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

    def account(self, username):
        return self.one("SELECT id FROM accounts_user WHERE username = ?", username)

    def post(self, username):
        """The first post somebody was given."""
        query = "SELECT id FROM accounts_assignment WHERE user_id = ? ORDER BY id"
        return self.one(query, self.account(username))

    def letters(self, code):
        """The letters of a province."""
        query = (
            "SELECT m.id FROM campaign_mailing m JOIN regions_region r ON r.id = m.office_id "
            "WHERE m.channel = 'letter' AND r.code = ?"
        )
        return self.one(query, code)

    def signer(self, code):
        """Who signs for a province."""
        query = (
            "SELECT s.id FROM papers_signer s JOIN regions_region r ON r.id = s.province_id "
            "WHERE r.code = ? ORDER BY s.id"
        )
        return self.one(query, code)

    def follow_up(self, state, code):
        """A follow-up by state and region."""
        query = (
            "SELECT f.id FROM discussion_followup f JOIN regions_region r ON r.id = f.region_id "
            "WHERE f.state = ? AND r.code = ? ORDER BY f.due_on, f.id"
        )
        return self.one(query, state, code)

    def reply(self, state):
        """A region's reply to a decision, by state."""
        return self.one("SELECT id FROM reviews_objection WHERE state = ? ORDER BY id", state)

    def sample(self, state):
        """A draw for a second look, open or closed."""
        query = "SELECT id FROM reviews_sample WHERE (closed_at IS NULL) = ? ORDER BY id"
        return self.one(query, state == "open")

    def look(self, kind):
        """A drawn item that is still to be marked, by its kind."""
        query = (
            "SELECT i.id FROM reviews_sampleitem i JOIN verification_evidence e "
            "ON e.id = i.evidence_id WHERE i.marked_at IS NULL AND e.kind = ? ORDER BY i.number"
        )
        return self.one(query, kind)

    def share(self, kind):
        """A shared item, by the kind of its evidence."""
        query = (
            "SELECT s.id FROM examples_share s JOIN verification_evidence e "
            "ON e.id = s.evidence_id WHERE s.ended_at IS NULL AND e.kind = ? ORDER BY s.id"
        )
        return self.one(query, kind)

    def change(self, status):
        """A change of regions by its status."""
        return self.one(
            "SELECT id FROM territory_regionchange WHERE status = ? ORDER BY id", status
        )

    def recorded(self, kind, region):
        """A row of the register in a region: revoked ones first, a PKS before its MoU."""
        queries = {
            "regulasi": "regulations_regulation g {} g.revoked_by_id IS NULL, g.id",
            "kesepakatan": "regulations_agreement g {} g.parent_id IS NULL, g.id",
            "kelembagaan": "regulations_institution g {} g.id",
        }
        joined = "JOIN regions_region r ON r.id = g.region_id WHERE r.code = ? ORDER BY"
        return self.one(f"SELECT g.id FROM {queries[kind].format(joined)}", region)  # noqa: S608

    def address(self, path):
        """A path with its places filled in.

        `{year}`, `{last_year}`, `{book_year}`; `{7308-KKB}`: the Pokja of that code;
        `{decree/submitted/73%}`: evidence by kind, status and region;
        `{berkas/73.08}`: a document of an SK there;
        `{tindak/open/73.08}`: a follow-up by state and region;
        `{sanggahan/open}`, `{tinjauan/closed}`, `{look/decree}`: a reply, a draw, an item of one;
        `{wilayah/73}`: a region by its code; `{contoh/decree}`: what a region shares;
        `{perubahan/draft}`: a change of regions;
        `{regulasi/73}`, `{kesepakatan/73}`, `{kelembagaan/73.08}`: of the register;
        `{surat/73}` and `{penanda-tangan/73}`: letters and signer of a province;
        `{kode-rapor}`: the code of the first issued paper;
        `{akun/NAME}` and `{penugasan/NAME}`: somebody's account and post.
        """
        return re.sub(r"\{([^}]+)\}", self._place, path)

    def _place(self, found):
        word = found[1]
        years = {"year": self.year, "last_year": self.year - 1, "book_year": self.year - 2}
        if word in years:
            return str(years[word])
        if word == "kode-rapor":
            return self.one("SELECT code FROM papers_issuedpaper ORDER BY id")
        if word.startswith("berkas/"):
            return self.document(word.removeprefix("berkas/"))
        if word.startswith("tindak/"):
            return str(self.follow_up(*word.split("/")[1:]))
        kind, _, username = word.partition("/")
        reviews = {"sanggahan": self.reply, "tinjauan": self.sample, "look": self.look}
        reviews["contoh"] = self.share
        reviews["perubahan"] = self.change
        if kind in reviews:
            return str(reviews[kind](username))
        if kind in ("regulasi", "kesepakatan", "kelembagaan"):
            return str(self.recorded(kind, username))
        if kind == "wilayah":
            return str(self.one("SELECT id FROM regions_region WHERE code = ?", username))
        if kind in ("surat", "penanda-tangan"):
            return str(self.letters(username) if kind == "surat" else self.signer(username))
        if kind in ("akun", "penugasan"):
            return str(self.account(username) if kind == "akun" else self.post(username))
        return str(self.evidence(*word.split("/")) if "/" in word else self.pokja(word))


def environment(folder):
    """What the installation is told; nothing of it is shared with the test's own database."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "MEDIA_ROOT": f"{folder}/berkas",
        "PRACTICE_ROOT": f"{folder}/latihan",
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
                "tests.e2e.rehearsal",
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
