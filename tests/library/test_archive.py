"""All documents of a region and year as one zip: what is in it, what its index says, its cost."""

import csv
import hashlib
import io
import tracemalloc
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from apps.audit.models import Entry
from apps.documents.models import Document, Original
from apps.library.archive import MISSING, items_of, safe_name, zip_pieces
from apps.library.queries import documents_of
from tests import makers

pytestmark = pytest.mark.django_db
INDEX = {"indeks.csv", "indeks.xlsx"}
MAKASSAR_2026 = {
    "73.71/2026/SK 188.45-412-I-2026.pdf",
    "73.71/2024/SK 188.45-97-II-2024.pdf",
    "73.71/2026/Belum dipakai Lepas.pdf",
}


@pytest.fixture
def zip_for(client_of):
    """zip_for(user, query): the zip that arrives."""

    def ask(user, query=""):
        answer = client_of(user).get(f"/dokumen/unduh.zip?{query}")
        assert answer.status_code == 200
        return zipfile.ZipFile(io.BytesIO(b"".join(answer)))

    return ask


def index_of(archive) -> list[dict]:
    text = archive.read("indeks.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("person", "query", "names"),
    [
        ("operator_makassar", "tahun=2026", MAKASSAR_2026),
        ("operator_makassar", "wilayah=73.71&tahun=2026", MAKASSAR_2026),
        ("verifikator_sulsel", "wilayah=73.71&tahun=2026", MAKASSAR_2026),
        ("operator_bone", "", {"73.08/2026/SK 188.45-412-I-2026.pdf"}),
        (
            "pengamat_makassar",
            "",
            {"73.71/2026/SK 188.45-412-I-2026.pdf", "73.71/2024/SK 188.45-97-II-2024.pdf"},
        ),
        ("operator_sulsel", "", set()),
    ],
)
def test_it_holds_exactly_what_is_in_scope(shelf, cast, zip_for, person, query, names):
    archive = zip_for(cast[person], query)
    assert set(archive.namelist()) == names | INDEX
    assert archive.testzip() is None


def test_every_file_is_the_very_one_that_was_kept(shelf, operator_makassar, zip_for):
    archive = zip_for(operator_makassar)
    rows = index_of(archive)
    sums = {row["sha256"] for row in rows}
    assert sums == {document.sha256 for document in Document.objects.for_user(operator_makassar)}
    for row in rows:
        content = archive.read(row["nama_berkas_dalam_zip"])
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
        assert len(content) == int(row["ukuran_byte"])


def test_the_index_tells_what_each_file_is(shelf, operator_makassar, zip_for):
    archive = zip_for(operator_makassar, "tahun=2026")
    row = next(row for row in index_of(archive) if row["nomor_sk"] == "188.45/412/I/2026")
    assert row == {
        "no": "1",
        "jenis": "SK",
        "nomor_sk": "188.45/412/I/2026",
        "judul": "Pembentukan Pokja Bangga Kencana",
        "kode_wilayah": "73.71",
        "wilayah": "Kota Makassar",
        "tahun": "2026",
        "status": "Terverifikasi",
        "nama_berkas_dalam_zip": "73.71/2026/SK 188.45-412-I-2026.pdf",
        "ukuran_byte": str(shelf.soon.size),
        "halaman": "1",
        "sha256": shelf.soon.sha256,
        "diunggah_oleh": "Operator Makassar",
        "diunggah_pada": "2026-03-12 10:00:00",
        "catatan": "",
    }
    sheet = load_workbook(io.BytesIO(archive.read("indeks.xlsx"))).active
    assert [cell.value for cell in sheet[2]][:3] == [1, "SK", "188.45/412/I/2026"]


def test_a_formula_in_a_name_stays_a_text(shelf, store, operator_makassar, zip_for):
    store("=HYPERLINK(1).pdf")
    archive = zip_for(operator_makassar)
    assert "'=HYPERLINK(1).pdf" in {row["judul"] for row in index_of(archive)}
    sheet = load_workbook(io.BytesIO(archive.read("indeks.xlsx"))).active
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_names_are_safe_and_each_is_there_once(shelf, store, operator_makassar, zip_for):
    for _ in range(2):
        store("../../etc/pass\u202ewd?.pdf")
    store("../../ETC/PASSWD?.pdf")
    names = zip_for(operator_makassar).namelist()
    assert len({name.casefold() for name in names}) == len(names)
    assert not [name for name in names if ".." in name or name.startswith("/") or "?" in name]
    assert "73.71/2026/Belum dipakai pass wd (2).pdf" in names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SK 188.45/412", "SK 188.45-412"),
        ("a\\b:c*d", "a-b-c-d"),
        ("  titik.  ", "titik"),
        ("\x00\x07", "dokumen"),
        ("...", "dokumen"),
        ("x" * 300, "x" * 80),
        ("Kota “Baru” é", "Kota “Baru” é"),
    ],
)
def test_a_name_unpacks_anywhere(text, name):
    assert safe_name(text) == name


