"""Naik kelas: what each step gains, what a trial gives, the fewest steps of a region."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.effectiveness.ladder import fewest_steps, rungs, tried
from apps.effectiveness.maturity import CHECKS
from tests.effectiveness.ladders import BASE, assessed, given_by, rules_with

THREE = ("sk", "rencana_kerja", "indikator")


def steps_of(met, codes=(), rules=None, **more):
    rules = rules or rules_with()
    item = assessed(met, rules=rules)
    return rungs(item, rules, given_by(item, rules, codes), **more)


def test_the_last_required_criterion_makes_the_pokja_effective_and_comes_first():
    first = steps_of(THREE)[0]
    assert (first.code, first.is_criterion, first.makes_effective) == ("anggaran", True, True)
    assert (first.gain_score, first.gain_index, first.most_index) == (
        25,
        Decimal("6.25"),
        Decimal(25),
    )


def test_two_missing_criteria_make_nothing_effective_alone():
    found = steps_of(("sk", "rencana_kerja"))
    assert [rung.makes_effective for rung in found if rung.is_criterion] == [False, False]


def test_a_point_gains_its_share_of_the_index_and_no_score():
    rung = next(rung for rung in steps_of(THREE) if rung.code == "rk_lengkap")
    assert (rung.gain_score, rung.gain_index, rung.criterion) == (
        0,
        Decimal("6.25"),
        "rencana_kerja",
    )


def test_the_class_is_named_only_where_it_changes():
    rules = rules_with(limits=(20, 25, 80))
    found = {rung.code: rung.new_class for rung in steps_of(THREE, rules=rules)}
    assert found["rk_lengkap"] == "Mandiri"  # 18,75 + 6,25 = 25
    assert {rung.new_class for rung in steps_of(BASE)} == {""}  # 25 to 31,25: still Dasar


def test_points_of_an_unmet_criterion_are_told_with_it():
    codes = {rung.code for rung in steps_of(("sk",))}
    assert codes == {
        "rencana_kerja",
        "indikator",
        "anggaran",
        "sk_kepala_daerah",
        "sk_masa_panjang",
        "sk_lintas_sektor",
    }


def test_of_equal_gains_the_earlier_day_comes_first():
    days = {"rk_lengkap": date(2026, 9, 1), "rk_jadwal": date(2026, 8, 25)}
    found = steps_of(BASE, by=days.get)
    assert [rung.code for rung in found[:2]] == ["rk_jadwal", "rk_lengkap"]
    assert found[2].by is None


def test_nothing_is_left_when_every_point_is_given():
    assert steps_of(BASE, CHECKS) == []


def test_a_heavier_criterion_comes_before_a_lighter_one():
    weights = {"sk": 10, "rencana_kerja": 20, "indikator": 30, "anggaran": 40}
    found = steps_of((), rules=rules_with(weights))
    assert [rung.code for rung in found] == ["anggaran", "indikator", "rencana_kerja", "sk"]


def test_a_criterion_beside_the_four_has_a_score_and_no_points():
    rules = rules_with(dict.fromkeys((*BASE, "perbup"), 20), required=(*BASE, "perbup"))
    first = steps_of(BASE, rules=rules)[0]
    assert (first.code, first.gain_score, first.gain_index) == ("perbup", 20, 0)
    assert first.makes_effective is True


def test_points_of_evidence_that_the_rubric_does_not_weigh_can_be_reached():
    rules = rules_with(
        {"sk": 100}, required=("sk",), points={"sk_terpenuhi": 1, "an_terpenuhi": 1, "an_apbd": 2}
    )
    rung = next(each for each in steps_of(("sk",), rules=rules) if each.code == "anggaran")
    assert (rung.gain_score, rung.gain_index, rung.most_index) == (0, Decimal(25), Decimal(75))


# --- coba ------------------------------------------------------------------------------------


def trial(met, chosen, codes=(), rules=None):
    rules = rules or rules_with()
    item = assessed(met, rules=rules)
    return tried(item, rules, given_by(item, rules, codes), chosen)


def test_a_trial_counts_what_is_chosen_beside_what_is_there():
    found = trial(THREE, ["anggaran", "rk_lengkap"])
    assert (found.score, found.index, found.klass) == (100, Decimal("31.25"), "Dasar")
    assert (found.effective, found.met, found.possible) == (True, 4, 4)
    assert (found.counted, found.along) == (("anggaran", "rk_lengkap"), ())


def test_a_chosen_point_brings_its_criterion_and_says_so():
    found = trial(THREE, ["an_apbd"])
    assert (found.score, found.along, found.counted) == (100, ("anggaran",), ("an_apbd",))
    assert found.index == Decimal("31.25")  # its own point and that of the criterion


def test_the_point_of_the_criterion_itself_is_the_criterion():
    assert trial(THREE, ["an_terpenuhi"]) == trial(THREE, ["anggaran"])


def test_unknown_and_met_codes_count_nothing():
    found = trial(THREE, ["sk", "tidak-ada", "", "sk_terpenuhi", "'; drop table", "\x00"])
    assert (found.counted, found.along, found.score) == ((), (), 75)


def test_a_rubric_without_points_has_an_index_of_zero():
    assert trial(BASE, [], rules=rules_with(points={})).index == 0


@settings(max_examples=100)
@given(
    met=st.sets(st.sampled_from(BASE)),
    codes=st.sets(st.sampled_from(sorted(CHECKS))),
    chosen=st.lists(st.sampled_from([*BASE, *CHECKS, "apa"]), max_size=8),
)
def test_a_trial_never_lowers_anything_and_ends_at_one_hundred(met, codes, chosen):
    before, after = trial(met, [], codes), trial(met, chosen, codes)
    assert after.score >= before.score
    assert after.index >= before.index
    whole = trial(met, [*BASE, *CHECKS], codes)
    assert (whole.score, whole.index, whole.effective) == (100, 100, True)


@settings(max_examples=100)
@given(met=st.sets(st.sampled_from(BASE)), codes=st.sets(st.sampled_from(sorted(CHECKS))))
def test_every_rung_gains_what_trying_it_gives(met, codes):
    rules = rules_with()
    item = assessed(met, rules=rules)
    points = given_by(item, rules, codes)
    for rung in rungs(item, rules, points):
        then = tried(item, rules, points, [rung.code])
        now = tried(item, rules, points, [])
        assert (then.score - now.score, then.index - now.index) == (
            rung.gain_score,
            rung.gain_index,
        )
        assert rung.gain_score + rung.gain_index > 0


# --- a region --------------------------------------------------------------------------------


def test_any_takes_the_pokja_that_lacks_least():
    near, far = assessed(THREE, code="b"), assessed(("sk",), code="a")
    found = fewest_steps("any", [far, near])
    assert (found.count, found.pokja[0].assessment, found.pokja[0].lacking) == (
        1,
        near,
        ("anggaran",),
    )


def test_equally_near_the_lower_code_is_named():
    found = fewest_steps("any", [assessed(("sk",), code="b"), assessed(("sk",), code="a")])
    assert (found.count, found.pokja[0].assessment.code) == (3, "a")


def test_an_effective_region_needs_no_step():
    found = fewest_steps("any", [assessed(BASE), assessed((), code="b")])
    assert (found.count, found.to_form) == (0, False)


def test_integrated_looks_at_the_integrated_pokja_alone():
    other, own = assessed(THREE, code="a", kinds=("gdpk",)), assessed(("sk",), code="b")
    assert fewest_steps("integrated", [other, own]).pokja[0].assessment is own
    alone = fewest_steps("integrated", [other], BASE)
    assert (alone.count, alone.to_form, alone.pokja) == (5, True, ())


def test_all_sums_what_every_pokja_lacks():
    rows = [assessed(THREE, code="a"), assessed(("sk",), code="b"), assessed(BASE, code="c")]
    found = fewest_steps("all", rows)
    assert (found.count, [way.assessment.code for way in found.pokja]) == (4, ["a", "b"])
    assert fewest_steps("all", [assessed(BASE)]).count == 0


def test_without_a_pokja_forming_one_is_the_first_step():
    for rule in ("any", "integrated", "all"):
        found = fewest_steps(rule, [], BASE)
        assert (found.count, found.to_form) == (5, True)


def test_criteria_that_are_not_required_are_no_steps():
    rules = rules_with(required=("sk", "anggaran"))
    found = fewest_steps("any", [assessed(("sk",), rules=rules)])
    assert (found.count, found.pokja[0].lacking) == (1, ("anggaran",))


def test_a_year_without_rules_has_no_steps_to_tell():
    assert fewest_steps("any", [assessed(scored=False)]) is None
