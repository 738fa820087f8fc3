"""A post passes on: what moves, what stays, who may, twice and at once."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from apps.accounts.invitations import Person
from apps.accounts.models import Assignment, Invitation, User
from apps.accounts.services import give_assignment
from apps.audit.models import Entry
from apps.discussion.models import FollowUp, FollowUpEvent
from apps.handover.models import Handover
from apps.handover.services import AlreadyHanded, Terms, hand_over
from apps.notices.models import Notice
from apps.verification.models import Evidence
from tests.conftest import TODAY
from tests.makers import make_decree, make_pokja
from tests.rivals import at_once, outcomes

TERMS = Terms("Mutasi, SK 821.2/12/2026")


def fresh(user):
    return User.objects.get(pk=user.pk)


# --- what moves and what stays -------------------------------------------------------------------
def test_the_old_post_ends_the_new_one_begins_and_both_stay_on_record(
    post, successor, koordinator_sulsel, regions, today
):
    handover, issued = hand_over(post, successor, TERMS, actor=koordinator_sulsel)
    post.refresh_from_db()
    assert (post.ended_on, issued) == (today, None)
    assert fresh(post.user).scope.operator_ids == set()
    assert fresh(successor).scope.operator_ids == {regions.bone.pk}
    assert (handover.successor.started_on, handover.handed_on, handover.by) == (
        today,
        today,
        koordinator_sulsel,
    )
    entry = Entry.objects.get(action="Jabatan diserahkan")
    assert (entry.before["pemegang"], entry.after["pemegang"], entry.reason) == (
        "operator_bone",
        "pengganti",
        TERMS.reason,
    )


def test_open_follow_ups_of_the_region_move_and_others_stay(
    post, successor, koordinator_sulsel, regions, ask, operator_makassar
):
    mine, old = ask(post.user, regions.bone), ask(post.user, regions.bone, task="Lama")
    FollowUp.objects.filter(pk=old.pk).update(state="done", done_at=timezone.now())
    elsewhere = ask(post.user, regions.makassar)
    others = ask(operator_makassar, regions.bone)
    handover, _ = hand_over(post, successor, TERMS, actor=koordinator_sulsel)
    owners = dict(FollowUp.objects.values_list("pk", "owner__username"))
    assert owners == {
        mine.pk: "pengganti",
        old.pk: "operator_bone",
        elsewhere.pk: "operator_bone",
        others.pk: "operator_makassar",
    }
    assert handover.follow_ups == 1
    mine.refresh_from_db()
    assert mine.revision == 2
    event = FollowUpEvent.objects.get()
    assert (event.follow_up, event.deed, event.actor) == (mine, "handed", koordinator_sulsel)


def test_drafts_belong_to_the_region_and_the_log_keeps_the_person(
    post, successor, koordinator_sulsel, regions
):
    draft = make_decree(make_pokja(regions.bone), post.user)
    hand_over(post, successor, TERMS, actor=koordinator_sulsel)
    assert Evidence.objects.for_user(fresh(successor)).get().pk == draft.pk
    assert Evidence.objects.get(pk=draft.pk).created_by == post.user
    assert not Evidence.objects.for_user(fresh(post.user)).exists()


def test_what_a_leaving_verifier_has_open_is_free_again(
    verifikator_sulsel, verifikator2_sulsel, koordinator_sulsel, operator_bone, regions, today
):
    items = [make_decree(make_pokja(regions.bone, f"b{n}"), operator_bone) for n in range(2)]
    for item, reader in zip(items, (verifikator_sulsel, verifikator2_sulsel), strict=True):
        Evidence.objects.filter(pk=item.pk).update(
            status="submitted", opened_by=reader, opened_at=timezone.now()
        )
    handover, _ = hand_over(
        verifikator_sulsel.assignments.get(),
        verifikator2_sulsel,
        TERMS,
        actor=koordinator_sulsel,
    )
    assert handover.freed == 1
    assert list(Evidence.objects.order_by("pk").values_list("opened_by", flat=True)) == [
        None,
        verifikator2_sulsel.pk,
    ]


def test_both_are_told_but_never_whoever_did_it(post, successor, koordinator_sulsel):
    hand_over(post, successor, TERMS, actor=koordinator_sulsel)
    told = {notice.user.username: notice for notice in Notice.objects.all()}
    assert set(told) == {"operator_bone", "pengganti"}
    assert told["pengganti"].url == f"/serah-terima/{post.pk}/"
    Notice.objects.all().delete()
    own = successor.assignments.get(role="operator")
    hand_over(own, post.user, TERMS, actor=successor)
    assert [notice.user.username for notice in Notice.objects.all()] == ["operator_bone"]


# --- on what terms -------------------------------------------------------------------------------
def test_a_newcomer_gets_the_post_and_a_way_in(post, koordinator_sulsel, regions):
    handover, issued = hand_over(
        post, Person("Andi Tenri", "OPD KB"), TERMS, actor=koordinator_sulsel
    )
    user = handover.successor.user
    assert (user.username, user.is_active) == ("operator.bone", False)
    assert issued.invitation == Invitation.objects.get(user=user)


def test_the_old_holder_may_work_on_until_a_day(
    post, successor, koordinator_sulsel, regions, today
):
    until = today + timedelta(days=7)
    hand_over(post, successor, Terms("Mutasi", keep_until=until), actor=koordinator_sulsel)
    post.refresh_from_db()
    assert (post.ended_on, post.until) == (None, until)
    with time_machine.travel(TODAY + timedelta(days=7), tick=False):
        assert fresh(post.user).scope.operator_ids == {regions.bone.pk}
    with time_machine.travel(TODAY + timedelta(days=8), tick=False):
        assert fresh(post.user).scope.operator_ids == set()


def test_an_acting_holder_is_named_so_and_ends_by_itself(
    post, successor, koordinator_sulsel, today
):
    until = today + timedelta(days=180)
    terms = Terms("Kosong", acting_until=until)
    handover, _ = hand_over(post, successor, terms, actor=koordinator_sulsel)
    assert str(handover.successor) == "Plt. Operator Kabupaten Bone"
    with time_machine.travel(TODAY + timedelta(days=181), tick=False):
        assert fresh(successor).scope.operator_ids == set()


def test_who_holds_the_post_already_keeps_that_one(post, successor, koordinator_sulsel, ask):
    held = give_assignment(successor, "operator", post.region, actor=koordinator_sulsel)
    ask(post.user, post.region)
    handover, _ = hand_over(post, successor, TERMS, actor=koordinator_sulsel)
    assert (handover.successor, handover.follow_ups) == (held, 1)
    assert Assignment.objects.filter(user=successor, role="operator").count() == 1


# --- who may -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("koordinator_sulsel", True),
        ("operator_bone", True),
        ("pusat", True),
        ("admin", True),
        ("operator_makassar", False),
        ("operator_sulsel", False),
        ("verifikator_sulsel", False),
        ("verifikator_kalsel", False),
        ("pengamat_makassar", False),
    ],
)
def test_the_holder_and_those_above_hand_over_nobody_else(request, post, successor, name, allowed):
    actor = request.getfixturevalue(name)
    if allowed:
        hand_over(post, successor, TERMS, actor=actor)
        assert Handover.objects.get().by == actor
        return
    with pytest.raises(PermissionDenied):
        hand_over(post, successor, TERMS, actor=actor)
    post.refresh_from_db()
    assert (post.ended_on, Handover.objects.count()) == (None, 0)


def test_a_verifier_does_not_hand_over_the_own_post(verifikator_sulsel, verifikator2_sulsel):
    with pytest.raises(PermissionDenied):
        hand_over(
            verifikator_sulsel.assignments.get(),
            verifikator2_sulsel,
            TERMS,
            actor=verifikator_sulsel,
        )


def test_a_coordinator_hands_over_neither_a_peer_nor_to_themselves(
    make_user, koordinator_sulsel, successor, post, regions
):
    peer = make_user("coordinator", regions.sulsel).assignments.get()
    with pytest.raises(PermissionDenied):
        hand_over(peer, successor, TERMS, actor=koordinator_sulsel)
    with pytest.raises(PermissionDenied, match="penugasan sendiri"):
        hand_over(post, koordinator_sulsel, TERMS, actor=koordinator_sulsel)
    assert not Handover.objects.exists()


def test_nobody_hands_over_to_the_holder(post, koordinator_sulsel):
    with pytest.raises(PermissionDenied, match="orang lain"):
        hand_over(post, post.user, TERMS, actor=koordinator_sulsel)
    post.refresh_from_db()
    assert post.ended_on is None


def test_one_province_hands_over_nothing_of_another(post, successor, make_user, regions):
    stranger = make_user("coordinator", regions.kalsel)
    with pytest.raises(PermissionDenied):
        hand_over(post, successor, TERMS, actor=stranger)


def test_a_planned_end_that_has_passed_leaves_nothing_to_hand_over(post, successor, today):
    Assignment.objects.filter(pk=post.pk).update(until=today - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        hand_over(post, successor, TERMS, actor=fresh(post.user))


# --- twice and at once ---------------------------------------------------------------------------
def test_twice_is_told_and_changes_nothing(post, successor, koordinator_sulsel, make_user, regions):
    hand_over(post, successor, TERMS, actor=koordinator_sulsel)
    third = make_user("observer", regions.bone)
    with pytest.raises(AlreadyHanded):
        hand_over(post, third, TERMS, actor=koordinator_sulsel)
    assert third.assignments.count() == 1
    assert Handover.objects.count() == 1


def test_handed_over_but_kept_for_a_while_it_is_not_handed_over_again(
    post, successor, koordinator_sulsel, make_user, regions, today
):
    terms = Terms("Mutasi", keep_until=today + timedelta(days=5))
    hand_over(post, successor, terms, actor=koordinator_sulsel)
    with pytest.raises(AlreadyHanded):
        hand_over(post, make_user("observer", regions.bone), TERMS, actor=koordinator_sulsel)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_hands_over(post, koordinator_sulsel, make_user, regions, ask):
    ask(post.user, post.region, due_on=date(2026, 3, 20))
    rivals = [make_user("observer", regions.bone, f"calon-{number}") for number in range(2)]
    results = at_once(
        *(
            lambda rival=rival: hand_over(post, rival, TERMS, actor=koordinator_sulsel)
            for rival in rivals
        )
    )
    assert outcomes(results) == {"ok": 1, "AlreadyHanded": 1}
    held = Assignment.objects.filter(role="operator", region=post.region, ended_on=None)
    assert held.get().user == FollowUp.objects.get().owner
