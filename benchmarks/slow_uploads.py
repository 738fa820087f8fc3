"""Twenty slow uploads at once: do the pages stay quick, does memory stay flat, is every file there?

    python benchmarks/slow_uploads.py [--senders 20] [--megabytes 20] [--seconds 30] [--threads 32]

An installation of its own with sample data behind gunicorn (two workers), in a temporary folder.
Page latency of /tugas/ is measured while the senders send whole forms, then while they send in
parts as the page's script does, and at rest before and after each way: a shared machine has
quicker and slower minutes. Each file takes about ``--seconds``. The last line is one JSON object:
of each way p95 against the rest around it, both with their medians in milliseconds, when which
page took more than twice the p95 of that rest (second of the sending, milliseconds), the growth of
the worker that grew most (MB), and how many files were kept.
"""

import argparse
import base64
import contextlib
import hashlib
import http.client
import json
import multiprocessing
import os
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import makers  # noqa: E402
from tests.e2e import served  # noqa: E402

# Bytes of one PATCH, as static/js/unggah.js sends: doubled while one takes less than two seconds.
PART, LARGEST_PART = 256 * 1024, 2 * 1024**2
PIECE = 32 * 1024  # bytes a slow line takes at a time
# Pages asked for at rest, each time: a p95 of sixty is the third slowest, which is chance.
REQUESTS = 200
FRAME = 16 * 1024  # bytes of a PDF around its content: 25 MB is the most that is taken
PAUSE = 0.2  # seconds between two pages
PEOPLE = (
    "SELECT u.username, r.id, min(p.id) FROM accounts_user u"
    " JOIN accounts_assignment a ON a.user_id = u.id JOIN regions_region r ON r.id = a.region_id"
    " JOIN pokja_pokja p ON p.region_id = r.id"
    " WHERE u.username LIKE 'operator.%' AND u.is_active AND u.password NOT LIKE '!%'"
    " GROUP BY u.username, r.id ORDER BY u.username"
)


class Person:
    """Somebody signed in: cookies, CSRF token, and one connection at a time."""

    def __init__(self, port, name, region, pokja):
        self.port, self.name, self.region, self.pokja = port, name, region, pokja
        self.cookies = {}
        self.ask("GET", "/masuk/")
        form = {"username": name, "password": served.SAMPLE_PASSWORD}
        status, _, _ = self.ask("POST", "/masuk/", urlencode(form | self.token()))
        if status != 302:
            raise RuntimeError(f"{name} tidak dapat masuk: {status}")

    def token(self):
        return {"csrfmiddlewaretoken": self.cookies["csrftoken"]}

    def headers(self):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": cookies, "X-CSRFToken": self.cookies.get("csrftoken", "")}

    def ask(self, method, path, body=None, headers=(), rate=None):
        """(status, headers, body); ``rate`` in bytes a second makes a slow line of the way up."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        with contextlib.closing(connection):
            sent = {"Content-Type": "application/x-www-form-urlencoded"}
            sent |= self.headers() | dict(headers)
            if rate is None:
                connection.request(method, path, body, sent)
            else:
                send_slowly(connection, method, path, body, sent, rate)
            answer = connection.getresponse()
            content = answer.read()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers, content


def send_slowly(connection, method, path, body, headers, rate):
    connection.putrequest(method, path)
    for name, value in (headers | {"Content-Length": str(len(body))}).items():
        connection.putheader(name, value)
    connection.endheaders()
    begin = time.monotonic()
    for at in range(0, len(body), PIECE):
        connection.send(body[at : at + PIECE])
        ahead = begin + (at + PIECE) / rate - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)


def send_form(person, number, content, rate):
    """A draft of an SK with its file, as a page without JavaScript sends it."""
    fields = person.token() | {"bukti": "", "revision": "0", "draf": "1"}
    fields |= {"number": f"188.45/{number}/X/{time.time_ns()}", "coverage": str(person.pokja)}
    mark = "batas-uji-lambat"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    file = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="SK {number}.pdf"'
    head = f"{''.join(parts)}{file}\r\nContent-Type: application/pdf\r\n\r\n".encode()
    body = head + content + f"\r\n--{mark}--\r\n".encode()
    path = f"/pokja/{person.pokja}/{time.localtime().tm_year}/isi/sk/"
    headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    status, _, answer = person.ask("POST", path, body, headers, rate)
    return status == 302 or re.sub(r"\s+", " ", answer.decode()[:300])


def send_parts(person, number, content, rate):
    """The same file by the protocol of the page's script; the document it becomes."""

    def word(text):
        return base64.b64encode(str(text).encode()).decode()

    tus = {"Tus-Resumable": "1.0.0"}
    words = f"filename {word(f'SK {number}.pdf')},region {word(person.region)}"
    announced = tus | {"Upload-Length": str(len(content)), "Upload-Metadata": words}
    status, headers, answer = person.ask("POST", "/unggah/", b"", announced)
    if status != 201:
        return answer.decode()[:300]
    path, offset, size = headers["Location"], 0, PART
    kind = {"Content-Type": "application/offset+octet-stream"}
    while offset < len(content):
        part, begin = content[offset : offset + size], time.monotonic()
        here = tus | kind | {"Upload-Offset": str(offset)}
        status, headers, answer = person.ask("PATCH", path, part, here, rate)
        if time.monotonic() - begin < 2:
            size = min(2 * size, LARGEST_PART)
        if status != 204:
            return f"{status} {answer.decode()[:300]}"
        offset = int(headers["Upload-Offset"])
    form = urlencode({"unggahan": path.split("/")[-2], "apa": "Berkas SK"})
    status, _, answer = person.ask("POST", "/unggah/selesai/", form)
    told = json.loads(answer)
    return told.get("sha256") == hashlib.sha256(content).hexdigest() or str(told)


