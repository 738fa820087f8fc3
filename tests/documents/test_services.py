import hashlib

import pytest
from django.db import transaction

from apps.documents.checks import DocumentRefused
from apps.documents.models import Document, Reading
from apps.documents.queries import other_uses
from apps.documents.services import (
    clean_name,
    document_transaction,
    queue_unread,
    store_document,
)
from tests.makers import (
    make_budget,
    make_decree,
    make_document,
    make_pokja,
    pdf_bytes,
    pdf_upload,
)

pytestmark = pytest.mark.django_db


class Failure(Exception):
    pass


def store_and_fail(region, times=1):
    """Store files in one transaction and let something after them fail."""
    with document_transaction():
        for _ in range(times):
            store_document(pdf_upload(), region=region, actor=None)
        raise Failure


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_byte_for_byte_with_its_hash(regions, operator_bone):
    content = pdf_bytes(pages=2)
    document = store_document(
        pdf_upload("SK Pokja (1).pdf", content), region=regions.bone, actor=operator_bone
    )
    stored = Document.objects.get()
    assert stored == document
    with stored.file.open("rb") as file:
        assert file.read() == content
    assert (stored.sha256, stored.size, stored.pages, stored.original_name) == (
        hashlib.sha256(content).hexdigest(),
        len(content),
        2,
        "SK Pokja (1).pdf",
    )
    assert (stored.region, stored.uploaded_by) == (regions.bone, operator_bone)


def test_a_large_upload_comes_from_its_temporary_file(regions, settings, operator_bone):
    from django.core.files.uploadedfile import TemporaryUploadedFile

    content = pdf_bytes(change=lambda pdf: pdf.make_stream(bytes(200_000)), compress_streams=False)
    upload = TemporaryUploadedFile("besar.pdf", "application/pdf", len(content), None)
    upload.write(content)
    upload.seek(0)
    document = store_document(upload, region=regions.bone, actor=operator_bone)
    with document.file.open("rb") as file:
        assert file.read() == content


def test_the_stored_name_is_our_own(regions, operator_bone):
    document = make_document(regions.bone, operator_bone, name="../../etc/passwd")
    assert document.file.name == f"{document.uuid.hex[:2]}/{document.uuid}.pdf"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("SK.pdf", "SK.pdf"),
        ("C:\\Users\\dinas\\SK 2026.pdf", "SK 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("SK\r\nSet-Cookie: a=b.pdf", "SK Set-Cookie: a=b.pdf"),
        ("SK\u202efdp.exe", "SKfdp.exe"),
        ("  SK \t Pokja.pdf ", "SK Pokja.pdf"),
        ("\x00\x01", "berkas.pdf"),
        ("", "berkas.pdf"),
        (None, "berkas.pdf"),
        ("a" * 300 + ".pdf", "a" * 251 + ".pdf"),
    ],
)
def test_the_name_shown_carries_no_path_and_no_hidden_signs(given, kept):
    assert clean_name(given) == kept


def test_nothing_is_kept_of_a_refused_file(regions, operator_bone, media_root):
    with pytest.raises(DocumentRefused):
        store_document(pdf_upload(content=b"bukan pdf"), region=regions.bone, actor=operator_bone)
    assert (Document.objects.count(), files_in(media_root)) == (0, [])


def test_the_file_goes_when_what_belongs_to_it_fails(regions, media_root):
    with pytest.raises(Failure):
        store_and_fail(regions.bone)
    assert (Document.objects.count(), files_in(media_root)) == (0, [])


def test_the_file_goes_when_its_record_cannot_be_written(
    regions, operator_bone, media_root, monkeypatch
):
    def fail(self, **options):
        raise Failure

    monkeypatch.setattr(Document, "save", fail)
    with pytest.raises(Failure):
        store_document(pdf_upload(), region=regions.bone, actor=operator_bone)
    assert (Document.objects.count(), files_in(media_root)) == (0, [])


def test_only_the_files_of_the_part_that_failed_go(regions, operator_bone, media_root):
    with document_transaction():
        kept = store_document(pdf_upload(), region=regions.bone, actor=operator_bone)
        with pytest.raises(Failure):
            store_and_fail(regions.bone)
    assert list(Document.objects.all()) == [kept]
    assert [str(path) for path in files_in(media_root)] == [kept.file.path]


def test_a_failure_around_several_parts_takes_all_their_files(regions, media_root):
    with pytest.raises(Failure):
        store_and_fail(regions.bone, times=2)
    assert (Document.objects.count(), files_in(media_root)) == (0, [])


def test_nothing_is_left_open_after_a_failure(regions, operator_bone):
    with pytest.raises(Failure):
        store_and_fail(regions.bone, times=0)
    document = make_document(regions.bone, operator_bone)
    assert document.file.storage.exists(document.file.name)
    assert not transaction.get_connection().needs_rollback


# --- the same file elsewhere -----------------------------------------------------------------


def test_the_same_file_for_another_pokja_or_region_is_found(
    regions, operator_bone, operator_makassar
):
    bone, makassar = make_pokja(regions.bone, "bone"), make_pokja(regions.makassar, "makassar")
    first = make_decree(bone, operator_bone, document=make_document(regions.bone))
    second = make_decree(makassar, operator_makassar, document=make_document(regions.makassar))
    assert other_uses(second.decree.document, second) == ["SK Pokja Bangga Kencana, Kabupaten Bone"]
    assert other_uses(first.decree.document, first) == ["SK Pokja Bangga Kencana, Kota Makassar"]


def test_the_same_file_for_another_year_is_found(regions, operator_bone):
    pokja = make_pokja(regions.bone)
    make_budget(pokja, operator_bone, 2025, document=make_document(regions.bone))
    budget = make_budget(pokja, operator_bone, 2026, document=make_document(regions.bone))
    assert other_uses(budget.budget.document, budget) == [
        "Anggaran 2025 (Murni) Pokja Bangga Kencana, Kabupaten Bone"
    ]


def test_an_sk_as_proof_of_the_budget_of_its_own_region_is_no_finding(regions, operator_bone):
    pokja = make_pokja(regions.bone)
    document = make_document(regions.bone)
    make_decree(pokja, operator_bone, document=document)
    budget = make_budget(pokja, operator_bone, document=document)
    assert other_uses(document, budget) == []


def test_a_new_version_with_the_old_file_is_no_finding(regions, operator_bone, verifikator_sulsel):
    from apps.evidence.services import open_version
    from tests.makers import verified

    pokja = make_pokja(regions.bone)
    decree = make_decree(pokja, operator_bone, document=make_document(regions.bone))
    verified(decree, operator_bone, verifikator_sulsel)
    draft = open_version(decree, actor=operator_bone)
    assert other_uses(draft.decree.document, draft) == []


def test_documents_nobody_has_read_are_queued_once(regions, operator_makassar):
    make_document(regions.makassar, operator_makassar)
    assert queue_unread() == 1
    assert queue_unread() == 0


def test_what_was_queued_is_read(regions, operator_makassar, tasks_at_once):
    document = make_document(regions.makassar, operator_makassar)
    Reading.objects.all().delete()
    assert queue_unread() == 1
    assert Reading.objects.get(document=document).read_at is not None
