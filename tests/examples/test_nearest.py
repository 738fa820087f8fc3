"""Which regions a Pokja is shown as examples, and what of them."""

import pytest
from django.template.loader import render_to_string

from apps.examples.queries import examples_for
from apps.examples.services import stop
from tests import makers

pytestmark = pytest.mark.django_db
FOUR = ["sk", "rencana_kerja", "indikator", "anggaran"]


@pytest.fixture
def learner(regions, make_region, make_user, figures):
    """A Pokja GDPK of Kota Parepare (150.000 people), which has filled in nothing."""
    region = make_region("73.72", "Kota Parepare", regions.sulsel)
    figures(region, 150_000, 22)
    return makers.make_pokja(region, "parepare-gdpk", kinds=("gdpk",))


@pytest.fixture
def town(make_region, people_of, cast, figures, item_of, rubric):
    """town("73.73", "Palopo", parent, people): a kota with a verified plan of 2026."""

    def make(code, name, parent, population, kinds=("gdpk",), judge="verifikator_sulsel"):
        region = make_region(code, f"Kota {name}", parent)
        if population:
            figures(region, population)
        people_of[code] = (cast["admin"], cast[judge])
        return item_of(region, kinds=kinds)

    return make


def ask(pokja, user, criteria=("rencana_kerja",), year=2026):
    return examples_for(pokja, list(criteria), year, user)


def test_the_nearest_regions_that_meet_it_with_what_they_share(
    learner, shelf, cast, regions, town, figures
):
    figures(regions.makassar, 1_470_000)
    town("73.73", "Palopo", regions.sulsel, 180_000)
    found = ask(learner, cast["operator_makassar"], FOUR)
    assert list(found) == FOUR
    assert [(e.region, e.url) for e in found["sk"]] == [
        ("Kota Makassar", f"/contoh/{shelf.share.pk}/")
    ]
    assert found["sk"][0].title == shelf.decree.title
    # Palopo of the same province and kind before Banjarmasin, whose Pokja is of another kind.
    assert [e.region for e in found["rencana_kerja"]] == ["Kota Palopo", "Kota Banjarmasin"]
    assert found["rencana_kerja"][0].why == "Kota, 180 ribu penduduk, provinsi yang sama"
    assert found["rencana_kerja"][0].url == ""
    assert found["rencana_kerja"][1].url == f"/contoh/{shelf.far.pk}/"
    assert found["rencana_kerja"][1].why == (
        "Kota, jumlah penduduk belum tercatat, Kalimantan Selatan, jenis Pokja lain"
    )
    assert found["rencana_kerja"][1].province == "Kalimantan Selatan"
    assert found["indikator"] == found["anggaran"] == []


def test_a_kabupaten_is_no_example_for_a_kota(learner, shelf, cast):
    found = ask(learner, cast["operator_makassar"])["rencana_kerja"]
    assert "Kabupaten Bone" not in [example.region for example in found]


def test_at_most_three_the_nearest_in_population_first(learner, cast, regions, town):
    for at, population in enumerate((900_000, 160_000, 145_000, 300_000, None)):
        town(f"73.8{at}", f"Uji {at}", regions.sulsel, population)
    found = ask(learner, cast["operator_bone"])["rencana_kerja"]
    assert [example.region for example in found] == ["Kota Uji 2", "Kota Uji 1", "Kota Uji 3"]


def test_where_none_of_the_nearest_shares_the_last_is_one_that_does(
    learner, cast, regions, town, figures, shelf
):
    for at, population in enumerate((160_000, 145_000, 300_000)):
        town(f"73.8{at}", f"Uji {at}", regions.sulsel, population)
    found = ask(learner, cast["operator_bone"])["rencana_kerja"]
    assert [(example.region, bool(example.url)) for example in found] == [
        ("Kota Uji 1", False),
        ("Kota Uji 0", False),
        ("Kota Banjarmasin", True),
    ]


def test_only_that_year_counts(learner, cast, regions, town):
    town("73.73", "Palopo", regions.sulsel, 180_000)
    assert ask(learner, cast["operator_bone"], year=2025) == {"rencana_kerja": []}


