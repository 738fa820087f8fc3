"""A full disk, a database that goes: told plainly, and nothing is half done."""

import errno
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import OperationalError, connection

from apps.documents.checks import check_files
from apps.documents.folder_store import FolderStore
from apps.documents.models import Document
from apps.documents.pages import page_image
from apps.documents.reconcile import compare, remove
from apps.documents.services import store_document
from apps.documents.store import FULL, StoreUnavailable
from tests.documents.sending import CONTENT, Sender
from tests.makers import make_document, make_pokja, pdf_upload

NOW = timedelta(0)
ROOT = Path(__file__).resolve().parent.parent.parent


def stored():
    return [entry.name for entry in default_storage.list_entries("")]


def upload_and_fail(region, error, times=1):
    """The same sound file again and again, looked into once; the sentence of the last failure."""
    upload = pdf_upload()
    check_files([upload])
    for _ in range(times):
        with pytest.raises(error) as caught:
            store_document(upload, region=region, actor=None)
    return str(caught.value)


def send_sk(client, pokja, **fields):
    """The SK form with a file; other fields as an officer has typed them."""
    fields = {"number": "188.45/412/2026", "file": pdf_upload()} | fields
    return client.post(f"/pokja/{pokja.pk}/2026/isi/sk/", fields)


# --- the disk is full ------------------------------------------------------------------------


def no_room(file, chunk):
    """The disk takes half of what it is given, then no more."""
    file.write(chunk[: len(chunk) // 2])
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def full_disk(monkeypatch):
    monkeypatch.setattr(FolderStore, "_write", staticmethod(no_room))


@pytest.mark.django_db
def test_two_hundred_tries_on_a_full_disk_leave_nothing(regions, operator_makassar, request):
    kept = make_document(regions.makassar, operator_makassar)
    request.getfixturevalue("full_disk")
    assert upload_and_fail(regions.makassar, StoreUnavailable, times=200) == FULL
    assert (list(Document.objects.all()), stored()) == ([kept], [kept.file.name])
    with kept.file.open("rb") as file:
        assert file.read(5) == b"%PDF-"
    assert page_image(kept, 1)[8:12] == b"WEBP"  # drawn and shown, though not kept
    assert stored() == [kept.file.name]


LIMITED = """
import resource, sys
from django.conf import settings
settings.configure(MEDIA_ROOT=sys.argv[1], USE_TZ=True)
from django.core.files.base import ContentFile
from apps.documents.folder_store import FolderStore
from apps.documents.store import StoreUnavailable
store = FolderStore()
store.save("ab/ada.pdf", ContentFile(b"ada"))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
told = 0
for number in range(200):
    try:
        store.save(f"ab/{number}.pdf", ContentFile(bytes(150_000)))
    except StoreUnavailable as trouble:
        told += trouble.status == 507
with store.open("ab/ada.pdf") as file:
    print(told, [entry.name for entry in store.list_entries("")], file.read())
"""


def test_a_limit_of_the_system_on_a_file_leaves_nothing_either(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "200 ['ab/ada.pdf'] b'ada'"


@pytest.mark.django_db
@pytest.mark.parametrize("button", [{"draf": "1"}, {}, {"tambah": "1"}])
def test_the_form_says_so_at_the_file_and_keeps_what_was_typed(
    full_disk, regions, operator_makassar, client_of, button, today
):
    answer = send_sk(client_of(operator_makassar), make_pokja(regions.makassar), **button)
    page = answer.content.decode()
    assert FULL in page
    assert "188.45/412/2026" in page
    assert (Document.objects.count(), stored()) == (0, [])


@pytest.mark.django_db
def test_an_upload_too_large_for_the_temporary_disk_is_told_at_the_file(
    regions, operator_makassar, client_of, settings, monkeypatch, today
):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10

    def receive(self, raw_data, start):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", receive)
    answer = send_sk(client_of(operator_makassar), make_pokja(regions.makassar))
    assert answer.status_code == 200
    assert FULL in answer.content.decode()
    assert (Document.objects.count(), stored()) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_an_upload_in_parts_waits_until_there_is_room_again(
    regions, operator_makassar, client_of, monkeypatch
):
    sender = Sender(client_of(operator_makassar), regions.makassar)
    address = sender.announce()["Location"]
    assert sender.patch(address, 0, CONTENT[:300]).status_code == 204
    with monkeypatch.context() as patch:
        patch.setattr(FolderStore, "_write", staticmethod(no_room))
        answer = sender.patch(address, 300, CONTENT[300:])
    assert (answer.status_code, answer.json()["pesan"]) == (507, FULL)
    assert sender.patch(address, 300, CONTENT[300:]).status_code == 204
    with monkeypatch.context() as patch:
        patch.setattr(FolderStore, "_write", staticmethod(no_room))
        answer = sender.finish(address)
    assert (answer.status_code, answer.json()["pesan"]) == (507, FULL)
    assert Document.objects.count() == 0
    assert sender.finish(address).status_code == 200
    assert stored() == [Document.objects.get().file.name]


# --- the database goes -----------------------------------------------------------------------


def lost(commit):
    """A commit after (or instead of) which the database is gone."""

    def fail():
        commit()
        raise OperationalError("server closed the connection unexpectedly")

    return fail


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_fails_leaves_a_leftover_that_is_found(regions, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(connection, "commit", lost(lambda: None))
        upload_and_fail(regions.bone, OperationalError)
    assert Document.objects.count() == 0
    findings = compare(grace=NOW)
    assert (findings.leftovers, findings.missing) == (stored(), [])
    assert remove(findings) == 1
    assert stored() == []


@pytest.mark.django_db(transaction=True)
def test_a_commit_whose_answer_is_lost_keeps_record_and_file(regions, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(connection, "commit", lost(connection.commit))
        upload_and_fail(regions.bone, OperationalError)
    assert Document.objects.count() == 1
    findings = compare(grace=NOW)
    assert (findings.leftovers, findings.missing, findings.changed) == ([], [], [])


@pytest.mark.django_db
def test_a_record_the_database_refuses_takes_its_file_along(regions, monkeypatch):
    monkeypatch.setattr(Document, "save", lambda self, **options: lost(lambda: None)())
    upload_and_fail(regions.bone, OperationalError)
    assert stored() == []


@pytest.mark.django_db(transaction=True)
def test_nothing_is_acknowledged_when_the_database_goes(
    regions, operator_makassar, client_of, monkeypatch, today
):
    client, pokja = client_of(operator_makassar), make_pokja(regions.makassar)
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(Document, "save", lambda self, **options: lost(lambda: None)())
        answer = send_sk(client, pokja)
    assert answer.status_code == 503
    assert (Document.objects.count(), stored()) == (0, [])
