"""Sessions: their limits, the list of log-ins, what ends them."""

import pytest
from django.contrib.sessions.models import Session

from apps.accounts import services
from apps.accounts.models import SignIn
from tests.accounts.test_sign_in import sign_in
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "sandi-baru-sekali"


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-03-12T00:00:00Z", tick=False)
    return time_machine


def is_in(client):
    return client.get("/sandi/ganti/").status_code == 200


# --- limits --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "stays"), [(59 * 60 + 59, True), (60 * 60 + 1, False)])
def test_rest_of_an_hour_ends_a_session(clock, client, operator_bone, seconds, stays):
    sign_in(client, "operator_bone")
    clock.shift(30 * 60)
    assert is_in(client)
    clock.shift(seconds)
    assert is_in(client) is stays
    assert SignIn.objects.get().end_reason == ("" if stays else "idle")


@pytest.mark.parametrize(("minutes", "stays"), [(11 * 60 + 59, True), (12 * 60 + 1, False)])
def test_twelve_hours_end_a_session_that_is_used(clock, client, operator_bone, minutes, stays):
    sign_in(client, "operator_bone")
    for _ in range(minutes // 50):
        clock.shift(50 * 60)
        assert is_in(client)
    clock.shift(minutes % 50 * 60)
    assert is_in(client) is stays


def test_what_was_typed_into_a_session_that_rested_too_long_is_kept(clock, client, operator_bone):
    sign_in(client, "operator_bone")
    clock.shift(2 * 3600)
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = client.post("/pokja/tambah/", {"name": "Pokja"}, headers=headers)
    assert (answer.status_code, b'value="Pokja"' in answer.content) == (403, True)


def test_an_ordinary_request_writes_nothing(
    clock, client, operator_bone, django_assert_num_queries
):
    sign_in(client, "operator_bone")
    is_in(client)
    clock.shift(59)
    with django_assert_num_queries(3):  # the session, the person, the posts
        client.get("/beranda/")


def test_use_is_noted_now_and_then(clock, client, operator_bone):
    sign_in(client, "operator_bone")
    clock.shift(120)
    is_in(client)
    assert SignIn.objects.get().seen_at.minute == 0
    clock.shift(200)
    is_in(client)
    assert SignIn.objects.get().seen_at.minute == 5


# --- the table of sessions -----------------------------------------------------------------------


def test_the_table_does_not_hold_what_a_browser_sends(client, operator_bone):
    sign_in(client, "operator_bone")
    sent = client.cookies["sessionid"].value
    (row,) = Session.objects.all()
    assert row.pk not in (sent, "")
    client.cookies["sessionid"] = row.pk
    assert not is_in(client)


def test_a_log_in_has_its_row(client, operator_bone):
    agent = "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36"
    data = {"username": "operator_bone", "password": PASSWORD}
    client.post("/masuk/", data, REMOTE_ADDR="10.0.0.7", headers={"User-Agent": agent})
    row = SignIn.objects.get()
    assert (row.user, row.address, row.device) == (operator_bone, "10.0.0.7", "Chrome di Windows")
    assert row.session == Session.objects.get().pk
    client.post("/keluar/")
    row.refresh_from_db()
    assert (row.end_reason, Session.objects.count()) == ("out", 0)


def test_rows_go_after_ninety_days(clock, client, operator_bone):
    sign_in(client, "operator_bone")
    clock.shift(91 * 86400)
    sign_in(client, "operator_bone")
    assert SignIn.objects.count() == 1


# --- the page ------------------------------------------------------------------------------------


def test_the_page_lists_what_is_open_and_marks_the_own(client_of, operator_bone, operator_makassar):
    here, _ = client_of(operator_bone), client_of(operator_bone)
    client_of(operator_makassar)
    page = here.get("/profil/masuk/")
    assert [row.user for row in page.context["rows"]] == [operator_bone] * 2
    assert page.content.decode().count("yang sedang Anda pakai") == 1


def test_one_and_all_others_are_ended_and_bite_at_once(client_of, operator_bone):
    here, second, third = (client_of(operator_bone) for _ in range(3))
    row = SignIn.objects.get(session=second.session.stored_key)
    here.post(f"/profil/masuk/{row.pk}/akhiri/")
    assert [is_in(client) for client in (here, second, third)] == [True, False, True]
    here.post("/profil/masuk/lainnya/akhiri/")
    assert [is_in(client) for client in (here, third)] == [True, False]
    assert set(SignIn.objects.values_list("end_reason", flat=True)) == {"", "owner"}


def test_the_own_is_left_by_signing_out(client_of, operator_bone):
    here = client_of(operator_bone)
    answer = here.post(f"/profil/masuk/{SignIn.objects.get().pk}/akhiri/")
    assert (answer.url, is_in(here)) == ("/keluar/", True)


def test_nobody_ends_somebody_elses(client_of, operator_bone, admin):
    theirs = client_of(operator_bone)
    row = SignIn.objects.get()
    assert client_of(admin).post(f"/profil/masuk/{row.pk}/akhiri/").status_code == 404
    assert is_in(theirs)


def test_the_list_costs_the_same_for_two_and_for_thirty(
    client_of, operator_bone, django_assert_num_queries
):
    here = client_of(operator_bone)
    here.get("/profil/masuk/")
    for count in (1, 30):
        for _ in range(count):
            client_of(operator_bone)
        with django_assert_num_queries(19):
            here.get("/profil/masuk/")


# --- what ends them from outside -----------------------------------------------------------------


def test_a_changed_password_ends_the_others_and_keeps_this_one(client_of, operator_bone):
    here, elsewhere = client_of(operator_bone), client_of(operator_bone)
    words = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    here.post("/sandi/ganti/", words)
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert sorted(SignIn.objects.values_list("end_reason", flat=True)) == ["", "password"]
    assert SignIn.objects.get(ended_at=None).session == here.session.stored_key


def test_a_password_set_by_an_administrator_ends_all(client_of, operator_bone, admin):
    theirs = client_of(operator_bone)
    words = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    client_of(admin).post(f"/admin/accounts/user/{operator_bone.pk}/password/", words)
    assert not is_in(theirs)
    assert SignIn.objects.get(user=operator_bone).end_reason == "password"


def test_withdrawn_rights_and_a_closed_account_bite_on_the_next_request(
    client_of, operator_bone, admin
):
    theirs = client_of(operator_bone)
    assert theirs.get("/pokja/tambah/").status_code == 200
    services.end_assignment(operator_bone.assignments.get(), actor=admin)
    assert theirs.get("/pokja/tambah/").status_code == 403
    services.deactivate(operator_bone, actor=admin)
    assert not is_in(theirs)
    assert SignIn.objects.get(user=operator_bone).end_reason == "off"


def test_signing_in_gives_another_key_than_a_planted_one(client, operator_bone):
    client.cookies["sessionid"] = "a" * 32
    sign_in(client, "operator_bone")
    assert client.cookies["sessionid"].value != "a" * 32
