"""Opening the own account: by code and by link; replays, guesses, latecomers."""

from datetime import timedelta

import pytest
import time_machine

from apps.accounts import invitations
from apps.accounts.invitations import Person
from apps.accounts.models import User
from tests.conftest import TODAY

SECRET = "sandi-yang-baru-77"
NO_MATCH = "Nama pengguna atau kode tidak cocok. Periksa kembali keduanya"
LOCKED = "Terlalu banyak percobaan. Coba lagi dalam 15 menit"


@pytest.fixture
def issued(koordinator_sulsel, regions):
    person = Person("Andi Tenri", "OPD KB Bone")
    return invitations.invite(
        person, "operator", regions.bone, channel="code", actor=koordinator_sulsel
    )


@pytest.fixture
def linked(koordinator_sulsel, regions):
    person = Person("Andi Tenri", email="tenri@uji.test")
    return invitations.invite(
        person, "operator", regions.bone, channel="mail", actor=koordinator_sulsel
    )


def use(client, code, username="operator.bone", password=SECRET, address="10.0.0.1"):
    posted = {
        "username": username,
        "code": code,
        "new_password1": password,
        "new_password2": password,
    }
    return client.post("/aktivasi/", posted, REMOTE_ADDR=address)


def errors(response):
    return response.context["form"].non_field_errors()


def test_the_code_opens_the_account_and_signs_in(client, issued, regions):
    response = use(client, issued.secret)
    user = issued.invitation.user
    assert (response.status_code, response.url) == (302, "/beranda/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert User.objects.get(pk=user.pk).scope.operator_ids == {regions.bone.pk}
    assert client.get("/tugas/").status_code == 200


def test_before_that_nobody_signs_in(client, issued):
    client.post("/masuk/", {"username": "operator.bone", "password": SECRET})
    assert "_auth_user_id" not in client.session


def test_a_weak_password_uses_nothing_up(client, issued):
    page = use(client, issued.secret, password="12345")
    assert page.context["form"].errors["new_password2"]
    page = use(client, issued.secret, password="operator.bone")
    assert page.context["form"].errors["new_password2"]
    assert use(client, issued.secret).status_code == 302


@pytest.mark.parametrize(
    ("code", "username"),
    [
        ("AAAA-AAAA-AAAA", "operator.bone"),
        ("AAAA-AAAA-AAAA", "tidak.ada"),
        ("salah", "operator.bone"),
        ("'; DROP TABLE", "operator.bone"),
        ("٣٤٥٦-٣٤٥٦-٣٤٥٦", "operator.bone"),
    ],
)
def test_a_wrong_code_and_an_unknown_name_get_one_answer(client, issued, code, username):
    response = use(client, code, username)
    assert (response.status_code, errors(response)) == (200, [NO_MATCH])


def test_a_thousand_guesses_open_nothing_and_six_are_enough_to_wait(client, issued, today):
    for _ in range(5):
        assert errors(use(client, "AAAA-AAAA-AAAA")) == [NO_MATCH]
    for _ in range(20):
        assert errors(use(client, "AAAA-AAAA-AAAA")) == [LOCKED]
    assert errors(use(client, issued.secret)) == [LOCKED]
    assert errors(use(client, issued.secret.lower(), username="OPERATOR.bone")) == [LOCKED]
    # the owner at another place is not locked out by it
    assert use(client, issued.secret, address="10.0.0.2").status_code == 302


def test_after_a_quarter_of_an_hour_the_code_is_taken_again(client, issued):
    with time_machine.travel(TODAY, tick=False) as clock:
        for _ in range(5):
            use(client, "AAAA-AAAA-AAAA")
        clock.shift(timedelta(minutes=15, seconds=1))
        assert use(client, issued.secret).status_code == 302


def test_a_replay_is_told_plainly_and_changes_nothing(client, issued, client_of, today):
    use(client, issued.secret)
    client.logout()
    response = use(client, issued.secret, password="sandi-orang-lain-88")
    page = response.content.decode()
    assert response.status_code == 410
    assert "Kode ini sudah dipakai pada 12 Maret 2026 pukul 11.00 WITA" in page
    assert "Koordinator Sulsel" in page
    assert "Andi Tenri" not in page
    assert User.objects.get(username="operator.bone").check_password(SECRET)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("seconds", "status"), [(0, 302), (1, 410)])
def test_a_code_ends_at_its_minute_and_the_page_says_whom_to_ask(
    client, koordinator_sulsel, regions, seconds, status
):
    with time_machine.travel(TODAY, tick=False) as clock:
        issued = invitations.invite(
            Person("Tenri"), "operator", regions.bone, channel="code", actor=koordinator_sulsel
        )
        clock.shift(timedelta(days=14, seconds=seconds))
        response = use(client, issued.secret)
    assert response.status_code == status
    if status == 410:
        assert "Minta yang baru kepada Koordinator Sulsel" in response.content.decode()


def test_a_link_shows_whom_it_is_for_and_works_once(client, linked):
    address = f"/undangan/{linked.secret}/"
    page = client.get(address).content.decode()
    assert "Andi Tenri" in page
    assert "operator.bone" in page
    posted = {"new_password1": SECRET, "new_password2": SECRET}
    assert client.post(address, posted).url == "/beranda/"
    client.logout()
    assert client.post(address, posted).status_code == 410
    assert client.get(address).status_code == 410


def test_withdrawn_while_the_page_is_open_the_form_does_nothing(client, linked, koordinator_sulsel):
    address = f"/undangan/{linked.secret}/"
    assert client.get(address).status_code == 200
    invitations.withdraw(linked.invitation, actor=koordinator_sulsel)
    response = client.post(address, {"new_password1": SECRET, "new_password2": SECRET})
    assert response.status_code == 410
    assert "tidak berlaku lagi" in response.content.decode()
    assert not User.objects.get(username="operator.bone").is_active


def test_lost_between_the_form_and_the_writing_it_is_told(client, linked, monkeypatch):
    monkeypatch.setattr("apps.accounts.activation_views._usable", lambda invitation: True)
    posted = {"new_password1": SECRET, "new_password2": SECRET}
    address = f"/undangan/{linked.secret}/"
    client.post(address, posted)
    client.logout()
    assert client.post(address, posted).status_code == 410


@pytest.mark.parametrize("token", ["salah", "a" * 300, "%00", "..%2F", "✓"])
def test_an_unknown_link_is_told(client, db, token):
    assert client.get(f"/undangan/{token}/").status_code == 404


def test_a_code_for_a_switched_off_account_opens_nothing(client, operator_bone, koordinator_sulsel):
    issued = invitations.reissue(operator_bone, channel="code", actor=koordinator_sulsel)
    User.objects.filter(pk=operator_bone.pk).update(is_active=False)
    assert use(client, issued.secret, username="operator_bone").status_code == 410
    assert not User.objects.get(pk=operator_bone.pk).check_password(SECRET)


def test_a_new_password_by_code_ends_every_other_session(
    client, client_of, operator_bone, koordinator_sulsel
):
    elsewhere = client_of(operator_bone)
    issued = invitations.reissue(operator_bone, channel="code", actor=koordinator_sulsel)
    use(client, issued.secret, username="operator_bone")
    assert elsewhere.get("/tugas/").status_code == 302
    assert client.get("/tugas/").status_code == 200


def test_somebody_signed_in_is_told_whose_link_it_is(client_of, linked, koordinator_sulsel):
    page = client_of(koordinator_sulsel).get(f"/undangan/{linked.secret}/").content.decode()
    assert "Anda sedang masuk sebagai Koordinator Sulsel" in page
