"""Two people at once (spec section 4): the database decides, whichever it is."""

import pytest

from apps.accounts.models import User
from apps.evidence.services import open_version, return_with_notes, submit, verify, withdraw
from apps.verification.models import Evidence, History
from apps.verification.services import mark_opened
from tests.makers import ACTIVITY, make_plan, verified
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True)


def again(model, row):
    """The row as another request reads it."""
    return model.objects.get(pk=row.pk)


def steps_of(evidence):
    return list(
        evidence.history.exclude(action__in=("create", "edit", "open"))
        .order_by("id")
        .values_list("action", flat=True)
    )


@pytest.fixture
def sent_plan(plan, people):
    submit(plan, actor=people.officer, revision=plan.revision)
    return plan


def test_of_fifty_attempts_to_verify_one_item_exactly_one_wins(sent_plan, people):
    seen = sent_plan.revision

    def attempt():
        item = again(Evidence, sent_plan)
        item.revision = seen
        return verify(item, actor=again(User, people.judge), revision=seen)

    results = at_once(*[attempt] * 50)
    lost = [item for item in results if isinstance(item, Exception)]
    assert outcomes(results)["ok"] == 1
    assert outcomes(lost).keys() <= {"StepConflict", "StepRefused"}
    assert (again(Evidence, sent_plan).status, steps_of(sent_plan)) == (
        "verified",
        ["submit", "verify"],
    )


def test_fifty_verifiers_with_the_page_open_leave_one_decision(sent_plan, people):
    """All have read the item before the first decides: only the conditional UPDATE is left."""
    items = [again(Evidence, sent_plan) for _ in range(50)]
    judges = [again(User, people.judge) for _ in items]
    for judge in judges:
        assert judge.scope.label == "Verifikator Sulawesi Selatan"

    def attempt(item, judge):
        return lambda: verify(item, actor=judge, revision=item.revision)

    results = at_once(*map(attempt, items, judges))
    assert outcomes(results) == {"ok": 1, "StepConflict": 49}
    assert steps_of(sent_plan) == ["submit", "verify"]


def test_one_verifies_and_one_returns_and_one_decision_stands(
    sent_plan, people, verifikator2_sulsel
):
    first, second = again(Evidence, sent_plan), again(Evidence, sent_plan)
    results = at_once(
        lambda: verify(first, actor=people.judge, revision=first.revision),
        lambda: return_with_notes(
            second, actor=verifikator2_sulsel, revision=second.revision, note="Kurang jelas"
        ),
    )
    assert outcomes(results) == {"ok": 1, "StepConflict": 1}
    loser = next(item for item in results if isinstance(item, Exception))
    winner = again(Evidence, sent_plan).decided_by
    assert str(winner) in str(loser)
    assert History.objects.filter(action__in=("verify", "return")).count() == 1


def test_what_is_being_judged_cannot_be_edited(sent_plan, pokja, people):
    results = at_once(
        lambda: verify(again(Evidence, sent_plan), actor=people.judge, revision=sent_plan.revision),
        lambda: make_plan(
            pokja,
            people.officer,
            evidence=again(Evidence, sent_plan),
            revision=sent_plan.revision,
            rows=[ACTIVITY | {"name": "Diselipkan"}],
        ),
    )
    assert [type(item).__name__ for item in results] == ["History", "StepConflict"]
    stored = again(Evidence, sent_plan)
    assert (stored.status, [row.name for row in stored.work_plan.activities.all()]) == (
        "verified",
        ["Rapat koordinasi"],
    )


def test_an_edit_and_a_submission_at_once_send_exactly_what_is_recorded(plan, pokja, people):
    """Either the edit came first and the submission is told, or the other way round."""
    colleague = again(User, people.officer)
    results = at_once(
        lambda: submit(again(Evidence, plan), actor=people.officer, revision=plan.revision),
        lambda: make_plan(
            pokja,
            colleague,
            evidence=again(Evidence, plan),
            revision=plan.revision,
            rows=[ACTIVITY | {"name": "Pelatihan"}],
        ),
    )
    assert outcomes(results) == {"ok": 1, "StepConflict": 1}
    stored = again(Evidence, plan)
    names = [row.name for row in stored.work_plan.activities.all()]
    if stored.status == "submitted":
        sent = stored.history.get(action="submit")
        assert names == [sent.snapshot["Kegiatan 1: Kegiatan"]] == ["Rapat koordinasi"]
    else:
        assert (stored.status, names) == ("draft", ["Pelatihan"])


def test_of_twenty_edits_of_one_version_one_is_saved_and_whole(plan, pokja, people):
    def edit(number):
        rows = [ACTIVITY | {"name": f"{number}-{place}"} for place in range(3)]
        return lambda: make_plan(
            pokja,
            again(User, people.officer),
            evidence=again(Evidence, plan),
            revision=plan.revision,
            rows=rows,
        )

    assert outcomes(at_once(*map(edit, range(20)))) == {"ok": 1, "StepConflict": 19}
    names = [row.name for row in again(Evidence, plan).work_plan.activities.all()]
    winner = names[0].split("-")[0]
    assert names == [f"{winner}-{place}" for place in range(3)]


def test_withdrawing_and_opening_at_once_never_both_hold(sent_plan, people):
    at_once(
        lambda: withdraw(
            again(Evidence, sent_plan), actor=people.officer, revision=sent_plan.revision
        ),
        lambda: mark_opened(again(Evidence, sent_plan), actor=people.judge),
    )
    stored = again(Evidence, sent_plan)
    assert (stored.status, stored.opened_at is None) in {("draft", True), ("submitted", False)}


def test_of_ten_first_drafts_of_one_plan_one_is_made(pokja, people):
    def start():
        return make_plan(pokja, again(User, people.officer))

    assert outcomes(at_once(*[start] * 10)) == {"ok": 1, "StepConflict": 9}
    assert Evidence.objects.count() == 1


def test_ten_people_opening_a_new_version_get_the_same_one(plan, people):
    verified(plan, people.officer, people.judge)

    def start():
        return open_version(again(Evidence, plan), actor=again(User, people.officer))

    results = at_once(*[start] * 10)
    assert len({item.pk for item in results}) == 1
    draft = Evidence.objects.get(version=2)
    assert draft.work_plan.activities.count() == 1
