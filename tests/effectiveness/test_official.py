from types import SimpleNamespace

import pytest

from apps.effectiveness.models import EffectiveTarget
from apps.effectiveness.official import (
    Counted,
    Promise,
    effective_regions,
    official_figure,
    official_of_nation,
    promise_for,
)


def pokja(region, effective, *kinds):
    return SimpleNamespace(region_id=region, effective=effective, kinds=list(kinds))


# Region 1 is the province, 2 to 4 its kab/kota; 4 has no Pokja.
AREA = {1: True, 2: False, 3: False, 4: False}
ITEMS = [
    pokja(1, False, "bangga_kencana"),
    pokja(1, True, "gdpk"),
    pokja(2, True, "bangga_kencana"),
    pokja(2, True, "gdpk"),
    pokja(3, False, "bangga_kencana"),
]


@pytest.mark.parametrize(
    ("rule", "counted"),
    [
        ("any", {1, 2}),
        ("integrated", {2}),
        ("all", {2}),
    ],
)
def test_the_rubric_says_when_a_region_counts(rule, counted):
    assert effective_regions(rule, ITEMS) == counted


def test_provinces_and_kabkota_are_two_numbers():
    figure = official_figure({1, 2}, AREA)
    assert (figure.provinces, figure.province_total) == (1, 1)
    assert (figure.districts, figure.district_total) == (1, 3)
    assert figure.text == "1 Prov & 1 dari 3 Kab/Kota"


def test_an_ineffective_province_is_printed_as_zero():
    assert official_figure({2}, AREA).text == "0 Prov & 1 dari 3 Kab/Kota"


def test_regions_outside_the_area_do_not_count():
    assert official_figure({1, 2, 99}, AREA).text == "1 Prov & 1 dari 3 Kab/Kota"


def test_a_year_that_cannot_be_scored_has_no_figure():
    assert official_figure(None, AREA) is None


def test_the_nation_counts_its_provinces_out_of_all():
    area = dict.fromkeys(range(38), True) | dict.fromkeys(range(100, 1100), False)
    assert official_figure({*range(12), *range(100, 340)}, area).text == (
        "12 dari 38 Prov & 240 dari 1.000 Kab/Kota"
    )


def test_achievement_above_a_hundred_percent_is_printed_as_it_is():
    figure = official_figure({1, 2, 3}, AREA, Promise(1, 1))
    assert figure.promise_text == "1 Prov & 1 Kab/Kota"
    assert figure.achievement_text == "Prov 100%, Kab/Kota 200%"


def test_a_target_of_zero_has_no_percentage():
    assert official_figure({2}, AREA, Promise(0, 2)).achievement_text == ("Prov –, Kab/Kota 50%")


def test_no_achievement_while_some_provinces_have_no_target():
    area = {1: True, 2: True, 3: False}
    figure = official_figure({1}, area, Promise(1, 1, promised_by=1))
    assert (figure.promise_is_whole, figure.achievement_text) == (False, "")


def test_targets_are_read_for_a_province_and_added_up_for_the_nation(
    regions, django_assert_num_queries
):
    EffectiveTarget.objects.create(province=regions.sulsel, year=2026, provinces=1, districts=12)
    EffectiveTarget.objects.create(province=regions.kalsel, year=2026, provinces=0, districts=7)
    EffectiveTarget.objects.create(province=regions.sulsel, year=2025, provinces=1, districts=9)
    with django_assert_num_queries(3):
        assert promise_for(2026, regions.sulsel.pk) == Promise(1, 12, 1)
        assert promise_for(2026) == Promise(1, 19, 2)
        assert promise_for(2024) is None


@pytest.mark.django_db
def test_the_nation_is_the_same_from_numbers_and_from_ids(regions, django_assert_num_queries):
    provinces = {regions.sulsel.pk: 2, regions.sulsel.pk + 1000: 1}
    with django_assert_num_queries(0):
        assert official_of_nation(Counted(1, 2), provinces).text == (
            "1 dari 2 Prov & 2 dari 3 Kab/Kota"
        )
        assert official_of_nation(None, provinces) is None
    with django_assert_num_queries(1):
        found = official_of_nation({regions.sulsel.pk, regions.bone.pk}, provinces)
    assert (found.provinces, found.districts) == (1, 1)
