from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Sum

from apps.budgets.models import Budget, BudgetLine
from apps.budgets.queries import counting_budget
from apps.evidence.services import open_version
from apps.verification.models import Evidence
from apps.verification.services import StepConflict
from tests.makers import LINE, make_budget, make_document, make_pokja, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def pokja(regions):
    return make_pokja(regions.bone)


@pytest.fixture
def accepted(pokja, operator_bone, verifikator_sulsel):
    def make(stage, year=2026):
        document = make_document(pokja.region)
        budget = make_budget(pokja, operator_bone, year, stage=stage, document=document)
        return verified(budget, operator_bone, verifikator_sulsel)

    return make


def test_amounts_are_exact_to_the_sen_sums_included(pokja, operator_bone):
    rows = [
        LINE | {"ceiling": Decimal("999999999999999.99"), "sub_activity_code": str(code)}
        for code in range(3)
    ]
    budget = make_budget(pokja, operator_bone, rows=rows).budget
    assert budget.lines.aggregate(total=Sum("ceiling")) == {"total": Decimal("2999999999999999.97")}


def test_each_stage_is_an_item_of_its_own(pokja, operator_bone):
    families = {
        make_budget(pokja, operator_bone, stage=stage).family
        for stage in ("murni", "pergeseran", "perubahan")
    }
    assert len(families) == 3


def test_the_stage_of_a_first_draft_can_be_corrected(pokja, operator_bone):
    draft = make_budget(pokja, operator_bone, stage="murni")
    moved = make_budget(
        pokja, operator_bone, stage="perubahan", evidence=draft, revision=draft.revision
    )
    assert (moved.pk, moved.budget.stage, moved.title) == (
        draft.pk,
        "perubahan",
        "Anggaran 2026 (Perubahan) Pokja Bangga Kencana",
    )
    # The place it left is free again.
    assert make_budget(pokja, operator_bone, stage="murni").version == 1


def test_a_draft_does_not_take_the_place_of_a_stage_that_is_there(pokja, operator_bone, accepted):
    accepted("murni")
    draft = make_budget(pokja, operator_bone, stage="perubahan")
    with pytest.raises(ValidationError) as caught:
        make_budget(pokja, operator_bone, stage="murni", evidence=draft, revision=1)
    assert caught.value.messages == ["Anggaran tahap Murni sudah ada untuk tahun ini."]
    assert Budget.objects.get(evidence=draft).stage == "perubahan"


def test_a_later_version_keeps_its_stage(pokja, operator_bone, accepted):
    draft = open_version(accepted("murni"), actor=operator_bone)
    with pytest.raises(ValidationError):
        make_budget(
            pokja, operator_bone, stage="perubahan", evidence=draft, revision=draft.revision
        )
    assert Evidence.objects.get(pk=draft.pk).revision == draft.revision


def test_the_latest_stage_counts(pokja, accepted):
    assert counting_budget(pokja, 2026) is None
    for stage, expected in (
        ("pergeseran", "pergeseran"),
        ("murni", "pergeseran"),
        ("perubahan", "perubahan"),
    ):
        accepted(stage)
        assert counting_budget(pokja, 2026).stage == expected
    assert counting_budget(pokja, 2025) is None


def test_a_failure_while_writing_leaves_the_draft_as_it_was(pokja, operator_bone):
    draft = make_budget(pokja, operator_bone)
    with pytest.raises(Exception, match="budget_line"):
        make_budget(
            pokja,
            operator_bone,
            evidence=draft,
            revision=1,
            rows=[LINE | {"ceiling": Decimal(-1)}],
        )
    assert BudgetLine.objects.get().ceiling == LINE["ceiling"]
    assert Evidence.objects.get().revision == 1


def test_an_outdated_page_does_not_overwrite(pokja, operator_bone, admin):
    draft = make_budget(pokja, operator_bone)
    seen = draft.revision
    make_budget(pokja, admin, evidence=draft, revision=seen, rows=[])
    with pytest.raises(StepConflict):
        make_budget(
            pokja, operator_bone, evidence=Evidence.objects.get(), revision=seen, rows=[LINE]
        )
    assert BudgetLine.objects.count() == 0


def test_nobody_fills_in_another_region(pokja, operator_makassar):
    with pytest.raises(PermissionDenied):
        make_budget(pokja, operator_makassar)
    assert Evidence.objects.count() == 0
