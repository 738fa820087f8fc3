"""How alike two regions are, and the words for it."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.examples.formula import (
    Place,
    distance,
    nearest,
    people,
    rank,
    reason,
    worth_showing,
)

BONE = Place("73.08", "kabupaten", 800_000, 372)
KNOWN = st.none() | st.integers(0, 50_000_000)
PLACES = st.builds(
    Place,
    code=st.sampled_from(["11.01", "21.02", "32.04", "73.08", "73.09", "74.01", "94.01"]),
    level=st.just("kabupaten"),
    population=KNOWN,
    villages=st.none() | st.integers(0, 900),
)


def like(code="73.09", population=800_000, villages=372, level="kabupaten"):
    return Place(code, level, population, villages)


def test_equals_of_one_province_are_no_distance_apart():
    assert distance(BONE, like()) == 0


def test_each_gap_counts_as_the_docstring_says():
    assert distance(BONE, like(population=1_600_000)) == pytest.approx(log(2))
    assert distance(BONE, like(population=400_000)) == pytest.approx(log(2))
    assert distance(BONE, like(villages=186)) == pytest.approx(log(2) / 4)
    assert distance(BONE, like("74.01")) == 0.35
    assert distance(BONE, like("63.01")) == 0.7


@pytest.mark.parametrize("nothing", [None, 0])
def test_unknown_figures_count_as_far_off_and_never_fail(nothing):
    assert distance(BONE, like(population=nothing)) == 1
    assert distance(BONE, like(villages=nothing)) == 0.25
    unknown = like(population=nothing, villages=nothing)
    assert distance(unknown, unknown) == 1.25


def test_kepulauan_riau_is_of_sumatera_and_a_new_code_is_an_island_of_its_own():
    assert distance(like("21.01"), like("14.01")) == 0.35
    assert distance(like("41.01"), like("42.01")) == 0.7


def test_a_pokja_of_the_same_kind_goes_before_a_nearer_region():
    twin, far = like(), like("94.01", population=50_000)
    pairs = [(twin, False), (far, True)]
    assert nearest(BONE, pairs, 2) == [far, twin]
    assert rank(BONE, far, True) < rank(BONE, twin, False)


def test_other_levels_and_the_region_itself_are_never_near():
    others = [BONE, like(level="kota"), Place("73", "provinsi", 9_000_000, 3_000)]
    assert nearest(BONE, [(place, True) for place in others], 5) == []


def test_equals_come_by_code_and_no_more_than_asked_for():
    places = [like(code) for code in ("73.11", "73.09", "73.10")]
    found = nearest(BONE, [(place, True) for place in places], 2)
    assert [place.code for place in found] == ["73.09", "73.10"]


@pytest.mark.parametrize(
    ("ranked", "shown"),
    [
        ("", ""),
        ("abcde", "abc"),  # nobody shares: the nearest
        ("aBcDe", "aBc"),  # one of the nearest does
        ("abcdEF", "abE"),  # the nearest of those that do, in the last place
        ("A", "A"),
    ],
)
def test_one_example_at_least_can_be_read(ranked, shown):
    assert "".join(worth_showing(ranked, str.isupper, 3)) == shown


@given(PLACES, PLACES)
def test_it_is_a_distance_both_ways(one, two):
    assert distance(one, two) == pytest.approx(distance(two, one))
    assert distance(one, two) >= 0


@given(PLACES, st.lists(st.tuples(PLACES, st.booleans()), max_size=12), st.integers(1, 5))
def test_what_is_left_out_never_ranks_before_what_is_shown(own, others, most):
    shown = nearest(own, others, most)
    ranks = [rank(own, *pair) for pair in others if pair[0].code != own.code]
    assert len(shown) == min(most, len(ranks))
    kept = sorted(ranks)[:most]
    assert [place.code for place in shown] == [code for *_, code in kept]


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (None, "jumlah penduduk belum tercatat"),
        (0, "jumlah penduduk belum tercatat"),
        (950, "950 penduduk"),
        (741_800, "742 ribu penduduk"),
        (999_499, "999 ribu penduduk"),
        (999_500, "1 juta penduduk"),
        (1_849_000, "1,8 juta penduduk"),
    ],
)
def test_people_in_words(count, text):
    assert people(count) == text


def test_the_reason_in_words():
    assert reason(BONE, like(population=741_800, villages=None)) == (
        "Kabupaten, 742 ribu penduduk, provinsi yang sama"
    )
    assert reason(BONE, like("74.01", villages=300), same_kind=False) == (
        "Kabupaten, 800 ribu penduduk, 300 desa/kelurahan, sama-sama di Sulawesi, jenis Pokja lain"
    )
    assert reason(BONE, like("32.04", None, None), province="Jawa Barat") == (
        "Kabupaten, jumlah penduduk belum tercatat, Jawa Barat"
    )


def test_a_province_is_not_said_to_lie_in_itself():
    own = Place("73", "provinsi", 9_000_000)
    assert reason(own, Place("32", "provinsi", 49_000_000), province="Jawa Barat") == (
        "Provinsi, 49 juta penduduk"
    )
    assert reason(own, Place("74", "provinsi", 2_700_000)).endswith("sama-sama di Sulawesi")
