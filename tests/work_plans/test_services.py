from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from apps.verification.models import Evidence
from apps.work_plans.services import copy_from_last_year
from tests.makers import ACTIVITY, make_indicator, make_plan, make_pokja, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def pokja(regions):
    return make_pokja(regions.bone)


@pytest.fixture
def last_year(pokja, operator_bone):
    rows = [
        ACTIVITY
        | {
            "indicator": make_indicator(),
            "budget": Decimal(5),
            "partners": "PKK",
            "fund_source": "csr",
            "physical_progress": Decimal(80),
        },
        ACTIVITY | {"name": "Pelatihan"},
    ]
    return make_plan(pokja, operator_bone, 2025, rows=rows)


def names(evidence):
    return [row.name for row in evidence.work_plan.activities.all()]


def test_activities_are_numbered_by_place_unless_they_bring_a_number(pokja, operator_bone):
    rows = [ACTIVITY, ACTIVITY | {"no": 7}, ACTIVITY]
    plan = make_plan(pokja, operator_bone, rows=rows).work_plan
    assert [row.no for row in plan.activities.all()] == [1, 3, 7]


def test_last_years_plan_is_copied_without_its_money_and_progress(last_year, pokja, operator_bone):
    copy = copy_from_last_year(pokja, 2026, operator_bone)
    assert (copy.year, copy.status, copy.version, copy.title) == (
        2026,
        "draft",
        1,
        "Rencana kerja 2026 Pokja Bangga Kencana",
    )
    first = copy.work_plan.activities.first()
    old = last_year.work_plan.activities.first()
    for field in (
        "name",
        "output",
        "target",
        "months",
        "person_in_charge",
        "partners",
        "indicator",
        "fund_source",
    ):
        assert getattr(first, field) == getattr(old, field)
    assert (first.budget, first.physical_progress) == (None, None)
    assert names(copy) == ["Rapat koordinasi", "Pelatihan"]


def test_what_counted_is_copied_rather_than_a_newer_draft(
    last_year, pokja, operator_bone, verifikator_sulsel
):
    from apps.evidence.services import open_version

    verified(last_year, operator_bone, verifikator_sulsel)
    draft = open_version(last_year, actor=operator_bone)
    make_plan(pokja, operator_bone, 2025, evidence=draft, revision=draft.revision, rows=[])
    assert names(copy_from_last_year(pokja, 2026, operator_bone)) == [
        "Rapat koordinasi",
        "Pelatihan",
    ]


def test_a_plan_that_is_there_is_given_back_unchanged(last_year, pokja, operator_bone):
    held = make_plan(pokja, operator_bone, 2026)
    assert copy_from_last_year(pokja, 2026, operator_bone) == held
    assert names(Evidence.objects.get(pk=held.pk)) == ["Rapat koordinasi"]


def test_without_a_plan_last_year_there_is_nothing_to_copy(pokja, operator_bone):
    assert copy_from_last_year(pokja, 2026, operator_bone) is None
    assert Evidence.objects.count() == 0


def test_nobody_copies_in_another_region(last_year, pokja, operator_makassar):
    with pytest.raises(PermissionDenied):
        copy_from_last_year(pokja, 2026, operator_makassar)
