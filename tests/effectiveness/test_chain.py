"""The chain of SK on any day says what the formula of the score says, and nothing else."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from apps.effectiveness import formula
from apps.effectiveness.chain import (
    extends,
    last_cover,
    periods,
    standing_on,
    successor_of,
)
from apps.effectiveness.formula import DecreeRow

DAY = timedelta(days=1)
FIRST = date(2020, 1, 1)


def sk(number, issued, until=None, *, role="establish", parent="", start=None, **more):
    """One verified SK; ``number`` also makes it its own family and evidence."""
    fields = {"status": "verified", "version": 1, "family": number, "evidence_id": number} | more
    return DecreeRow(
        **fields,
        role=role,
        number_key=str(number),
        parent_key=str(parent),
        issued_on=issued,
        valid_from=start or issued,
        valid_until=until,
        basis="tertulis" if until else "sampai_dicabut",
    )


days = st.integers(0, 1500).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def chains(draw):
    """Up to six SK, each establishing, amending or revoking, some naming a parent not there."""
    rows = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        role = draw(st.sampled_from(["establish", "establish", "amend", "revoke"]))
        issued = draw(days)
        start = issued + timedelta(days=draw(st.integers(-30, 90)))
        length = draw(st.none() | st.integers(0, 700))
        until = None if length is None else start + timedelta(days=length)
        rows.append(
            sk(
                number,
                issued,
                until,
                role=role,
                start=start,
                parent="" if role == "establish" else draw(st.integers(1, 7)),
                status=draw(st.sampled_from(["verified", "verified", "submitted", "draft"])),
                family=draw(st.sampled_from([number, max(number - 1, 1)])),
                version=number,
            )
        )
    return rows


@given(chains(), days)
def test_the_state_on_any_day_is_that_of_the_criterion(rows, day):
    standing, result = standing_on(rows, day), formula.decree_result(rows, day, [])
    assert (standing.force is not None) == result.is_met
    if standing.force:
        assert (standing.force.decree, standing.force.end) == (result.decree, result.until)
    elif result.status == formula.FAILED:
        assert (standing.reason, standing.nearest.evidence_id, standing.last_day) == (
            result.reason,
            result.evidence_id,
            result.until,
        )


@given(chains(), days)
def test_the_periods_say_for_every_day_what_is_in_force(rows, day):
    told = periods(rows)
    force = formula.decree_in_force(rows, day)
    within = [each for each in told if each.start <= day and (each.end is None or day <= each.end)]
    assert [each.decree for each in within] == ([force.decree if force else None] if within else [])
    assert within or force is None
    for earlier, later in pairwise(told):
        assert earlier.end + DAY == later.start
        assert earlier.decree != later.decree


@given(chains(), days)
def test_the_last_cover_is_never_before_the_end_of_the_criterion(rows, day):
    result, cover = formula.decree_result(rows, day, []), last_cover(rows, day)
    assert (cover is None) == (not result.is_met)
    if cover and cover.end:
        assert result.until <= cover.end


# --- by name -----------------------------------------------------------------------------------


def test_a_joint_sk_gives_way_to_the_own_one_and_still_counts_alone():
    joint, own = sk(1, date(2022, 1, 1), date(2027, 12, 31)), sk(2, date(2024, 3, 1), None)
    standing = formula.forces([joint, own], date(2025, 1, 1))
    assert successor_of(standing[0], standing).decree == own
    assert successor_of(standing[1], standing) is None
    assert standing_on([joint, own], date(2024, 2, 29)).force.decree == joint
    assert standing_on([joint, own], date(2024, 3, 1)).force.decree == own
    assert standing_on([joint], date(2025, 1, 1)).force.end == date(2027, 12, 31)


def test_only_a_later_end_extends():
    first = sk(1, date(2022, 1, 1), date(2024, 12, 31))
    later = sk(2, date(2023, 1, 1), date(2026, 12, 31), role="amend", parent=1)
    shorter = sk(3, date(2023, 6, 1), date(2025, 12, 31), role="amend", parent=1)
    silent = sk(4, date(2023, 7, 1), None, role="amend", parent=1)
    rows = [first, later, shorter, silent]
    assert [extends(row, rows) for row in rows] == [False, True, False, False]


def test_an_amendment_of_an_open_sk_does_not_extend_it():
    rows = [
        sk(1, date(2022, 1, 1)),
        sk(2, date(2023, 1, 1), date(2026, 1, 1), role="amend", parent=1),
    ]
    assert extends(rows[1], rows) is False


def test_nothing_verified_and_days_before_the_first_are_told_apart():
    assert standing_on([], date(2024, 1, 1)).reason == "tidak_ada"
    assert standing_on([sk(1, date(2024, 5, 1))], date(2024, 1, 1)).reason == "belum_berlaku"
    assert periods([]) == []
