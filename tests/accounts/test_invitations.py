"""Inviting: who may, what is written, what becomes of an invitation."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from apps.accounts import invitations, services
from apps.accounts.enums import Channel, InvitationState, Purpose
from apps.accounts.invitations import Closed, NameTaken, Person
from apps.accounts.models import Assignment, Invitation, User
from apps.accounts.queries import has_logged_in
from apps.audit.models import Entry
from tests.conftest import PASSWORD, TODAY
from tests.rivals import at_once, outcomes

NEW = Person("Andi Tenri", "OPD KB Bone")


def invited(actor, region, *, person=NEW, role="operator", channel=Channel.CODE):
    return invitations.invite(person, role, region, channel=channel, actor=actor)


def test_an_invited_account_is_closed_holds_its_post_and_leaves_a_trace(
    koordinator_sulsel, regions, today
):
    issued = invited(koordinator_sulsel, regions.bone)
    user = issued.invitation.user
    assert (user.username, user.is_active, user.has_usable_password()) == (
        "operator.bone",
        False,
        False,
    )
    post = user.assignments.get()
    assert (post.role, post.region, post.started_on) == ("operator", regions.bone, today)
    assert [entry.action for entry in Entry.objects.order_by("id")] == [
        "Akun dibuat",
        "Penugasan diberikan",
        "Undangan dibuat",
    ]
    assert issued.invitation.expires_at == TODAY + timedelta(days=14)


def test_the_secret_is_in_no_table(koordinator_sulsel, regions):
    issued = invited(koordinator_sulsel, regions.bone)
    letters = issued.secret.replace("-", "")
    texts = [str(row) for model in (Invitation, User, Entry) for row in model.objects.values()]
    assert not any(issued.secret in text or letters in text for text in texts)
    assert len(issued.invitation.secret_hash) == 64


@pytest.mark.parametrize(
    ("actor", "role", "place"),
    [
        ("koordinator_sulsel", "coordinator", "sulsel"),
        ("koordinator_sulsel", "operator", "banjarmasin"),
        ("koordinator_sulsel", "national", None),
        ("verifikator_sulsel", "operator", "bone"),
        ("operator_bone", "operator", "bone"),
        ("pengamat_makassar", "observer", "makassar"),
        ("pusat", "national", None),
    ],
)
def test_above_ones_role_or_outside_ones_region_nothing_is_written(
    request, regions, actor, role, place
):
    actor = request.getfixturevalue(actor)
    before = User.objects.count(), Assignment.objects.count()
    with pytest.raises(PermissionDenied):
        invited(actor, getattr(regions, place) if place else None, role=role)
    assert (User.objects.count(), Assignment.objects.count()) == before
    assert not Invitation.objects.exists()


def test_proposed_names_count_on_and_know_no_case(koordinator_sulsel, make_user, regions):
    make_user(username="Operator.BONE")
    names = [invited(koordinator_sulsel, regions.bone).invitation.user.username for _ in range(2)]
    assert names == ["operator.bone2", "operator.bone3"]


def test_a_name_somebody_has_in_another_case_is_refused(koordinator_sulsel, make_user, regions):
    make_user(username="Tenri")
    with pytest.raises(NameTaken):
        invited(koordinator_sulsel, regions.bone, person=Person("Tenri", username="tenri"))
    assert not Invitation.objects.exists()


def test_an_existing_account_gets_the_post_and_keeps_its_password(
    koordinator_sulsel, operator_bone, regions
):
    issued = invitations.add_to(
        operator_bone, "observer", regions.makassar, channel="code", actor=koordinator_sulsel
    )
    assert issued is None
    assert operator_bone.assignments.count() == 2
    assert operator_bone.check_password(PASSWORD)


def test_a_post_held_already_is_not_given_twice(koordinator_sulsel, operator_bone, regions):
    with pytest.raises(IntegrityError):
        invitations.add_to(
            operator_bone, "operator", regions.bone, channel="code", actor=koordinator_sulsel
        )


def test_a_closed_account_of_others_is_not_taken_over(make_user, regions, admin):
    stranger = make_user("coordinator", regions.kalsel)
    moved = make_user("operator", regions.bone, "pindah", is_active=False)
    with pytest.raises(PermissionDenied):
        invitations.add_to(moved, "operator", regions.banjarmasin, channel="code", actor=stranger)
    assert moved.assignments.count() == 1
    assert not Invitation.objects.exists()


# --- what becomes of it --------------------------------------------------------------------------
def test_the_code_opens_the_account_once(koordinator_sulsel, regions):
    issued = invited(koordinator_sulsel, regions.bone)
    found = invitations.by_code("OPERATOR.bone", issued.secret.lower().replace("-", " "))
    user = invitations.accept(found, "sandi-yang-baru-77")
    assert user.is_active
    assert user.check_password("sandi-yang-baru-77")
    with pytest.raises(Closed) as again:
        invitations.accept(found, "sandi-lain-88")
    assert again.value.invitation.state(timezone.now()) == InvitationState.USED
    user.refresh_from_db()
    assert user.check_password("sandi-yang-baru-77")


def test_a_code_is_for_its_own_user_name_only(koordinator_sulsel, regions, operator_bone):
    issued = invited(koordinator_sulsel, regions.bone)
    assert invitations.by_code("operator_bone", issued.secret) is None


def test_a_code_is_no_word_of_a_link_so_the_throttle_cannot_be_passed_by(
    koordinator_sulsel, regions
):
    issued = invited(koordinator_sulsel, regions.bone)
    assert invitations.by_token(issued.secret) is None


@pytest.mark.parametrize(("channel", "days"), [(Channel.CODE, 14), (Channel.MAIL, 7)])
def test_it_ends_at_its_minute(koordinator_sulsel, regions, channel, days):
    with time_machine.travel(TODAY, tick=False):
        issued = invited(koordinator_sulsel, regions.bone, channel=channel)
    end = TODAY + timedelta(days=days)
    with time_machine.travel(end + timedelta(seconds=1), tick=False):
        assert issued.invitation.state(timezone.now()) == InvitationState.EXPIRED
        with pytest.raises(Closed):
            invitations.accept(issued.invitation, "sandi-yang-baru-77")
    with time_machine.travel(end, tick=False):
        assert issued.invitation.state(timezone.now()) == InvitationState.OPEN
        assert invitations.accept(issued.invitation, "sandi-yang-baru-77").is_active


def test_a_new_code_kills_the_old_one(koordinator_sulsel, regions):
    first = invited(koordinator_sulsel, regions.bone)
    second = invitations.reissue(
        first.invitation.user, channel=Channel.CODE, actor=koordinator_sulsel
    )
    with pytest.raises(Closed):
        invitations.accept(first.invitation, "sandi-yang-baru-77")
    assert invitations.accept(second.invitation, "sandi-yang-baru-77").is_active


def test_withdrawn_the_code_and_the_post_end_and_twice_changes_nothing(
    koordinator_sulsel, regions, today
):
    issued = invited(koordinator_sulsel, regions.bone)
    assert invitations.withdraw(issued.invitation, actor=koordinator_sulsel) is True
    assert invitations.withdraw(issued.invitation, actor=koordinator_sulsel) is False
    assert issued.invitation.user.assignments.get().ended_on == today
    with pytest.raises(Closed):
        invitations.accept(issued.invitation, "sandi-yang-baru-77")


def test_used_it_cannot_be_withdrawn_and_the_post_stays(koordinator_sulsel, regions):
    issued = invited(koordinator_sulsel, regions.bone)
    user = invitations.accept(issued.invitation, "sandi-yang-baru-77")
    assert invitations.withdraw(issued.invitation, actor=koordinator_sulsel) is False
    assert user.assignments.get().ended_on is None


def test_the_end_of_its_post_ends_the_invitation(koordinator_sulsel, regions, admin):
    issued = invited(koordinator_sulsel, regions.bone)
    services.end_assignment(issued.invitation.assignment, actor=admin)
    with pytest.raises(Closed):
        invitations.accept(issued.invitation, "sandi-yang-baru-77")


def test_a_code_for_a_new_password_leaves_the_old_one_until_it_is_used(
    koordinator_sulsel, operator_bone
):
    issued = invitations.reissue(operator_bone, channel="code", actor=koordinator_sulsel)
    assert issued.invitation.purpose == Purpose.PASSWORD
    operator_bone.refresh_from_db()
    assert operator_bone.check_password(PASSWORD)
    assert operator_bone.is_active
    user = invitations.accept(issued.invitation, "sandi-yang-baru-77")
    assert user.check_password("sandi-yang-baru-77")


@pytest.mark.parametrize(
    ("actor", "target"),
    [
        ("koordinator_sulsel", "koordinator_sulsel"),
        ("koordinator_sulsel", "operator_banjarmasin"),
        ("koordinator_sulsel", "pusat"),
        ("koordinator_sulsel", "admin"),
        ("verifikator_sulsel", "operator_bone"),
        ("admin", "admin"),
    ],
)
def test_nobody_gets_a_way_into_an_account_they_do_not_manage(request, actor, target):
    actor, target = request.getfixturevalue(actor), request.getfixturevalue(target)
    with pytest.raises(PermissionDenied):
        invitations.reissue(target, channel="code", actor=actor)
    assert not Invitation.objects.exists()


# --- switching off -------------------------------------------------------------------------------
def test_an_account_with_a_post_is_not_switched_off(koordinator_sulsel, operator_bone):
    assert services.deactivate(operator_bone, actor=koordinator_sulsel) is False
    operator_bone.refresh_from_db()
    assert operator_bone.is_active


def test_switched_off_an_account_loses_its_open_code_and_stays_on_record(
    koordinator_sulsel, operator_bone, admin
):
    issued = invitations.reissue(operator_bone, channel="code", actor=koordinator_sulsel)
    services.end_assignment(operator_bone.assignments.get(), actor=koordinator_sulsel)
    assert services.deactivate(operator_bone, actor=koordinator_sulsel) is True
    with pytest.raises(Closed):
        invitations.accept(issued.invitation, "sandi-yang-baru-77")
    entry = Entry.objects.get(action="Akun diubah")
    assert (entry.before, entry.after) == ({"is_active": True}, {"is_active": False})


def test_a_stranger_switches_nothing_off(make_user, regions, operator_bone, admin):
    services.end_assignment(operator_bone.assignments.get(), actor=admin)
    with pytest.raises(PermissionDenied):
        services.deactivate(operator_bone, actor=make_user("coordinator", regions.kalsel))


# --- planned ends --------------------------------------------------------------------------------
def test_a_planned_end_bites_on_the_day_after_it_whatever_has_run(
    operator_bone, regions, koordinator_sulsel
):
    post = operator_bone.assignments.get()
    services.plan_end(post, (TODAY + timedelta(days=3)).date(), actor=koordinator_sulsel)
    with time_machine.travel(TODAY + timedelta(days=3), tick=False):
        assert User.objects.get(pk=operator_bone.pk).scope.operator_ids == {regions.bone.pk}
        assert services.end_due_posts(timezone.localdate()) == 0
    with time_machine.travel(TODAY + timedelta(days=4), tick=False):
        assert User.objects.get(pk=operator_bone.pk).scope.operator_ids == set()
        assert services.end_due_posts(timezone.localdate()) == 1
        assert services.end_due_posts(timezone.localdate()) == 0
    post.refresh_from_db()
    assert post.ended_on == (TODAY + timedelta(days=3)).date()


def test_regions_whose_present_operator_signed_in(cast, regions, make_user, koordinator_sulsel):
    now = timezone.now()
    names = ("operator_bone", "verifikator_sulsel")
    User.objects.filter(username__in=names).update(last_login=now)
    every = [region.pk for region in (regions.bone, regions.makassar, regions.sulsel)]
    assert has_logged_in(every) == {regions.bone.pk}
    services.end_assignment(cast["operator_bone"].assignments.get(), actor=koordinator_sulsel)
    make_user("operator", regions.bone)
    assert has_logged_in(every) == set()


# --- at once -------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_one_code_at_once_one_gets_in(koordinator_sulsel, regions):
    issued = invited(koordinator_sulsel, regions.bone)
    words = ("sandi-pertama-11", "sandi-kedua-22")
    results = at_once(
        *(lambda word=word: invitations.accept(issued.invitation, word) for word in words)
    )
    assert outcomes(results) == {"ok": 1, "Closed": 1}
    user = User.objects.get(pk=issued.invitation.user_id)
    assert [user.check_password(word) for word in words].count(True) == 1


@pytest.mark.django_db(transaction=True)
def test_of_withdrawing_and_using_at_once_one_happens(koordinator_sulsel, regions):
    issued = invited(koordinator_sulsel, regions.bone)
    used, withdrawn = at_once(
        lambda: invitations.accept(issued.invitation, "sandi-pertama-11"),
        lambda: invitations.withdraw(issued.invitation, actor=koordinator_sulsel),
    )
    user = User.objects.get(pk=issued.invitation.user_id)
    assert isinstance(used, Closed) is (withdrawn is True)
    assert user.is_active is (withdrawn is False)


@pytest.mark.django_db(transaction=True)
def test_people_invited_at_once_get_names_of_their_own(koordinator_sulsel, regions):
    results = at_once(*[lambda: invited(koordinator_sulsel, regions.bone)] * 4)
    assert outcomes(results) == {"ok": 4}
    names = sorted(issued.invitation.user.username for issued in results)
    assert names == ["operator.bone", "operator.bone2", "operator.bone3", "operator.bone4"]


@pytest.mark.django_db(transaction=True)
def test_of_two_new_codes_made_at_once_one_is_open(koordinator_sulsel, operator_bone):
    results = at_once(
        *[lambda: invitations.reissue(operator_bone, channel="code", actor=koordinator_sulsel)] * 2
    )
    assert outcomes(results) == {"ok": 2}
    assert Invitation.objects.filter(used_at=None, withdrawn_at=None).count() == 1
