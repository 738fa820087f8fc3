"""The administration of people: limited to the own regions, and no way to raise rights."""

import pytest

from apps.accounts.models import Assignment, User
from apps.audit.models import Entry
from tests.conftest import PASSWORD

USERS, POSTS = "/admin/accounts/user/", "/admin/accounts/assignment/"
INLINE = {
    "assignments-INITIAL_FORMS": "0",
    "assignments-MIN_NUM_FORMS": "0",
    "assignments-MAX_NUM_FORMS": "1000",
}


@pytest.fixture
def staff(koordinator_sulsel):
    """A coordinator who may enter the administration."""
    koordinator_sulsel.is_staff = True
    koordinator_sulsel.save(update_fields=["is_staff"])
    return koordinator_sulsel


def account(username="baru", **changes):
    return {
        "username": username,
        "full_name": "Orang Baru",
        "email": "baru@uji.test",
        "office": "OPD KB",
        **changes,
    }


def new_account(*posts, **changes):
    data = (
        account(**changes)
        | INLINE
        | {"password1": PASSWORD, "password2": PASSWORD, "assignments-TOTAL_FORMS": len(posts)}
    )
    for number, (role, region) in enumerate(posts):
        data |= {f"assignments-{number}-role": role, f"assignments-{number}-region": region.pk}
    return data


def listed(response):
    return {user.username for user in response.context["cl"].queryset}


def test_staff_list_only_the_people_of_their_regions(cast, staff, client_of):
    assert listed(client_of(staff).get(USERS)) == {
        "operator_makassar",
        "operator_bone",
        "operator_sulsel",
        "verifikator_sulsel",
        "verifikator2_sulsel",
        "koordinator_sulsel",
        "pengamat_makassar",
    }


def test_a_superuser_lists_everybody(cast, client_of):
    assert listed(client_of(cast["admin"]).get(USERS)) == set(cast)


def test_staff_without_an_accounts_role_see_no_people(operator_bone, client_of):
    operator_bone.is_staff = True
    operator_bone.save(update_fields=["is_staff"])
    assert [client_of(operator_bone).get(page).status_code for page in (USERS, POSTS)] == [403, 403]


@pytest.mark.parametrize("ending", ["change/", "history/", "password/"])
def test_somebody_of_another_province_is_not_found(staff, operator_banjarmasin, client_of, ending):
    page = f"{USERS}{operator_banjarmasin.pk}/{ending}"
    assert client_of(staff).get(page).status_code == 404


def test_staff_open_but_do_not_change_their_own_account(staff, client_of):
    client = client_of(staff)
    page = f"{USERS}{staff.pk}/change/"
    shown = client.get(page)
    assert (shown.status_code, shown.content.decode().count(staff.password)) == (200, 0)
    data = account(staff.username, full_name="Raja", is_superuser="on", is_staff="on") | INLINE
    assert client.post(page, data | {"assignments-TOTAL_FORMS": 0}).status_code == 403
    staff.refresh_from_db()
    assert (staff.full_name, staff.is_superuser) == ("Koordinator Sulsel", False)


def test_staff_change_an_officer_but_not_the_officers_rights(staff, operator_bone, client_of):
    data = (
        account(
            "operator_bone",
            full_name="Nama Baru",
            is_active="on",
            is_superuser="on",
            is_staff="on",
            groups="1",
            user_permissions="1",
        )
        | INLINE
    )
    data |= {
        "assignments-TOTAL_FORMS": 1,
        "assignments-INITIAL_FORMS": 1,
        "assignments-0-id": operator_bone.assignments.get().pk,
        "assignments-0-user": operator_bone.pk,
    }
    response = client_of(staff).post(f"{USERS}{operator_bone.pk}/change/", data)
    operator_bone.refresh_from_db()
    assert response.status_code == 302
    assert (operator_bone.full_name, operator_bone.is_superuser, operator_bone.is_staff) == (
        "Nama Baru",
        False,
        False,
    )
    entry = Entry.objects.get(action="Akun diubah")
    assert (entry.actor, entry.region.code, entry.after["full_name"]) == (
        staff,
        "73.08",
        "Nama Baru",
    )


def test_a_new_account_comes_with_its_post_and_a_password_to_be_changed(staff, client_of, regions):
    response = client_of(staff).post(f"{USERS}add/", new_account(("operator", regions.bone)))
    user = User.objects.get(username="baru")
    assert response.status_code == 302
    assert (user.must_change_password, user.scope.label) == (True, "Operator Kabupaten Bone")
    assert sorted(Entry.objects.values_list("action", flat=True)) == [
        "Akun dibuat",
        "Penugasan diberikan",
    ]


