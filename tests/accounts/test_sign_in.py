"""Signing in: good, bad, throttled, where it leads."""

import pytest
from django.contrib.messages import get_messages

from apps.accounts import throttle
from apps.accounts.models import LoginAttempt, User
from tests.conftest import PASSWORD

WRONG = "Nama pengguna atau kata sandi tidak cocok"
LOCKED = "Coba lagi dalam 15 menit atau atur ulang kata sandi"


def sign_in(client, username, password=PASSWORD, **extra):
    headers = {"REMOTE_ADDR": extra.pop("address", "10.0.0.1")}
    return client.post("/masuk/", {"username": username, "password": password, **extra}, **headers)


def errors(response):
    return response.context["form"].non_field_errors()


@pytest.mark.parametrize(
    "entered", ["operator_bone", "OPERATOR_Bone", " operator_bone ", "Operator_Bone@uji.test"]
)
def test_user_name_in_any_case_and_e_mail_sign_in(client, operator_bone, entered):
    response = sign_in(client, entered)
    assert (response.status_code, response.url) == (302, "/beranda/")
    assert client.session["_auth_user_id"] == str(operator_bone.pk)


def test_the_session_key_changes_on_sign_in(client, operator_bone):
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    sign_in(client, "operator_bone")
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("username", "password"),
    [("operator_bone", "salah-sekali"), ("tidak_ada", PASSWORD), ("tidak@ada.test", PASSWORD)],
)
def test_wrong_name_and_wrong_password_get_one_and_the_same_message(
    client, operator_bone, username, password
):
    response = sign_in(client, username, password)
    assert (response.status_code, errors(response)) == (200, [WRONG])
    assert "_auth_user_id" not in client.session


def test_an_inactive_account_gets_the_same_message(client, make_user):
    make_user("national", username="lama", is_active=False)
    assert errors(sign_in(client, "lama")) == [WRONG]


def test_an_e_mail_shared_by_two_accounts_signs_in_neither(client, make_user):
    for name in ("satu", "dua"):
        User.objects.filter(pk=make_user("national", username=name).pk).update(email="k@uji.test")
    assert errors(sign_in(client, "k@uji.test")) == [WRONG]


def test_empty_fields_are_named(client, db):
    response = sign_in(client, "", "")
    assert response.context["form"].errors == {
        "username": ["Isi nama pengguna"],
        "password": ["Isi kata sandi"],
    }


def test_the_title_of_a_page_with_errors_says_so(client, operator_bone):
    page = sign_in(client, "operator_bone", "salah-sekali").content.decode()
    assert page.split("<title>")[1].split("</title>")[0] == (
        "Galat: Masuk · Portal Pokja Bangga Kencana"
    )


# --- next ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("/profil/", "/profil/"),
        ("https://jahat.test/", "/beranda/"),
        ("//jahat.test/", "/beranda/"),
        ("javascript:alert(1)", "/beranda/"),
        ("/\\jahat.test", "/beranda/"),
    ],
)
def test_next_stays_on_this_host(client, operator_bone, target, leads_to):
    assert sign_in(client, "operator_bone", next=target).url == leads_to


def test_a_page_for_people_signed_in_sends_others_to_sign_in_and_back(client, db):
    response = client.get("/profil/?a=1")
    assert (response.status_code, response.url) == (302, "/masuk/?next=/profil/%3Fa%3D1")


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(client, db):
    response = client.get(
        "/profil/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/pokja/3/?a=1#x"},
    )
    assert response.headers["HX-Redirect"] == "/masuk/?next=/pokja/3/%3Fa%3D1"


# --- throttle --------------------------------------------------------------------------------
def test_the_sixth_try_is_refused_even_with_the_right_password(client, operator_bone):
    for _ in range(5):
        assert errors(sign_in(client, "operator_bone", "salah-sekali")) == [WRONG]
    assert errors(sign_in(client, "operator_bone")) == [LOCKED]


def test_user_name_and_e_mail_count_as_one_account(client, operator_bone):
    for name in ("operator_bone", "OPERATOR_BONE", "operator_bone@uji.test") * 2:
        answer = sign_in(client, name, "salah-sekali")
    assert errors(answer) == [LOCKED]


def test_a_name_without_account_is_throttled_in_the_same_way(client, db):
    answers = [errors(sign_in(client, "tidak_ada", "salah-sekali")) for _ in range(6)]
    assert answers == [[WRONG]] * 5 + [[LOCKED]]


def test_somebody_else_at_another_address_is_not_locked_out(client, operator_bone):
    for _ in range(6):
        sign_in(client, "operator_bone", "salah-sekali", address="10.9.9.9")
    assert sign_in(client, "operator_bone", address="10.0.0.1").status_code == 302


def test_another_account_at_the_same_address_is_not_locked_out(
    client, operator_bone, operator_makassar
):
    for _ in range(6):
        sign_in(client, "operator_bone", "salah-sekali")
    assert sign_in(client, "operator_makassar").status_code == 302


