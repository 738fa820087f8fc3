"""Windows, draws, spreading and agreement as arithmetic."""

from collections import Counter
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reviews.formula import Agreement, Marked, Share, agreement, draw, last_day, spread

NUMBERS = st.sets(st.integers(1, 10**6), max_size=60)
SEED = st.integers(0, 10**9)


def test_the_day_of_the_decision_does_not_count():
    assert last_day(date(2026, 3, 12), 14) == date(2026, 3, 26)


def test_a_window_runs_over_the_end_of_february():
    assert last_day(date(2028, 2, 20), 14) == date(2028, 3, 5)


def test_a_draw_is_what_its_explanation_says():
    order = sorted(range(1, 8), key=lambda number: sha256(f"42:{number}".encode()).hexdigest())
    assert draw(range(1, 8), 3, 42) == order[:3]


@given(NUMBERS, st.integers(1, 50), SEED)
def test_the_same_seed_draws_the_same_in_whatever_order_given(numbers, size, seed):
    drawn = draw(numbers, size, seed)
    assert drawn == draw(sorted(numbers, reverse=True), size, seed)
    assert len(drawn) == min(size, len(numbers))
    assert set(drawn) <= numbers
    assert len(set(drawn)) == len(drawn)


@given(NUMBERS, st.integers(1, 30), st.integers(1, 20), SEED)
def test_a_larger_draw_begins_with_the_smaller_one(numbers, size, more, seed):
    assert draw(numbers, size + more, seed)[:size] == draw(numbers, size, seed)


@given(
    st.dictionaries(st.integers(1, 99), st.sets(st.integers(1, 5), max_size=5), max_size=30), SEED
)
def test_nobody_is_given_what_they_may_not_have(eligible, seed):
    given_to = spread(eligible, seed)
    assert set(given_to) == {item for item, people in eligible.items() if people}
    assert all(person in eligible[item] for item, person in given_to.items())
    assert given_to == spread(eligible, seed)


@given(st.sets(st.integers(1, 999), min_size=1, max_size=50), st.integers(1, 6), SEED)
def test_where_everybody_may_have_all_loads_differ_by_one_at_most(items, people, seed):
    everybody = set(range(1, people + 1))
    loads = Counter(dict.fromkeys(everybody, 0))
    loads.update(spread(dict.fromkeys(items, everybody), seed).values())
    assert max(loads.values()) - min(loads.values()) <= 1


@pytest.mark.parametrize("items", [[], ()])
def test_agreement_over_nothing_is_nothing(items):
    assert agreement(items) == Agreement(Share(0, 0), {}, {})


def test_agreement_counts_items_kinds_and_values():
    found = agreement(
        [
            Marked("decree", True, (("Nomor SK", True), ("Tentang", True))),
            Marked("decree", False, (("Nomor SK", False), ("Tentang", True))),
            Marked("work_plan", True, (("Kegiatan", True), ("Kegiatan", True))),
        ]
    )
    assert found.overall == Share(2, 3)
    assert found.by_kind == {"decree": Share(1, 2), "work_plan": Share(1, 1)}
    assert found.by_value == {
        ("decree", "Nomor SK"): Share(1, 2),
        ("decree", "Tentang"): Share(2, 2),
        ("work_plan", "Kegiatan"): Share(2, 2),
    }


MARKED = st.lists(
    st.builds(
        Marked,
        st.sampled_from(["decree", "budget"]),
        st.booleans(),
        st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=6).map(tuple),
    ),
    max_size=40,
)


@given(MARKED)
def test_the_parts_of_agreement_sum_to_the_whole(items):
    found = agreement(items)
    assert found.overall.whole == len(items)
    assert found.overall.part == sum(item.agrees for item in items)
    assert sum(share.part for share in found.by_kind.values()) == found.overall.part
    assert sum(share.whole for share in found.by_kind.values()) == found.overall.whole
    assert sum(share.whole for share in found.by_value.values()) == sum(
        len(item.values) for item in items
    )
    assert all(0 <= share.part <= share.whole for share in found.by_value.values())


@given(MARKED, st.randoms(use_true_random=False))
def test_agreement_does_not_depend_on_the_order_of_items(items, random):
    shuffled = list(items)
    random.shuffle(shuffled)
    assert agreement(shuffled) == agreement(items)
