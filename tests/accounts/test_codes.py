"""The shape of secrets."""

from apps.accounts import codes


def test_a_code_has_three_groups_of_four_letters_that_cannot_be_mistaken_on_paper():
    for _ in range(200):
        groups = codes.new_code().split("-")
        assert [len(group) for group in groups] == [4, 4, 4]
        assert set("".join(groups)) <= set("23456789ABCDEFGHJKMNPQRSTUVWXYZ")


def test_no_code_comes_twice():
    assert len({codes.new_code() for _ in range(2000)}) == 2000


def test_a_code_may_be_typed_in_any_case_with_blanks_or_without_dashes():
    for typed in ("K7QF-2M9D-XT4P", "k7qf2m9dxt4p", " k7qf 2m9d  xt4p ", "K7QF–2M9D–XT4P"):
        assert codes.folded(typed) == "K7QF2M9DXT4P"
