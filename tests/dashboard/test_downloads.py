"""The page of all downloads: for whom it is, what it lists, and that every file is there."""

import re

import pytest
from django.core.cache import cache

pytestmark = pytest.mark.django_db
PAGE = "/unduhan/"


def files(answer):
    links = re.findall(r'class="btn btn-outline-secondary btn-sm" href="([^"]+)"', page_of(answer))
    return [link.replace("&amp;", "&") for link in links]


def page_of(answer):
    return answer.content.decode()


def options(answer):
    return re.findall(r'<option value="([^"]+)"', page_of(answer))


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("operator_bone", 403),
        ("operator_sulsel", 403),
        ("pengamat_makassar", 403),
        ("verifikator_sulsel", 200),
        ("koordinator_sulsel", 200),
        ("pusat", 200),
        ("admin", 200),
    ],
)
def test_for_those_who_work_with_the_figures(scene, cast, client_of, name, status):
    assert client_of(cast[name]).get(PAGE).status_code == status


def test_a_verifier_begins_with_the_own_province_and_may_choose_its_regions(
    scene, client_of, verifikator_sulsel
):
    answer = client_of(verifikator_sulsel).get(PAGE)
    assert (answer.context["place"], answer.context["year"]) == (
        "Provinsi Sulawesi Selatan",
        "2026",
    )
    assert options(answer) == ["nasional", "73", "73.08", "73.71"]


def test_the_national_office_begins_with_the_nation(scene, client_of, pusat):
    answer = client_of(pusat).get(PAGE)
    assert (answer.context["place"], options(answer)) == ("Nasional", ["nasional", "63", "73"])


@pytest.mark.parametrize("asked", ["nasional", "73", "73.08"])
def test_every_file_on_the_page_is_there(scene, client_of, koordinator_sulsel, asked):
    cache.clear()
    client = client_of(koordinator_sulsel)
    listed = files(client.get(f"{PAGE}?wilayah={asked}&tahun=2026"))
    assert len(listed) >= 6
    assert {address: client.get(address).status_code for address in listed} == dict.fromkeys(
        listed, 200
    )


@pytest.mark.parametrize("asked", ["63", "63.71", "99", "'", "73.99", "%00", "nasionalx"])
def test_a_region_out_of_reach_is_told_and_not_listed(scene, client_of, verifikator_sulsel, asked):
    answer = client_of(verifikator_sulsel).get(f"{PAGE}?wilayah={asked}")
    assert answer.context["complaint"]
    assert answer.context["chosen"] == "73"


@pytest.mark.parametrize("year", ["", "x", "1999", "20261", "2014", "²⁰²⁶"])
def test_an_unknown_year_is_this_one(scene, client_of, pusat, year):
    assert client_of(pusat).get(PAGE, {"tahun": year}).context["year"] == "2026"


def test_the_first_year_has_no_movement(scene, client_of, pusat):
    answer = client_of(pusat).get(f"{PAGE}?wilayah=73&tahun=2015")
    assert not any("kematangan" in address for address in files(answer))


@pytest.mark.parametrize("rows", [0, 20])
def test_the_list_costs_the_same_for_few_regions_and_for_many(
    scene, regions, make_region, client_of, pusat, django_assert_num_queries, rows
):
    for number in range(10, 10 + rows):
        make_region(f"73.{number}", f"Kabupaten Uji {number}", regions.sulsel)
    client = client_of(pusat)
    with django_assert_num_queries(12):
        client.get(f"{PAGE}?wilayah=73")
