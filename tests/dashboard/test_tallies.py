from itertools import pairwise
from operator import attrgetter

from apps.dashboard.tallies import Share, Tally, _order, points_up, ranking, tallies_by, tally
from tests.dashboard.makers import counts, item


def test_waiting_is_never_counted_as_met():
    found = counts("tttt", "tttm", "mmmm")
    assert (found.effective, found.met["anggaran"], found.waiting["anggaran"]) == (1, 1, 2)
    assert (found.missing("anggaran"), found.unmet("anggaran")) == (0, 2)


def test_criteria_are_a_share_of_sums_and_not_a_mean_of_shares():
    assert counts("tttt", "tbbb").criteria == Share(5, 8)


def test_drafts_and_silence_are_no_data():
    assert (counts("bbbb", reason="draf").has_data, counts("bbbx").has_data) == (False, True)


def test_a_year_without_rubric_is_not_rated():
    assert tally([item(rated=False)]).is_rated is False


def test_tallies_by_region_add_up_to_the_whole():
    found = tallies_by(
        [item(region_id=1), item("bbbb", region_id=2), item(region_id=2)],
        lambda each: each.region_id,
    )
    assert {key: (each.effective, each.pokja) for key, each in found.items()} == {
        1: (1, 1),
        2: (1, 2),
    }


def test_shares_are_counts_below_twenty_and_percent_from_twenty():
    assert [Share(3, 5).text, Share(10, 19).text, Share(10, 20).text] == [
        "3 dari 5",
        "10 dari 19",
        "50%",
    ]
    assert [Share(3, 5).short, Share(10, 20).short] == ["3/5", "50%"]


def test_the_colour_class_agrees_with_the_printed_percentage():
    steps = [Share(part, 1000).step for part in (0, 194, 195, 399, 795, 1000)]
    assert steps == [0, 0, 1, 2, 4, 4]
    assert [Share(part, 1000).percent for part in (195, 399, 795)] == [20, 40, 80]


def test_a_share_is_neither_rounded_up_to_all_nor_down_to_none():
    assert [Share(199, 200).percent, Share(1, 300).percent, Share(0, 0).percent] == [99, 1, 0]


def test_the_order_by_quotients_is_that_of_the_exact_shares():
    tallies = [Tally(whole, part) for whole in range(1, 90) for part in range(whole + 1)]
    exact = {id(each): -each.share.exact for each in tallies}
    order = {id(each): _order(each, attrgetter("share"))[0] for each in tallies}
    tallies.sort(key=lambda each: order[id(each)])
    assert all(
        (exact[id(one)] < exact[id(other)]) == (order[id(one)] < order[id(other)])
        for one, other in pairwise(tallies)
    )


def ranks(*entries):
    return [(row.key, row.rank) for row in ranking((name, name, found) for name, found in entries)]


def test_rank_goes_by_effective_share_then_criteria_then_name():
    assert ranks(
        ("C", counts("tttt", "bbbb", "bbbb")),
        ("B", counts("tttt", "tbbb", "bbbb")),
        ("A", counts("tttb", "tttb", "tttb")),
    ) == [("B", 1), ("C", 2), ("A", 3)]


def test_ties_share_a_rank_and_the_next_is_left_out():
    half = ("tttt", "tbbb", "bbbb")
    assert ranks(
        ("B", counts(*half)), ("A", counts(*half)), ("C", counts("tbbb", "bbbb", "bbbb"))
    ) == [("A", 1), ("B", 1), ("C", 3)]


def test_fewer_than_three_pokja_are_not_ranked_and_stand_below():
    assert ranks(("A", counts("tttt", "tttt")), ("B", counts("tttb", "bbbb", "bbbb"))) == [
        ("B", 1),
        ("A", None),
    ]


def test_nobody_is_ranked_while_fewer_than_two_thirds_have_data():
    three, silent = counts("tttt", "bbbb", "bbbb"), counts("bbbb", "bbbb", "bbbb")
    assert ranks(("A", three), ("B", silent)) == [("A", None), ("B", None)]
    assert ranks(("A", three), ("B", three), ("C", silent)) == [("A", 1), ("B", 1), ("C", None)]


def test_a_change_is_the_difference_of_printed_percentages():
    assert points_up(Share(44, 100), Share(51, 100)) == 7
    assert points_up(Share(4, 10), Share(51, 100)) is None


def test_an_empty_tally_has_nothing():
    empty = Tally()
    assert (empty.share.text, empty.has_data, empty.is_rated) == ("0 dari 0", False, False)
