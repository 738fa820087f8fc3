"""The page of one document, two side by side, and who opened it."""

import hashlib

import pytest
from django.core.files.base import ContentFile

from apps.audit.models import Entry
from apps.documents import signatures
from apps.documents.models import Document, Original, Signature
from apps.documents.services import log_reading
from apps.evidence.services import open_version
from apps.library.openings import openings_of
from tests.filing.pages import words

pytestmark = pytest.mark.django_db
PHOTO = b"\xff\xd8foto asli"


@pytest.fixture(autouse=True)
def looked_at(monkeypatch):
    """No process for each page: what it finds is tested in tests/documents."""
    monkeypatch.setattr(signatures, "_found", lambda document, time_limit: [])


def page(client_of, user, document, query=""):
    return client_of(user).get(f"/dokumen/{document.uuid}/{query}")


def photo_of(document, number=1, kind="jpg"):
    return Original.objects.create(
        document=document,
        number=number,
        file=ContentFile(PHOTO, "1.jpg"),
        original_name="IMG “1”",
        format=kind,
        sha256=hashlib.sha256(PHOTO).hexdigest(),
        size=len(PHOTO),
    )


def test_it_says_what_the_file_is_and_who_brought_it(shelf, client_of, operator_makassar):
    text = words(page(client_of, operator_makassar, shelf.soon))
    assert shelf.soon.sha256 in text
    assert "Kota Makassar · diunggah 12 Maret 2026 pukul 11.00 WITA oleh Operator Makassar" in text
    assert "Tidak ada tanda tangan elektronik (TTE) di dalam berkas" in text
    assert "Belum dibaca; nama berkas dan isiannya sudah dapat dicari" in text


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("operator_makassar", 200),
        ("verifikator_sulsel", 200),
        ("pusat", 200),
        ("admin", 200),
        ("operator_bone", 404),
        ("operator_sulsel", 404),
        ("pengamat_makassar", 404),
        ("verifikator_kalsel", 404),
    ],
)
def test_it_is_reached_within_ones_scope_only(shelf, cast, client_of, person, status):
    assert page(client_of, cast[person], shelf.money).status_code == status


def test_each_person_is_led_to_the_page_that_shows_them_the_evidence(shelf, cast, client_of):
    urls = {
        name: [line.url for line in page(client_of, cast[name], shelf.soon).context["detail"].uses]
        for name in ("operator_makassar", "verifikator_sulsel", "pengamat_makassar", "pusat")
    }
    year_page, item = f"/pokja/{shelf.pokja.pk}/2026/", f"/verifikasi/{shelf.first.pk}/"
    assert urls == {
        "operator_makassar": [year_page],
        "verifikator_sulsel": [item],
        "pengamat_makassar": [year_page],
        "pusat": [item],
    }


def test_other_files_of_the_same_evidence_open_from_here(shelf, cast, client_of):
    operator = cast["operator_makassar"]
    draft = open_version(shelf.first, actor=operator)
    draft.decree.document = shelf.loose
    draft.decree.save(update_fields=["document"])
    older = page(client_of, operator, shelf.loose).context["detail"].versions
    newer = page(client_of, operator, shelf.soon).context["detail"].versions
    assert [row.document for row in older] == [shelf.soon]
    assert [row.document for row in newer] == [shelf.loose]
    seen = page(client_of, cast["pengamat_makassar"], shelf.soon).context["detail"]
    assert (seen.versions, len(seen.uses)) == ([], 1)


# --- the same file elsewhere -----------------------------------------------------------------


@pytest.fixture
def twins(store, regions, cast):
    """The same bytes in Makassar, Bone and Banjarmasin."""
    places = (regions.makassar, regions.bone, regions.banjarmasin)
    return [store("Kembar.pdf", region=place, content=b"%PDF-1.7 kembar") for place in places]


