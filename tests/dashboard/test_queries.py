"""What the dashboards cost, and that stored figures are never old ones."""

import pytest

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
from apps.effectiveness.standings import nation_standings
from apps.effectiveness.stored import settle
from apps.pokja.models import Pokja
from apps.regions.models import Region
from apps.verification.models import Evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(scene):
    """The figures of the scene are stored."""
    settle()
    return scene


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
    cost(66, province_figures, regions.sulsel, 2026)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_nation_costs_the_same_for_one_pokja_a_region_and_for_more(
    scene, regions, make_pokja, give, cost, rows
):
    for _ in range(rows - 1):
        more(scene, make_pokja, give, regions)
    cost(56, nation_figures, 2026)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_kabupaten_costs_the_same_for_one_pokja_and_for_more(
    scene, regions, make_pokja, give, cost, rows
):
    for _ in range(rows - 1):
        more(scene, make_pokja, give, regions)
    region = Region.objects.select_related("province").get(pk=regions.makassar.pk)
    cost(54, district_figures, region, 2026)


def test_stored_figures_cost_the_same_for_one_year_and_for_five(scene, cost):
    first = nation_years([2025, 2026])
    settle()
    kept = cost(3, nation_years, [2025, 2026])
    cost(3, nation_years, [2022, 2023, 2024, 2025, 2026])
    assert [each.total.effective for each in kept] == [each.total.effective for each in first]
    assert [each.effective for each in kept] == [each.effective for each in first]


def test_a_page_of_stored_figures_costs_little(kept, regions, cost):
    cost(5, nation_figures, 2026)
    cost(6, province_figures, regions.sulsel, 2026)
    cost(9, district_figures, regions.makassar, 2026)


def effective(year=2026):
    return nation_years([year])[0].total.effective


def test_a_step_of_any_evidence_is_seen_at_once(kept):
    before = effective()
    budget = Evidence.objects.get(status="submitted")
    Evidence.objects.filter(pk=budget.pk).update(status="verified", revision=budget.revision + 1)
    assert (before, effective()) == (2, 3)


def test_a_pokja_that_ends_is_seen_at_once(kept, today):
    before = effective()
    Pokja.objects.filter(pk=kept["makassar"].pk).update(dissolved_on=today, revision=2)
    assert (before, effective()) == (2, 1)


def test_another_rubric_is_seen_at_once(kept):
    before = nation_years([2026])[0].effective
    Rubric.objects.update(region_rule="all")
    assert (sum(before), sum(nation_years([2026])[0].effective)) == (2, 1)


def test_the_next_day_needs_no_job(kept, time_machine):
    from datetime import date

    from apps.decrees.models import Decree

    Decree.objects.update(valid_until=date(2026, 3, 12))
    settle()
    before = effective()
    time_machine.move_to("2026-03-12T17:30:00Z", tick=False)
    assert (before, effective()) == (2, 0)


def test_a_write_leaves_the_other_provinces_stored(kept, give, regions):
    give(kept["bone"], "anggaran", year=2026)
    standing = nation_standings([2026])[0]
    assert set(standing.stored) == {regions.kalsel.pk}
    assert {item.province_id for item in standing.items} == {regions.sulsel.pk}


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
