"""What pages cost beside a bare view with the same middleware: processor time of one request.

    python benchmarks/pages.py              # DATABASE_URL names a database that figures.py filled

Each request goes through the whole portal (``WSGIHandler``), signed in, without a server around
it. All ways of a page are asked for in turn and the middle one of many runs counts: time of the
processor, so that neighbours on the machine trouble it little. How a process lies in memory moves
its ratios by a tenth, so the middle one of some processes is told. Prints one JSON object.
"""

import json
import os
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pokja_portal.settings")
os.environ.setdefault("DEBUG", "1")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402

from apps.accounts.models import User  # noqa: E402
from apps.dashboard.keeping import KEPT  # noqa: E402
from apps.effectiveness import stamps  # noqa: E402
from apps.practice.sessions import SessionStore  # noqa: E402
from pokja_portal.urls import urlpatterns as portal  # noqa: E402

settings.DEBUG = False  # Django would keep every statement
settings.ROOT_URLCONF = __name__
settings.ALLOWED_HOSTS = ["testserver"]
settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "PageGZip" not in each]
settings.DATABASES["default"]["CONN_MAX_AGE"] = 60

YEAR = timezone.localdate().year
NATION, PROVINCE = f"/dasbor/nasional/{YEAR}/", f"/dasbor/73/{YEAR}/"
OWN_LIST, ADMIN_LIST = "/pokja/", "/admin/pokja/pokja/"
A_PAGE = 25  # rows of the own list
RUNS = 100  # in each process
PROCESSES = 5

urlpatterns = [path("telanjang/", lambda request: HttpResponse("ok")), *portal]


class Caller:
    """A signed-in administrator: sees all, and may open Django's own list."""

    def __init__(self):
        self.handler, self.factory = WSGIHandler(), RequestFactory()
        person, _ = User.objects.get_or_create(
            username="ukur",
            defaults={"is_staff": True, "is_superuser": True, "full_name": "Pengukur"},
        )
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session["_session_expiry"] = settings.SESSION_COOKIE_AGE
        session.create()
        self.cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={'c' * 32}"

    def get(self, address: str, **headers) -> tuple[int, bytes, dict]:
        """Status, body and headers of one answer."""
        environ = self.factory._base_environ(
            PATH_INFO=address.partition("?")[0],
            QUERY_STRING=address.partition("?")[2],
            HTTP_COOKIE=self.cookies,
            **{"wsgi.input": BytesIO()},
            **headers,
        )
        told = {}

        def start(status, pairs, exc_info=None):
            told.update(status=int(status[:3]), headers=dict(pairs))

        response = self.handler(environ, start)
        body = b"".join(response)
        response.close()
        return told["status"], body, told["headers"]


def middle(ways: dict, runs: int = RUNS) -> dict[str, float]:
    """Milliseconds of the processor for each way, the middle one of ``runs``, in turn. Each is
    measured warm: right after the same once more, so that none pays for what its neighbour left
    in the processor's memory."""
    spent = {name: [] for name in ways}
    for _ in range(runs):
        for name, (prepare, call) in ways.items():
            prepare()
            call()
            prepare()
            began = time.process_time()
            call()
            spent[name].append(time.process_time() - began)
    return {name: 1000 * median(times) for name, times in spent.items()}


def nothing() -> None:
    """Before a request that needs no preparation."""


def dashboard(caller: Caller, address: str) -> dict:
    """A page drawn anew, one that did not change since, and 304, against the bare view.

    ``anew``: nothing is kept, neither figures nor the frame with the person's menu. ``moved``: the
    data have changed, so all that shows figures is drawn; the frame shows none.
    """
    status, body, headers = caller.get(address)
    if status != 200:
        raise RuntimeError(f"{address}: {status}")
    asked = {}

    def ask():
        asked["HTTP_IF_NONE_MATCH"] = caller.get(address)[2]["ETag"]

    ways = {
        "bare": (nothing, lambda: caller.get("/telanjang/")),
        "anew": (KEPT.clear, lambda: caller.get(address)),
        "moved": (stamps.move, lambda: caller.get(address)),
        "kept": (nothing, lambda: caller.get(address)),
    }
    if "ETag" in headers:
        ways["same"] = (ask, lambda: caller.get(address, **asked))
        ask()
        if caller.get(address, **asked)[0] != 304:
            raise RuntimeError(f"{address}: drawn again though nothing changed")
    found = middle(ways)
    stamps.gather()
    with CaptureQueriesContext(connection) as seen:
        caller.get(address)
    ratios = {f"{name}_ratio": found[name] / found["bare"] for name in found if name != "bare"}
    return found | ratios | {"queries": len(seen), "bytes": len(body)}


def lists(caller: Caller) -> dict:
    """25 Pokja on the own list against 25 of the same on Django's."""
    from django.contrib import admin

    from apps.pokja.models import Pokja

    stock = admin.ModelAdmin
    admin.site.unregister(Pokja)
    admin.site.register(
        Pokja, type("Stock", (stock,), {"list_per_page": A_PAGE, "list_display": STOCK_COLUMNS})
    )
    found = middle(
        {
            "ours": (nothing, lambda: caller.get(OWN_LIST)),
            "stock": (nothing, lambda: caller.get(ADMIN_LIST)),
        },
        RUNS // 4,
    )
    return found | {"ratio": found["stock"] / found["ours"]}


STOCK_COLUMNS = ("code", "region", "name", "formed_on", "dissolved_on")


def once() -> dict[str, dict]:
    """What this process measures."""
    caller = Caller()
    found = {"P4": dashboard(caller, NATION), "P5": dashboard(caller, PROVINCE)}
    return found | {"P6": lists(caller)}


def apart() -> dict[str, dict]:
    """What a new process measures."""
    line = [sys.executable, __file__, "once"]
    done = subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return json.loads(done.stdout)


def main(word: str = "") -> None:
    if word:
        print(json.dumps(once()))
        return
    told = [apart() for _ in range(PROCESSES)]
    found = {
        part: {name: median(each[part][name] for each in told) for name in told[0][part]}
        for part in told[0]
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
