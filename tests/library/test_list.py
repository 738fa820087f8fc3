"""The list of documents: scope, filters, search, and what it costs."""

from datetime import date, timedelta
from urllib.parse import quote_plus

import pytest
from django.core.files.base import ContentFile

from apps.documents.models import Document, Original
from apps.library.queries import ending_soon
from tests import makers

pytestmark = pytest.mark.django_db
MAKASSAR = ["Lepas.pdf", "DPA.pdf", "SK 2024.pdf", "SK 2026.pdf"]
SULSEL = ["Lepas.pdf", "SK Bone.pdf", "DPA.pdf", "SK 2024.pdf", "SK 2026.pdf"]


@pytest.mark.parametrize(
    ("person", "names"),
    [
        ("operator_makassar", MAKASSAR),
        ("operator_bone", ["SK Bone.pdf"]),
        ("operator_sulsel", []),
        ("verifikator_sulsel", SULSEL),
        ("koordinator_sulsel", SULSEL),
        ("pengamat_makassar", ["SK 2024.pdf", "SK 2026.pdf"]),
        ("verifikator_kalsel", ["SK Banjarmasin.pdf"]),
        ("pusat", ["SK Banjarmasin.pdf", *SULSEL]),
        ("admin", ["SK Banjarmasin.pdf", *SULSEL]),
    ],
)
def test_everybody_sees_exactly_the_documents_of_their_scope(shelf, cast, names_for, person, names):
    assert names_for(cast[person]) == names
    seen = Document.objects.for_user(cast[person]).order_by("-id")
    assert [document.original_name for document in seen] == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("jenis=sk", ["SK Bone.pdf", "SK 2024.pdf", "SK 2026.pdf"]),
        ("jenis=anggaran", ["DPA.pdf"]),
        ("jenis=nota", []),
        ("jenis=foto", []),
        ("jenis=tanpa", ["Lepas.pdf"]),
        ("wilayah=73.08", ["SK Bone.pdf"]),
        ("wilayah=73", SULSEL),
        ("wilayah=63.71", SULSEL),  # not one of the verifier's: left out
        ("tahun=2025", ["DPA.pdf", "SK 2024.pdf"]),
        ("tahun=2026", ["Lepas.pdf", "SK Bone.pdf", "SK 2024.pdf", "SK 2026.pdf"]),
        ("tahun=2023", []),
        ("status=terverifikasi", ["SK 2024.pdf", "SK 2026.pdf"]),
        ("status=draf", ["SK Bone.pdf", "DPA.pdf"]),
        ("berakhir=90", ["SK 2026.pdf"]),
        ("jenis=x&tahun=abc&status=y&berakhir=z&halaman=q&wilayah=%00", SULSEL),
        ("tahun=%C2%B2&wilayah=" + "7" * 300, SULSEL),
    ],
)
def test_filters_narrow_the_list(shelf, verifikator_sulsel, names_for, query, names):
    assert names_for(verifikator_sulsel, query) == names


def test_photos_and_notes_are_kinds_of_their_own(
    shelf, operator_makassar, verifikator_sulsel, names_for
):
    Original.objects.create(
        document=shelf.loose,
        number=1,
        file=ContentFile(b"x", "1.jpg"),
        original_name="Foto.jpg",
        format="jpg",
        sha256="1" * 64,
        size=1,
    )
    shelf.first.decree.process_document = shelf.money
    shelf.first.decree.save(update_fields=["process_document"])
    assert names_for(verifikator_sulsel, "jenis=foto") == ["Lepas.pdf"]
    assert names_for(verifikator_sulsel, "jenis=nota") == ["DPA.pdf"]


def test_the_heading_is_a_finding(shelf, client_of, verifikator_sulsel):
    client = client_of(verifikator_sulsel)
    headings = {
        query: client.get(f"/dokumen/?{query}").context["heading"]
        for query in ("", "jenis=anggaran", "cari=takada")
    }
    assert headings == {
        "": "5 dokumen, 1 SK berakhir dalam 90 hari",
        "jenis=anggaran": "1 dokumen",
        "cari=takada": "Tidak ada dokumen yang cocok",
    }


def test_an_empty_shelf_says_what_will_stand_there(client_of, operator_sulsel):
    response = client_of(operator_sulsel).get("/dokumen/")
    assert response.context["heading"] == "Belum ada dokumen"
    assert "Buka daftar Pokja" in response.content.decode()


# --- what ends soon --------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "found"), [(-1, 0), (0, 1), (90, 1), (91, 0)])
def test_an_sk_ends_soon_from_today_to_the_ninetieth_day(shelf, today, admin, days, found):
    shelf.first.decree.valid_until = today + timedelta(days=days)
    shelf.first.decree.save(update_fields=["valid_until"])
    assert len(ending_soon(admin, today)) == found