def test_photos_lie_beside_their_document(shelf, operator_makassar, zip_for):
    for number in (1, 2):
        Original.objects.create(
            document=shelf.soon,
            number=number,
            file=ContentFile(b"foto %d" % number, "1.jpg"),
            original_name="Foto.jpg",
            format="jpg",
            sha256=hashlib.sha256(b"foto %d" % number).hexdigest(),
            size=6,
        )
    archive = zip_for(operator_makassar, "tahun=2026")
    assert archive.read("73.71/2026/SK 188.45-412-I-2026/foto-02.jpg") == b"foto 2"
    assert [row["jenis"] for row in index_of(archive)][:3] == [
        "SK",
        "Foto asli halaman 1",
        "Foto asli halaman 2",
    ]


def test_a_missing_file_is_told_in_the_index_and_breaks_nothing(shelf, operator_makassar, zip_for):
    default_storage.delete(shelf.later.file.name)
    archive = zip_for(operator_makassar, "tahun=2026")
    assert set(archive.namelist()) == INDEX | MAKASSAR_2026 - {
        "73.71/2024/SK 188.45-97-II-2024.pdf"
    }
    told = {row["sha256"]: row["catatan"] for row in index_of(archive)}
    assert told[shelf.later.sha256] == MISSING
    assert archive.testzip() is None


def test_it_is_one_entry_of_the_trail_and_told_on_the_page(
    shelf, client_of, verifikator_sulsel, operator_makassar, zip_for, monkeypatch
):
    from apps.documents import signatures

    monkeypatch.setattr(signatures, "_found", lambda document, time_limit: [])
    zip_for(verifikator_sulsel, "wilayah=73&tahun=2026")
    entry = Entry.objects.get(action="Mengunduh zip dokumen")
    assert (entry.actor, entry.role, entry.object_label) == (
        verifikator_sulsel,
        "verifier",
        "Provinsi Sulawesi Selatan",
    )
    assert (entry.after["cakupan"], entry.after["berkas"]) == ("tahun 2026", 4)
    html = client_of(operator_makassar).get(f"/dokumen/{shelf.soon.uuid}/").content.decode()
    assert "Verifikator Sulsel, Provinsi Sulawesi Selatan tahun 2026" in html


def test_its_size_is_told_before(shelf, client_of, operator_makassar):
    response = client_of(operator_makassar).get("/dokumen/?tahun=2026")
    documents = documents_of(operator_makassar, None, 2026)
    assert response.context["zip_count"] == 3
    assert response.context["zip_size"] == sum(document.size for document in documents)


@pytest.mark.parametrize("person", ["pusat", "admin"])
def test_nobody_takes_the_whole_nation_at_once(shelf, cast, client_of, person):
    answer = client_of(cast[person]).get("/dokumen/unduh.zip")
    assert (answer.status_code, answer["Location"]) == (302, "/dokumen/")
    assert client_of(cast[person]).get("/dokumen/unduh.zip?wilayah=73").status_code == 200


@pytest.mark.parametrize("code", ["63", "63.71", "99.99", "abc", "%00", "7" * 400])
def test_a_foreign_region_is_not_found(shelf, client_of, operator_makassar, code):
    answer = client_of(operator_makassar).get(f"/dokumen/unduh.zip?wilayah={code}")
    assert answer.status_code == 404
    assert not Entry.objects.filter(action="Mengunduh zip dokumen").exists()


def test_it_is_sent_with_safe_headers(shelf, client_of, operator_makassar):
    answer = client_of(operator_makassar).get("/dokumen/unduh.zip?tahun=2026")
    assert answer.streaming
    assert {name: answer[name] for name in HEADERS} == HEADERS


HEADERS = {
    "Content-Type": "application/zip",
    "Content-Disposition": 'attachment; filename="dokumen-73.71-2026.zip"',
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}


@pytest.mark.parametrize("more", [0, 20])
def test_the_number_of_queries_does_not_grow(
    shelf, store, cast, client_of, django_assert_num_queries, more
):
    for number in range(more):
        makers.make_decree(
            shelf.pokja,
            cast["operator_makassar"],
            document=store(f"{number}.pdf"),
            number=f"{number}/2026",
        )
    client = client_of(cast["operator_makassar"])
    client.get("/dokumen/")
    with django_assert_num_queries(QUERIES):
        answer = client.get("/dokumen/unduh.zip?tahun=2026")
    with django_assert_num_queries(0):
        assert sum(map(len, answer)) > 0


QUERIES = 10


def test_memory_stays_flat_whatever_the_zip_weighs(shelf, store, operator_makassar):
    """100 MB of documents (sparse files) cost less than 8 MB of memory, the index included."""
    for number in range(4):
        document = store(f"besar {number}.pdf")
        with open(document.file.path, "r+b") as file:
            file.truncate(25 * 1024**2)
        Document.objects.filter(pk=document.pk).update(size=25 * 1024**2)
    items = items_of(operator_makassar, documents_of(operator_makassar))
    tracemalloc.start()
    sent = sum(map(len, zip_pieces(items, default_storage)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sent > 100 * 1024**2
    assert peak < 8 * 1024**2
