"""A verified item is never overwritten: new versions, and declarations of nothing."""

import pytest
from django.core.exceptions import PermissionDenied

from apps.evidence.services import (
    GapsRemain,
    cancel,
    declare_nil,
    open_version,
    return_with_notes,
    snapshot,
    submit,
    verify,
)
from apps.verification.models import Evidence, History
from apps.verification.services import (
    StepConflict,
)
from tests import makers
from tests.makers import ACTIVITY, make_plan, verified

pytestmark = pytest.mark.django_db


def sent(evidence, people):
    submit(evidence, actor=people.officer, revision=evidence.revision)
    return evidence


# --- versions --------------------------------------------------------------------------------


def test_the_verified_version_counts_until_the_new_one_is_verified(plan, pokja, people):
    verified(plan, people.officer, people.judge)
    draft = open_version(plan, actor=people.officer)
    for step in (lambda: None, lambda: sent(draft, people)):
        step()
        assert list(Evidence.objects.counting()) == [plan]
    verify(draft, actor=people.judge, revision=draft.revision)
    assert list(Evidence.objects.counting()) == [draft]
    plan.refresh_from_db()
    assert plan.status == "verified"


def test_a_cancelled_new_version_lets_the_old_one_count_again(plan, people, koordinator_sulsel):
    verified(plan, people.officer, people.judge)
    draft = verified(open_version(plan, actor=people.officer), people.officer, people.judge)
    cancel(draft, actor=koordinator_sulsel, revision=draft.revision, note="Keliru")
    assert list(Evidence.objects.counting()) == [plan]


def make_each_kind(pokja, officer):
    document = makers.make_document(pokja.region, officer)
    return [
        makers.make_decree(pokja, officer, document=document, role="amend", parent="1/2025"),
        makers.make_plan(pokja, officer),
        makers.make_indicators(pokja, officer),
        makers.make_budget(pokja, officer, document=document),
    ]


def test_a_new_version_of_every_kind_says_the_same(pokja, people):
    for evidence in make_each_kind(pokja, people.officer):
        verified(evidence, people.officer, people.judge)
        draft = open_version(evidence, actor=people.officer)
        assert (draft.status, draft.version, draft.family) == ("draft", 2, evidence.family)
        assert (draft.kind, draft.year, draft.region) == (
            evidence.kind,
            evidence.year,
            evidence.region,
        )
        fresh = Evidence.objects.get(pk=draft.pk)
        assert snapshot(fresh) == snapshot(evidence)


def test_a_new_version_refers_to_the_same_file(pokja, people):
    decree, _, _, budget = make_each_kind(pokja, people.officer)
    for evidence, content in ((decree, "decree"), (budget, "budget")):
        verified(evidence, people.officer, people.judge)
        draft = open_version(evidence, actor=people.officer)
        assert getattr(draft, content).document == getattr(evidence, content).document


def test_editing_the_new_version_leaves_the_verified_one_alone(plan, pokja, people):
    verified(plan, people.officer, people.judge)
    draft = open_version(plan, actor=people.officer)
    rows = [ACTIVITY | {"name": "Lain"}]
    make_plan(pokja, people.officer, evidence=draft, revision=draft.revision, rows=rows)
    names = [row.name for row in Evidence.objects.get(pk=plan.pk).work_plan.activities.all()]
    assert names == ["Rapat koordinasi"]


def test_opening_a_version_twice_gives_the_same_one(plan, people, make_user, pokja):
    verified(plan, people.officer, people.judge)
    first = open_version(plan, actor=people.officer)
    second = open_version(plan, actor=make_user("operator", pokja.region))
    assert second == first


def test_only_who_may_fill_in_may_open_a_version(plan, people, operator_bone):
    verified(plan, people.officer, people.judge)
    with pytest.raises(PermissionDenied):
        open_version(plan, actor=operator_bone)
    assert Evidence.objects.count() == 1


def test_a_verified_item_cannot_be_written_into(plan, pokja, people):
    verified(plan, people.officer, people.judge)
    with pytest.raises(StepConflict):
        make_plan(pokja, people.officer, evidence=plan, revision=plan.revision)


def test_saving_without_a_version_after_verification_opens_the_next(plan, pokja, people):
    verified(plan, people.officer, people.judge)
    draft = make_plan(pokja, people.officer)
    assert (draft.version, draft.family) == (2, plan.family)


def test_a_second_first_draft_is_a_conflict(plan, pokja, people):
    with pytest.raises(StepConflict) as caught:
        make_plan(pokja, people.officer)
    assert caught.value.evidence == plan


# --- nothing to show -------------------------------------------------------------------------


def test_nothing_is_declared_with_a_reason_and_sent(pokja, people):
    evidence = declare_nil(pokja, 2026, "anggaran", " Belum masuk APBD ", actor=people.officer)
    assert (evidence.kind, evidence.status, evidence.year) == ("nil", "submitted", 2026)
    assert (evidence.nil.criterion, evidence.nil.reason) == ("anggaran", "Belum masuk APBD")
    verify(evidence, actor=people.judge, revision=evidence.revision)
    assert evidence.status == "verified"


def test_nothing_is_not_declared_without_a_reason(pokja, people):
    with pytest.raises(GapsRemain):
        declare_nil(pokja, 2026, "anggaran", "  ", actor=people.officer)
    assert (Evidence.objects.count(), History.objects.count()) == (0, 0)


def test_a_returned_declaration_is_sent_again_with_a_better_reason(pokja, people):
    first = declare_nil(pokja, 2026, "sk", "Tidak ada", actor=people.officer)
    return_with_notes(first, actor=people.judge, revision=first.revision, note="Mengapa")
    again = declare_nil(pokja, 2026, "sk", "SK di Bagian Hukum", actor=people.officer)
    assert (again.pk, again.status, again.nil.reason) == (
        first.pk,
        "submitted",
        "SK di Bagian Hukum",
    )


def test_a_declaration_on_its_way_is_not_declared_twice(pokja, people):
    declare_nil(pokja, 2026, "sk", "Tidak ada", actor=people.officer)
    with pytest.raises(StepConflict):
        declare_nil(pokja, 2026, "sk", "Lagi", actor=people.officer)
