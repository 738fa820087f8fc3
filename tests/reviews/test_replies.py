"""A region agrees or disputes, the koordinator answers, and what follows of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from apps.audit.models import Entry
from apps.core.errors import Conflict
from apps.evidence.services import open_version, submit, verify
from apps.notices.enums import Event
from apps.notices.models import Notice
from apps.reviews.enums import Outcome, State
from apps.reviews.models import Objection
from apps.reviews.queries import open_objections_for, standing_decision
from apps.reviews.services import answer, withdraw
from apps.verification.enums import Action, Status
from apps.verification.services import claim_edit
from tests import makers
from tests.reviews.conftest import REASON, give_back
from tests.rivals import at_once, outcomes

WHY = "Lampiran memang sudah lengkap."


def told(event):
    """{who was told of it}, by name."""
    return set(Notice.objects.filter(event=event).values_list("user__username", flat=True))


def test_a_dispute_stands_on_record_and_the_koordinator_is_told(
    returned, reply, operator_makassar, koordinator_sulsel, verifikator_sulsel
):
    note = standing_decision(returned).notes.last()
    held = reply(returned, notes=[note])
    assert (held.state, held.reason, held.by) == (State.OPEN, REASON, operator_makassar)
    assert list(held.notes.all()) == [note]
    assert told(Event.OBJECTION) == {"koordinator_sulsel"}
    entry = Entry.objects.get(action="Menyanggah keputusan")
    assert (entry.actor, entry.role, entry.reason) == (operator_makassar, "operator", REASON)
    assert list(open_objections_for(koordinator_sulsel)) == [held]
    assert list(open_objections_for(verifikator_sulsel)) == []
    returned.refresh_from_db()
    assert returned.status == Status.RETURNED


def test_agreeing_needs_no_reason_and_no_answer(returned, reply, koordinator_sulsel):
    held = reply(returned, disputes=False, reason="")
    assert held.state == State.AGREED
    assert told(Event.OBJECTION) == set()
    assert list(open_objections_for(koordinator_sulsel)) == []


def test_a_decision_is_replied_to_once(returned, reply, operator_makassar):
    reply(returned, disputes=False, reason="")
    with pytest.raises(Conflict, match="sudah ditanggapi"):
        reply(returned)
    assert Objection.objects.count() == 1


def test_a_reply_to_another_decision_than_the_one_seen_is_refused(returned, reply):
    with pytest.raises(Conflict, match="sudah berubah") as conflict:
        reply(returned, decision_pk=standing_decision(returned).pk + 1)
    assert conflict.value.typed == (("Alasan", REASON),)
    assert Objection.objects.count() == 0


@pytest.mark.parametrize("who", ["operator_bone", "verifikator_sulsel", "koordinator_sulsel"])
def test_nobody_replies_for_a_region(request, returned, reply, who):
    with pytest.raises(PermissionDenied):
        reply(returned, by=request.getfixturevalue(who))


def test_a_withdrawn_dispute_waits_no_more(returned, reply, operator_makassar, koordinator_sulsel):
    held = reply(returned)
    withdraw(held, actor=operator_makassar)
    held.refresh_from_db()
    assert (held.state, held.withdrawn_by) == (State.WITHDRAWN, operator_makassar)
    assert told(Event.OBJECTION) == set()
    with pytest.raises(Conflict, match="tidak menunggu"):
        answer(held, actor=koordinator_sulsel, upheld=True, text=WHY)


def test_an_answered_dispute_cannot_be_withdrawn(
    returned, reply, operator_makassar, koordinator_sulsel
):
    held = reply(returned)
    answer(Objection.objects.get(pk=held.pk), actor=koordinator_sulsel, upheld=False, text=WHY)
    with pytest.raises(Conflict) as conflict:
        withdraw(held, actor=operator_makassar)
    assert "Koordinator Sulsel menjawab pada 12 Maret 2026 pukul 12.00 WITA" in str(
        conflict.value.detail
    )
    held.refresh_from_db()
    assert held.state == State.REJECTED


# --- answers ---------------------------------------------------------------------------------


def test_an_upheld_dispute_brings_an_untouched_return_back_to_the_queue(
    returned, reply, operator_makassar, koordinator_sulsel
):
    sent_at = returned.submitted_at
    held = reply(returned)
    answer(held, actor=koordinator_sulsel, upheld=True, text=WHY)
    returned.refresh_from_db()
    assert (returned.status, returned.submitted_at, returned.submitted_by) == (
        Status.SUBMITTED,
        sent_at,
        operator_makassar,
    )
    assert returned.opened_at is None
    step = returned.history.first()
    assert (step.action, step.actor, step.role, step.note) == (
        Action.REQUEUE,
        koordinator_sulsel,
        "coordinator",
        WHY,
    )
    held.refresh_from_db()
    assert (held.state, held.outcome, held.answer) == (State.UPHELD, Outcome.QUEUED, WHY)
    assert told(Event.ANSWER) == {"operator_makassar", "verifikator_sulsel"}
    entry = Entry.objects.get(action="Menjawab sanggahan")
    assert (entry.role, entry.after["akibat"]) == ("coordinator", "Kembali ke antrean")


def test_what_came_back_to_the_queue_can_be_verified(
    returned, reply, koordinator_sulsel, verifikator2_sulsel
):
    answer(reply(returned), actor=koordinator_sulsel, upheld=True, text=WHY)
    returned.refresh_from_db()
    verify(returned, actor=verifikator2_sulsel, revision=returned.revision)
    assert returned.status == Status.VERIFIED


def test_the_provinces_days_run_on_as_if_the_return_had_not_been(
    returned, reply, koordinator_sulsel, verifikator2_sulsel, clock
):
    from apps.deadlines.queries import standing_of

    clock.shift(timedelta(days=3))
    assert standing_of(returned) == 0
    answer(reply(returned), actor=koordinator_sulsel, upheld=True, text=WHY)
    returned.refresh_from_db()
    clock.shift(timedelta(days=4))
    give_back(returned, verifikator2_sulsel)
    assert standing_of(returned) == 7


def test_the_story_of_the_year_tells_of_it(
    returned, reply, koordinator_sulsel, operator_makassar, pokja, client_of
):
    answer(reply(returned), actor=koordinator_sulsel, upheld=True, text=WHY)
    text = client_of(operator_makassar).get(f"/pokja/{pokja.pk}/2026/").content.decode()
    assert (
        "kembali ke antrean karena sanggahan diterima oleh koordinator Koordinator Sulsel" in text
    )


def test_once_the_officer_began_to_change_it_the_item_stays(
    returned, reply, operator_makassar, koordinator_sulsel
):
    held = reply(returned)
    claim_edit(returned, actor=operator_makassar, revision=returned.revision)
    answer(held, actor=koordinator_sulsel, upheld=True, text=WHY)
    returned.refresh_from_db()
    assert (returned.status, held.outcome) == (Status.RETURNED, Outcome.BEGUN)


def test_what_was_sent_again_is_not_moved(returned, reply, operator_makassar, koordinator_sulsel):
    held = reply(returned)
    submit(returned, actor=operator_makassar, revision=returned.revision)
    answer(held, actor=koordinator_sulsel, upheld=True, text=WHY)
    returned.refresh_from_db()
    assert (returned.status, held.outcome) == (Status.SUBMITTED, Outcome.MOVED_ON)
    assert not returned.history.filter(action=Action.REQUEUE).exists()


def test_a_second_return_is_not_undone_by_the_answer_to_the_first(
    returned, reply, operator_makassar, koordinator_sulsel, verifikator_sulsel
):
    held = reply(returned)
    submit(returned, actor=operator_makassar, revision=returned.revision)
    give_back(returned, verifikator_sulsel)
    answer(held, actor=koordinator_sulsel, upheld=True, text=WHY)
    returned.refresh_from_db()
    assert (returned.status, held.outcome) == (Status.RETURNED, Outcome.MOVED_ON)


def test_a_rejected_dispute_moves_nothing(returned, reply, koordinator_sulsel):
    held = reply(returned)
    answer(held, actor=koordinator_sulsel, upheld=False, text=WHY)
    returned.refresh_from_db()
    assert (returned.status, held.state, held.outcome) == (Status.RETURNED, State.REJECTED, "")


def test_an_upheld_dispute_of_a_verification_asks_for_the_ordinary_cancellation(
    verified, reply, koordinator_sulsel
):
    held = reply(verified)
    answer(held, actor=koordinator_sulsel, upheld=True, text=WHY)
    verified.refresh_from_db()
    assert (verified.status, held.outcome) == (Status.VERIFIED, Outcome.TO_CANCEL)


def test_an_upheld_dispute_of_a_cancellation_asks_for_a_new_version(
    cancelled, reply, pusat, operator_makassar
):
    held = reply(cancelled)
    answer(held, actor=pusat, upheld=True, text=WHY)
    cancelled.refresh_from_db()
    assert (cancelled.status, held.outcome) == (Status.CANCELLED, Outcome.TO_SEND)
    assert open_version(cancelled, actor=operator_makassar).status == Status.DRAFT


# --- who answers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who",
    ["operator_makassar", "verifikator_sulsel", "verifikator2_sulsel", "pusat", "admin"],
)
def test_only_the_koordinator_answers_for_a_kabupaten_or_kota(
    request, returned, reply, koordinator_sulsel, who
):
    held = reply(returned)
    with pytest.raises(PermissionDenied):
        answer(held, actor=request.getfixturevalue(who), upheld=True, text=WHY)
    held.refresh_from_db()
    assert held.state == State.OPEN


def test_nobody_answers_about_their_own_decision(cancelled, reply, koordinator_sulsel, pusat):
    """The only koordinator decided, so the national office answers."""
    held = reply(cancelled)
    with pytest.raises(PermissionDenied, match="Anda buat sendiri"):
        answer(held, actor=koordinator_sulsel, upheld=False, text=WHY)
    assert told(Event.OBJECTION) == {"pusat"}
    assert list(open_objections_for(pusat)) == [held]


def test_another_koordinator_of_the_province_goes_before_the_national_office(
    cancelled, reply, pusat, make_user, regions
):
    second = make_user("coordinator", regions.sulsel, "koordinator2_sulsel")
    held = reply(cancelled)
    assert told(Event.OBJECTION) == {"koordinator2_sulsel"}
    assert list(open_objections_for(second)) == [held]
    with pytest.raises(PermissionDenied):
        answer(held, actor=pusat, upheld=True, text=WHY)


def test_a_koordinator_of_another_province_does_not_answer(returned, reply, make_user, regions):
    other = make_user("coordinator", regions.kalsel)
    held = reply(returned)
    assert list(open_objections_for(other)) == []
    with pytest.raises(PermissionDenied):
        answer(held, actor=other, upheld=True, text=WHY)


def test_the_national_office_answers_for_the_province_itself(
    clock, regions, operator_sulsel, koordinator_sulsel, pusat, make_user, reply
):
    second = make_user("national", None, "pusat2")
    plan = makers.make_plan(makers.make_pokja(regions.sulsel, "sulsel-bk"), operator_sulsel)
    submit(plan, actor=operator_sulsel, revision=plan.revision)
    give_back(plan, pusat)
    clock.shift(timedelta(hours=1))
    held = reply(plan, by=operator_sulsel)
    assert told(Event.OBJECTION) == {"pusat2"}
    for person in (koordinator_sulsel, pusat):
        with pytest.raises(PermissionDenied):
            answer(held, actor=person, upheld=True, text=WHY)
    answer(held, actor=second, upheld=True, text=WHY)
    assert held.outcome == Outcome.QUEUED


# --- at the same moment ----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_koordinators_one_answer_stands_and_the_other_is_told(
    returned, reply, koordinator_sulsel, make_user, regions
):
    second = make_user("coordinator", regions.sulsel, "koordinator2_sulsel")
    pk = reply(returned).pk

    def answering(person, upheld):
        held = Objection.objects.get(pk=pk)
        return lambda: answer(held, actor=person, upheld=upheld, text=WHY)

    results = at_once(answering(koordinator_sulsel, True), answering(second, False))
    assert outcomes(results) == {"ok": 1, "Conflict": 1}
    held = Objection.objects.get(pk=pk)
    returned.refresh_from_db()
    queued = held.state == State.UPHELD
    assert returned.status == (Status.SUBMITTED if queued else Status.RETURNED)
    assert Entry.objects.filter(action="Menjawab sanggahan").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_of_a_region_one_reply_stands(returned, reply, make_user, regions):
    second = make_user("operator", regions.makassar, "operator2_makassar")
    results = at_once(
        lambda: reply(returned), lambda: reply(returned, by=second, disputes=False, reason="")
    )
    assert outcomes(results) == {"ok": 1, "Conflict": 1}
    assert Objection.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.OPEN, "reason": ""},
        {"state": State.UPHELD, "reason": REASON, "answer": ""},
        {"state": State.REJECTED, "reason": REASON, "answer": WHY},  # by nobody
    ],
)
def test_the_database_refuses_a_dispute_or_answer_without_words(returned, clock, fields):
    decision = standing_decision(returned)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.create(
            evidence=returned, decision=decision, by=decision.actor, at=decision.at, **fields
        )
