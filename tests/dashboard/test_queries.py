"""What the dashboards cost, and that kept figures are never old ones."""

import pytest
from django.core.cache import cache

from apps.dashboard.nation_years import nation_years
from apps.dashboard.queries import (
    district_figures,
    nation_figures,
    province_figures,
    rule_changes,
    trend_years,
    years_offered,
)
from apps.effectiveness.models import Rubric
from apps.pokja.models import Pokja
from apps.regions.models import Region
from apps.verification.models import Evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeping(settings):
    """Figures are kept in this test, in a place of its own."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "dashboard-tests",
        }
    }
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def cost(django_assert_num_queries):
    def measure(number, call, *args):
        with django_assert_num_queries(number):
            return call(*args)

    return measure


def more(scene, make_pokja, give, regions):
    for region in (regions.makassar, regions.bone, regions.banjarmasin):
        give(make_pokja(region, "advokasi", "gdpk"), "sk", "rencana_kerja", "indikator", "anggaran")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_province_costs_the_same_for_one_pokja_a_region_and_for_more(
    scene, regions, make_pokja, give, cost, rows
):
    for _ in range(rows - 1):
        more(scene, make_pokja, give, regions)
    cost(87, province_figures, regions.sulsel, 2026)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_nation_costs_the_same_for_one_pokja_a_region_and_for_more(
    scene, regions, make_pokja, give, cost, rows
):
    for _ in range(rows - 1):
        more(scene, make_pokja, give, regions)
    cost(77, nation_figures, 2026)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_kabupaten_costs_the_same_for_one_pokja_and_for_more(
    scene, regions, make_pokja, give, cost, rows
):
    for _ in range(rows - 1):
        more(scene, make_pokja, give, regions)
    region = Region.objects.select_related("province").get(pk=regions.makassar.pk)
    cost(56, district_figures, region, 2026)


def test_kept_figures_cost_only_the_look_at_their_version(keeping, scene, cost):
    first = nation_years([2025, 2026])
    kept = cost(6, nation_years, [2025, 2026])
    assert [each.total.effective for each in kept] == [each.total.effective for each in first]
    assert [each.effective for each in kept] == [each.effective for each in first]


def effective(year=2026):
    return nation_years([year])[0].total.effective


def test_a_step_of_any_evidence_is_seen_at_once(keeping, scene):
    before = effective()
    budget = Evidence.objects.get(status="submitted")
    Evidence.objects.filter(pk=budget.pk).update(status="verified", revision=budget.revision + 1)
    assert (before, effective()) == (2, 3)


def test_a_pokja_that_ends_is_seen_at_once(keeping, scene, today):
    before = effective()
    Pokja.objects.filter(pk=scene["makassar"].pk).update(dissolved_on=today, revision=2)
    assert (before, effective()) == (2, 1)


def test_another_rubric_is_seen_at_once(keeping, scene):
    before = nation_years([2026])[0].effective
    Rubric.objects.update(region_rule="all")
    assert (len(before), len(nation_years([2026])[0].effective)) == (2, 1)


def test_the_next_day_is_another_version(keeping, scene, time_machine):
    from datetime import date

    from apps.decrees.models import Decree

    Decree.objects.update(valid_until=date(2026, 3, 12))
    before = effective()
    time_machine.move_to("2026-03-12T17:30:00Z", tick=False)
    assert (before, effective()) == (2, 0)


def test_evidence_of_one_year_leaves_the_other_years_kept(keeping, scene, give, cost):
    nation_years([2025])
    give(scene["bone"], "anggaran", year=2026)
    cost(6, nation_years, [2025])


def test_history_has_gaps_where_nobody_sent_anything(scene, give, regions):
    give(scene["bone"], "rencana_kerja", year=2024)
    Evidence.objects.filter(kind="decree").update(status="draft")
    shares = nation_figures(2026).history.shares()
    assert [share and share.part for share in shares] == [None, None, 0, None, 0]


def test_a_change_of_rubric_is_marked_in_its_first_year(rubric):
    Rubric.objects.update(year_to=2024)
    Rubric.objects.create(code="baru", name="Baru", year_from=2025, status="published")
    Rubric.objects.create(code="draf", name="Draf", year_from=2026, status="draft")
    assert rule_changes([2023, 2024, 2025, 2026]) == [2025]


def test_years_to_switch_to_include_the_one_shown(today):
    assert years_offered(2016) == [2026, 2025, 2024, 2023, 2022, 2021, 2020, 2016]
    assert trend_years(2026) == [2022, 2023, 2024, 2025, 2026]
