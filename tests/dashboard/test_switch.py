"""The switch at the top: region and year go along by address alone."""

import re

import pytest

from apps.regions.switch import switched
from tests.dashboard.test_pages import DISTRICT, NATION, PROVINCE

pytestmark = pytest.mark.django_db
SHELF = "/buku/"


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ({"ke": "dasbor", "wilayah": "73.08", "tahun": "2025"}, "/dasbor/73.08/2025/"),
        ({"ke": "dasbor", "wilayah": "nasional", "tahun": "2025"}, "/dasbor/nasional/2025/"),
        ({"ke": "capaian", "wilayah": "73.08", "tahun": "2025"}, "/capaian/73/2025/"),
        ({"ke": "buku", "wilayah": "73", "tahun": "2025"}, "/buku/2025/73/"),
        ({"ke": "buku", "wilayah": "nasional", "tahun": "2025"}, "/buku/?tahun=2025"),
        ({"ke": "apa", "wilayah": "73", "tahun": "2025"}, "/dasbor/73/2025/"),
        (
            {"ke": "dasbor", "wilayah": "73", "tahun": "2025", "jenis": "gdpk", "lain": "x"},
            "/dasbor/73/2025/?jenis=gdpk",
        ),
        ({"wilayah": "//jahat.id", "tahun": "2025"}, "/dasbor/"),
        ({"wilayah": "73", "tahun": "٢٠٢٥"}, "/dasbor/"),
        ({"wilayah": "73"}, "/dasbor/"),
        ({}, "/dasbor/"),
    ],
)
def test_it_leads_to_the_same_page_elsewhere_and_never_outside(asked, address):
    assert switched(asked) == address


def options(page):
    form = re.search(r'<select[^>]*id="sw-wilayah".*?</select>', page.content.decode(), re.S)[0]
    return re.findall(r'value="([^"]+)"', form)


@pytest.mark.parametrize(
    ("name", "path", "codes"),
    [
        ("pusat", NATION, ["nasional", "63", "73"]),
        ("pusat", PROVINCE, ["nasional", "63", "73", "73.08", "73.71"]),
        ("verifikator_sulsel", DISTRICT, ["nasional", "73", "73.08", "73.71"]),
        ("operator_bone", PROVINCE, ["nasional", "73", "73.08"]),
        ("operator_bone", NATION, ["nasional", "73", "73.08"]),
        ("verifikator_sulsel", "/capaian/73/2026/", ["nasional", "73"]),
        ("verifikator_sulsel", "/buku/2025/73/", ["nasional", "73"]),
        ("pusat", "/buku/", ["nasional", "63", "73"]),
    ],
)
def test_only_regions_within_reach_are_offered(scene, client_of, cast, name, path, codes):
    assert options(client_of(cast[name]).get(path)) == codes


def test_what_is_offered_opens_and_keeps_filters_and_day(scene, client_of, verifikator_sulsel):
    client = client_of(verifikator_sulsel)
    page = client.get(f"{PROVINCE}?jenis=gdpk&sebaya=kota&per=2026-03-10&lain=x")
    assert page.context["switch"]["kept"] == [("jenis", "gdpk"), ("per", "2026-03-10")]
    asked = {"ke": "dasbor", "wilayah": "73.08", "tahun": "2025", "jenis": "gdpk"}
    answer = client.get("/pindah/", asked | {"per": "2026-03-10"}, follow=True)
    assert answer.redirect_chain == [("/dasbor/73.08/2025/?jenis=gdpk&per=2026-03-10", 302)]
    assert answer.status_code == 200


def test_a_foreign_region_typed_by_hand_stays_closed(scene, client_of, verifikator_sulsel):
    asked = {"ke": "dasbor", "wilayah": "63", "tahun": "2026"}
    answer = client_of(verifikator_sulsel).get("/pindah/", asked, follow=True)
    assert answer.status_code == 404
