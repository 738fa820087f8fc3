"""Parts of a file on its way: taken once, kept within limits, given up without a trace."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from apps.documents import uploads
from apps.documents.models import Chunk, Document, Upload
from apps.documents.refusals import DocumentRefused
from apps.documents.store import StoreUnavailable
from apps.documents.uploads import WrongOffset, begin, discard, finish, receive
from tests.documents.camera import photo_bytes
from tests.makers import pdf_bytes
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db
racing = pytest.mark.django_db(transaction=True)
CONTENT = pdf_bytes(pages=2)
SIZE = len(CONTENT)
MEGABYTE = 1024 * 1024


@pytest.fixture
def announce(operator_makassar, regions):
    def make(size=SIZE, user=operator_makassar, region=regions.makassar):
        return begin(user=user, region=region, name="SK.pdf", size=size)

    return make


def send(upload, content=CONTENT, offset=0):
    return receive(upload, offset, io.BytesIO(content))


def fresh(upload):
    return Upload.objects.get(pk=upload.pk)


def in_store(media_root):
    return sorted(
        path.relative_to(media_root).as_posix() for path in media_root.rglob("*") if path.is_file()
    )


class SlowLine(io.BytesIO):
    """Bytes from a line; notes at each piece whether a connection to the database waits too."""

    def __init__(self, content):
        super().__init__(content)
        self.waiting = []

    def read(self, size=-1):
        self.waiting.append(connection.connection is not None)
        return super().read(size)


# --- parts -----------------------------------------------------------------------------------


@racing
def test_no_connection_waits_for_the_line_of_an_upload(announce):
    content = CONTENT + bytes(uploads.PART + 1)
    upload = announce(len(content))
    line = SlowLine(content)
    assert receive(upload, 0, line) == len(content)
    assert len(line.waiting) > 9
    assert not any(line.waiting)
    assert fresh(upload).received == len(content)


@racing
def test_no_connection_waits_for_the_file_of_a_form(regions):
    file = io.BytesIO(bytes(200_000))
    file.name = "SK.pdf"
    asked = RequestFactory().post("/", {"nomor": "1", "file": file})
    line = SlowLine(asked.read())
    request = WSGIRequest(asked.environ | {"wsgi.input": line})
    assert connection.connection is not None
    assert (request.POST["nomor"], request.FILES["file"].size) == ("1", 200_000)
    assert line.waiting[0]  # what comes before the file
    assert len(line.waiting) > 3
    assert not any(line.waiting[1:])


def test_a_part_lies_in_the_store_under_its_upload(announce, media_root):
    upload = announce()
    send(upload, CONTENT[:300])
    send(upload, CONTENT[300:], 300)
    folder = f"sementara/{upload.uuid.hex[:2]}/{upload.uuid}"
    assert [name.split("-")[:-1] for name in in_store(media_root)] == [
        f"{folder}/0".split("-"),
        f"{folder}/300".split("-"),
    ]
    assert [(part.offset, part.size) for part in upload.chunks.all()] == [
        (0, 300),
        (300, SIZE - 300),
    ]
    assert sorted(part.name for part in upload.chunks.all()) == in_store(media_root)


def test_a_long_body_is_acknowledged_in_pieces_so_that_a_killed_worker_loses_one(announce):
    upload = announce(3 * uploads.PART)

    class Killed(BaseException):
        pass

    class Body(io.BytesIO):
        def read(self, most=-1):
            if self.tell() > 2 * uploads.PART:
                raise Killed
            return super().read(most)

    with pytest.raises(Killed):
        receive(upload, 0, Body(bytes(3 * uploads.PART)))
    assert fresh(upload).received == 2 * uploads.PART


def test_no_more_is_taken_than_was_announced(announce):
    upload = announce(100)
    with pytest.raises(uploads.TooLong):
        send(upload, bytes(101))
    assert fresh(upload).received == 100


@racing
def test_of_two_that_bring_the_same_part_at_once_one_is_taken(announce, media_root):
    upload = announce()
    results = at_once(*[lambda: send(fresh(upload))] * 2)
    assert outcomes(results) == {"ok": 1, "WrongOffset": 1}
    assert [error.received for error in results if isinstance(error, WrongOffset)] == [SIZE]
    assert (fresh(upload).received, Chunk.objects.count(), len(in_store(media_root))) == (
        SIZE,
        1,
        1,
    )


@racing
def test_different_parts_at_once_never_mix(announce, operator_makassar):
    upload = announce()
    at_once(lambda: send(fresh(upload), CONTENT[:200]), lambda: send(fresh(upload), CONTENT[:400]))
    received = fresh(upload).received
    assert received in (200, 400)
    send(fresh(upload), CONTENT[received:], received)
    with finish([fresh(upload)], actor=operator_makassar).file.open("rb") as file:
        assert file.read() == CONTENT


def test_a_store_that_is_full_acknowledges_nothing(announce, monkeypatch):
    def fail(*args, **options):
        raise StoreUnavailable

    upload = announce()
    monkeypatch.setattr("apps.documents.folder_store.FolderStore._save", fail)
    with pytest.raises(StoreUnavailable):
        send(upload)
    assert (fresh(upload).received, Chunk.objects.count()) == (0, 0)


def test_a_part_whose_record_fails_leaves_no_file(announce, media_root, monkeypatch):
    def fail(self, **options):
        raise RuntimeError

    upload = announce()
    monkeypatch.setattr(Chunk, "save", fail)
    with pytest.raises(RuntimeError):
        send(upload)
    assert (fresh(upload).received, in_store(media_root)) == (0, [])


# --- finished --------------------------------------------------------------------------------


@racing
def test_finished_twice_at_once_it_is_one_document(announce, operator_makassar, media_root):
    upload = announce()
    send(upload)
    results = at_once(*[lambda: finish([fresh(upload)], actor=operator_makassar)] * 3)
    assert results == [Document.objects.get()] * 3
    assert in_store(media_root) == [Document.objects.get().file.name]


@racing
def test_a_failure_on_the_way_keeps_the_parts_and_the_next_try_succeeds(
    announce, operator_makassar, media_root, monkeypatch
):
    def fail(*args, **options):
        raise RuntimeError

    upload = announce()
    send(upload)
    monkeypatch.setattr(uploads, "record", fail)
    with pytest.raises(RuntimeError):
        finish([upload], actor=operator_makassar)
    assert [name.split("/")[0] for name in in_store(media_root)] == ["sementara"]
    monkeypatch.undo()
    assert finish([fresh(upload)], actor=operator_makassar).size == SIZE


@racing
def test_twenty_photos_in_parts_become_a_document(announce, operator_makassar, media_root):
    contents = [photo_bytes(colour=(number * 12, 90, 90)) for number in range(20)]
    sent = [announce(len(content)) for content in contents]
    for upload, content in zip(sent, contents, strict=True):
        send(upload, content)
    document = finish(sent, actor=operator_makassar)
    assert document.pages == 20
    for original, content in zip(document.originals.all(), contents, strict=True):
        with original.file.open("rb") as file:
            assert file.read() == content
    assert len(in_store(media_root)) == 21


def test_parts_arriving_after_the_end_are_refused(announce, operator_makassar):
    upload = announce()
    send(upload)
    finish([upload], actor=operator_makassar)
    with pytest.raises(WrongOffset):
        send(fresh(upload), b"x")


# --- given up --------------------------------------------------------------------------------


@racing
def test_an_upload_given_up_while_a_part_comes_leaves_nothing(announce, media_root):
    upload = announce()
    at_once(lambda: send(fresh(upload)), lambda: discard(upload))
    assert (Upload.objects.count(), Chunk.objects.count(), in_store(media_root)) == (0, 0, [])


def test_a_document_stays_when_its_upload_is_forgotten(announce, operator_makassar):
    upload = announce()
    send(upload)
    document = finish([upload], actor=operator_makassar)
    discard(fresh(upload))
    assert Document.objects.get() == document
    assert default_storage.exists(document.file.name)


def test_abandoned_is_what_nobody_went_on_with_for_a_week(announce, operator_makassar):
    old, young, done = announce(), announce(), announce()
    send(done)
    finish([done], actor=operator_makassar)
    long_ago = timezone.now() - uploads.ABANDONED_AFTER - timedelta(minutes=1)
    Upload.objects.filter(pk__in=[old.pk, done.pk]).update(touched_at=long_ago)
    assert list(uploads.abandoned()) == [old]
    send(old, CONTENT[:10])
    assert list(uploads.abandoned()) == []
    assert young in Upload.objects.all()


# --- limits for one person -------------------------------------------------------------------


@pytest.fixture
def three_megabytes(settings):
    settings.UPLOAD_MAX_BYTES = MEGABYTE
    settings.UPLOAD_UNFINISHED_MAX_BYTES = 3 * MEGABYTE


def test_one_person_cannot_fill_the_disk(announce, three_megabytes, operator_bone, regions):
    for _ in range(3):
        announce(MEGABYTE)
    with pytest.raises(DocumentRefused) as caught:
        announce(1)
    assert caught.value.message == (
        "Unggahan Anda yang belum selesai sudah 3 berkas, 3 MB. Paling banyak 200 berkas dan "
        "3 MB; selesaikan atau batalkan unggahan itu, lalu coba lagi"
    )
    assert announce(MEGABYTE, operator_bone, regions.bone).size == MEGABYTE


def test_what_is_finished_or_given_up_counts_no_longer(
    announce, three_megabytes, operator_makassar
):
    first, second, _ = announce(MEGABYTE), announce(SIZE), announce(MEGABYTE)
    with pytest.raises(DocumentRefused):
        announce(MEGABYTE)
    discard(first)
    announce(MEGABYTE)
    send(second)
    finish([second], actor=operator_makassar)
    assert announce(MEGABYTE).size == MEGABYTE


def test_what_lay_still_for_a_day_makes_room_oldest_first(announce, three_megabytes):
    sent = [announce(MEGABYTE) for _ in range(3)]
    for days, upload in zip((2, 3, 0), sent, strict=True):
        Upload.objects.filter(pk=upload.pk).update(
            touched_at=timezone.now() - timedelta(days=days, minutes=1)
        )
    announce(MEGABYTE)
    assert list(Upload.objects.filter(pk__in=[upload.pk for upload in sent])) == [sent[2], sent[0]]
    announce(MEGABYTE)
    with pytest.raises(DocumentRefused):
        announce(MEGABYTE)


@racing
def test_the_limit_holds_for_many_announcements_at_once(announce, three_megabytes):
    results = at_once(*[lambda: announce(MEGABYTE)] * 6)
    assert outcomes(results) == {"ok": 3, "DocumentRefused": 3}


def test_many_tiny_uploads_have_a_limit_too(announce, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UNFINISHED", 3)
    for _ in range(3):
        announce(1)
    with pytest.raises(DocumentRefused):
        announce(1)
