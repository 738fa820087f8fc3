"""Workers killed at random moments, a mail server or a spool they send to, and the count."""

import email
import json
import os
import re
import signal
import socketserver
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 180  # seconds until a test gives up


class Workers:
    """``lanes`` of commands on the test's own database; any can be killed, and starts anew."""

    def __init__(self, folder, mail_url, lanes=("kabari", "db_worker")):
        self.lanes, self.groups, self.kills = lanes, {}, 0
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.notices.killed_settings",
            "KILLED_DATABASE": json.dumps(connection.settings_dict, default=str),
            "KILLED_MAIL": mail_url,
        }
        with (Path(folder) / "worker.log").open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.notices.killed_worker"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def start(self, lane):
        self.process.stdin.write(f"{lane}\n")
        self.process.stdin.flush()
        self.groups[lane] = int(self.process.stdout.readline())

    def kill(self, lane):
        """kill -9, whatever it is doing."""
        with suppress(ProcessLookupError):
            os.killpg(self.groups.pop(lane), signal.SIGKILL)
            self.kills += 1

    def stop(self):
        for lane in list(self.groups):
            self.kill(lane)
        self.process.stdin.close()
        self.process.wait(timeout=30)


def campaign(workers: Workers, random, *, mails: int, kills: int, arrived) -> None:
    """Kill one lane or the other at random moments while ``arrived()`` mails have come, then let
    them finish."""
    from apps.notices.models import Mail

    for lane in workers.lanes:
        workers.start(lane)
    end = time.monotonic() + PATIENCE
    for moment in sorted(random.randrange(mails) for _ in range(kills)):
        while arrived() < moment and time.monotonic() < end:
            time.sleep(0.002)
        time.sleep(random.uniform(0, 0.03))
        lane = random.choice(workers.lanes)
        workers.kill(lane)
        workers.start(lane)
    while Mail.objects.filter(state="waiting").exists() and time.monotonic() < end:
        time.sleep(0.05)


# --- where the mails arrive ------------------------------------------------------------------


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as Django does. A mail counts once the server has said yes to it."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: list[tuple[str, str]] = []  # (recipient, Message-ID)
        self.lock = Lock()
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, address):
        """The other side was killed in the middle of a sentence."""

    def stop(self):
        self.shutdown()
        self.server_close()


class Conversation(socketserver.StreamRequestHandler):
    ANSWERS = {"EHLO": "250 uji", "HELO": "250 uji", "QUIT": "221 selamat tinggal"}

    def handle(self):
        self.say("220 uji ESMTP")
        recipient = ""
        while line := self.rfile.readline():
            words = line.decode().strip()
            verb = words[:4].upper()
            if verb == "RCPT":
                recipient = re.search(r"<([^>]+)>", words)[1]
            if verb == "DATA":
                self.say("354 silakan")
                self.take(recipient)
                continue
            self.say(self.ANSWERS.get(verb, "250 baik"))

    def take(self, recipient):
        content = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise ConnectionError("putus di tengah surel")
            content += line
        time.sleep(0.005)  # as long as a quick server thinks
        identity = email.message_from_bytes(content)["Message-ID"]
        with self.server.lock:  # taken, whether or not anybody is left to hear of it
            self.server.taken.append((recipient, identity))
        self.say("250 diterima")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


def spooled(folder) -> list[tuple[str, str]]:
    """(recipient, Message-ID) of the files of a spool; a file cut off has neither."""
    found = []
    for path in Path(folder).glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes())
        whole = "tidak perlu dibalas." in message.get_payload()
        found.append((message["To"] if whole else "", message["Message-ID"]))
    return found


# --- the count -------------------------------------------------------------------------------


@dataclass
class Count:
    """``lost``: people without their mail. ``doubled``: people with two mails, told apart by the
    Message-ID as mailboxes do. ``repeats``: the same mail handed over once more."""

    lost: int = 0
    doubled: int = 0
    repeats: int = 0


def count(recipients, taken: list[tuple[str, str]]) -> Count:
    """What became of one mail for each of the recipients."""
    got = defaultdict(list)
    for recipient, identity in taken:
        got[recipient].append(identity)
    return Count(
        lost=sum(recipient not in got for recipient in recipients),
        doubled=sum(len(set(identities)) > 1 for identities in got.values()),
        repeats=len(taken) - len(set(taken)),
    )
