"""Pages beside the checklist: size by links, groups with their weight, what cannot be drawn."""

import pytest

from apps.checking.forms import Filters
from apps.checking.sheets import View, query_of, view_of
from apps.documents.pages import draw_first, page_image
from tests import makers


@pytest.fixture
def judge(client_of, verifikator_sulsel):
    return client_of(verifikator_sulsel)


@pytest.fixture
def long_decree(pokja, operator_makassar, send):
    """A submitted SK of 55 pages."""
    file = makers.make_document(pokja.region, operator_makassar, pages=55)
    return send(makers.make_decree(pokja, operator_makassar, document=file))


def sheets(judge, evidence, query=""):
    return judge.get(f"/verifikasi/{evidence.pk}/{query}").context["sheets"]


@pytest.mark.parametrize(
    ("values", "view"),
    [
        ({}, View(100, 1)),
        ({"perbesar": "150", "hal": "3"}, View(150, 3)),
        ({"perbesar": "151", "hal": "6"}, View(100, 1)),
        ({"perbesar": "-150", "hal": "0"}, View(100, 1)),
        ({"perbesar": "²", "hal": "٣"}, View(100, 1)),
        ({"perbesar": "9" * 5000, "hal": "NaN"}, View(100, 1)),
    ],
)
def test_what_the_address_asks_for(values, view):
    assert view_of(values, pages=5) == view


def test_size_and_page_stand_beside_the_filter():
    assert query_of(Filters(), View(100, 2)) == "?hal=2"
    assert query_of(Filters(kind="decree"), View(150, 2)) == "?jenis=decree&perbesar=150&hal=2"


def test_sizes_are_links_and_pages_come_larger(judge, decree):
    page = judge.get(f"/verifikasi/{decree.pk}/?perbesar=150&hal=2")
    assert page.context["sheets"].zooms == [
        (100, f"/verifikasi/{decree.pk}/?hal=2", 80 * 1024),
        (200, f"/verifikasi/{decree.pk}/?perbesar=200&hal=2", 250 * 1024),
    ]
    text = page.content.decode()
    assert "Perbesar menjadi 200%, paling banyak 250 KB per halaman" in text
    uuid = decree.decree.document.uuid
    assert f'src="/berkas/{uuid}/hal-2.webp?lebar=1350"' in text
    assert '<details class="pg-more z150" open>' in text
    ends = [sheets(judge, decree, f"?perbesar={zoom}").zooms for zoom in (100, 200)]
    assert (ends[0][0], ends[1][1]) == ((0, "", 0), (0, "", 0))


def test_the_weight_of_further_pages_is_told_as_far_as_it_is_known(judge, decree):
    assert [group.label for group in sheets(judge, decree).groups] == [
        "Muat halaman 2 (paling banyak 80 KB)"
    ]
    draw_first(decree.decree.document)
    size = round(len(page_image(decree.decree.document, 2)) / 1024)
    assert [group.label for group in sheets(judge, decree).groups] == [
        f"Muat halaman 2 ({size} KB)"
    ]


def test_a_long_file_is_fetched_ten_pages_at_a_time(judge, long_decree):
    found = sheets(judge, long_decree)
    assert [group.label for group in found.groups] == [
        f"Muat halaman {start}–{start + 9} (paling banyak 800 KB)" for start in (2, 12, 22, 32)
    ]
    assert found.left_out == 14
    assert not any(group.is_open for group in found.groups)


def test_a_page_far_behind_is_shown_when_asked_for(judge, long_decree):
    found = sheets(judge, long_decree, "?hal=50")
    assert [sheet.number for sheet in found.groups[-1].sheets] == [50]
    assert (found.groups[-1].is_open, found.left_out) == (True, 13)


def test_a_page_known_to_defy_drawing_leads_to_the_file(judge, decree, settings):
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "uji-lembar"}}
    document = decree.decree.document
    with document.file.storage.open(document.file.name, "wb") as file:
        file.write(b"%PDF-1.7 rusak")
    judge.get(f"/berkas/{document.uuid}/hal-1.webp")
    page = judge.get(f"/verifikasi/{decree.pk}/").content.decode()
    assert "Halaman 1 tidak dapat digambar." in page
    assert f'<a href="/berkas/{document.uuid}/"' in page


def test_a_reader_is_not_offered_pins(client_of, pusat, decree):
    page = client_of(pusat).get(f"/verifikasi/{decree.pk}/").content.decode()
    assert "Tandai halaman" not in page
    assert "pin.js" not in page
