"""A hostile visitor: follows every link and sends every form of one person's portal, untouched,
half filled and with values nobody means well. Every request is undone after it. On the way it
notes each link a page offered to somebody who may not follow it."""

import random
import re
from collections import Counter, deque
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from safety.pages import Form, read
from safety.places import fresh
from safety.unpacking import body_of

HOSTILE = [
    *("", " ", "x", "-1", "0", "1", "2", "99", "999999999999999999999", "²", "٣", "1e9", "1.5"),
    *(
        "NaN",
        "null",
        "[]",
        "{}",
        "%",
        "'",
        '"',
        "\x00",
        "\r\nX: y",
        "a" * 5000,
        "<script>x</script>",
    ),
    *("2026-02-30", "31 Februari 2026", "2026-03-31", "31 Maret 2026", "0001-01-01", "9999-12-31"),
    *(
        "../..",
        "//jahat.test",
        "javascript:x",
        "😀",
        "\u202e",
        "=1+1",
        "on",
        "73",
        "73.08",
        "nasional",
    ),
    *("-99999999999999999", "1.000.000,50", "user__password__startswith", "\uffff"),
]
HOSTILE_KEYS = ["0", "987654321", "99999999999999999999", "²", "-1", "x", "%00", "a" * 300]
FILES = [
    ("a.pdf", b"%PDF-1.4 bukan"),
    ("a.xlsx", b"PK\x03\x04bukan"),
    ("a.csv", b"a;b\n\xff\xfe\x00;2\n"),
    ("../\u202eexe.pdf", b""),
    ("a.svg", b"<svg onload='x'/>"),
]
EXPECTED = {200, 204, 206, 301, 302, 303, 304, 400, 401, 403, 404, 405, 409, 410, 411, 413, 415}
EXPECTED |= {412, 416, 422, 429}
CLOSED = {403, 404, 405, 410}
TRACE = re.compile(rb"Traceback \(most recent call last\)|django\.db\.utils|Exception Value")
PER_PATTERN = 4  # how many addresses of one pattern a person visits


class Crawler:
    """One person's crawl; ``broken`` are the requests answered by 5xx, an exception or a trace,
    ``dead_ends`` the links that were offered and lead nowhere, or where this person may not go."""

    def __init__(self, name: str, user, *, seed: int, budget: int):
        self.name, self.budget = name, budget
        self.draw = random.Random(seed)  # noqa: S311 - repeatable, no secret
        self.client = Client(raise_request_exception=False)
        if user:
            self.client.force_login(user)
        self.cookies = self.client.cookies.copy()
        self.requests, self.broken, self.dead_ends = 0, [], []
        self.statuses, self.visited, self.sent = Counter(), Counter(), Counter()
        self.queue, self.known = deque(), {}

    def crawl(self, *starts: str):
        self._found(starts, "")
        while self.queue and self.requests < self.budget:
            path = self.queue.popleft()
            response, content = self.ask("get", path)
            page = self.known[path]
            if page and response is not None and response.status_code in CLOSED:
                self.dead_ends.append(f"{self.name}: {page} > {path} {response.status_code}")
            if content and response.headers.get("Content-Type", "").startswith("text/html"):
                links, forms = read(content, path)
                self._found(links, path)
                for form in forms:
                    self._attack(form)
            self._bend(path)
        return self

    def _found(self, links, page: str):
        for link in links:
            if link not in self.known:
                self.known[link] = page
                pattern = pattern_of(link)
                self.visited[pattern] += 1
                if self.visited[pattern] <= PER_PATTERN:
                    self.queue.append(link)

    def _attack(self, form: Form):
        """The form untouched, then with one, some and all of its fields bent."""
        place = pattern_of(form.action), form.method, tuple(sorted(form.names))
        self.sent[place] += 1
        if self.sent[place] > 2:
            return
        tries = [self._bent(form, count) for count in (0, 1, 1, 2, 3, len(form.names))]
        for data in [*tries, {}]:
            if self.requests < self.budget:
                self.ask(form.method, form.action, data)

    def _bent(self, form: Form, count: int) -> dict:
        data = {name: list(values) for name, values in form.values.items()}
        names = self.draw.sample(form.names, min(count, len(form.names)))
        for name in names:
            wild = [*HOSTILE, *form.choices.get(name, [])]
            data[name] = [self.draw.choice(wild) for _ in range(self.draw.randint(1, 2))]
        for name in form.files:
            if form.method == "post" and self.draw.random() < 0.8:
                data[name] = [SimpleUploadedFile(*self.draw.choice(FILES))]
        return data

    def _bend(self, path: str):
        """The same address with a wild key and with parameters of any other page."""
        bare, _, query = path.partition("?")
        if digits := re.findall(r"(?<=/)\d[\d.]*(?=/)", bare):
            wild = bare.replace(self.draw.choice(digits), self.draw.choice(HOSTILE_KEYS), 1)
            self.ask("get", wild)
        names = [part.partition("=")[0] for part in query.split("&") if part]
        for name in names or ["q", "halaman", "tahun", "next"]:
            wild = urlencode({name: self.draw.choice(HOSTILE)})
            self.ask(self.draw.choice(["get", "get", "get", "post"]), f"{bare}?{wild}")

    def ask(self, method: str, path: str, data=None):
        """One request, undone; (response, body)."""
        client = fresh(self.client, self.cookies)
        self.requests += 1
        told = f"{self.name} {method} {path[:200]} {short_of(data)}"
        try:
            with transaction.atomic():
                response = getattr(client, method)(path, data or None)
                content = body_of(response)
                transaction.set_rollback(True)
        except Exception as error:
            self.broken.append(f"{told}: {type(error).__name__} {error}"[:600])
            return None, b""
        self.statuses[response.status_code] += 1
        if response.status_code not in EXPECTED or TRACE.search(content):
            self.broken.append(f"{told}: {response.status_code}{cause_of(response)}"[:900])
        return response, content


def pattern_of(link: str) -> str:
    path, _, query = link.partition("?")
    try:
        route = resolve(path).route
    except (Resolver404, ValueError):
        return re.sub(r"\d+", "N", path)
    return route + "?" + "&".join(sorted({part.partition("=")[0] for part in query.split("&")}))


def short_of(data) -> str:
    return str({name: [str(value)[:40] for value in each] for name, each in (data or {}).items()})


def cause_of(response) -> str:
    """The exception behind an answer of the test client, when there was one."""
    info = getattr(response, "exc_info", None)
    if not info:
        return ""
    error, trace = info[1], info[2]
    while trace.tb_next:
        trace = trace.tb_next
    return (
        f" {type(error).__name__} {error} ({trace.tb_frame.f_code.co_filename}:{trace.tb_lineno})"
    )