def test_staff_make_no_account_without_a_post(staff, client_of):
    client_of(staff).post(f"{USERS}add/", new_account() | {"assignments-TOTAL_FORMS": "1"})
    assert User.objects.filter(username="baru").count() == 0


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("coordinator", "sulsel"),
        ("national", "sulsel"),
        ("operator", "banjarmasin"),
        ("verifier", "kalsel"),
        ("verifier", "bone"),
        ("admin", "sulsel"),
    ],
)
def test_staff_give_no_post_above_or_outside_their_own(staff, client_of, regions, role, place):
    data = new_account((role, getattr(regions, place)))
    assert client_of(staff).post(f"{USERS}add/", data).status_code == 200
    assert User.objects.filter(username="baru").count() == 0


def test_a_post_is_given_on_its_own_page(staff, operator_bone, client_of, regions, today):
    response = client_of(staff).post(
        f"{POSTS}add/",
        {"user": operator_bone.pk, "role": "observer", "region": regions.makassar.pk},
    )
    post = operator_bone.assignments.get(role="observer")
    assert (response.status_code, post.region, post.started_on) == (302, regions.makassar, today)


@pytest.mark.parametrize(
    ("role", "place", "message"),
    [
        ("operator", "bone", "Penugasan ini sudah ada."),
        ("verifier", "bone", "Verifikator bertugas untuk sebuah provinsi. Pilih provinsinya."),
    ],
)
def test_a_refused_post_is_explained_on_the_form(
    staff, operator_bone, client_of, regions, role, place, message
):
    response = client_of(staff).post(
        f"{POSTS}add/",
        {"user": operator_bone.pk, "role": role, "region": getattr(regions, place).pk},
    )
    assert response.context["adminform"].form.non_field_errors() == [message]


def test_staff_cannot_choose_themselves_for_a_post(staff, client_of, regions):
    response = client_of(staff).post(
        f"{POSTS}add/", {"user": staff.pk, "role": "operator", "region": regions.bone.pk}
    )
    assert list(response.context["adminform"].form.errors) == ["user"]


def test_posts_are_ended_by_an_action_within_the_own_reach(cast, staff, client_of, today):
    own = cast["operator_bone"].assignments.get()
    above = staff.assignments.get()
    client_of(staff).post(POSTS, {"action": "end_selected", "_selected_action": [own.pk, above.pk]})
    ended = Assignment.objects.exclude(ended_on=None)
    assert [(post.pk, post.ended_on) for post in ended] == [(own.pk, today)]


def test_nothing_is_deleted_not_even_by_a_superuser(admin, operator_bone, client_of):
    client = client_of(admin)
    post = operator_bone.assignments.get()
    assert client.post(f"{USERS}{operator_bone.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{POSTS}{post.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_password_set_by_staff_is_for_the_first_sign_in(staff, operator_bone, client_of, client):
    response = client_of(staff).post(
        f"{USERS}{operator_bone.pk}/password/",
        {"password1": "sandi-sementara", "password2": "sandi-sementara", "usable_password": "true"},
    )
    operator_bone.refresh_from_db()
    assert (response.status_code, operator_bone.must_change_password) == (302, True)
    entry = Entry.objects.get(action="Akun diubah")
    assert entry.after == {"kata_sandi": "diganti"}


@pytest.mark.parametrize("name", ["verifikator_kalsel", "pusat", "admin"])
def test_staff_set_no_password_outside_or_above(request, staff, client_of, name):
    target = request.getfixturevalue(name)
    response = client_of(staff).post(
        f"{USERS}{target.pk}/password/",
        {"password1": "sandi-sementara", "password2": "sandi-sementara", "usable_password": "true"},
    )
    assert response.status_code == 404
    target.refresh_from_db()
    assert target.check_password(PASSWORD) is True


def test_a_superuser_may_give_the_right_to_the_administration(admin, operator_bone, client_of):
    data = account("operator_bone", is_active="on", is_staff="on") | INLINE
    data |= {"assignments-TOTAL_FORMS": 0, "assignments-INITIAL_FORMS": 0}
    client_of(admin).post(f"{USERS}{operator_bone.pk}/change/", data)
    operator_bone.refresh_from_db()
    assert operator_bone.is_staff is True
