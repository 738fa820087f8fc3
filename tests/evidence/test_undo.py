"""A decision can be taken back for a minute, by whoever took it, unless the officer went on."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.audit.models import Entry
from apps.evidence.queries import changes_since_return
from apps.evidence.services import open_version, return_with_notes, submit, undo, verify
from apps.notices.enums import Event
from apps.notices.models import Notice
from apps.notices.services import tell
from apps.verification.enums import Action, Status
from apps.verification.models import Evidence
from apps.verification.pins import Spot, last_sent, place, waiting
from apps.verification.queries import open_notes
from apps.verification.services import (
    FieldNote,
    StepConflict,
    StepRefused,
    actions_for,
    claim_edit,
)
from tests import makers
from tests.rivals import at_once, outcomes


@pytest.fixture
def sent(plan, people):
    submit(plan, actor=people.officer, revision=plan.revision)
    return plan


@pytest.fixture
def sent_decree(pokja, people):
    file = makers.make_document(pokja.region, people.officer, pages=2)
    decree = makers.make_decree(pokja, people.officer, document=file)
    submit(decree, actor=people.officer, revision=decree.revision)
    return decree


def give_back(item, judge, text="Lengkapi penanggung jawab"):
    return return_with_notes(
        item, actor=judge, revision=item.revision, notes=(FieldNote(text=text),)
    )


def take_back(item, judge):
    return undo(item, actor=judge, revision=item.revision)


def later(**passed):
    return time_machine.travel(timezone.now() + timedelta(**passed), tick=False)


def test_an_undone_approval_waits_again_as_before(sent, people):
    since = sent.submitted_at
    verify(sent, actor=people.judge, revision=sent.revision)
    take_back(sent, people.judge)
    assert (sent.status, sent.decided_by, sent.decided_at) == ("submitted", None, None)
    assert sent.submitted_at == since
    assert not Evidence.objects.counting().filter(pk=sent.pk).exists()
    steps = sent.history.order_by("id").values_list("action", "undone_at")
    assert [action for action, _ in steps] == ["create", "submit", "verify", "undo"]
    assert [action for action, at in steps if at] == ["verify"]
    assert Entry.objects.filter(action="Mengurungkan keputusan", actor=people.judge).count() == 1


def test_an_undone_return_counts_nowhere_but_stays_on_record(sent, people):
    give_back(sent, people.judge)
    take_back(sent, people.judge)
    assert (open_notes(sent), changes_since_return(sent)) == ([], None)
    assert sent.notes.count() == 1


def test_after_an_undone_second_return_the_first_is_the_last_again(sent, people):
    give_back(sent, people.judge, "Pertama")
    first = sent.decided_at
    submit(sent, actor=people.officer, revision=sent.revision)
    give_back(sent, people.judge, "Kedua")
    take_back(sent, people.judge)
    assert sent.history.returns().get().notes.get().text == "Pertama"
    assert (sent.decided_by, sent.decided_at - first < timedelta(seconds=1)) == (people.judge, True)


def test_sent_pins_wait_again(sent_decree, people):
    place(
        sent_decree,
        sent_decree.decree.document,
        Spot(1, 0.5, 0.5),
        "Tanggal beda",
        actor=people.judge,
        revision=sent_decree.revision,
    )
    return_with_notes(sent_decree, actor=people.judge, revision=sent_decree.revision)
    assert len(last_sent(sent_decree)) == 1
    take_back(sent_decree, people.judge)
    assert (last_sent(sent_decree), waiting(sent_decree, people.judge)) == ([], 1)


def test_pins_an_approval_took_away_come_back(sent_decree, people):
    pin = place(
        sent_decree,
        sent_decree.decree.document,
        Spot(2, 0.25, 0.75),
        "Cap kurang jelas",
        actor=people.judge,
        revision=sent_decree.revision,
    )
    verify(sent_decree, actor=people.judge, revision=sent_decree.revision)
    assert waiting(sent_decree) == 0
    take_back(sent_decree, people.judge)
    back = sent_decree.pins.get()
    assert (back.page, back.x, back.y, back.text) == (2, 0.25, 0.75, "Cap kurang jelas")
    assert (back.created_by, back.history, back.document) == (people.judge, None, pin.document)


def test_who_was_told_is_not_told_any_more(sent, people):
    step = verify(sent, actor=people.judge, revision=sent.revision)
    tell([people.officer], Event.VERIFIED, "Disetujui", key=f"langkah:{step.pk}")
    take_back(sent, people.judge)
    assert not Notice.objects.filter(key=f"langkah:{step.pk}").exists()


def test_after_a_minute_it_is_too_late(sent, people):
    verify(sent, actor=people.judge, revision=sent.revision)
    with later(seconds=59):
        assert "undo" in actions_for(sent, people.judge)
    with later(seconds=61), pytest.raises(StepRefused, match="satu menit"):
        take_back(sent, people.judge)
    sent.refresh_from_db()
    assert sent.status == "verified"


def test_only_the_one_who_decided_may_undo(sent, people, koordinator_sulsel):
    verify(sent, actor=people.judge, revision=sent.revision)
    for other in (koordinator_sulsel, people.officer):
        with pytest.raises(StepRefused):
            take_back(sent, other)


def test_the_officer_who_began_the_repair_wins(sent, people):
    give_back(sent, people.judge)
    seen = sent.revision
    claim_edit(sent, actor=people.officer, revision=seen)
    with pytest.raises(StepConflict):
        undo(sent, actor=people.judge, revision=seen)
    sent.refresh_from_db()
    assert (sent.status, len(open_notes(sent))) == ("returned", 1)


def test_a_repair_begun_stays_with_the_officer_also_when_the_judge_looked_again(sent, people):
    give_back(sent, people.judge)
    claim_edit(sent, actor=people.officer, revision=sent.revision)
    assert Action.UNDO not in actions_for(sent, people.judge)
    with pytest.raises(StepRefused, match="mulai memperbaiki"):
        take_back(sent, people.judge)  # with the revision of now
    assert sent.status == Status.RETURNED


def test_the_officer_who_opened_a_new_version_wins(sent, people):
    verify(sent, actor=people.judge, revision=sent.revision)
    draft = open_version(sent, actor=people.officer)
    with pytest.raises(StepConflict):
        take_back(sent, people.judge)
    sent.refresh_from_db()
    assert (sent.status, draft.status) == ("verified", "draft")
    assert not sent.history.exclude(undone_at=None).exists()


def test_what_came_verified_by_import_is_no_decision_to_undo(plan, people):
    Evidence.objects.filter(pk=plan.pk).update(
        status="verified", decided_by=people.judge, decided_at=timezone.now()
    )
    plan.refresh_from_db()
    with pytest.raises(StepRefused):
        take_back(plan, people.judge)


def test_an_undone_decision_can_be_taken_anew_and_undone_again(sent, people):
    for _ in range(2):
        verify(sent, actor=people.judge, revision=sent.revision)
        take_back(sent, people.judge)
    assert sent.history.exclude(undone_at=None).count() == 2
    with pytest.raises(StepRefused):
        take_back(sent, people.judge)


@pytest.mark.django_db(transaction=True)
def test_of_many_clicks_on_undo_one_counts(sent, people):
    verify(sent, actor=people.judge, revision=sent.revision)
    people.judge.scope  # noqa: B018 - read once, before the race
    rows = [Evidence.objects.get(pk=sent.pk) for _ in range(12)]
    results = at_once(*[lambda item=item: take_back(item, people.judge) for item in rows])
    assert outcomes(results)["ok"] == 1
    assert outcomes(results).keys() <= {"ok", "StepConflict", "StepRefused"}
    assert sent.history.filter(action="undo").count() == 1


@pytest.mark.django_db(transaction=True)
def test_undo_against_a_new_version_leaves_one_open_version(sent, people):
    for _ in range(5):
        verify(sent, actor=people.judge, revision=sent.revision)
        mine, theirs = (Evidence.objects.get(pk=sent.pk) for _ in range(2))
        results = at_once(
            lambda item=mine: take_back(item, people.judge),
            lambda item=theirs: open_version(item, actor=people.officer),
        )
        assert not [item for item in results if isinstance(item, Exception)] or isinstance(
            results[0], StepConflict
        )
        assert Evidence.objects.filter(family=sent.family).open().count() == 1
        sent.refresh_from_db()
        if sent.status == "verified":
            break