def test_an_sk_that_was_extended_does_not_end_soon(shelf, cast, today):
    operator, judge = cast["operator_makassar"], cast["verifikator_sulsel"]
    longer = makers.make_decree(
        shelf.pokja,
        operator,
        role="amend",
        parent="188.45/412/I/2026",
        document=shelf.loose,
        number="188.45/500/2026",
        issued_on=date(2026, 3, 1),
        valid_from=date(2026, 3, 1),
        valid_until=date(2029, 12, 31),
    )
    assert ending_soon(operator, today) == {shelf.soon.pk: date(2026, 4, 30)}
    makers.verified(longer, operator, judge)
    assert ending_soon(operator, today) == {}


def test_an_sk_that_is_revoked_ends_the_day_before(shelf, cast, today):
    operator, judge = cast["operator_makassar"], cast["verifikator_sulsel"]
    end = makers.make_decree(
        shelf.pokja,
        operator,
        role="revoke",
        parent="188.45/97/II/2024",
        document=shelf.loose,
        number="188.45/501/2026",
        issued_on=date(2026, 3, 1),
        valid_from=date(2026, 4, 1),
        valid_until=None,
        validity_basis="sampai_dicabut",
    )
    makers.verified(end, operator, judge)
    assert ending_soon(operator, today)[shelf.later.pk] == date(2026, 3, 31)


# --- search ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("gdpk", ["SK 2024.pdf"]),
        ("PEMBENTUKAN gdpk", ["SK 2024.pdf"]),
        ("188.45/97/II/2024", ["SK 2024.pdf"]),
        ("Nomor 188.45 / 097-ii-2024", ["SK 2024.pdf"]),
        ("188-45-97", ["SK 2024.pdf"]),
        ("188.45", ["SK Bone.pdf", "SK 2024.pdf", "SK 2026.pdf"]),
        ("dpa.PDF", ["DPA.pdf"]),
        ("bone", ["SK Bone.pdf"]),
        ("Anggaran 2025", ["DPA.pdf"]),
        ("menimbang bahwa", ["Lepas.pdf"]),
        ("100% murni", ["Lepas.pdf"]),
        ("%", ["Lepas.pdf"]),
        ("_", ["Lepas.pdf"]),
        ("'; DROP TABLE x; --", []),
        ('"', []),
        ("\\", []),
        ("/", []),
        ("x" * 300, []),
        ("\x00", []),
    ],
)
def test_search_finds_titles_numbers_names_and_the_text_inside(
    shelf, read, verifikator_sulsel, names_for, text, names
):
    read(shelf.loose, "Keputusan", "MENIMBANG:   bahwa\n100% murni_asli")
    assert names_for(verifikator_sulsel, f"cari={quote_plus(text)}") == names


def test_the_sum_of_a_file_finds_it(shelf, verifikator_sulsel, names_for):
    assert names_for(verifikator_sulsel, f"cari={shelf.bone.sha256.upper()}") == ["SK Bone.pdf"]


def test_a_hit_inside_is_shown_with_its_page_and_marked(shelf, read, client_of, operator_makassar):
    read(shelf.loose, "halaman pertama", 'Menetapkan <b>Susunan</b> Keanggotaan\n"Pokja"')
    html = client_of(operator_makassar).get("/dokumen/?cari=susunan").content.decode()
    assert "Halaman 2: Menetapkan &lt;b&gt;<mark>Susunan</mark>&lt;/b&gt; Keanggotaan" in html


def test_figures_are_found_in_the_text_not_in_the_places_of_lines(
    shelf, read, client_of, operator_makassar
):
    read(shelf.loose, "tanpa angka", "Nomor 188 di sini")
    rows = client_of(operator_makassar).get("/dokumen/?cari=188").context["page"].object_list
    assert {row.document: row.excerpt and row.excerpt.page for row in rows}[shelf.loose] == 2


def test_an_observer_finds_nothing_by_what_a_draft_says(shelf, cast, names_for):
    draft = makers.make_decree(
        shelf.pokja, cast["operator_makassar"], document=shelf.soon, number="188.45/777/2026"
    )
    observer = cast["pengamat_makassar"]
    assert names_for(cast["operator_makassar"], "cari=188.45/777") == ["SK 2026.pdf"]
    assert names_for(observer, "cari=188.45/777") == []
    assert names_for(observer, "status=draf") == []
    assert draft.status == "draft"


# --- cost ------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 30])
def test_the_number_of_queries_does_not_grow(
    shelf, store, read, cast, client_of, django_assert_num_queries, more
):
    for number in range(more):
        document = store(f"SK tambahan {number}.pdf")
        read(document, "isi susunan")
        makers.make_decree(
            shelf.pokja, cast["operator_makassar"], document=document, number=f"{number}/2026"
        )
    client = client_of(cast["verifikator_sulsel"])
    client.get("/dokumen/")
    with django_assert_num_queries(QUERIES):
        client.get("/dokumen/?cari=SK&tahun=2026")


QUERIES = 20


def test_pages_hold_twenty_five(shelf, store, names_for, operator_makassar):
    for number in range(24):
        store(f"{number}.pdf")
    assert len(names_for(operator_makassar)) == 25
    assert len(names_for(operator_makassar, "halaman=2")) == 3
