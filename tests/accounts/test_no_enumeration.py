"""Nothing tells whether somebody has an account: same status, body and cookies, same work done."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client
from django.utils.http import urlsafe_base64_encode

from apps.accounts.models import User
from apps.accounts.views import PasswordResetView
from tests.accounts.test_sign_in import sign_in

pytestmark = pytest.mark.django_db

NAMES = ("operator_bone", "tidak_ada", "diundang", "nonaktif")


@pytest.fixture
def people(operator_bone, make_user):
    make_user("national", username="nonaktif", is_active=False)
    invited = make_user("national", username="diundang", is_active=False)
    invited.set_unusable_password()
    invited.save()


def plain(response, name):
    """Status, headers of cookies, and the page without the token of its form and the name typed."""
    token = r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"'
    page = re.sub(token, "", response.content.decode())
    return response.status_code, sorted(response.cookies), page.replace(name, "")


def test_a_wrong_log_in_looks_the_same_for_everybody(people):
    answers = [plain(sign_in(Client(), name, "salah-sekali"), name) for name in NAMES]
    assert answers[1:] == answers[:-1]


def test_the_password_is_hashed_once_for_everybody(people, client, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args)
    )
    work = []
    for name in NAMES:
        hashed.clear()
        sign_in(client, name, "salah-sekali")
        work.append(len(hashed))
    assert work == [1, 1, 1, 1]


@pytest.mark.parametrize("email", ["operator_bone@uji.test", "tidak_ada@uji.test"])
def test_a_reset_mail_is_made_only_after_the_answer(people, rf, email):
    request = rf.post("/lupa-sandi/", {"email": email})
    request.user, request._dont_enforce_csrf_checks = AnonymousUser(), True
    response = PasswordResetView.as_view()(request)
    assert (response.status_code, response.url) == (302, "/lupa-sandi/terkirim/")
    assert mail.outbox == []
    response.close()
    assert len(mail.outbox) == (email == "operator_bone@uji.test")


def reset_link(client, email="operator_bone@uji.test"):
    client.post("/lupa-sandi/", {"email": email})
    return re.search(r"http://testserver(/lupa-sandi/\S+)", mail.outbox[-1].body)[1]


@pytest.mark.parametrize(("seconds", "is_good"), [(3600, True), (3602, False)])
def test_a_reset_link_lives_an_hour(client, operator_bone, time_machine, seconds, is_good):
    time_machine.move_to("2026-03-12T03:00:00Z", tick=False)
    link = reset_link(client)
    time_machine.shift(seconds)
    assert (client.get(link).status_code == 302) is is_good


def test_a_reset_link_dies_with_the_address_it_was_sent_to(client, operator_bone):
    link = reset_link(client)
    User.objects.filter(pk=operator_bone.pk).update(email="lain@uji.test")
    assert client.get(link).context["validlink"] is False


def test_a_reset_link_opens_nobody_elses_account(client, operator_bone, operator_makassar):
    link, people = reset_link(client), (operator_bone, operator_makassar)
    own, foreign = (urlsafe_base64_encode(str(user.pk).encode()) for user in people)
    assert client.get(link.replace(f"/{own}/", f"/{foreign}/")).context["validlink"] is False


def test_a_reset_link_does_not_leave_in_a_referer(client, operator_bone):
    answer = client.get(reset_link(client))
    assert answer.url.endswith("/set-password/")
    page = client.get(answer.url)
    assert page.headers["Referrer-Policy"] == "same-origin"
