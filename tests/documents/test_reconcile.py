"""Files against their records, on both stores: leftovers of a crash, files missing or changed."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from apps.documents import reconcile
from apps.documents.models import Chunk, Document, Original, Upload
from apps.documents.pages import page_image
from apps.documents.reconcile import compare, remove
from tests.makers import make_decree, make_document, make_pokja

pytestmark = pytest.mark.django_db
TWO_HOURS = 7200


@pytest.fixture
def document(store, regions, operator_makassar):
    return make_document(regions.makassar, operator_makassar)


@pytest.fixture
def photo(document):
    file = ContentFile(b"\xff\xd8\xff foto", "1.jpg")
    digest = "1d0fd9a0ef4ea4c9e8dfc2ebce2fe10fdc66b1b6e6f4f9a3ed5fcf8b9a3d6fd5"
    return Original.objects.create(
        document=document, number=1, file=file, format="jpg", sha256=digest, size=file.size
    )


@pytest.fixture
def left(store, aged):
    """left(name, age in seconds): a file nobody has a record of."""

    def leave(name, age=TWO_HOURS):
        store.save(name, ContentFile(b"%PDF-1.7"))
        aged(name, age)
        return name

    return leave


def replace(store, name, content):
    store.delete(name)
    assert store.save(name, ContentFile(content)) == name


def make_upload(user, region, **fields):
    return Upload.objects.create(user=user, region=region, name="sk.pdf", size=8, **fields)


def test_sound_files_are_called_sound(document, capsys):
    page_image(document, 1)  # images of pages are not documents and no leftovers
    call_command("periksa_berkas")
    assert capsys.readouterr().out.splitlines() == ["1 dokumen diperiksa", "Semua berkas utuh"]


def test_an_empty_store_is_sound(store, db, capsys):
    call_command("periksa_berkas")
    assert "0 dokumen diperiksa" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name",
    [
        "ab/0badcafe-0000-4000-8000-000000000000.pdf",
        "ab/abandoned.pdf",
        "asli/ab/abadcafe-0000-4000-8000-000000000000/1.jpg",
        "halaman/ab/abadcafe-0000-4000-8000-000000000000/1.webp",
        "halaman/ab/1.webp",
        "sementara/abadcafe-0000-4000-8000-000000000000/0",
        "belum-jadi/abadcafe",
    ],
)
def test_a_leftover_is_named_and_removed_only_when_asked(store, document, left, capsys, name):
    left(name)
    call_command("periksa_berkas")
    assert f"Tanpa catatan: {name}" in capsys.readouterr().out
    assert store.exists(name)
    call_command("periksa_berkas", "--hapus-sisa")
    assert "1 sisa dihapus" in capsys.readouterr().out
    assert not store.exists(name)
    assert store.exists(document.file.name)


@pytest.mark.parametrize("name", ["ab/baru.pdf", "sementara/baru/0", "belum-jadi/baru"])
def test_what_is_under_way_is_left_alone(document, left, name):
    left(name, age=60)
    assert compare().leftovers == []
    assert compare(grace=timedelta(0)).leftovers == [name]


def test_folders_of_others_are_none_of_our_business(store, left):
    left("pratinjau-impor/abc.xlsx")
    left("zz/abc.pdf")
    assert compare().leftovers == []


def test_images_of_a_document_that_is_there_stay(store, document, aged):
    page_image(document, 1)
    for entry in store.list_entries("halaman"):
        aged(entry.name, TWO_HOURS)
    assert compare().leftovers == []


def test_a_changed_byte_is_found_by_its_hash(store, document, capsys):
    with store.open(document.file.name) as file:
        content = bytearray(file.read())
    content[-1] ^= 1
    replace(store, document.file.name, bytes(content))
    with pytest.raises(CommandError, match="0 berkas hilang, 1 berubah"):
        call_command("periksa_berkas")
    assert f"Berubah: {document.uuid} (SK Pokja.pdf)" in capsys.readouterr().out
    call_command("periksa_berkas", "--cepat")


def test_a_file_cut_short_is_found_without_reading_it(store, document):
    replace(store, document.file.name, b"%PDF-1.7")
    with pytest.raises(CommandError, match="0 berkas hilang, 1 berubah"):
        call_command("periksa_berkas", "--cepat")


def test_a_missing_file_is_found(store, document):
    store.delete(document.file.name)
    with pytest.raises(CommandError, match="1 berkas hilang, 0 berubah"):
        call_command("periksa_berkas", "--cepat")


def test_photos_are_looked_at_like_documents(store, document, photo, capsys):
    with pytest.raises(CommandError, match="0 berkas hilang, 1 berubah"):
        call_command("periksa_berkas")  # its hash was made up
    call_command("periksa_berkas", "--cepat")
    assert "1 dokumen dan 1 foto asli diperiksa" in capsys.readouterr().out
    store.delete(photo.file.name)
    assert compare().missing == [f"{document.uuid} foto 1 ()"]


def test_parts_of_an_upload_on_its_way_stay_however_old(store, left, operator_bone, regions):
    upload = make_upload(operator_bone, regions.bone)
    name = left(f"sementara/{upload.uuid}/0")
    Chunk.objects.create(upload=upload, offset=0, size=8, name=name)
    assert compare().leftovers == []


def test_an_upload_nobody_went_on_with_is_given_up_after_a_week(
    store, left, operator_bone, regions, capsys, django_capture_on_commit_callbacks
):
    fresh, old = (make_upload(operator_bone, regions.bone, received=8) for _ in range(2))
    for upload in (fresh, old):
        name = left(f"sementara/{upload.uuid}/0")
        Chunk.objects.create(upload=upload, offset=0, size=8, name=name)
    Upload.objects.filter(pk=old.pk).update(touched_at=timezone.now() - timedelta(days=8))
    call_command("periksa_berkas")
    assert f"Unggahan ditinggalkan: {old.uuid}" in capsys.readouterr().out
    with django_capture_on_commit_callbacks(execute=True):
        call_command("periksa_berkas", "--hapus-sisa")
    assert list(Upload.objects.all()) == [fresh]
    assert [entry.name for entry in store.list_entries("sementara")] == [
        f"sementara/{fresh.uuid}/0"
    ]


def test_a_document_nobody_uses_is_named_and_stays(store, document, regions, operator_bone, capsys):
    used = make_document(regions.bone, operator_bone)
    make_decree(make_pokja(regions.bone), operator_bone, document=used)
    assert compare().unused == []  # its form may still be open
    Document.objects.update(uploaded_at=timezone.now() - timedelta(hours=2))
    call_command("periksa_berkas", "--hapus-sisa")
    out = capsys.readouterr().out
    assert f"Belum dipakai bukti mana pun: {document.uuid} (SK Pokja.pdf)" in out
    assert str(used.uuid) not in out
    assert Document.objects.count() == 2
    assert store.exists(document.file.name)


def test_many_folders_and_parts_are_compared_in_a_constant_number_of_queries(
    regions, operator_bone, left, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(reconcile, "AT_ONCE", 5)
    for number in range(12):
        make_document(regions.bone, operator_bone)
        left(f"sementara/x/{number:02}")
    with django_assert_num_queries(7):  # documents, photos, 3 of parts, unused, abandoned
        findings = compare(grace=timedelta(0))
    assert (findings.documents, len(findings.leftovers)) == (12, 12)


def test_removing_twice_is_no_mistake(store, document, left):
    left("ab/sisa.pdf")
    findings = compare()
    assert remove(findings) == 1
    remove(findings)
    assert compare().leftovers == []