def test_the_lock_ends_after_fifteen_minutes_and_trying_on_does_not_prolong_it(
    client, operator_bone, time_machine
):
    time_machine.move_to("2026-03-12T03:00:00Z", tick=False)
    for _ in range(6):
        sign_in(client, "operator_bone", "salah-sekali")
    time_machine.move_to("2026-03-12T03:14:59Z", tick=False)
    assert errors(sign_in(client, "operator_bone")) == [LOCKED]
    time_machine.move_to("2026-03-12T03:15:01Z", tick=False)
    assert sign_in(client, "operator_bone").status_code == 302


def test_a_success_forgets_the_failures_before_it(client, operator_bone):
    for _ in range(4):
        sign_in(client, "operator_bone", "salah-sekali")
    sign_in(client, "operator_bone")
    assert LoginAttempt.objects.count() == 0


def test_the_check_costs_one_query(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        throttle.count("operator_bone", "10.0.0.1")


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "address"),
    [
        (False, "1.1.1.1", "10.0.0.1"),
        (True, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (True, "", "10.0.0.1"),
    ],
)
def test_only_the_address_our_own_proxy_adds_is_believed(
    rf, settings, behind_proxy, forwarded, address
):
    settings.BEHIND_PROXY = behind_proxy
    request = rf.get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="10.0.0.1")
    assert throttle.client_address(request) == address


# --- front page, signing out -----------------------------------------------------------------
def test_the_front_page_shows_the_form_to_visitors(client, db):
    response = client.get("/")
    assert (response.status_code, response.templates[0].name) == (200, "accounts/landing.html")


@pytest.mark.parametrize("page", ["/", "/masuk/"])
def test_people_signed_in_are_sent_to_their_home(client_of, operator_bone, page):
    response = client_of(operator_bone).get(page)
    assert (response.status_code, response.url) == (302, "/beranda/")


def test_signing_out_takes_a_post_and_leads_to_the_front_page(client_of, operator_bone):
    client = client_of(operator_bone)
    assert client.get("/keluar/").templates[0].name == "accounts/logout.html"
    assert "_auth_user_id" in client.session
    response = client.post("/keluar/")
    assert (response.url, "_auth_user_id" in client.session) == ("/", False)


def test_the_administration_has_no_sign_in_of_its_own(client, db):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1] == ("/masuk/?next=/admin/", 302)
    assert client.post("/admin/login/", {"username": "x"}).status_code == 405


def test_people_who_are_not_staff_are_refused_at_the_administration(client_of, operator_bone):
    assert client_of(operator_bone).get("/admin/", follow=True).status_code == 403


# --- home of each role -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("operator_bone", "/tugas/"),
        ("operator_sulsel", "/tugas/"),
        ("verifikator_sulsel", "/verifikasi/"),
        ("koordinator_sulsel", "/verifikasi/"),
        ("pusat", "/dasbor/nasional/2026/"),
        ("pengamat_makassar", "/dasbor/73.71/2026/"),
        ("admin", "/dasbor/nasional/2026/"),
    ],
)
def test_every_role_has_its_home(request, client_of, today, name, home):
    response = client_of(request.getfixturevalue(name)).get("/beranda/")
    assert (response.status_code, response.url) == (302, home)


def test_an_account_without_post_lands_on_the_profile_that_says_so(client_of, make_user):
    client = client_of(make_user())
    assert client.get("/beranda/").url == "/profil/"
    assert client.get("/profil/").context["assignments"].count() == 0


def test_a_post_that_has_ended_opens_nothing(client_of, operator_bone):
    operator_bone.assignments.update(ended_on="2026-01-31")
    assert client_of(operator_bone).get("/beranda/").url == "/profil/"


# --- a password given by others ----------------------------------------------------------------
def test_whoever_was_given_a_password_changes_it_before_anything_else(client, make_user):
    make_user("national", username="baru", must_change_password=True)
    sign_in(client, "baru")
    for page in ("/profil/", "/beranda/", "/admin/"):
        assert client.get(page).url == f"/sandi/ganti/?next={page}"
    assert client.get("/sandi/ganti/").status_code == 200


def test_after_the_change_the_way_is_free_and_leads_on(client, make_user):
    user = make_user("national", username="baru", must_change_password=True)
    sign_in(client, "baru")
    response = client.post(
        "/sandi/ganti/",
        {
            "old_password": PASSWORD,
            "new_password1": "sandi-milik-sendiri",
            "new_password2": "sandi-milik-sendiri",
            "next": "/profil/",
        },
    )
    user.refresh_from_db()
    assert (response.url, user.must_change_password) == ("/profil/", False)
    assert [str(m) for m in get_messages(response.wsgi_request)] == ["Kata sandi diganti."]
    assert client.get("/profil/").status_code == 200


def test_an_endless_name_is_a_wrong_name(client, operator_bone):
    response = sign_in(client, "a" * 60_000)
    assert response.status_code == 200
    assert errors(response) == [WRONG]
