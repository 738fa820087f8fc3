"""Changing and resetting passwords."""

import re

import pytest
from django.core import mail

from apps.accounts.models import LoginAttempt
from apps.audit.models import Entry
from tests.conftest import PASSWORD

NEW = "sandi-baru-sekali"


def ask_for_mail(client, email):
    return client.post("/lupa-sandi/", {"email": email})


def set_page(client):
    """The address in the mail, followed to the form."""
    link = re.search(r"http://testserver(/lupa-sandi/\S+)", mail.outbox[-1].body)[1]
    return client.get(link).url


@pytest.mark.parametrize("email", ["operator_bone@uji.test", "siapa@uji.test"])
def test_the_answer_does_not_tell_whether_there_is_an_account(client, operator_bone, email):
    response = ask_for_mail(client, email)
    assert (response.status_code, response.url) == (302, "/lupa-sandi/terkirim/")
    assert client.get(response.url).status_code == 200


def test_only_an_account_gets_a_mail(client, operator_bone):
    ask_for_mail(client, "siapa@uji.test")
    ask_for_mail(client, "OPERATOR_BONE@uji.test")
    assert [message.to for message in mail.outbox] == [["operator_bone@uji.test"]]
    assert mail.outbox[0].subject == "Kata sandi baru untuk Portal Pokja Bangga Kencana"


def test_the_sixth_mail_within_fifteen_minutes_is_not_sent_and_the_answer_is_the_same(
    client, operator_bone
):
    answers = {ask_for_mail(client, "operator_bone@uji.test").url for _ in range(6)}
    assert (answers, len(mail.outbox)) == ({"/lupa-sandi/terkirim/"}, 5)


def test_the_whole_way_to_a_new_password(client, operator_bone):
    ask_for_mail(client, "operator_bone@uji.test")
    form = set_page(client)
    response = client.post(form, {"new_password1": NEW, "new_password2": NEW})
    assert response.url == "/lupa-sandi/selesai/"
    assert client.get(response.url).status_code == 200
    assert client.login(username="operator_bone", password=NEW) is True


def test_a_link_works_once(client, operator_bone):
    ask_for_mail(client, "operator_bone@uji.test")
    link = re.search(r"http://testserver(/lupa-sandi/\S+)", mail.outbox[-1].body)[1]
    client.post(client.get(link).url, {"new_password1": NEW, "new_password2": NEW})
    assert client.get(link).context["validlink"] is False


def test_a_reset_ends_the_lock_and_the_duty_to_change(client, operator_bone):
    operator_bone.must_change_password = True
    operator_bone.save(update_fields=["must_change_password"])
    for _ in range(5):
        client.post("/masuk/", {"username": "operator_bone", "password": "salah-sekali"})
    ask_for_mail(client, "operator_bone@uji.test")
    client.post(set_page(client), {"new_password1": NEW, "new_password2": NEW})
    response = client.post("/masuk/", {"username": "operator_bone", "password": NEW})
    assert response.url == "/beranda/"
    assert LoginAttempt.objects.filter(username="operator_bone").count() == 0
    operator_bone.refresh_from_db()
    assert operator_bone.must_change_password is False


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("12345678901", "12345678901", None),
        (NEW, NEW + "x", "Kedua kata sandi tidak sama. Tulis ulang keduanya"),
        (PASSWORD, PASSWORD, "Pilih kata sandi yang berbeda dari yang sekarang"),
    ],
)
def test_a_poor_password_is_refused(client_of, operator_bone, first, second, message):
    response = client_of(operator_bone).post(
        "/sandi/ganti/", {"old_password": PASSWORD, "new_password1": first, "new_password2": second}
    )
    found = [text for texts in response.context["form"].errors.values() for text in texts]
    assert response.status_code == 200
    assert found if message is None else found == [message]


def test_the_present_password_must_be_right(client_of, operator_bone):
    response = client_of(operator_bone).post(
        "/sandi/ganti/",
        {"old_password": "salah-sekali", "new_password1": NEW, "new_password2": NEW},
    )
    assert response.context["form"].errors == {"old_password": ["Kata sandi sekarang tidak cocok"]}


def test_a_change_signs_out_every_other_session_and_is_on_record(client_of, operator_bone):
    here, elsewhere = client_of(operator_bone), client_of(operator_bone)
    here.post(
        "/sandi/ganti/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    )
    assert here.get("/profil/").status_code == 200
    assert elsewhere.get("/profil/").status_code == 302
    entry = Entry.objects.get(action="Kata sandi diganti")
    assert (entry.actor, entry.before, entry.after) == (operator_bone, {}, {})


def test_next_after_a_change_stays_on_this_host(client_of, operator_bone):
    response = client_of(operator_bone).post(
        "/sandi/ganti/",
        {
            "old_password": PASSWORD,
            "new_password1": NEW,
            "new_password2": NEW,
            "next": "https://jahat.test/",
        },
    )
    assert response.url == "/profil/"
