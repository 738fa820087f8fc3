"""An S3 that does not answer, or says no: told plainly, soon, and nothing is half done."""

import logging
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from apps.documents import s3_store
from apps.documents.models import Document
from apps.documents.reconcile import compare
from apps.documents.services import store_document
from apps.documents.store import FULL, NOT_KEPT, NOT_READ, StoreUnavailable
from tests.documents.test_faults import send_sk, stored
from tests.makers import make_document, make_pokja, pdf_upload

pytestmark = pytest.mark.django_db


class Sick(BaseHTTPRequestHandler):
    """An S3 that is ill: ``server.status`` for everything, after ``server.delay`` seconds."""

    protocol_version = "HTTP/1.1"

    asked = 0

    def answer(self):
        Sick.asked += 1
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        time.sleep(self.server.delay)
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_PUT = do_HEAD = do_DELETE = answer

    def log_message(self, *words):
        """Nothing on the test's output."""


@pytest.fixture
def sick(use_store, monkeypatch):
    """The ill S3 as store of the portal; tests set its ``status`` and ``delay``."""
    patience = {"connect_timeout": 0.5, "read_timeout": 0.3}
    Sick.asked = 0
    monkeypatch.setattr(s3_store, "PATIENCE", s3_store.PATIENCE | patience)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Sick)
    server.daemon_threads = True
    server.status, server.delay = 500, 0
    Thread(target=server.serve_forever, daemon=True).start()
    use_store(f"s3://dokumen?endpoint=http://127.0.0.1:{server.server_port}&region=id-1")
    logging.getLogger("botocore").setLevel(logging.ERROR)
    yield server
    server.shutdown()
    server.server_close()


ILL = [(500, 0, 503), (503, 0, 503), (403, 0, 503), (200, 2, 503), (507, 0, 507)]


@pytest.mark.parametrize(("status", "delay", "told"), ILL)
def test_an_s3_that_refuses_or_hangs_is_told_and_nothing_is_kept(
    sick, regions, status, delay, told
):
    sick.status, sick.delay = status, delay
    began = time.monotonic()
    with pytest.raises(StoreUnavailable) as caught:
        store_document(pdf_upload(), region=regions.bone, actor=None)
    assert time.monotonic() - began < 5
    assert Sick.asked == (1 if delay or status == 403 else 2)  # silence is not waited for twice
    assert caught.value.status == told
    assert str(caught.value) in (FULL, NOT_KEPT, NOT_READ)
    assert Document.objects.count() == 0


def test_with_the_patience_of_production_silence_is_told_within_five_seconds():
    """Who asks whether a name is free, as every upload does first, is told by then."""
    patience = s3_store.PATIENCE
    assert max(patience["connect_timeout"], patience["read_timeout"]) < 5


def test_an_s3_that_is_not_there_is_told(use_store, regions):
    use_store("s3://dokumen?endpoint=http://127.0.0.1:9&region=id-1")
    with pytest.raises(StoreUnavailable):
        store_document(pdf_upload(), region=regions.bone, actor=None)
    assert Document.objects.count() == 0


def test_an_object_the_server_took_before_it_fell_ill_is_taken_back(
    use_store, s3_address, monkeypatch
):
    from botocore.exceptions import ReadTimeoutError
    from storages.backends.s3 import S3Storage

    whole = S3Storage._save

    def save(self, name, content):
        whole(self, name, content)
        raise ReadTimeoutError(endpoint_url="http://s3")

    use_store(s3_address)
    monkeypatch.setattr(S3Storage, "_save", save)
    with pytest.raises(StoreUnavailable):
        default_storage.save("ab/satu.pdf", ContentFile(b"isi"))
    assert stored() == []


def test_a_document_behind_an_ill_s3_answers_with_a_calm_page(
    regions, operator_makassar, client_of, request
):
    document = make_document(regions.makassar, operator_makassar)
    request.getfixturevalue("sick")
    client = client_of(operator_makassar)
    for address in ("", "hal-1.webp"):
        answer = client.get(f"/berkas/{document.uuid}/{address}")
        assert answer.status_code == 503
        assert NOT_READ in answer.content.decode()


def test_the_form_tells_of_an_ill_s3(sick, regions, operator_makassar, client_of, today):
    answer = send_sk(client_of(operator_makassar), make_pokja(regions.makassar))
    assert "188.45/412/2026" in answer.content.decode()
    assert "Penyimpanan portal sedang tidak dapat dihubungi" in answer.content.decode()
    assert Document.objects.count() == 0


def test_the_check_of_files_does_not_call_missing_what_it_cannot_ask_for(
    regions, operator_makassar, request
):
    make_document(regions.makassar, operator_makassar)
    request.getfixturevalue("sick")
    with pytest.raises(StoreUnavailable):
        compare()
