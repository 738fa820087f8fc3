"""Who may open which dashboard, and where old, unknown and yearless addresses lead."""

from datetime import date

import pytest
from django.urls import resolve

from apps.dashboard import links
from apps.regions.services import change_region_code

pytestmark = pytest.mark.django_db

YEAR = "2026"


def statuses(client, *codes):
    return [client.get(f"/dasbor/{code}/{YEAR}/").status_code for code in codes]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # 73, 73.71 Makassar, 73.08 Bone, 63, 63.71 Banjarmasin, nasional
        ("operator_makassar", [200, 200, 404, 404, 404, 200]),
        ("operator_sulsel", [200, 404, 404, 404, 404, 200]),
        ("pengamat_makassar", [200, 200, 404, 404, 404, 200]),
        ("verifikator_sulsel", [200, 200, 200, 404, 404, 200]),
        ("koordinator_sulsel", [200, 200, 200, 404, 404, 200]),
        ("verifikator_kalsel", [404, 404, 404, 200, 200, 200]),
        ("pusat", [200, 200, 200, 200, 200, 200]),
        ("admin", [200, 200, 200, 200, 200, 200]),
    ],
)
def test_own_regions_the_own_province_and_the_nation_are_open(
    scene, cast, client_of, name, expected
):
    assert (
        statuses(client_of(cast[name]), "73", "73.71", "73.08", "63", "63.71", "nasional")
        == expected
    )


def test_who_is_not_signed_in_goes_to_the_sign_in_page(client, scene):
    answer = client.get("/dasbor/73/2026/")
    assert (answer.status_code, answer["Location"]) == (302, "/masuk/?next=/dasbor/73/2026/")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("operator_bone", "/dasbor/73.08/2026/"),
        ("pengamat_makassar", "/dasbor/73.71/2026/"),
        ("verifikator_sulsel", "/dasbor/73/2026/"),
        ("pusat", "/dasbor/nasional/2026/"),
        ("admin", "/dasbor/nasional/2026/"),
    ],
)
def test_dasbor_leads_to_the_own_level(today, cast, client_of, name, address):
    assert client_of(cast[name]).get("/dasbor/")["Location"] == address


def test_a_person_without_a_post_is_led_to_the_nation(today, make_user, client_of):
    assert client_of(make_user()).get("/dasbor/")["Location"] == "/dasbor/nasional/2026/"


@pytest.mark.parametrize("code", ["73", "nasional"])
def test_an_address_without_a_year_leads_to_this_year(today, client_of, pusat, code):
    assert client_of(pusat).get(f"/dasbor/{code}/")["Location"] == f"/dasbor/{code}/2026/"


@pytest.mark.parametrize(
    ("year", "status"), [("2014", 404), ("2015", 200), ("2027", 200), ("2028", 404), ("0000", 404)]
)
def test_years_before_2015_and_after_the_next_are_unknown(scene, client_of, pusat, year, status):
    client = client_of(pusat)
    assert [
        client.get(f"/dasbor/{code}/{year}/").status_code for code in ("73", "73.08", "nasional")
    ] == [status] * 3


@pytest.mark.parametrize("code", ["99", "73.99", "7308", "73.08.01", "x"])
def test_an_unknown_code_is_not_found(scene, client_of, pusat, code):
    assert client_of(pusat).get(f"/dasbor/{code}/2026/").status_code == 404


def test_an_old_code_leads_on_to_the_new_one_with_its_filters(
    scene, regions, client_of, pusat, operator_makassar
):
    change_region_code(regions.bone, "73.28", on=date(2026, 1, 1), basis="uji")
    answer = client_of(pusat).get("/dasbor/73.08/2026/?belum=1")
    assert (answer.status_code, answer["Location"]) == (302, "/dasbor/73.28/2026/?belum=1")
    assert client_of(operator_makassar).get("/dasbor/73.08/2026/").status_code == 404


@pytest.mark.parametrize("path", ["/dasbor/73/2026/", "/dasbor/nasional/2026/", "/dasbor/"])
def test_dashboards_are_only_read(scene, client_of, pusat, path):
    assert client_of(pusat).post(path).status_code == 405


def test_addresses_of_other_pages_exist():
    names = [
        resolve(path).view_name
        for path in (links.POKJA.format(1, 2026), links.POKJA_LIST, links.QUEUE, links.TASKS)
    ]
    assert names == ["filing:pokja_year", "filing:pokja_list", "checking:queue", "inbox:tasks"]


def lacking(user, region, client_of):
    from apps.dashboard.links import Viewer

    return Viewer(user.scope, 2026).lacking(region, "anggaran")


def test_lists_of_lacking_pokja_open_to_those_whose_list_holds_them_all(cast, regions, client_of):
    told = {
        name: lacking(cast[name], regions.sulsel, client_of) is not None
        for name in (
            "operator_bone",
            "operator_sulsel",
            "verifikator_sulsel",
            "verifikator_kalsel",
            "pusat",
        )
    }
    assert told == {
        "operator_bone": False,
        "operator_sulsel": False,
        "verifikator_sulsel": True,
        "verifikator_kalsel": False,
        "pusat": True,
    }


def test_the_recap_is_offered_to_those_who_reach_the_whole_province(
    scene, client_of, koordinator_sulsel, operator_bone
):
    link = 'href="/rekap/73/2026/"'
    assert link in client_of(koordinator_sulsel).get("/dasbor/73/2026/").content.decode()
    assert link not in client_of(operator_bone).get("/dasbor/73/2026/").content.decode()