def test_a_region_that_has_evidence_and_fails_is_no_example(
    learner, cast, regions, town, figures, today
):
    from apps.work_plans.models import Activity

    item = town("73.73", "Palopo", regions.sulsel, 180_000)
    Activity.objects.filter(plan=item.work_plan).delete()
    assert ask(learner, cast["operator_bone"]) == {"rencana_kerja": []}


def test_one_region_is_shown_once_by_its_pokja_of_the_same_kind(
    learner, cast, regions, town, item_of
):
    first = town("73.73", "Palopo", regions.sulsel, 180_000, kinds=("advokasi",))
    item_of(first.region, kinds=("gdpk",))
    found = ask(learner, cast["operator_bone"])["rencana_kerja"]
    assert [(example.region, example.kinds) for example in found] == [("Kota Palopo", "GDPK")]


def test_a_region_without_figures_still_gets_examples(make_region, regions, cast, town):
    bare = makers.make_pokja(make_region("73.72", "Kota Parepare", regions.sulsel), "parepare")
    town("73.73", "Palopo", regions.sulsel, None, kinds=("bangga_kencana",))
    found = ask(bare, cast["operator_bone"])["rencana_kerja"]
    assert [example.why for example in found] == [
        "Kota, jumlah penduduk belum tercatat, provinsi yang sama"
    ]


def test_the_newest_figures_are_compared(learner, cast, regions, town, figures):
    item = town("73.73", "Palopo", regions.sulsel, 180_000)
    figures(item.region, 190_000, year=2025)
    figures(item.region, None, 48, year=2026)  # a later profile without people hides none
    found = ask(learner, cast["operator_bone"])["rencana_kerja"]
    assert found[0].why == "Kota, 190 ribu penduduk, 48 desa/kelurahan, provinsi yang sama"


def test_a_pokja_without_kinds_and_nobody_to_learn_from(make_region, regions, cast, rubric, today):
    region = make_region("73.72", "Kota Parepare", regions.sulsel)
    bare = makers.make_pokja(region, "parepare", kinds=())
    assert ask(bare, cast["operator_bone"], FOUR) == {code: [] for code in FOUR}


def test_a_province_learns_from_provinces(regions, people_of, cast, figures, item_of, rubric):
    figures(regions.kalsel, 4_200_000)
    people_of["63"] = (cast["admin"], cast["pusat"])
    item_of(regions.kalsel)
    own = makers.make_pokja(regions.sulsel, "sulsel")
    found = ask(own, cast["operator_sulsel"])["rencana_kerja"]
    assert [(e.region, e.province, e.why) for e in found] == [
        ("Provinsi Kalimantan Selatan", "", "Provinsi, 4,2 juta penduduk")
    ]


def test_somebody_without_a_post_is_shown_nothing(learner, shelf, make_user):
    assert ask(learner, make_user(), FOUR) == {code: [] for code in FOUR}


def test_a_share_that_ended_is_not_offered(learner, shelf, cast):
    stop(shelf.share, actor=cast["operator_makassar"])
    (example,) = ask(learner, cast["operator_bone"], ["sk"])["sk"]
    assert (example.region, example.url, example.title) == ("Kota Makassar", "", "")


def test_the_cost_does_not_grow_with_the_regions(
    learner, shelf, cast, regions, town, django_assert_num_queries
):
    user = cast["operator_bone"]
    learner = (
        type(learner)
        .objects.prefetch_related("kind_rows")
        .select_related("region")
        .get(pk=learner.pk)
    )
    assert user.scope
    with django_assert_num_queries(12):
        ask(learner, user, FOUR)
    for at in range(15):
        town(f"73.8{at:02}", f"Uji {at}", regions.sulsel, 100_000 + at)
    with django_assert_num_queries(12):
        ask(learner, user, FOUR)
    with django_assert_num_queries(0):
        assert ask(learner, user, []) == {}


def test_the_partial_says_why_and_where_nothing_is_found(learner, shelf, cast):
    found = ask(learner, cast["operator_bone"], FOUR)
    shown = render_to_string("examples/_nearest.html", {"examples": found["sk"]})
    assert "Belajar dari daerah yang mirip (1)" in shown
    assert f"/contoh/{shelf.share.pk}/" in shown
    empty = render_to_string("examples/_nearest.html", {"examples": found["anggaran"]})
    assert "Belum ada daerah mirip yang memenuhinya" in empty
