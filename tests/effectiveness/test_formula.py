"""The four criteria, edge by edge (spec section 5), on plain rows without a database."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from apps.effectiveness import formula
from apps.effectiveness.formula import BudgetRow, DecreeRow, ItemRow, Rows

DAY = date(2026, 3, 12)
ids = iter(range(1, 10_000))


def decree(**changes):
    values = {
        "evidence_id": next(ids),
        "family": uuid4(),
        "version": 1,
        "status": "verified",
        "role": "establish",
        "number_key": "a",
        "parent_key": "",
        "issued_on": date(2024, 1, 1),
        "valid_from": date(2024, 1, 1),
        "valid_until": date(2026, 12, 31),
        "basis": "tertulis",
    }
    return DecreeRow(**(values | changes))


def item(amount=1, status="verified", version=1, family="f"):
    return ItemRow(next(ids), family, version, status, amount)


def budget(amount, stage="murni", status="verified", version=1, family=None):
    return BudgetRow(next(ids), family or uuid4(), version, status, Decimal(amount), 0, stage)


def sk(*rows, day=DAY, nils=()):
    result = formula.decree_result(list(rows), day, list(nils))
    return result.status, result.reason


def test_past_year_is_seen_on_its_last_day_and_the_running_year_today():
    assert formula.reference_date(2025, DAY) == date(2025, 12, 31)
    assert formula.reference_date(2026, DAY) == DAY


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 31), ("tidak_terpenuhi", "belum_berlaku")),
        (date(2026, 1, 1), ("terpenuhi", "")),
        (date(2026, 12, 31), ("terpenuhi", "")),
        (date(2027, 1, 1), ("tidak_terpenuhi", "kedaluwarsa")),
    ],
)
def test_decree_holds_from_its_first_to_its_last_day(day, expected):
    row = decree(valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31))
    assert sk(row, day=day) == expected


def test_decree_without_end_for_a_budget_year_ends_with_that_year():
    row = decree(valid_until=None, basis="tahun_anggaran", valid_from=date(2025, 2, 1))
    assert sk(row, day=date(2025, 12, 31)) == ("terpenuhi", "")
    assert sk(row, day=date(2026, 1, 1)) == ("tidak_terpenuhi", "kedaluwarsa")


def test_decree_until_revoked_stays_open():
    row = decree(valid_until=None, basis="sampai_dicabut")
    assert sk(row, day=date(2060, 1, 1)) == ("terpenuhi", "")


def test_latest_amendment_dated_by_then_that_states_an_end_moves_the_end():
    first = decree(valid_until=date(2025, 12, 31))
    longer = decree(
        role="amend",
        number_key="b",
        parent_key="a",
        issued_on=date(2025, 12, 1),
        valid_until=date(2026, 6, 30),
    )
    silent = decree(
        role="amend", number_key="c", parent_key="a", issued_on=date(2026, 1, 1), valid_until=None
    )
    shorter = decree(
        role="amend",
        number_key="d",
        parent_key="a",
        issued_on=date(2026, 4, 1),
        valid_until=date(2026, 4, 30),
    )
    rows = (first, longer, silent, shorter)
    assert sk(*rows) == ("terpenuhi", "")
    assert sk(*rows, day=date(2026, 5, 1)) == ("tidak_terpenuhi", "kedaluwarsa")
    assert sk(first, longer, silent, day=date(2026, 6, 30)) == ("terpenuhi", "")


def test_amendment_of_an_amendment_reaches_the_establishing_decree():
    first = decree(valid_until=date(2024, 12, 31))
    second = decree(
        role="amend",
        number_key="b",
        parent_key="a",
        issued_on=date(2024, 6, 1),
        valid_until=date(2025, 12, 31),
    )
    third = decree(
        role="amend",
        number_key="c",
        parent_key="b",
        issued_on=date(2025, 6, 1),
        valid_until=date(2026, 12, 31),
    )
    assert sk(first, second, third) == ("terpenuhi", "")


def test_amendment_not_yet_verified_does_not_count_but_is_waited_for():
    first = decree(valid_until=date(2025, 12, 31))
    longer = decree(
        role="amend",
        number_key="b",
        parent_key="a",
        issued_on=date(2025, 12, 1),
        valid_until=date(2027, 6, 30),
        status="submitted",
    )
    assert sk(first, longer) == ("menunggu", "")


def test_same_number_in_two_years_means_the_latest_decree_before_the_amendment():
    old = decree(
        issued_on=date(2019, 1, 1), valid_from=date(2019, 1, 1), valid_until=date(2020, 12, 31)
    )
    new = decree(
        issued_on=date(2023, 1, 1), valid_from=date(2023, 1, 1), valid_until=date(2025, 12, 31)
    )
    change = decree(
        role="amend",
        number_key="b",
        parent_key="a",
        issued_on=date(2022, 1, 1),
        valid_until=date(2026, 12, 31),
    )
    assert formula.established_by(change, [old, new]) == {old.evidence_id}


def test_revocation_ends_a_decree_on_the_day_before_it_takes_effect():
    row = decree(valid_until=None, basis="sampai_dicabut")
    end = decree(
        role="revoke",
        number_key="b",
        parent_key="a",
        issued_on=date(2026, 3, 1),
        valid_from=date(2026, 3, 12),
        valid_until=None,
        basis="sampai_dicabut",
    )
    assert sk(row, end, day=date(2026, 3, 11)) == ("terpenuhi", "")
    assert sk(row, end, day=date(2026, 3, 12)) == ("tidak_terpenuhi", "dicabut")


def test_new_verified_version_replaces_the_older_one():
    family = uuid4()
    old = decree(family=family, valid_until=date(2030, 1, 1))
    new = decree(family=family, version=2, valid_until=date(2026, 1, 31))
    assert sk(old, new) == ("tidak_terpenuhi", "kedaluwarsa")
    assert sk(old, new._replace(status="submitted")) == ("terpenuhi", "")
    assert sk(old, new._replace(status="cancelled")) == ("terpenuhi", "")


def test_first_status_that_applies_wins():
    expired = decree(valid_until=date(2025, 1, 1))
    waiting = decree(status="submitted", valid_from=date(2026, 1, 1))
    too_late = decree(
        status="submitted", valid_from=date(2027, 1, 1), valid_until=None, basis="sampai_dicabut"
    )
    returned = decree(status="returned")
    assert sk(expired, waiting, returned) == ("menunggu", "")
    assert sk(expired, too_late, returned) == ("perlu_perbaikan", "dikembalikan")
    assert sk(expired, too_late) == ("tidak_terpenuhi", "kedaluwarsa")
    assert sk(decree(status="draft")) == ("belum_mengisi", "draf")
    assert sk() == ("belum_mengisi", "")


def test_declared_nil_is_not_the_same_as_silence():
    assert sk(nils=["submitted"]) == ("tidak_terpenuhi", "nihil")
    assert sk(nils=["verified"]) == ("tidak_terpenuhi", "nihil")
    assert sk(nils=["returned"]) == ("perlu_perbaikan", "dikembalikan")
    assert sk(nils=["draft"]) == ("belum_mengisi", "")


def test_plan_holds_while_its_new_version_waits():
    rows = [item(), item(amount=3, status="submitted", version=2)]
    assert formula.item_result(rows, []).status == "terpenuhi"


def test_latest_verified_plan_decides_even_when_empty():
    rows = [item(amount=3), item(amount=0, version=2)]
    result = formula.item_result(rows, [])
    assert (result.status, result.reason) == ("tidak_terpenuhi", "kosong")


def test_submitted_plan_without_activities_is_not_waited_for():
    assert formula.item_result([item(amount=0, status="submitted")], []).status == "belum_mengisi"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("murni", 50)], "terpenuhi"),
        ([("murni", 0)], "tidak_terpenuhi"),
        ([("murni", 50), ("perubahan", 0)], "tidak_terpenuhi"),
        ([("murni", 0), ("pergeseran", 10)], "terpenuhi"),
        ([("perubahan", 5), ("pergeseran", 0), ("murni", 0)], "terpenuhi"),
    ],
)
def test_later_budget_stage_replaces_the_earlier_whole(rows, expected):
    held = [budget(amount, stage) for stage, amount in rows]
    assert formula.budget_result(held, []).status == expected


def test_submitted_stage_is_waited_for_only_where_it_would_decide():
    zero = budget(0, "perubahan")
    assert formula.budget_result([zero, budget(9, "murni", "submitted")], []).status == (
        "tidak_terpenuhi"
    )
    later = [budget(0, "murni"), budget(9, "perubahan", "submitted")]
    assert formula.budget_result(later, []).status == "menunggu"


def test_effective_needs_every_required_criterion_and_score_adds_weights():
    results = formula.criteria(Rows(decrees=[decree()], plans=[item()]), DAY)
    weights = {"sk": 40, "rencana_kerja": 30, "indikator": 20, "anggaran": 10}
    assert formula.score(results, weights) == 70
    assert formula.is_effective(results, ("sk", "rencana_kerja")) is True
    assert formula.is_effective(results, tuple(weights)) is False


@pytest.mark.parametrize(
    ("rule", "pokja", "expected"),
    [
        ("any", [(False, ["gdpk"]), (True, ["advokasi"])], True),
        ("any", [], False),
        ("integrated", [(True, ["advokasi"])], False),
        ("integrated", [(True, ["advokasi", "bangga_kencana"])], True),
        ("all", [(True, ["gdpk"]), (False, ["advokasi"])], False),
        ("all", [], False),
    ],
)
def test_region_counts_by_the_rule_of_the_rubric(rule, pokja, expected):
    assert formula.region_is_effective(rule, pokja) is expected
