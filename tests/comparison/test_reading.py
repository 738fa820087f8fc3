"""The figures of a comparison are those of the dashboards, for a number of queries that grows
with the chosen provinces alone."""

from datetime import date

import pytest

from apps.comparison.places import Place
from apps.comparison.reading import areas_of, items_on
from apps.dashboard.history import trend_years
from apps.dashboard.queries import district_figures, nation_figures, province_figures
from apps.dashboard.selection import WHOLE, Selection
from apps.effectiveness.moment import Moment
from apps.effectiveness.stored import settle

pytestmark = pytest.mark.django_db

YEARS = trend_years(2026)


def numbers(counts):
    return counts.pokja, counts.effective, counts.sent, counts.met, counts.waiting


def lines(history):
    return history.years, [numbers(counts) for counts in history.tallies], history.changes


@pytest.mark.parametrize("selection", [WHOLE, Selection(kind="gdpk")], ids=["all", "gdpk"])
@pytest.mark.parametrize("moment", [None, Moment(date(2026, 2, 10))], ids=["now", "then"])
def test_figures_agree_with_the_dashboards(past, regions, place, moment, selection):
    codes = ("73.71", "73.08", "73", "63.71", "nasional")
    makassar, bone, sulsel, banjarmasin, nation = areas_of(
        [place(code) for code in codes], YEARS, moment, selection
    )
    for area, region in ((makassar, regions.makassar), (bone, regions.bone)):
        page = district_figures(region, 2026, moment, selection)
        assert lines(area.history) == lines(page.history)
        assert lines(area.parent) == lines(page.province)
        assert [item.pokja_id for item in area.items] == [item.pokja_id for item in page.items]
    page = province_figures(regions.sulsel, 2026, moment, selection)
    assert lines(sulsel.history) == lines(page.history)
    assert lines(sulsel.parent) == lines(page.national)
    assert [item.pokja_id for item in sulsel.items] == [item.pokja_id for item in page.items]
    whole = nation_figures(2026, moment=moment, selection=selection)
    assert lines(nation.history) == lines(whole.history)
    assert (nation.parent, nation.items) == (None, [])
    assert banjarmasin.parent_name == "Kalimantan Selatan"


def test_a_region_without_pokja_has_empty_years(scene, make_region, regions):
    maros = Place(make_region("73.09", "Kabupaten Maros", regions.sulsel), regions.sulsel)
    (area,) = areas_of([maros], YEARS)
    assert (area.counts.pokja, area.items, area.mean.pokja) == (0, [], 4)
    assert area.history.shares() == [None] * 5


@pytest.fixture
def cost(scene, place, make_pokja, give, regions, django_assert_num_queries):
    def measure(number, codes, rows=1, **options):
        for _ in range(rows - 1):
            for region in (regions.makassar, regions.bone, regions.banjarmasin):
                give(make_pokja(region, "advokasi"), "sk", "rencana_kerja", "anggaran")
        settle()
        places = [place(code) for code in codes]
        with django_assert_num_queries(number):
            areas_of(places, YEARS, **options)

    return measure


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("codes", "number"),
    [
        (["73.71"], 8),
        (["73.71", "73.08"], 8),
        (["73.71", "73.08", "73"], 13),
        (["73", "63"], 12),
        (["73.71", "63.71"], 15),
    ],
    ids=["one", "same province", "with it", "provinces", "two provinces"],
)
def test_one_read_of_a_province_serves_all_of_it(cost, rows, codes, number):
    cost(number, codes, rows)


def test_a_trend_reads_no_pokja_of_a_province(cost):
    cost(6, ["73"], with_items=False)


def test_items_of_one_day(past, place):
    then = Moment(date(2026, 2, 10))
    assert [item.met for item in items_on(place("73.08"), 2026, then)] == [2]
    assert [item.met for item in items_on(place("73.08"), 2026, None)] == [3]
    assert len(items_on(place("73"), 2026, None)) == 4
