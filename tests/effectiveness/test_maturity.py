"""The sixteen maturity points (spec section 5), one by one."""

from datetime import date
from decimal import Decimal

import pytest

from apps.effectiveness import maturity
from apps.effectiveness.formula import DecreeRow, Result
from apps.effectiveness.maturity import ActivityRow, Facts, LineRow, TargetRow

DAY = date(2026, 8, 20)
ALL = dict.fromkeys(maturity.CHECKS, 1)


def decree(**changes):
    values = {
        "evidence_id": 1,
        "family": 1,
        "version": 1,
        "status": "verified",
        "role": "establish",
        "number_key": "a",
        "parent_key": "",
        "issued_on": date(2025, 1, 1),
        "valid_from": date(2025, 1, 1),
        "valid_until": None,
        "basis": "sampai_dicabut",
        "signer_position": "Bupati Bone",
        "signer_status": "definitif",
    }
    return DecreeRow(**(values | changes))


def facts(*, until=None, met=True, row=None, on=DAY, **parts):
    status = "terpenuhi" if met else "menunggu"
    results = dict.fromkeys(("rencana_kerja", "indikator", "anggaran"), Result(status))
    results["sk"] = Result(status, until=until, decree=row or decree())
    return Facts(results=results, on=on, year=2026, **parts)


@pytest.mark.parametrize(
    ("position", "status", "expected"),
    [
        ("Bupati Bone", "definitif", True),
        ("Bupati", "pj", True),
        ("Pj. Gubernur Sulawesi Selatan", "", True),
        ("Walikota Makassar", "plt", True),
        ("Sekretaris Daerah", "an", True),
        ("Sekretaris Daerah a.n. Bupati", "", True),
        ("Sekretaris Daerah", "definitif", False),
        ("Wakil Bupati Bone", "definitif", False),
        ("Kepala Dinas", "plt", False),
        ("", "", False),
    ],
)
def test_signed_by_the_head_of_region_or_on_their_behalf(position, status, expected):
    row = decree(signer_position=position, signer_status=status)
    assert maturity.check("sk_kepala_daerah", facts(row=row)) is expected


@pytest.mark.parametrize(
    ("start", "until", "expected"),
    [
        (date(2026, 1, 1), None, True),
        (date(2024, 1, 1), date(2026, 12, 31), True),  # exactly three years
        (date(2024, 1, 2), date(2026, 12, 31), False),
        (date(2026, 1, 1), date(2027, 2, 16), True),  # 180 days left
        (date(2026, 1, 1), date(2027, 2, 15), False),
    ],
)
def test_long_term_is_three_years_or_still_180_days(start, until, expected):
    row = decree(valid_from=start, valid_until=until)
    assert maturity.check("sk_masa_panjang", facts(row=row, until=until)) is expected


@pytest.mark.parametrize(
    ("sectors", "expected"),
    [({"pemerintah", "media"}, True), ({"pemerintah"}, False), ({"media"}, False), (set(), False)],
)
def test_members_come_from_government_and_elsewhere(sectors, expected):
    assert maturity.check("sk_lintas_sektor", facts(sectors=sectors)) is expected


def activity(**changes):
    values = {
        "output": "notula",
        "target": Decimal(4),
        "months": 0b111111111111,
        "person_in_charge": "Sekretaris",
        "indicator_id": 1,
        "progress": Decimal(60),
    }
    return ActivityRow(**(values | changes))


def test_plan_points_look_at_every_activity():
    whole = facts(activities=[activity(), activity()])
    assert maturity.check("rk_lengkap", whole) is True
    assert maturity.check("rk_indikator", whole) is True
    lacking = facts(activities=[activity(), activity(person_in_charge="", indicator_id=None)])
    assert maturity.check("rk_lengkap", lacking) is False
    assert maturity.check("rk_indikator", lacking) is False


@pytest.mark.parametrize(
    ("day", "progress", "expected"),
    [(date(2026, 7, 30), 50, True), (date(2026, 7, 31), 50, False), (date(2026, 7, 31), 59, True)],
)
def test_progress_is_measured_against_the_months_that_ended(day, progress, expected):
    held = facts(on=day, activities=[activity(progress=Decimal(progress))])
    assert maturity.check("rk_jadwal", held) is expected


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 4, 9), 0),
        (date(2026, 4, 10), 1),
        (date(2026, 12, 31), 3),
        (date(2027, 1, 10), 4),
    ],
)
def test_a_quarter_is_due_on_the_tenth_after_it(day, due):
    assert maturity.quarters_due(2026, day) == due


def target(quarters=(1, 2, None, None), annual=None, achievement=95):
    values = [None if value is None else Decimal(value) for value in quarters]
    return TargetRow(
        Decimal(1),
        Decimal(2),
        "PK",
        tuple(values),
        annual,
        None if achievement is None else Decimal(achievement),
    )


def test_indicator_points():
    assert maturity.check("in_lengkap", facts(targets=[target()])) is True
    assert maturity.check("in_lengkap", facts(targets=[target()._replace(source="")])) is False
    assert maturity.check("in_dilaporkan", facts(targets=[target()])) is True
    assert (
        maturity.check("in_dilaporkan", facts(on=date(2026, 10, 10), targets=[target()])) is False
    )
    assert maturity.check("in_capaian", facts(targets=[target(achievement=90)])) is True
    assert (
        maturity.check(
            "in_capaian", facts(targets=[target(achievement=100), target(achievement=79)])
        )
        is False
    )
    assert maturity.check("in_capaian", facts(targets=[target(achievement=None)])) is False


def line(**changes):
    values = {
        "fund_source": "apbd_kabkota",
        "basis": "DPA",
        "page": "37",
        "ceiling": Decimal(100),
        "spent": Decimal(50),
    }
    return LineRow(**(values | changes))


def test_budget_points():
    assert maturity.check("an_dokumen", facts(lines=[line()])) is True
    assert maturity.check("an_dokumen", facts(lines=[line(), line(page="")])) is False
    assert maturity.check("an_apbd", facts(lines=[line(), line(fund_source="csr")])) is True
    assert maturity.check("an_apbd", facts(lines=[line(fund_source="dak_bokb")])) is False
    assert maturity.check("an_serapan", facts(lines=[line()])) is True
    assert maturity.check("an_serapan", facts(on=date(2026, 10, 10), lines=[line()])) is False


def test_no_point_without_its_criterion_and_index_is_a_share_of_all_points():
    assert maturity.index(ALL, facts(met=False)) == 0
    # met, signed by the head, open-ended | met, nothing behind: vacuous checks hold
    reached = [code for code in ALL if maturity.check(code, facts())]
    assert maturity.index(ALL, facts()) == Decimal(len(reached) * 100) / 16


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (0, "Dasar"),
        (Decimal("39.99"), "Dasar"),
        (40, "Berkembang"),
        (60, "Mandiri"),
        (80, "Berkelanjutan"),
        (100, "Berkelanjutan"),
    ],
)
def test_classes_of_maturity(value, name):
    assert maturity.maturity_class(value, (40, 60, 80)) == name