def send_all(send, persons, contents, rate):
    """Every file at once, each on a thread; the answers as a list (True, or what went wrong)."""
    answers = [None] * len(contents)

    def one(number):
        person = persons[number % len(persons)]
        try:
            answers[number] = send(person, number, contents[number], rate)
        except OSError as error:
            answers[number] = repr(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(contents))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


# key in the result, name in the table, how a file is sent
WAYS = (("whole", "formulir utuh", send_form), ("parts", "bertahap", send_parts))


def _send_elsewhere(queue, *words):
    queue.put(send_all(*words))


def files(count, megabytes):
    """Sound PDFs of that size, each another one."""
    for number in range(count):
        noise = random.Random(number).randbytes(megabytes * 1024**2 - FRAME)  # noqa: S311
        yield makers.pdf_bytes(
            change=lambda pdf, noise=noise: setattr(pdf.Root, "Isi", pdf.make_stream(noise))
        )


class Workers:
    """gunicorn's workers and the memory they hold (megabytes, resident)."""

    def __init__(self, master):
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        self.keys = [int(child) for child in children]

    def memory(self):
        return [self._resident(key) for key in self.keys]

    @staticmethod
    def _resident(key):
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{key}/status").read_text())
        return int(found[1]) / 1024


def serve(folder, threads):
    """As README.md starts it in production, on a free port."""
    port = served.free_port()
    words = ["-c", "deploy/gunicorn.conf.py", "--workers", "2", "--threads", str(threads)]
    words += ["--bind", f"127.0.0.1:{port}"]
    with (Path(folder) / "server.log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603  fixed words
            [sys.executable, "-m", "gunicorn", "tests.e2e.rehearsal", *words],
            cwd=ROOT,
            env=served.environment(folder) | {"MALLOC_ARENA_MAX": "2"},
            stdout=log,
            stderr=log,
        )
    served.wait_for(f"http://127.0.0.1:{port}", process, Path(folder) / "server.log")
    return port, process


def page_time(person):
    begin = time.monotonic()
    status, _, _ = person.ask("GET", "/tugas/")
    if status != 200:
        raise RuntimeError(f"/tugas/ menjawab {status}")
    return 1000 * (time.monotonic() - begin)


