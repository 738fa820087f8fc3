"""Figures of a selection: the stored ones say what an assessment of the raw rows says."""

from datetime import date
from operator import attrgetter

import pytest

from apps.dashboard.nation_years import nation_years
from apps.dashboard.queries import (
    district_figures,
    nation_figures,
    province_figures,
)
from apps.dashboard.selection import Selection
from apps.dashboard.tallies import tallies_by, tally
from apps.effectiveness import selected
from apps.effectiveness.models import StoredScore
from apps.effectiveness.moment import Moment
from apps.effectiveness.queries import assess
from apps.effectiveness.standings import nation_standings
from apps.effectiveness.stored import settle
from apps.pokja.models import Pokja
from apps.regions.models import RegionProfile
from tests.effectiveness.storing import Hand, plain

pytestmark = pytest.mark.django_db
GDPK = Selection(kind="gdpk")
SELECTIONS = (
    GDPK,
    Selection(kind="lainnya"),
    Selection(peers="kabupaten"),
    Selection(kind="stunting", peers="kota"),
)


def differs(selection, years=(2025, 2026)) -> list:
    found = []
    for year, nation in zip(years, nation_years(years, selection), strict=True):
        items = selection.narrow(assess(Pokja.objects.all(), year))
        expected = {pk: plain(t) for pk, t in tallies_by(items, attrgetter("province_id")).items()}
        told = {pk: nation.province(pk) for pk in (*nation.by_province, *nation.stored)}
        if {pk: plain(each) for pk, each in told.items() if each.pokja} != expected:
            found.append((year, selection))
        if plain(nation.total) != plain(tally(items)):
            found.append((year, selection, "nasional"))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_stored_counts_of_a_selection_are_those_of_the_raw_rows(today, rubric, regions, seed):
    hand = Hand(seed, today)
    for _ in range(6):
        hand.found()
    for _ in range(4):
        settle()
        assert [differs(each) for each in SELECTIONS] == [[]] * len(SELECTIONS)
        for _ in range(3):
            hand.write()
        assert [differs(each) for each in SELECTIONS] == [[]] * len(SELECTIONS)


def test_what_is_stored_is_counted_and_not_assessed(scene, monkeypatch):
    settle()
    monkeypatch.setattr("apps.dashboard.nation_years.assess", None)
    monkeypatch.setattr("apps.effectiveness.standings.assess", None)
    assert nation_figures(2026, selection=GDPK).total.pokja == 1


def test_rows_written_anew_between_two_statements_are_assessed(scene):
    settle()
    standings = nation_standings([2026])
    StoredScore.objects.filter(region_id=scene["waiting"].region_id).update(rules="lain")
    (counts,) = selected.selected_counts(standings, kind="gdpk")
    assert scene["waiting"].region.province_id not in counts
    assert len(counts) == len(standings[0].stored) - 1


@pytest.mark.parametrize("rows", [1, 3])
def test_a_selection_costs_a_constant_number_of_queries(
    scene, regions, make_pokja, give, django_assert_num_queries, rows
):
    for _ in range(rows - 1):
        for region in (regions.makassar, regions.bone, regions.banjarmasin):
            give(make_pokja(region, "advokasi", "gdpk"), "sk", "anggaran")
    settle()
    RegionProfile.objects.create(region=regions.bone, year=2025, population=800_000)
    chosen = Selection(kind="gdpk", criterion="anggaran", peers="kabupaten")
    alike = Selection(kind="gdpk", peers="73.08")
    with django_assert_num_queries(6):
        nation_figures(2026, selection=Selection(kind="gdpk", peers="sulawesi"))
    with django_assert_num_queries(7):
        province_figures(regions.sulsel, 2026, selection=chosen)
    with django_assert_num_queries(9):
        province_figures(regions.sulsel, 2026, selection=alike)
    with django_assert_num_queries(8):
        province_figures(regions.sulsel, 2026, selection=chosen, with_before=True)
    with django_assert_num_queries(9):
        district_figures(regions.makassar, 2026, selection=Selection(peers="kota"))


def test_a_criterion_alone_costs_nothing_more(scene, regions, django_assert_num_queries):
    settle()
    with django_assert_num_queries(5):
        nation_figures(2026, selection=Selection(criterion="sk"))
    with django_assert_num_queries(6):
        province_figures(regions.sulsel, 2026, selection=Selection(criterion="sk"))


def test_the_official_figure_is_always_that_of_all_pokja(scene, regions):
    for moment in (None, Moment(date(2026, 3, 11))):
        whole = province_figures(regions.sulsel, 2026, moment).official
        for chosen in SELECTIONS:
            assert province_figures(regions.sulsel, 2026, moment, chosen).official == whole
            assert (
                nation_figures(2026, moment=moment, selection=chosen.at("nation")).official
                == nation_figures(2026, moment=moment).official
            )


@pytest.mark.parametrize("kept", [True, False])
def test_regions_alike_are_those_of_the_formula(scene, regions, make_region, give, kept):
    for code, people in (("73.01", 810_000), ("73.02", None)):
        other = make_region(code, f"Kabupaten Contoh {code[-1]}", regions.sulsel)
        RegionProfile.objects.create(region=other, year=2025, population=people)
    RegionProfile.objects.create(region=regions.bone, year=2025, population=800_000)
    if kept:
        settle()
    figures = province_figures(regions.sulsel, 2026, selection=Selection(peers="73.08"))
    assert [each.code for each in figures.districts] == ["73.08", "73.01"]
    assert figures.selection.peer_words == "sebaya Bone"
    assert figures.total.pokja == 1
    assert [counts.pokja for counts in figures.history.tallies] == [1] * 5


def test_a_region_without_population_has_no_like_and_that_is_told(scene, regions):
    figures = province_figures(regions.sulsel, 2026, selection=Selection(peers="73.08"))
    assert figures.selection.is_whole
    assert "belum tercatat" in figures.selection.complaints[0]
    foreign = province_figures(regions.sulsel, 2026, selection=Selection(peers="63.71"))
    assert "tidak ada di halaman ini" in foreign.selection.complaints[0]
    assert foreign.total.pokja == 4


def test_a_group_of_islands_is_the_sum_of_its_provinces(scene):
    figures = nation_figures(2026, selection=Selection(peers="sulawesi"))
    assert [each.code for each in figures.provinces] == ["73"]
    assert figures.total.pokja == 4
    empty = nation_figures(2026, selection=Selection(peers="papua"))
    assert (empty.provinces, empty.total.pokja) == ([], 0)
