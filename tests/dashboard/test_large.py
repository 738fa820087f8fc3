"""A province with very many Pokja shows its table in pages; every figure is that of the whole."""

import re
from datetime import date
from operator import attrgetter

import pytest

from apps.dashboard import large
from apps.dashboard.queries import province_figures
from apps.dashboard.tallies import Tally, joined, tallies_by
from apps.effectiveness import closing
from apps.effectiveness.models import Rubric
from apps.effectiveness.moment import Moment
from apps.effectiveness.stored import settle
from apps.verification.models import Evidence
from tests.effectiveness.storing import Hand, facts, plain

pytestmark = pytest.mark.django_db

ADDRESS = "/dasbor/73/2026/"


@pytest.fixture
def small_pages(monkeypatch):
    """From the second Pokja on a province is large; a page has two of them."""
    monkeypatch.setattr(large, "MANY", 1)
    monkeypatch.setattr(large, "A_PAGE", 2)


def whole_and_pages(region, year, monkeypatch, **choice):
    """Figures on one page, and those of each page of the same province."""
    with monkeypatch.context() as patch:
        patch.setattr(large, "MANY", 10_000)
        whole = province_figures(region, year, **choice)
    first = province_figures(region, year, **choice)
    assert whole.page is None
    if first.page is None:
        return whole, []
    numbers = range(2, first.page.paginator.num_pages + 1)
    return whole, [first, *(province_figures(region, year, page=at, **choice) for at in numbers)]


def assert_same(whole, pages):
    for page in pages:
        assert plain(page.total) == plain(whole.total)
        assert {pk: plain(each) for pk, each in page.by_region.items()} == {
            pk: plain(each) for pk, each in whole.by_region.items()
        }
        assert page.official == whole.official
        own = tallies_by(page.items, attrgetter("region_id"))
        for region in page.page:
            assert plain(own.get(region.pk, Tally())) == plain(whole.counts(region))


@pytest.mark.parametrize("seed", range(3))
def test_pages_together_are_the_whole_on_random_data(
    today, rubric, regions, small_pages, monkeypatch, seed
):
    hand = Hand(seed, today)
    for _ in range(6):
        hand.found()
    paged = 0
    for _ in range(3):
        settle()
        for region in (regions.sulsel, regions.kalsel):
            for year in (2025, 2026):
                whole, pages = whole_and_pages(region, year, monkeypatch)
                assert_same(whole, pages)
                paged += len(pages)
                if pages:
                    shown = [each for page in pages for each in page.page]
                    assert shown == [region, *whole.districts]
                    items = [item for page in pages for item in page.items]
                    items.sort(key=attrgetter("region_code", "code"))
                    assert list(map(facts, items)) == list(map(facts, whole.items))
        for _ in range(4):  # without those that leave Pokja at regions that are no more
            getattr(hand, hand.dice.choice(["give", "step", "decree_by_sql", "found", "kinds"]))()
    assert paged > 6


def test_only_what_is_not_effective_is_paged(scene, regions, small_pages, monkeypatch):
    settle()
    whole, pages = whole_and_pages(regions.sulsel, 2026, monkeypatch, only_open=True)
    shown = [region for page in pages for region in page.page]
    assert shown == [
        each for each in (regions.sulsel, *whole.districts) if whole.counts(each).is_open
    ]
    assert_same(whole, pages)


def test_all_effective_leaves_an_empty_page(scene, regions, small_pages):
    Evidence.objects.filter(region__province=regions.sulsel).update(status="verified")
    settle()
    done = province_figures(regions.sulsel, 2026, only_open=True)
    shown = {region.pk for region in done.page}
    assert regions.makassar.pk not in shown
    assert regions.bone.pk in shown


def test_a_mark_a_closed_year_a_past_day_or_another_rubric_are_computed(
    scene, regions, small_pages, give, cast
):
    settle()
    assert province_figures(regions.sulsel, 2026).page
    assert province_figures(regions.sulsel, 2026, Moment(date(2026, 2, 10))).page is None
    Rubric.objects.update(region_rule="all")
    assert province_figures(regions.sulsel, 2026).page is None
    settle()
    assert province_figures(regions.sulsel, 2026).page
    before = plain(province_figures(regions.sulsel, 2026).total)
    give(scene["bone"], "anggaran", year=2026)
    marked = province_figures(regions.sulsel, 2026)
    assert marked.page is None
    assert plain(marked.total) != before
    settle()
    closing.close(regions.sulsel, 2025, actor=cast["admin"])
    settle()
    assert province_figures(regions.sulsel, 2025).page is None
    assert province_figures(regions.sulsel, 2026).page


def test_a_page_of_a_large_province_costs_a_constant_number(
    scene, regions, small_pages, make_pokja, give, django_assert_num_queries
):
    for _ in range(2):
        settle()
        with django_assert_num_queries(7):
            assert province_figures(regions.sulsel, 2026, page=2).page
        for region in (regions.makassar, regions.bone):
            give(make_pokja(region, "advokasi", "gdpk"), "sk", "anggaran")


def test_a_province_of_ordinary_size_stays_on_one_page(scene, regions, client_of, cast):
    settle()
    assert province_figures(regions.sulsel, 2026).page is None
    told = client_of(cast["admin"]).get(ADDRESS, {"halaman": "2"}).content.decode()
    assert 'href="?halaman=' not in told
    assert 'aria-label="Halaman"' not in told


def rows(response) -> list[str]:
    table = re.search(r'<table class="heat.*?</table>', response.content.decode(), re.S)[0]
    return re.findall(r'<tr><th scope="row">(?:<a[^>]*>)?([^<]+)', table)


def test_the_pages_lead_to_each_other_and_keep_the_choices(
    scene, regions, client_of, cast, small_pages
):
    settle()
    client = client_of(cast["admin"])
    first = client.get(ADDRESS, {"belum": "1", "urut": "terendah"})
    told = first.content.decode()
    assert rows(first)[0] == "Tingkat provinsi"
    assert "?belum=1&amp;urut=terendah&amp;halaman=2#kriteria" in told
    assert "daerah belum seluruhnya efektif" in told
    second = client.get(ADDRESS, {"halaman": "2"})
    assert not set(rows(first)) & set(rows(second))
    assert rows(client.get(ADDRESS, {"halaman": "nol"})) == rows(client.get(ADDRESS))
    last = rows(client.get(ADDRESS, {"halaman": "99"}))
    assert last
    assert last != rows(client.get(ADDRESS))


def test_counts_of_regions_sum_up_to_those_of_the_province(scene, regions, small_pages):
    settle()
    figures = province_figures(regions.sulsel, 2026)
    assert plain(joined(figures.by_region.values())) == plain(figures.total)
    assert (figures.official.provinces, figures.official.districts) == (0, 1)
