"""The store as a folder and as S3: the same promises, shown by the same tests."""

import hashlib
import io
import stat

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from PIL import Image

from apps.documents.checks import DocumentRefused
from apps.documents.folder_store import FolderStore
from apps.documents.models import Document
from apps.documents.pages import page_image
from apps.documents.services import document_transaction, store_document
from apps.documents.store import on_disk
from pokja_portal import stores
from pokja_portal.stores import file_store
from tests.documents.sending import Sender
from tests.makers import make_document, pdf_bytes, pdf_upload

pytestmark = pytest.mark.django_db
CONTENT = pdf_bytes(pages=2)
KEYS = {"access_key": "kunci", "secret_key": "rahasia"}
S3 = "s3://dokumen/portal/2026?endpoint=http://127.0.0.1:9000&region=id-1"


@pytest.fixture
def document(store, regions, operator_makassar):
    return make_document(regions.makassar, operator_makassar, content=CONTENT)


def names(store, prefix=""):
    return sorted(entry.name for entry in store.list_entries(prefix))


def store_and_fail(region):
    with document_transaction():
        store_document(pdf_upload(), region=region, actor=None)
        raise RuntimeError


def streamed(store, name):
    body, size = store.stream(name)
    try:
        return body.read(), size
    finally:
        body.close()


# --- a name and its bytes --------------------------------------------------------------------


def test_a_name_gives_its_bytes_back(store):
    name = store.save("ab/satu.pdf", ContentFile(b"isi"))
    assert name == "ab/satu.pdf"
    with store.open(name) as file:
        assert file.read() == b"isi"
    assert streamed(store, name) == (b"isi", 3)
    assert (store.exists(name), store.size(name)) == (True, 3)


def test_nothing_is_written_over(store):
    first = store.save("ab/satu.pdf", ContentFile(b"pertama"))
    second = store.save("ab/satu.pdf", ContentFile(b"kedua"))
    assert first != second
    assert streamed(store, first)[0] == b"pertama"
    assert streamed(store, second)[0] == b"kedua"


def test_a_file_larger_than_the_memory_kept_for_it_comes_back_whole(store):
    content = hashlib.sha256(b"x").digest() * 50_000  # 1.6 MB
    name = store.save("ab/besar.pdf", ContentFile(content))
    with store.open(name) as file:
        assert b"".join(file.chunks()) == content
        file.seek(32)
        assert file.read(32) == content[:32]


def test_an_empty_file_is_a_file(store):
    name = store.save("ab/kosong", ContentFile(b""))
    assert streamed(store, name) == (b"", 0)


@pytest.mark.parametrize("read", [lambda s, n: s.open(n), lambda s, n: s.stream(n)])
def test_a_name_that_is_not_there_is_not_found(store, read):
    with pytest.raises(FileNotFoundError):
        read(store, "ab/tidak-ada.pdf")


def test_deleting_twice_is_no_mistake(store):
    name = store.save("ab/satu.pdf", ContentFile(b"isi"))
    store.delete(name)
    store.delete(name)
    assert not store.exists(name)


def test_entries_tell_name_size_and_time_at_any_depth(store):
    store.save("ab/satu.pdf", ContentFile(b"isi"))
    store.save("asli/ab/foto/1.jpg", ContentFile(b"foto"))
    store.save("abc/lain.pdf", ContentFile(b"?"))
    assert [(e.name, e.size) for e in store.list_entries("ab")] == [("ab/satu.pdf", 3)]
    (photo,) = store.list_entries("asli")
    assert (photo.name, photo.modified.tzinfo is not None) == ("asli/ab/foto/1.jpg", True)
    assert names(store) == ["ab/satu.pdf", "abc/lain.pdf", "asli/ab/foto/1.jpg"]
    assert names(store, "tidak-ada") == []