@pytest.mark.parametrize(
    ("person", "seen", "told"),
    [
        ("operator_makassar", 0, ""),
        ("verifikator_sulsel", 1, "Berkas yang sama ada juga 1 kali di luar wilayah Anda."),
        ("pusat", 2, ""),
        ("admin", 2, ""),
    ],
)
def test_twins_are_shown_within_ones_scope_only(cast, client_of, twins, person, seen, told):
    detail = page(client_of, cast[person], twins[0]).context["detail"]
    assert (len(detail.twins), detail.twins_elsewhere) == (seen, told)


def test_an_officer_is_not_told_of_other_regions(cast, client_of, twins):
    html = page(client_of, cast["operator_makassar"], twins[0]).content.decode()
    assert "Bone" not in html
    assert "di tempat lain" not in html


def compare(client_of, user, left, right, query=""):
    return client_of(user).get(f"/dokumen/{left.uuid}/banding/{right.uuid}/{query}")


def test_two_files_are_compared_by_their_sum(shelf, cast, client_of, twins):
    judge = cast["verifikator_sulsel"]
    same = compare(client_of, judge, twins[0], twins[1])
    other = compare(client_of, judge, twins[0], shelf.soon)
    assert same.context["verdict"] == "Kedua berkas sama persis: SHA-256 keduanya sama"
    assert other.context["verdict"] == "Kedua berkas berbeda: SHA-256 keduanya tidak sama"


@pytest.mark.parametrize(
    ("person", "status"),
    [("operator_makassar", 404), ("operator_bone", 404), ("verifikator_kalsel", 404)],
)
def test_both_files_must_be_in_scope(cast, client_of, twins, person, status):
    assert compare(client_of, cast[person], twins[0], twins[1]).status_code == status


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?halaman=2", 200),
        ("?halaman=3", 404),
        ("?halaman=0", 404),
        ("?halaman=x", 200),
        ("?halaman=" + "9" * 400, 200),
        ("?halaman=%C2%B2", 200),
    ],
)
def test_pages_stand_beside_each_other(store, client_of, operator_makassar, query, status):
    left, right = store("Satu.pdf"), store("Dua.pdf", pages=2)
    assert compare(client_of, operator_makassar, left, right, query).status_code == status


def test_a_page_one_cannot_show_is_told(store, client_of, operator_makassar):
    left, right = store("Satu.pdf"), store("Dua.pdf", pages=2)
    text = words(compare(client_of, operator_makassar, left, right, "?halaman=2"))
    assert "Berkas ini hanya 1 halaman." in text


def test_opening_later_pages_beside_each_other_is_on_record(store, client_of, operator_makassar):
    left, right = store("Satu.pdf", pages=2), store("Dua.pdf", pages=2)
    compare(client_of, operator_makassar, left, right)  # the first pages log themselves
    assert Entry.objects.count() == 0
    compare(client_of, operator_makassar, left, right, "?halaman=2")
    assert (openings_of(left).count(), openings_of(right).count()) == (1, 1)


# --- photos ----------------------------------------------------------------------------------


def test_a_photo_arrives_byte_for_byte_and_is_saved(shelf, client_of, operator_makassar):
    photo_of(shelf.soon)
    assert "Foto halaman 1" in words(page(client_of, operator_makassar, shelf.soon))
    answer = client_of(operator_makassar).get(f"/berkas/{shelf.soon.uuid}/asli-1/")
    assert b"".join(answer) == PHOTO
    assert {name: answer[name] for name in SAFE} == SAFE
    assert openings_of(shelf.soon).get().actor == operator_makassar


SAFE = {
    "Content-Type": "image/jpeg",
    "Content-Disposition": "attachment; filename*=utf-8''IMG%20%E2%80%9C1%E2%80%9D.jpg",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}


def test_nginx_sends_a_photo_too(shelf, client_of, operator_makassar, settings):
    settings.ACCEL_PREFIX = "/_berkas/"
    photo = photo_of(shelf.soon)
    answer = client_of(operator_makassar).get(f"/berkas/{shelf.soon.uuid}/asli-1/")
    assert answer["X-Accel-Redirect"] == f"/_berkas/{photo.file.name}"


