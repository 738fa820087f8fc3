"""The ranking by change: who rose and who fell."""

from apps.dashboard.findings import movement
from apps.dashboard.movement import by_change, counted, group_of, turned
from tests.dashboard.makers import counts


def rows(*entries):
    return by_change((name, name, before, now) for name, before, now in entries)


def told(found):
    return [(row.rank, row.key, row.text) for row in found]


THREE = counts("bbbb", "tbbb", "tbbb")
ONE_OF_THREE = counts("tttt", "tbbb", "tbbb")
TWO_OF_THREE = counts("tttt", "tttt", "tbbb")


def test_the_largest_rise_comes_first_and_ties_share_a_number():
    found = rows(
        ("Bone", THREE, ONE_OF_THREE),
        ("Barru", THREE, TWO_OF_THREE),
        ("Arso", THREE, ONE_OF_THREE),
        ("Gowa", ONE_OF_THREE, THREE),
        ("Maros", THREE, THREE),
    )
    assert told(found) == [
        (1, "Barru", "naik 2 Pokja"),
        (2, "Arso", "naik 1 Pokja"),
        (2, "Bone", "naik 1 Pokja"),
        (4, "Maros", "tetap"),
        (5, "Gowa", "turun 1 Pokja"),
    ]
    assert counted(found) == (3, 1, 1)
    assert [row.key for row in turned(found, group_of)] == [
        "Gowa",
        "Maros",
        "Bone",
        "Arso",
        "Barru",
    ]


def test_few_pokja_get_no_number_and_a_year_without_data_no_change():
    few = counts("tttt", "tbbb")
    found = rows(
        ("Bone", counts("tbbb", "tbbb"), few), ("Gowa", None, few), ("Maros", THREE, THREE)
    )
    assert told(found) == [
        (1, "Maros", "tetap"),
        (None, "Bone", "naik 1 Pokja"),
        (None, "Gowa", ""),
    ]


def test_nobody_is_numbered_where_too_few_have_both_years():
    found = rows(("Bone", THREE, ONE_OF_THREE), ("Gowa", None, THREE), ("Maros", None, THREE))
    assert {row.rank for row in found} == {None}


def test_large_numbers_are_told_in_points():
    before, now = counts(*["tttt"] * 5, *["bbbt"] * 20), counts(*["tttt"] * 10, *["bbbt"] * 15)
    (row,) = rows(("Bone", before, now))
    assert (row.text, row.way) == ("naik 20 poin", "20% → 40%")


def test_more_pokja_with_as_many_effective_is_a_fall_without_a_number_of_pokja():
    (row,) = rows(("Bone", ONE_OF_THREE, counts("tttt", "tbbb", "tbbb", "tbbb")))
    assert (row.text, row.way) == ("turun", "1/3 → 1/4")


def test_the_heading_counts_who_rose_and_fell():
    assert movement(9, 3, 0, 2025) == "9 daerah naik dan 3 turun sejak 2025"
    assert movement(0, 0, 0, 2025) == "Belum ada daerah yang dapat dibandingkan dengan 2025"
