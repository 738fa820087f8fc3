"""Targets, attainment and percentages over three years; who lacks what."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from apps.attainment.figures import Measure, attainment, province_rows
from apps.attainment.lacking import lacking
from apps.effectiveness.models import EffectiveTarget, Rubric
from apps.effectiveness.moment import Moment
from apps.pokja.models import Pokja
from tests.dashboard.conftest import ALL

pytestmark = pytest.mark.django_db


def promise(province, year, provinces, districts):
    return EffectiveTarget.objects.create(
        province=province, year=year, provinces=provinces, districts=districts
    )


def test_provinces_and_districts_are_told_apart_and_never_summed(scene, regions):
    promise(regions.sulsel, 2026, 1, 2)
    now = attainment(regions.sulsel, 2026).now
    assert (now.provinces.target_text, now.provinces.reached_text) == ("1", "0")
    assert (now.districts.target_text, now.districts.reached_text) == ("2", "1")
    assert (now.provinces.percent_text, now.districts.percent_text) == ("0%", "50%")
    assert now.official.text == "0 Prov & 1 dari 2 Kab/Kota"


def test_seven_of_one_promised_is_seven_hundred_percent():
    assert Measure(1, 7, 7).percent_text == "700%"
    assert Measure(3, 7, 7).percent_text == "233%"
    assert Measure(1, 7, 7).gap == 0


@pytest.mark.parametrize("measure", [Measure(None, 3, 7), Measure(0, 3, 7), Measure(2, None, 7)])
def test_without_a_target_or_a_rubric_there_is_no_percentage(measure):
    assert measure.percent_text == "–"


def test_a_year_without_rubric_cannot_be_scored_and_is_no_nought(scene, regions):
    Rubric.objects.update(year_from=2026)
    found = attainment(regions.sulsel, 2026)
    before = found.years[1]
    assert before.official is None
    assert before.districts.reached_text == "–"
    assert found.rule_years == [2026]


def test_the_promise_of_the_nation_holds_once_every_province_promised(scene, regions):
    promise(regions.sulsel, 2026, 1, 2)
    assert attainment(None, 2026).now.districts.target is None
    promise(regions.kalsel, 2026, 0, 1)
    now = attainment(None, 2026).now
    assert (now.districts.target, now.districts.reached) == (3, 2)
    assert now.official.text == "0 dari 2 Prov & 2 dari 3 Kab/Kota"


def test_each_province_has_its_row_with_its_own_target(scene, regions):
    rows = province_rows(attainment(None, 2026), {regions.sulsel.pk: 2})
    told = {
        row.region.code: (row.is_effective, row.districts.target_text, row.districts.reached_text)
        for row in rows
    }
    assert told == {"63": (False, "–", "1"), "73": (False, "2", "1")}


def test_who_lacks_what_names_the_nearest_pokja_and_its_gaps(scene, regions):
    found = {each.region.code: each for each in lacking(attainment(regions.sulsel, 2026))}
    assert set(found) == {"73", "73.08"}
    bone = found["73.08"]
    assert (bone.steps, bone.gaps_text) == (1, "anggaran: belum diisi")
    assert bone.pokja_text(named=True) == scene["bone"].name
    assert bone.pokja_text(named=False) == "Bangga Kencana"
    assert found["73"].steps == 4


def test_a_region_without_pokja_must_form_one_first(scene, regions):
    Pokja.objects.filter(pk=scene["sulsel"].pk).update(dissolved_on=date(2026, 1, 1))
    found = {each.region.code: each for each in lacking(attainment(regions.sulsel, 2026))}
    assert found["73"].is_empty
    assert found["73"].steps == 5
    assert found["73"].pokja_text(named=True) == "Belum dibentuk"


def test_a_merged_pokja_counts_for_the_years_it_lived(scene, regions):
    Pokja.objects.filter(pk=scene["makassar"].pk).update(
        dissolved_on=date(2026, 3, 12), merged_into=scene["waiting"]
    )
    assert attainment(regions.sulsel, 2026).now.districts.reached == 0
    with time_machine.travel(datetime(2026, 3, 11, 5, tzinfo=UTC), tick=False):
        assert attainment(regions.sulsel, 2026).now.districts.reached == 1


def test_a_past_day_shows_what_was_known_then(scene, regions):
    """The scene's evidence has no history before today: nothing was known yesterday."""
    found = attainment(regions.sulsel, 2026, Moment(date(2026, 3, 11)))
    assert found.on == date(2026, 3, 11)
    assert found.now.districts.reached == 0


@pytest.mark.parametrize("more", [0, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    scene, regions, make_pokja, give, more, django_assert_num_queries
):
    for _ in range(more):
        give(make_pokja(regions.bone, "gdpk"), *ALL)
    with django_assert_num_queries(QUERIES):
        lacking(attainment(regions.sulsel, 2026))


QUERIES = 37