def at_rest(person):
    return [page_time(person) for _ in range(REQUESTS) if not time.sleep(PAUSE)]


def watched(person, workers, send, persons, contents, rate):
    """Send; meanwhile (second, ms) of each page and the highest memory of each worker (MB)."""
    queue = multiprocessing.Queue()
    words = (queue, send, persons, contents, rate)
    sender = multiprocessing.Process(target=_send_elsewhere, args=words)
    begin = time.monotonic()
    sender.start()
    times, highest = [], workers.memory()
    while queue.empty():
        asked = time.monotonic() - begin
        times.append((asked, page_time(person)))
        highest = [max(pair) for pair in zip(highest, workers.memory(), strict=True)]
        time.sleep(PAUSE)
    answers = queue.get()
    sender.join()
    return times, highest, answers, time.monotonic() - begin


def quantiles(times):
    cuts = statistics.quantiles(times, n=20)
    return statistics.median(times), cuts[18]


def compared(pages, rest):
    """Page times while files are sent against those at rest; figures for the JSON."""
    usual, times = quantiles(rest), quantiles([taken for _, taken in pages])
    slow = [(round(second), round(taken)) for second, taken in pages if taken > 2 * usual[1]]
    figures = {"p50_p95_ms": times, "rest_p50_p95_ms": usual, "slow": slow}
    return {"p95_ratio": times[1] / usual[1]} | figures


def documents(database):
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT count(*) FROM documents_document").fetchone()[0]


def measure(folder, options):
    served.prepare(folder)
    database = f"{folder}/portal.sqlite3"
    with contextlib.closing(sqlite3.connect(database)) as connection:
        people = connection.execute(PEOPLE).fetchall()
    port, process = serve(folder, options.threads)
    try:
        contents = list(files(options.senders, options.megabytes))
        rate = options.megabytes * 1024**2 / options.seconds
        persons = [Person(port, *each) for each in people]
        person = persons[0]
        for _ in range(20):
            page_time(person)
        workers = Workers(process.pid)
        before_it = at_rest(person)
        print(f"{options.senders} x {options.megabytes} MB, 2 worker x {options.threads} thread")
        print(f"{'':22}{'p50 ms':>8}{'p95 ms':>8}{'x p50':>7}{'x p95':>7}{'detik':>7}", end="")
        print(f"{'memori awal > puncak (MB)':>30}{'berkas':>8}")
        found = {"sent": options.senders, "megabytes": options.megabytes}
        for key, name, send in WAYS:
            # What is held once is not what a file costs: what the pages of this way load, and in
            # every thread a connection to the database with its cache.
            small = list(files(2 * options.threads, 1))
            send_all(send, persons, small, 1024**2)
            before, held = workers.memory(), documents(database)
            pages, highest, answers, seconds = watched(
                person, workers, send, persons, contents, rate
            )
            times = [taken for _, taken in pages]
            memory = ", ".join(
                f"{low:.0f} > {high:.0f}" for low, high in zip(before, highest, strict=True)
            )
            kept = documents(database) - held
            after_it = at_rest(person)
            rest, before_it = before_it + after_it, after_it
            show("tanpa unggahan", rest, rest)
            show(name, times, rest, seconds, memory, kept)
            grown = max(high - low for low, high in zip(before, highest, strict=True))
            found[key] = compared(pages, rest) | {"grows_mb": grown, "kept": kept}
            for fault in {str(answer) for answer in answers if answer is not True}:
                print("  gagal:", fault)
        return found
    finally:
        process.terminate()
        process.wait(timeout=30)


def show(name, times, rest, seconds=0.0, memory="", kept=""):
    (middle, slow), (usual, usually_slow) = quantiles(times), quantiles(rest)
    print(f"{name:22}{middle:8.0f}{slow:8.0f}{middle / usual:7.1f}", end="")
    print(f"{slow / usually_slow:7.1f}{seconds:7.0f}{memory:>30}{kept:>8}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--senders", type=int, default=20)
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--threads", type=int, default=32)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pokja_portal.settings")
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({"P12": measure(folder, options)}))


if __name__ == "__main__":
    main()
