"""Documents of a room lie in the room, whatever the real store is; what a worker does elsewhere is
done here when the answer is out."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult

from apps.documents.models import Document, PageText, Reading, Upload
from apps.documents.reconcile import compare
from apps.practice import rooms
from apps.regions.models import Region
from tests.documents.sending import CONTENT, Sender, stored
from tests.makers import make_document

pytestmark = pytest.mark.django_db
FULL = "Ruang latihan Anda sudah penuh"


class Untouchable:
    """A real store that nothing of a room may ever ask."""

    def __getattr__(self, name):
        raise AssertionError(f"penyimpanan sungguhan ditanya: {name}")


@pytest.fixture
def untouchable(settings):
    """The real store as a trap, with nginx before it."""
    real = {"BACKEND": "tests.practice.test_files.Untouchable"}
    aware = {"BACKEND": "apps.practice.store.PracticeAwareStore", "OPTIONS": {"real": real}}
    settings.STORAGES = settings.STORAGES | {"default": aware}
    settings.ACCEL_PREFIX = "/_berkas/"


@pytest.fixture
def officer(operator_bone, practising, inside_room):
    """The Sender of somebody who practises as officer."""
    client = practising(operator_bone)
    with inside_room(operator_bone):
        return Sender(client, Region.objects.get(code="99.01"))


def files_of(user):
    return stored(rooms.kept_room(user.pk) / rooms.FILES)


def test_an_upload_lies_in_the_room_and_comes_back_from_it(
    untouchable, officer, operator_bone, media_root
):
    before = len(files_of(operator_bone))
    answer = officer.finish(officer.sent())
    assert answer.status_code == 200
    assert len(files_of(operator_bone)) == before + 1
    assert stored(media_root) == []
    assert not Document.objects.exists()
    assert not Upload.objects.exists()
    file = officer.client.get(answer.json()["alamat"])
    assert file.getvalue() == CONTENT
    assert not file.has_header("X-Accel-Redirect")


def test_pages_are_drawn_into_the_room(untouchable, officer, inside_room, operator_bone):
    with inside_room(operator_bone):
        uuid = Document.objects.filter(region__code="99.01")[0].uuid
    image = officer.client.get(f"/berkas/{uuid}/hal-1.webp")
    assert image["Content-Type"] == "image/webp"
    assert any(path.suffix == ".webp" for path in files_of(operator_bone))


def test_a_zip_is_made_inside_although_it_is_sent_after(untouchable, officer):
    answer = officer.client.get("/dokumen/unduh.zip")
    assert answer.streaming
    names = zipfile.ZipFile(io.BytesIO(answer.getvalue())).namelist()
    assert sum(name.endswith(".pdf") for name in names) >= 3


def test_an_answer_nobody_reads_to_its_end_closes_the_room(officer, open_files):
    before = open_files()
    answer = officer.client.get("/dokumen/unduh.zip")
    next(iter(answer.streaming_content))
    answer.close()
    assert open_files() == before


def test_what_compares_files_with_records_sees_no_room(officer, operator_bone, regions, media_root):
    make_document(regions.bone, operator_bone)
    officer.finish(officer.sent())
    found = compare()
    assert (found.documents, found.missing, found.leftovers) == (1, [], [])
    assert len(stored(media_root)) == 1


def test_reading_is_done_when_the_answer_is_out(room_tasks, officer, inside_room, operator_bone):
    answer = officer.finish(officer.sent())
    uuid = answer.json()["dokumen"]
    with inside_room(operator_bone):
        reading = Reading.objects.get(document__uuid=uuid)
        assert reading.read_at is not None
        assert not DBTaskResult.objects.exists()
        assert PageText.objects.exists()
    assert not DBTaskResult.objects.exists()
    assert sum(uuid in str(path) for path in files_of(operator_bone)) >= 2  # the pages' images


def test_outside_the_queue_is_the_real_one(room_tasks, regions, operator_bone):
    make_document(regions.bone, operator_bone)
    assert DBTaskResult.objects.count() == 1


def test_a_task_that_fails_hurts_nobody(room_tasks, officer, monkeypatch, caplog):
    def fail(document):
        raise RuntimeError("rusak")

    monkeypatch.setattr("apps.documents.tasks.PARTS", (fail,))
    assert officer.finish(officer.sent()).status_code == 200
    assert "rusak" in caplog.text
    assert officer.client.get("/tugas/").status_code == 200


def test_a_full_room_takes_no_more_files(officer, settings, operator_bone):
    used = rooms.used_bytes(rooms.kept_room(operator_bone.pk))
    settings.PRACTICE_MAX_BYTES = used + 20_000
    address = officer.announce(40_000)["Location"]
    answer = officer.patch(address, 0, b"x" * 40_000)
    assert answer.status_code == 503
    assert answer.json()["pesan"].startswith(FULL)


def test_a_full_room_says_so_and_can_be_emptied(officer, settings):
    settings.PRACTICE_MAX_BYTES = 1000
    page = officer.client.post("/pokja/tambah/", {})
    assert page.status_code == 403
    assert FULL in page.content.decode()
    assert officer.client.get("/tugas/").status_code == 200
    assert officer.client.post("/latihan/mulai-ulang/").status_code == 302
    assert officer.client.post("/latihan/keluar/").status_code == 302


def test_the_real_store_is_whole_beside_rooms(officer, operator_bone, media_root, inside_room):
    name = default_storage.save("uji.txt", ContentFile(b"sungguhan"))
    with inside_room(operator_bone):
        assert not default_storage.exists(name)
        default_storage.save(name, ContentFile(b"latihan"))
    assert default_storage.open(name).read() == b"sungguhan"
    assert default_storage.path(name) == str(media_root / name)