def test_a_photo_that_is_not_there_is_not_found(shelf, client_of, operator_makassar):
    photo = photo_of(shelf.soon)
    client = client_of(operator_makassar)
    assert client.get(f"/berkas/{shelf.soon.uuid}/asli-2/").status_code == 404
    photo.file.storage.delete(photo.file.name)
    assert client.get(f"/berkas/{shelf.soon.uuid}/asli-1/").status_code == 404


# --- signatures and openings -----------------------------------------------------------------


def test_a_signature_is_shown_in_words(shelf, client_of, operator_makassar):
    signatures._keep(
        shelf.soon,
        [Signature(document=shelf.soon, number=1, signer="<b>Bupati</b>", integrity="berubah")],
    )
    html = page(client_of, operator_makassar, shelf.soon).content.decode()
    assert "1 tanda tangan elektronik (TTE), 1 berubah setelah ditandatangani" in html
    assert "&lt;b&gt;Bupati&lt;/b&gt;" in html
    assert "jadi keaslian penanda tangan belum dapat dipastikan" in html


def test_the_officers_card_tells_of_a_signature_and_is_silent_without(
    shelf, client_of, operator_makassar
):
    def card():
        return words(client_of(operator_makassar).get(f"/pokja/{shelf.pokja.pk}/2026/"))

    told = "Rincian berkas : Tanda tangan elektronik Bupati: utuh sejak ditandatangani;"
    signatures._keep(shelf.soon, [])
    signatures._keep(shelf.later, [])
    assert "Tanda tangan elektronik" not in card()
    for document in (shelf.soon, shelf.later):
        one = Signature(document=document, number=1, signer="Bupati", integrity="utuh")
        signatures._keep(document, [one])
    assert told in card()


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        ("operator_makassar", True),
        ("verifikator_sulsel", True),
        ("admin", True),
        ("pengamat_makassar", False),
        ("pusat", False),  # neither fills in nor verifies a kota
    ],
)
def test_openings_are_shown_to_those_who_fill_in_or_verify(shelf, cast, client_of, person, shown):
    log_reading(shelf.soon, actor=cast["koordinator_sulsel"])
    text = words(page(client_of, cast[person], shelf.soon))
    assert ("Siapa membuka berkas ini: 1 kali" in text) == shown
    assert ("Koordinator Sulsel Koordinator Membuka berkas" in text) == shown


def test_openings_come_in_pages_of_twenty_at_constant_cost(
    shelf, cast, client_of, django_assert_num_queries
):
    client = client_of(cast["verifikator_sulsel"])
    client.get(f"/dokumen/{shelf.soon.uuid}/")
    for _ in range(21):
        log_reading(shelf.soon, actor=cast["verifikator_sulsel"])
    with django_assert_num_queries(QUERIES):
        first = client.get(f"/dokumen/{shelf.soon.uuid}/")
    with django_assert_num_queries(QUERIES):
        second = client.get(f"/dokumen/{shelf.soon.uuid}/?halaman=2")
    assert [len(answer.context["page"].object_list) for answer in (first, second)] == [20, 1]


QUERIES = 24


def test_the_pokja_year_leads_to_the_documents_of_its_region(shelf, client_of, operator_makassar):
    html = client_of(operator_makassar).get(f"/pokja/{shelf.pokja.pk}/2026/").content.decode()
    assert 'href="/dokumen/?wilayah=73.71&amp;tahun=2026"' in html


def test_looking_at_the_page_alone_is_no_opening(shelf, client_of, operator_makassar):
    page(client_of, operator_makassar, shelf.soon)
    assert not openings_of(shelf.soon).exists()
    assert Document.objects.get(pk=shelf.soon.pk).reading.signatures_checked_at is not None


def test_an_unknown_document_is_not_found(client_of, operator_makassar):
    path = "/dokumen/7d3f0c86-53b5-4a7c-8a3f-0242ac120002/"
    assert client_of(operator_makassar).get(path).status_code == 404
