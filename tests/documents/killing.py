"""A server killed at random moments, officers who upload to it, and the count afterwards."""

import base64
import hashlib
import http.client
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event, Lock, Thread

from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from tests.makers import pdf_bytes, pdf_upload

ROOT = Path(__file__).resolve().parent.parent.parent
TOKEN = "t" * 32  # the cookie and the header need only agree
PATIENCE = 60  # seconds until an officer gives up one upload
TROUBLE = (OSError, http.client.HTTPException)


class Killable:
    """The portal on the test's own database; ``start`` and ``kill`` as often as one likes."""

    def __init__(self, folder, files):
        from tests.e2e.served import free_port

        self.port, self.group, self.kills = free_port(), None, 0
        database = connection.settings_dict
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.documents.killed_settings",
            "KILLED_DATABASE": json.dumps(database, default=str),
            "KILLED_FILES": str(files),
        }
        command = [sys.executable, "-m", "tests.documents.killed_server", str(self.port)]
        with (Path(folder) / "server.log").open("w") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def start(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.group = int(self.process.stdout.readline())

    def kill(self):
        """kill -9: master, workers and whatever they had running."""
        os.killpg(self.group, signal.SIGKILL)
        self.group = None
        self.kills += 1

    def stop(self):
        if self.group:
            self.kill()
        self.process.stdin.close()
        self.process.wait(timeout=30)


@dataclass
class Acknowledged:
    """What officers were told is safe."""

    documents: dict = field(default_factory=dict)  # SHA-256 by the document's code
    evidence: dict = field(default_factory=dict)  # SHA-256 by the evidence's number
    parts: dict = field(default_factory=dict)  # bytes received by the upload's code
    broken: list = field(default_factory=list)  # promises found broken on the way


class Officer:
    """One person with a browser who tries again until the portal says yes."""

    def __init__(self, port, session, pokja, told: Acknowledged):
        self.port, self.pokja, self.told = port, pokja, told
        cookies = f"sessionid={session}; csrftoken={TOKEN}"
        self.headers = {"Cookie": cookies, "X-CSRFToken": TOKEN}

    def ask(self, method, path, body=b"", **headers):
        """(status, headers, body); tries again while nobody answers, or only with trouble.

        ``body`` may be a function that makes it anew for each try.
        """
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                sent = body() if callable(body) else body
                line.request(method, path, sent, self.headers | headers)
                answer = line.getresponse()
                content = answer.read()
                if answer.status < 500:
                    return answer.status, answer.headers, content
            except TROUBLE:
                pass
            finally:
                line.close()
            time.sleep(0.02)
        raise AssertionError(f"{method} {path}: tidak dijawab")

    def send_form(self, number, content):
        """A draft SK with its file in one request, as without JavaScript.

        Each try has a number of its own: the portal knows a form that comes a second time.
        """
        tries = itertools.count()

        def body():
            fields = {"draf": "1", "number": f"188.45/{number}/{next(tries)}"}
            return encode_multipart(BOUNDARY, fields | {"file": pdf_upload(content=content)})

        path = f"/pokja/{self.pokja.pk}/{timezone.localdate().year}/isi/sk/"
        status, headers, page = self.ask("POST", path, body, **{"Content-Type": MULTIPART_CONTENT})
        assert status == 302, re.findall(r"invalid-feedback[^>]*>([^<]+)", page.decode())
        key = re.search(r"bukti=(\d+)", headers["Location"])[1]
        self.told.evidence[int(key)] = hashlib.sha256(content).hexdigest()

    def send_parts(self, content, *, to_the_end=True):
        """The same file in parts; what was acknowledged is never sent again."""
        address, received = self._announce(len(content)), 0
        code = address.split("/")[2]
        size = -(-len(content) // 3)
        while received < len(content):
            received = self._send_part(address, code, received, content[received : received + size])
            if not to_the_end:
                return
        form = f"unggahan={code}&apa=Berkas+SK".encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        status, _, answer = self.ask("POST", "/unggah/selesai/", form, **kind)
        assert status == 200, answer
        del self.told.parts[code]
        document = json.loads(answer)
        if document["sha256"] != hashlib.sha256(content).hexdigest():
            self.told.broken.append(document)
        self.told.documents[document["dokumen"]] = document["sha256"]

    def _announce(self, size):
        words = {"filename": "sk.pdf", "region": self.pokja.region_id}
        pairs = [f"{k} {base64.b64encode(str(v).encode()).decode()}" for k, v in words.items()]
        headers = {"Upload-Length": str(size), "Upload-Metadata": ",".join(pairs)}
        status, answer, told = self.ask("POST", "/unggah/", **headers)
        assert status == 201, told
        return answer["Location"]

    def _send_part(self, address, code, offset, part) -> int:
        """Up to where the bytes are there now, as the portal says."""
        kind = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        status, headers, _ = self.ask("PATCH", address, part, **kind)
        assert status in (204, 409)  # 409: taken already, and only the answer was lost
        received = int(headers["Upload-Offset"])
        if received < offset:
            self.told.broken.append((code, received))
        self.told.parts[code] = received
        return received


# Of so many uploads one stays unfinished. One person may leave 200: of 3,000 uploads these, and
# those that a server announced and died before it could say so, more on a busy machine.
LEFT_LYING = 100


class Campaign:
    """So many uploads by several officers at once, and a server killed in between."""

    def __init__(self, server: Killable, officers, random, *, uploads, kills):
        self.server, self.officers, self.random = server, officers, random
        self.uploads, self.begun, self.lock = uploads, 0, Lock()
        self.moments = sorted(random.randrange(uploads) for _ in range(kills))
        self.over, self.failures = Event(), []

    def run(self):
        self.server.start()
        threads = [Thread(target=self._work, args=[officer]) for officer in self.officers]
        killer = Thread(target=self._kill_now_and_then)
        for thread in [*threads, killer]:
            thread.start()
        for thread in threads:
            thread.join()
        self.over.set()
        killer.join()
        if self.failures:
            raise self.failures[0]

    def _next(self):
        with self.lock:
            if self.begun >= self.uploads or self.failures:
                return None
            self.begun += 1
            size = self.random.randrange(1_000, 600_000)
            return self.begun, pdf_of(self.random, size)

    def _work(self, officer):
        try:
            while upload := self._next():
                number, content = upload
                if number % 2:
                    officer.send_form(number, content)
                else:
                    officer.send_parts(content, to_the_end=number % LEFT_LYING > 0)
        except BaseException as failure:
            self.failures.append(failure)

    def _kill_now_and_then(self):
        """At random moments of random uploads, however fast the machine is."""
        for moment in self.moments:
            while self.begun < moment and not self.over.wait(0.01):
                pass
            self.over.wait(self.random.uniform(0, 0.4))
            self.server.kill()
            self.server.start()


def pdf_of(random, size: int) -> bytes:
    """A sound PDF of about that many bytes, unlike any other."""

    def fill(pdf):
        pdf.Root.Isi = pdf.make_stream(random.randbytes(size))

    return pdf_bytes(change=fill, compress_streams=False)


@dataclass
class Count:
    """After a crash: promises not kept, records without their file, files without a record."""

    lost: int = 0
    bare: int = 0
    orphaned: int = 0
    cleared: int = 0  # leftovers that were there before the clearing


def count(told: Acknowledged, storage) -> Count:
    """Clear leftovers as ``periksa_berkas --hapus-sisa`` does, then compare with what was told."""
    from apps.documents.reconcile import compare, remove

    before = compare(grace=timedelta(0), storage=storage)
    cleared = remove(before, storage=storage)
    after = compare(grace=timedelta(0), storage=storage)
    return Count(
        lost=len(told.broken) + _lost_documents(told, storage) + _lost_parts(told, storage),
        bare=len(after.missing) + len(after.changed),
        orphaned=len(after.leftovers),
        cleared=cleared,
    )


def _lost_documents(told, storage) -> int:
    from apps.decrees.models import Decree
    from apps.documents.models import Document
    from apps.documents.reconcile import sha256_of

    codes = {str(document.uuid): document for document in Document.objects.all()}
    held = {decree.evidence_id: decree.document for decree in Decree.objects.all()}
    promised = [(codes.get(code), digest) for code, digest in told.documents.items()]
    promised += [(held.get(key), digest) for key, digest in told.evidence.items()]
    return sum(
        document is None
        or not storage.exists(document.file.name)
        or {document.sha256, sha256_of(storage, document.file.name)} != {digest}
        for document, digest in promised
    )


def _lost_parts(told, storage) -> int:
    """Uploads that have fewer bytes than was said, in the record or in the store."""
    from apps.documents.models import Upload

    uploads = {str(upload.uuid): upload for upload in Upload.objects.all()}
    lost = 0
    for code, received in told.parts.items():
        upload = uploads.get(code)
        parts = [(chunk.size, chunk.name) for chunk in upload.chunks.all()] if upload else []
        whole = all(storage.exists(name) and storage.size(name) == size for size, name in parts)
        lost += not whole or sum(size for size, _ in parts) < received
    return lost