def test_a_line_that_breaks_while_writing_leaves_nothing(store):
    class Broken(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"awal"
            raise ConnectionResetError

        def read(self, *size):
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.save("ab/putus.pdf", Broken(b"awal dan akhir"))
    assert names(store) == []


def test_a_folder_is_for_the_portal_and_its_group_only(media_root):
    name = FolderStore().save("ab/satu.pdf", ContentFile(b"isi"))
    facts = (media_root / name).stat()
    assert stat.S_IMODE(facts.st_mode) == 0o640
    assert (facts.st_gid, facts.st_nlink) == (media_root.stat().st_gid, 1)


# --- documents -------------------------------------------------------------------------------


def test_a_document_is_kept_byte_for_byte(store, document):
    stored = Document.objects.get()
    assert streamed(store, stored.file.name) == (CONTENT, len(CONTENT))
    assert stored.sha256 == hashlib.sha256(CONTENT).hexdigest()
    with on_disk(stored.file) as path, open(path, "rb") as file:
        assert file.read() == CONTENT
    assert names(store) == [f"{stored.uuid.hex[:2]}/{stored.uuid}.pdf"]


def test_a_refused_file_and_one_whose_record_fails_leave_nothing(store, regions):
    with pytest.raises(DocumentRefused):
        store_document(pdf_upload(content=b"bukan pdf"), region=regions.bone, actor=None)
    with pytest.raises(RuntimeError):
        store_and_fail(regions.bone)
    assert (Document.objects.count(), names(store)) == (0, [])


def test_a_document_is_sent_in_pieces_with_its_length(document, operator_makassar, client_of):
    answer = client_of(operator_makassar).get(f"/berkas/{document.uuid}/")
    assert (answer.status_code, answer.streaming) == (200, True)
    assert answer["Content-Length"] == str(len(CONTENT))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.getvalue() == CONTENT


def test_its_head_tells_the_length_without_opening_it(
    store, document, operator_makassar, client_of, monkeypatch
):
    monkeypatch.setattr(store._wrapped, "stream", None)
    answer = client_of(operator_makassar).head(f"/berkas/{document.uuid}/")
    assert (answer.status_code, answer["Content-Length"]) == (200, str(len(CONTENT)))


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_document_the_store_has_lost_is_not_found(
    store, document, operator_makassar, client_of, method
):
    store.delete(document.file.name)
    client = client_of(operator_makassar)
    assert getattr(client, method)(f"/berkas/{document.uuid}/").status_code == 404


def test_the_web_server_sends_only_what_lies_in_a_folder(
    store, document, operator_makassar, client_of, settings
):
    settings.ACCEL_PREFIX = "/_berkas/"
    answer = client_of(operator_makassar).get(f"/berkas/{document.uuid}/")
    assert answer.has_header("X-Accel-Redirect") == store.is_folder
    assert answer.getvalue() == (b"" if store.is_folder else CONTENT)


def test_a_page_is_drawn_and_kept(store, document):
    first = page_image(document, 2)
    assert Image.open(io.BytesIO(first)).format == "WEBP"
    (kept,) = names(store, "halaman")
    assert streamed(store, kept)[0] == first == page_image(document, 2)


# --- uploads in parts, photos ---------------------------------------------------------------


@pytest.fixture
def sender(store, client_of, operator_makassar, regions):
    return Sender(client_of(operator_makassar), regions.makassar)


def photo(colour, kind="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", (60, 80), colour).save(out, kind)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_file_sent_in_parts_lies_there_once_and_its_parts_are_gone(store, sender):
    address = sender.announce(len(CONTENT))["Location"]
    for start in range(0, len(CONTENT), 300):
        answer = sender.patch(address, start, CONTENT[start : start + 300])
        assert answer.status_code == 204
    assert len(names(store, "sementara")) == -(-len(CONTENT) // 300)
    assert sender.finish(address).status_code == 200
    document = Document.objects.get()
    assert names(store) == [document.file.name]
    assert streamed(store, document.file.name)[0] == CONTENT
    assert document.sha256 == hashlib.sha256(CONTENT).hexdigest()


@pytest.mark.django_db(transaction=True)
def test_a_discarded_upload_leaves_no_part(store, sender):
    address = sender.announce(len(CONTENT))["Location"]
    sender.patch(address, 0, CONTENT[:300])
    assert sender.client.delete(address).status_code == 204
    assert names(store) == []


@pytest.mark.django_db(transaction=True)
def test_photos_make_a_document_and_come_back_byte_for_byte(store, sender):
    photos = [photo("white"), photo("grey", "PNG")]
    sent = [sender.sent(content, f"foto {at}") for at, content in enumerate(photos)]
    assert sender.finish(*sent).json()["halaman"] == 2
    document = Document.objects.get()
    originals = [original.file.name for original in document.originals.all()]
    assert names(store) == sorted([document.file.name, *originals])
    for number, content in enumerate(photos, start=1):
        answer = sender.client.get(f"/berkas/{document.uuid}/asli-{number}/")
        assert (answer.getvalue(), answer["Content-Length"]) == (content, str(len(content)))


# --- the setting -----------------------------------------------------------------------------


def test_without_the_setting_documents_lie_in_a_folder():
    assert file_store("") == {"BACKEND": "apps.documents.folder_store.FolderStore"}


def test_the_setting_names_bucket_prefix_server_and_region():
    assert file_store(S3, **KEYS)["OPTIONS"] == {
        "bucket_name": "dokumen",
        "location": "portal/2026",
        "endpoint_url": "http://127.0.0.1:9000",
        "region_name": "id-1",
        "access_key": "kunci",
        "secret_key": "rahasia",
    }


@pytest.mark.parametrize(
    ("address", "keys", "said"),
    [
        ("/srv/berkas", KEYS, "seharusnya s3://"),
        ("https://dokumen/", KEYS, "seharusnya s3://"),
        ("s3:///awalan", KEYS, "tidak menyebut bucket"),
        ("s3://dokumen?endpoint=minio:9000", KEYS, "bukan alamat http"),
        ("s3://dokumen?endpont=http://x", KEYS, "kata yang tidak dikenal: endpont"),
        (S3, {}, "AWS_SECRET_ACCESS_KEY belum diisi"),
        ("s3://dokumen", {"access_key": "kunci"}, "AWS_SECRET_ACCESS_KEY belum diisi"),
    ],
)
def test_a_wrong_setting_is_told(address, keys, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        file_store(address, **keys)


def test_a_package_that_is_missing_is_told_with_its_repair(monkeypatch):
    monkeypatch.setattr(stores, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"pip install -r requirements-s3\.txt"):
        file_store(S3, **KEYS)


def test_objects_are_private_and_links_are_never_signed(use_store):
    from django.core.files.storage import default_storage

    use_store(S3)
    assert default_storage.default_acl is None
    assert default_storage.querystring_auth is False
    assert default_storage.file_overwrite is False
