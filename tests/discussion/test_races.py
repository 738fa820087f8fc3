"""Several people at the same moment: nothing is lost, nothing is done twice."""

from datetime import date
from uuid import uuid4

import pytest

from apps.discussion import follow_ups, services
from apps.discussion.models import Comment, FollowUp, FollowUpEvent, Thread
from apps.notices.models import Notice
from tests import makers
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


@pytest.fixture
def plan(regions, operator_makassar):
    return makers.make_plan(makers.make_pokja(regions.makassar), operator_makassar)


def thread_copy(thread):
    return Thread.objects.select_related("evidence__region__province").get(pk=thread.pk)


def test_one_form_sent_at_once_makes_one_thread(plan, operator_makassar, verifikator_sulsel):
    token = uuid4()
    tasks = [
        lambda: services.open_thread(plan, "Halo", actor=operator_makassar, token=token)
        for _ in range(MANY)
    ]
    assert outcomes(at_once(*tasks)) == {"ok": MANY}
    assert (Thread.objects.count(), Comment.objects.count()) == (1, 1)
    assert Notice.objects.filter(event="comment").count() == 1


def test_an_answer_and_a_taking_back_never_both_win(plan, operator_makassar, verifikator_sulsel):
    for _ in range(MANY):
        comment = services.open_thread(plan, "Salah", actor=operator_makassar, token=uuid4())
        mine = Comment.objects.select_related("thread__evidence__region__province")
        own, seen = mine.get(pk=comment.pk), thread_copy(comment.thread)
        took, answered = at_once(
            lambda own=own: services.take_back(own, actor=operator_makassar),
            lambda seen=seen: services.reply(seen, "Ya", actor=verifikator_sulsel, token=uuid4()),
        )
        assert not isinstance(answered, Exception)
        text = Comment.objects.get(pk=comment.pk).text
        # Either it went before the answer came, or it stays and its writer is told.
        assert (text == "Salah") == isinstance(took, services.TalkRefused)


def test_a_settling_never_folds_an_answer_away_unread(plan, operator_makassar, verifikator_sulsel):
    for _ in range(MANY):
        first = services.open_thread(plan, "Halo", actor=operator_makassar, token=uuid4())
        mine, theirs = (thread_copy(first.thread) for _ in range(2))
        settled, answered = at_once(
            lambda mine=mine, seen=first.pk: services.resolve(
                mine, actor=operator_makassar, seen=seen
            ),
            lambda theirs=theirs: services.reply(
                theirs, "Ya", actor=verifikator_sulsel, token=uuid4()
            ),
        )
        assert not isinstance(answered, Exception)
        assert settled is True or isinstance(settled, services.TalkRefused)
        assert Thread.objects.get(pk=first.thread_id).is_open


def test_two_judges_at_once_give_one_judgement(
    plan, operator_makassar, verifikator_sulsel, verifikator2_sulsel
):
    made = follow_ups.ask(
        plan.region,
        "Unggah",
        owner=operator_makassar,
        due_on=date(2030, 1, 1),
        actor=verifikator_sulsel,
        token=uuid4(),
    )
    follow_ups.finish(made, "Sudah", actor=operator_makassar, revision=1)

    def judging(actor, adequate):
        own = FollowUp.objects.select_related("region", "owner", "created_by").get(pk=made.pk)
        return lambda: follow_ups.judge(own, adequate, "Alasan", actor=actor, revision=2)

    results = at_once(judging(verifikator_sulsel, True), judging(verifikator2_sulsel, False))
    assert outcomes(results) == {"ok": 1, "FollowUpConflict": 1}
    assert FollowUpEvent.objects.filter(deed__in=("adequate", "inadequate")).count() == 1
