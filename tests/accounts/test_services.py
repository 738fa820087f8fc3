"""Who may give which post, where; the trace it leaves."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from apps.accounts import services
from apps.accounts.queries import judges_of, operators_of, visible_users
from apps.audit.models import Entry

OUTSIDE = "Wilayah ini di luar kewenangan Anda."


@pytest.mark.parametrize(
    ("giver", "role", "place", "reason"),
    [
        ("koordinator_sulsel", "operator", "bone", ""),
        ("koordinator_sulsel", "operator", "sulsel", ""),
        ("koordinator_sulsel", "observer", "makassar", ""),
        ("koordinator_sulsel", "verifier", "sulsel", ""),
        (
            "koordinator_sulsel",
            "coordinator",
            "sulsel",
            "Peran Koordinator tidak dapat diberikan oleh peran Anda.",
        ),
        ("koordinator_sulsel", "national", None, OUTSIDE),
        ("koordinator_sulsel", "operator", "banjarmasin", OUTSIDE),
        ("koordinator_sulsel", "verifier", "kalsel", OUTSIDE),
        (
            "koordinator_sulsel",
            "verifier",
            "bone",
            "Verifikator bertugas untuk sebuah provinsi. Pilih provinsinya.",
        ),
        ("verifikator_sulsel", "operator", "bone", OUTSIDE),
        ("operator_bone", "operator", "bone", OUTSIDE),
        ("pengamat_makassar", "observer", "makassar", OUTSIDE),
        ("pusat", "coordinator", "kalsel", ""),
        ("pusat", "operator", "bone", ""),
        ("pusat", "national", None, OUTSIDE),
        ("admin", "national", None, ""),
        ("admin", "coordinator", "sulsel", ""),
        ("admin", "national", "sulsel", "Pilih wilayah; hanya peran Pusat yang tanpa wilayah."),
        ("admin", "operator", None, "Pilih wilayah; hanya peran Pusat yang tanpa wilayah."),
    ],
)
def test_only_roles_below_ones_own_in_ones_own_regions_are_given(
    request, regions, giver, role, place, reason
):
    actor = request.getfixturevalue(giver)
    region = getattr(regions, place) if place else None
    assert services.assignment_refusal(role, region, actor=actor) == reason


def test_nobody_gives_a_post_to_themselves(koordinator_sulsel, regions):
    with pytest.raises(PermissionDenied, match="penugasan sendiri"):
        services.give_assignment(
            koordinator_sulsel, "operator", regions.bone, actor=koordinator_sulsel
        )
    assert koordinator_sulsel.assignments.count() == 1


def test_a_post_given_is_held_and_on_record(koordinator_sulsel, make_user, regions, today):
    user = make_user(username="baru")
    post = services.give_assignment(user, "operator", regions.bone, actor=koordinator_sulsel)
    assert (post.started_on, user.scope.operator_ids) == (today, {regions.bone.pk})
    entry = Entry.objects.get()
    assert (entry.action, entry.actor, entry.role, entry.region) == (
        "Penugasan diberikan",
        koordinator_sulsel,
        "coordinator",
        regions.bone,
    )
    assert entry.after == {"pengguna": "baru", "peran": "operator", "wilayah": "Kabupaten Bone"}


def test_a_post_is_held_once(operator_bone, admin, regions):
    with pytest.raises(IntegrityError):
        services.give_assignment(operator_bone, "operator", regions.bone, actor=admin)


def test_a_post_that_ended_can_be_given_again(operator_bone, koordinator_sulsel, regions):
    post = operator_bone.assignments.get()
    services.end_assignment(post, actor=koordinator_sulsel)
    services.give_assignment(operator_bone, "operator", regions.bone, actor=koordinator_sulsel)
    assert operator_bone.assignments.filter(ended_on=None).count() == 1
    assert operator_bone.assignments.count() == 2


def test_ending_a_post_keeps_it_with_its_last_day_and_twice_changes_nothing(
    operator_bone, koordinator_sulsel, today
):
    post = operator_bone.assignments.get()
    services.end_assignment(post, actor=koordinator_sulsel)
    services.end_assignment(post, actor=koordinator_sulsel)
    assert post.ended_on == today
    entry = Entry.objects.get(action="Penugasan diakhiri")
    assert (entry.before, entry.after) == ({"sampai": None}, {"sampai": "2026-03-12"})


@pytest.mark.parametrize("name", ["verifikator_sulsel", "operator_makassar", "pusat"])
def test_a_coordinator_of_another_province_ends_nothing(request, make_user, regions, name):
    stranger = make_user("coordinator", regions.kalsel)
    post = request.getfixturevalue(name).assignments.get()
    with pytest.raises(PermissionDenied):
        services.end_assignment(post, actor=stranger)


# --- whose account may be changed --------------------------------------------------------------
@pytest.mark.parametrize(
    ("actor", "target", "allowed"),
    [
        ("koordinator_sulsel", "operator_bone", True),
        ("koordinator_sulsel", "verifikator_sulsel", True),
        ("koordinator_sulsel", "koordinator_sulsel", False),
        ("koordinator_sulsel", "operator_banjarmasin", False),
        ("koordinator_sulsel", "pusat", False),
        ("koordinator_sulsel", "admin", False),
        ("pusat", "koordinator_sulsel", True),
        ("verifikator_sulsel", "operator_bone", False),
        ("admin", "pusat", True),
    ],
)
def test_an_account_is_changed_only_from_above(request, actor, target, allowed):
    actor, target = request.getfixturevalue(actor), request.getfixturevalue(target)
    assert services.may_manage(target, actor=actor) is allowed


def test_a_second_post_out_of_reach_protects_the_account(
    operator_bone, koordinator_sulsel, admin, regions
):
    services.give_assignment(operator_bone, "operator", regions.banjarmasin, actor=admin)
    assert services.may_manage(operator_bone, actor=koordinator_sulsel) is False


def test_a_coordinator_sees_the_people_of_the_province(cast, koordinator_sulsel):
    assert {user.username for user in visible_users(koordinator_sulsel)} == {
        "operator_makassar",
        "operator_bone",
        "operator_sulsel",
        "verifikator_sulsel",
        "verifikator2_sulsel",
        "koordinator_sulsel",
        "pengamat_makassar",
    }


def test_who_moved_away_is_no_longer_seen_who_only_left_still_is(
    operator_bone, operator_makassar, koordinator_sulsel, admin, regions
):
    for user in (operator_bone, operator_makassar):
        services.end_assignment(user.assignments.get(), actor=admin)
    services.give_assignment(operator_makassar, "operator", regions.banjarmasin, actor=admin)
    assert {user.username for user in visible_users(koordinator_sulsel)} == {
        "operator_bone",
        "koordinator_sulsel",
    }


def test_officers_ask_the_verifiers_of_their_province_and_the_province_asks_the_centre(
    cast, regions
):
    assert {user.username for user in judges_of(regions.bone)} == {
        "verifikator2_sulsel",
        "verifikator_sulsel",
    }
    assert [user.username for user in judges_of(regions.sulsel)] == ["pusat"]


def test_whoever_held_a_post_until_yesterday_is_told_nothing_more(
    regions, operator_bone, make_user, today
):
    acting = make_user("operator", regions.bone)
    acting.assignments.update(acting=True, until=today)
    assert operators_of(regions.bone) == [operator_bone, acting]
    acting.assignments.update(until=today - timedelta(days=1))
    assert operators_of(regions.bone) == [operator_bone]
