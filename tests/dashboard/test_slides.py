"""The slides of a province: one finding each, the same figures as its dashboard."""

from datetime import date
from types import SimpleNamespace

import pytest

from apps.dashboard import findings
from apps.dashboard.queries import province_figures
from apps.dashboard.selection import Selection
from apps.dashboard.slides import all_reached, leaders, next_steps
from apps.dashboard.slides_view import place_of
from apps.dashboard.tallies import Tally, ranking
from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.stored import settle
from apps.regions.models import Region
from tests import makers

SLIDES = "/dasbor/73/2026/saji/"


@pytest.fixture
def world(regions, operator_bone, verifikator_sulsel, today):
    """A Pokja of Bone with a verified plan, one of Makassar with nothing."""
    load_builtin_rubric()
    bone = makers.make_pokja(regions.bone, "bone-gdpk", "Pokja GDPK", kinds=("gdpk",))
    makers.make_pokja(regions.makassar, "makassar-bk")
    makers.verified(makers.make_plan(bone, operator_bone), operator_bone, verifikator_sulsel)


@pytest.fixture
def client(verifikator_sulsel, client_of, today):
    return client_of(verifikator_sulsel)


def counts(pokja, effective, sent=True):
    found = Tally()
    found.pokja = found.rated = pokja
    found.effective, found.sent = effective, pokja if sent else 0
    return found


def place(name):
    return SimpleNamespace(label=name, short_name=name)


# --- findings --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ([(3, 3), (2, 3), (0, 0)], "1 dari 3 kabupaten/kota: semua Pokja efektif"),
        ([(0, 0), (1, 3)], "Belum ada kabupaten/kota dengan semua Pokja efektif"),
        ([], "Belum ada kabupaten/kota dengan semua Pokja efektif"),
    ],
)
def test_a_region_without_a_pokja_is_not_among_those_that_reached_all(shares, told):
    pairs = [counts(whole, part) for part, whole in shares]
    assert all_reached(pairs, lambda each: each, Selection()) == told


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ([(3, 3), (2, 3)], "A memimpin: 3 dari 3 Pokja efektif"),
        ([(2, 3), (2, 3), (1, 3)], "A dan B memimpin bersama"),
        ([(3, 3)] * 4, "4 kabupaten/kota memimpin bersama"),
    ],
)
def test_leaders_are_named_while_they_are_few(shares, told):
    entries = [
        (place(name), name, counts(whole, part))
        for name, (part, whole) in zip("ABCD", shares, strict=False)
    ]
    assert leaders(ranking(entries), Selection()) == told


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", 1), ("3", 3), ("0", 1), ("99", 8), ("-1", 1), ("1e3", 1), ("٣", 1), ("9" * 5000, 1)],
)
def test_any_number_in_the_address_leads_to_a_slide(typed, number):
    assert place_of(typed, 8) == number


# --- the pages -------------------------------------------------------------------------------


def test_the_first_slide_has_the_heading_of_the_dashboard(client, world):
    page = client.get(SLIDES)
    dashboard = client.get("/dasbor/73/2026/")
    assert page.context["slides"][0]["slide"].heading == dashboard.context["heading"]
    assert [each["slide"].name for each in page.context["slides"]] == [
        "Ringkasan",
        "Kriteria",
        "Peta",
        "Peringkat",
        "Yang menahan",
        "Angka resmi",
        "Langkah",
    ]


def test_slides_are_walked_by_plain_links_that_keep_filter_and_day(client, world):
    page = client.get(f"{SLIDES}?slide=2&jenis=gdpk")
    assert page.context["before"] == f"{SLIDES}?jenis=gdpk&slide=1"
    then = client.get(f"{SLIDES}?jenis=gdpk&per=2026-03-11")
    assert then.context["back"] == "/dasbor/73/2026/?jenis=gdpk&per=2026-03-11"
    assert "tahun 2026, Pokja GDPK" in page.content.decode()


def test_every_slide_is_on_the_page_so_that_paper_has_them_all(client, world):
    text = client.get(f"{SLIDES}?slide=3").content.decode()
    assert text.count("<section class=") == 7
    assert (text.count("<h1>"), text.count("saji-off")) == (1, 6)


def test_the_last_slide_leads_no_further(client, world):
    page = client.get(f"{SLIDES}?slide=7")
    assert (page.context["place"], page.context["after"]) == (7, "")
    assert 'rel="next"' not in page.content.decode()


def test_a_year_without_data_is_one_calm_slide(client, world):
    page = client.get("/dasbor/73/2019/saji/")
    (only,) = page.context["slides"]
    assert only["slide"].heading == "Belum ada isian tahun 2019 dari 2 kabupaten/kota"


def test_a_filter_that_nothing_fits_is_one_calm_slide(client, world):
    page = client.get(f"{SLIDES}?jenis=pjpk")
    assert [each["slide"].kind for each in page.context["slides"]] == ["empty"]
    assert "Ubah atau hapus saringan di dasbor." in page.content.decode()


def test_a_past_year_says_what_is_left_and_asks_for_nothing():
    figures = SimpleNamespace(
        total=counts(3, 1),
        year=2025,
        on=date(2025, 12, 31),
        districts=[],
        counts=None,
    )
    slide = next_steps(figures, None)
    assert slide.heading == "Yang tersisa dari 2025"
    assert {do for _, do in slide.shown["rows"]} == {""}


def test_slides_cost_the_same_for_few_and_many_pokja(
    client, world, regions, django_assert_num_queries
):
    settle()
    client.get(SLIDES)  # the session's end is fixed once
    with django_assert_num_queries(12):
        client.get(SLIDES)
    for number in range(8):
        makers.make_pokja(regions.bone, f"bone-{number}", f"Pokja {number}")
    settle()
    with django_assert_num_queries(12):
        client.get(SLIDES)


@pytest.mark.parametrize(
    "path", ["/dasbor/73.08/2026/saji/", "/dasbor/63/2026/saji/", "/dasbor/73/1999/saji/"]
)
def test_other_regions_and_years_answer_404(path, client, world):
    assert client.get(path).status_code == 404


def test_hundreds_of_parameters_change_nothing(client, world):
    many = "&".join(f"x{number}=1" for number in range(900))
    page = client.get(f"{SLIDES}?kriteria=apa&{many}")
    assert page.context["slides"][0]["slide"].heading == (
        "Belum satu pun dari 2 Pokja di Sulawesi Selatan efektif"
    )


def test_holding_heading_is_a_finding_of_the_dashboard(client, world):
    page = client.get(SLIDES)
    weakest = page.context["slides"][1]["slide"].heading
    assert weakest == findings.weakest(_total(client)).removesuffix(".")


def _total(client):
    return province_figures(Region.objects.get(code="73"), 2026).total
