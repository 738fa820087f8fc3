"""The page /tugas/: who gets it, and what it says where there is nothing to say."""

import re

import pytest

from tests import makers


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize(
    "name",
    [
        "operator_bone",
        "operator_sulsel",
        "verifikator_sulsel",
        "koordinator_sulsel",
        "pusat",
        "pengamat_makassar",
        "admin",
    ],
)
def test_the_page_answers_every_role(request, client_of, today, name):
    assert client_of(request.getfixturevalue(name)).get("/tugas/").status_code == 200


def test_visitors_are_sent_to_sign_in(client, db):
    assert client.get("/tugas/").url == "/masuk/?next=/tugas/"


def test_an_operator_without_pokja_is_told_whom_to_ask(client_of, operator_bone, today):
    page = text(client_of(operator_bone).get("/tugas/"))
    assert page.count("Belum ada Pokja yang menjadi tanggung jawab Anda") == 1


def test_the_head_counts_the_tasks_and_the_navigation_shows_the_same(
    client_of, pokja, operator_bone, steps
):
    steps.submit(makers.make_plan(pokja, operator_bone), operator_bone)
    response = client_of(operator_bone).get("/tugas/")
    page = text(response)
    assert page.count("Kabupaten Bone, tahun 2026. 3 tugas perlu dikerjakan.") == 1
    assert page.count("Tugas saya 3 menunggu") == 2  # bar and phone menu
    assert response.context["inbox"].first.name == "Unggah SK Pokja Kampung KB"


def test_all_done_says_what_still_waits(client_of, pokja, operator_bone, steps):
    for make in (makers.make_decree, makers.make_plan, makers.make_indicators, makers.make_budget):
        steps.submit(make(pokja, operator_bone), operator_bone)
    page = text(client_of(operator_bone).get("/tugas/"))
    assert page.count("Semua tugas 2026 selesai") == 1
    assert page.count("Menunggu verifikasi: 4 berkas.") == 1


def test_the_verifier_of_the_region_is_named(
    client_of, pokja, operator_bone, verifikator_sulsel, verifikator_kalsel
):
    page = text(client_of(operator_bone).get("/tugas/"))
    assert page.count("Verifikator Kabupaten Bone di Perwakilan BKKBN Sulawesi Selatan:") == 1
    assert (page.count("Verifikator Sulsel"), page.count("Verifikator Kalsel")) == (1, 0)


@pytest.mark.parametrize(
    ("query", "year"),
    [
        ("", 2026),
        ("?tahun=2025", 2025),
        ("?tahun=2027", 2027),
        ("?tahun=1999", 2026),
        ("?tahun=x", 2026),
        ("?tahun=99999999999", 2026),
        ("?tahun=²⁰²⁵", 2026),
    ],
)
def test_a_year_is_chosen_and_nonsense_means_the_running_year(
    client_of, pokja, operator_bone, query, year
):
    assert client_of(operator_bone).get(f"/tugas/{query}").context["inbox"].year == year


def test_in_another_year_the_navigation_still_counts_the_running_one(
    client_of, pokja, operator_bone
):
    page = text(client_of(operator_bone).get("/tugas/?tahun=2025"))
    assert page.count("Tugas saya 1 menunggu") == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_pokja_and_three(
    client_of, regions, rubric, today, operator_bone, steps, django_assert_num_queries, number
):
    for place in range(number):
        pokja = makers.make_pokja(regions.bone, f"bone-{place}")
        steps.verify(makers.make_decree(pokja, operator_bone), operator_bone)
        steps.give_back(makers.make_plan(pokja, operator_bone), operator_bone, "Kabur.")
    client = client_of(operator_bone)
    client.get("/profil/")  # the first answer of a session writes its end
    with django_assert_num_queries(42):
        client.get("/tugas/")


def test_without_a_rubric_the_page_says_that_nothing_can_be_scored(
    client_of, regions, today, operator_bone
):
    makers.make_pokja(regions.bone)
    page = text(client_of(operator_bone).get("/tugas/"))
    assert page.count("Tahun 2026 tidak dapat dinilai: rubriknya belum ada.") == 1


def test_the_table_of_pokja_begins_with_the_most_criteria_met(
    client_of, regions, pokja, operator_bone, steps
):
    makers.make_pokja(regions.bone, "bone-adv", "Pokja Advokasi", ("advokasi",))
    steps.verify(makers.make_plan(pokja, operator_bone), operator_bone)
    meters = client_of(operator_bone).get("/tugas/").context["inbox"].meters
    assert [(name, item.met) for item, name, _ in meters] == [("Kampung KB", 1), ("Advokasi", 0)]
