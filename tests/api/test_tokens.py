"""Tokens: shown once, kept as a hash, few, ended by many things, and always on record."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.api import tokens
from apps.api.models import Token
from apps.audit.models import Entry
from tests.api.conftest import ask
from tests.conftest import PASSWORD, TODAY
from tests.rivals import at_once, outcomes

PAGE = "/profil/token/"


def make(client, name="Dasbor Bappeda", days=90):
    return client.post(PAGE, {"name": name, "days": days})


def shown(client) -> str:
    """The token on the page that follows its making; "" where none is shown."""
    page = client.get(PAGE).content.decode()
    return page.partition('id="token-baru">')[2].partition("<")[0]


def test_a_token_is_shown_once_and_kept_as_a_hash(today, operator_makassar, client_of):
    client = client_of(operator_makassar)
    answer = make(client)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    cookie = answer.cookies["token_baru"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", PAGE)
    secret = shown(client)
    token = Token.objects.get()
    assert secret.startswith("pbk_")
    assert len(secret) == 47
    assert ask("pokja/", secret).status_code == 200
    assert shown(client) == ""
    kept = " ".join(str(value) for value in vars(token).values())
    assert secret not in kept
    assert secret[10:] not in kept
    assert token.secret_hash == tokens.hash_of(secret)
    assert (token.expires_at - token.created_at).days == 90
    page = client.get(PAGE).content.decode()
    assert "1 token Anda berlaku" in page
    assert "Dasbor Bappeda" in page
    assert "12 Maret 2026" in page  # last use


def test_a_foreign_browser_shows_nothing(operator_makassar, operator_bone, client_of):
    make(client_of(operator_makassar))
    assert shown(client_of(operator_bone)) == ""
    assert "Belum ada token yang berlaku" in client_of(operator_bone).get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("name", "days"), [("", 90), ("a" * 61, 90), ("a\x00", 90), ("a", 366), ("a", 0), ("a", "x")]
)
def test_what_is_not_filled_in_makes_no_token(operator_makassar, client_of, name, days):
    answer = make(client_of(operator_makassar), name, days)
    assert answer.status_code == 200
    assert "perlu diperbaiki" in answer.content.decode()
    assert not Token.objects.exists()


def test_five_at_a_time(today, operator_makassar, client_of):
    client = client_of(operator_makassar)
    for number in range(tokens.LIMIT):
        assert make(client, f"Token {number}").status_code == 302
    answer = make(client, "Satu lagi")
    assert "Anda sudah punya 5 token" in answer.content.decode()
    assert Token.objects.count() == 5
    client.post(reverse("api:revoke", args=[Token.objects.first().pk]))
    assert make(client, "Satu lagi").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_no_sixth(make_user):
    user = make_user(username="admin", is_superuser=True)
    for _ in range(tokens.LIMIT - 1):
        tokens.create(user, "Uji", 30)
    results = at_once(*[lambda: tokens.create(user, "Uji", 30)] * 4)
    assert outcomes(results) == {"ok": 1, "TokenRefused": 3}
    assert tokens.open_tokens(user).count() == tokens.LIMIT


def test_a_revoked_token_is_dead_and_stays_on_record(today, operator_makassar, client_of, token_of):
    secret, client = token_of(operator_makassar), client_of(operator_makassar)
    token = Token.objects.get()
    for _ in range(2):  # twice does no harm
        answer = client.post(reverse("api:revoke", args=[token.pk]))
        assert answer["Location"] == PAGE
    answer = ask("pokja/", secret)
    assert answer.status_code == 401
    assert answer.json() == {"galat": "Token ini tidak berlaku lagi: dicabut."}
    assert "Yang sudah berakhir" in client.get(PAGE).content.decode()
    entries = Entry.objects.filter(object_type="api.token").order_by("pk")
    assert [(each.action, each.actor_id) for each in entries] == [
        ("Token antarmuka data dibuat", operator_makassar.pk),
        ("Token antarmuka data dicabut", operator_makassar.pk),
    ]
    assert secret not in str([(each.before, each.after, each.object_label) for each in entries])


def test_nobody_else_revokes_it(operator_makassar, cast, client_of, token_of):
    secret, token = token_of(operator_makassar), Token.objects.get()
    for name, user in cast.items():
        if name != "operator_makassar":
            assert client_of(user).post(reverse("api:revoke", args=[token.pk])).status_code == 404
    assert ask("pokja/", secret).status_code == 200


def test_it_ends_at_its_last_moment(operator_makassar, token_of):
    with time_machine.travel(TODAY, tick=False) as clock:
        secret = token_of(operator_makassar)
        end = Token.objects.get().expires_at
        clock.move_to(end - timedelta(seconds=1))
        assert ask("pokja/", secret).status_code == 200
        clock.move_to(end)
        assert ask("pokja/", secret).status_code == 401


def test_it_is_worth_what_the_account_is(today, operator_makassar, token_of):
    user, secret = operator_makassar, token_of(operator_makassar)
    assert ask("pokja/", secret).status_code == 200
    for change in ({"is_active": False}, {"must_change_password": True}):
        back = {name: not value for name, value in change.items()}
        type(user).objects.filter(pk=user.pk).update(**change)
        assert ask("pokja/", secret).status_code == 401
        type(user).objects.filter(pk=user.pk).update(**back)
        assert ask("pokja/", secret).status_code == 200
    user.assignments.update(until=today - timedelta(days=1))
    answer = ask("pokja/", secret)
    assert answer.status_code == 401
    assert answer.json() == {"galat": "Pemilik token ini tidak mempunyai penugasan lagi."}


def test_a_required_second_step_comes_first(today, pusat, token_of, settings):
    secret = token_of(pusat)
    settings.MFA_REQUIRED_ROLES = ["national"]
    answer = ask("pokja/", secret)
    assert answer.status_code == 401
    assert "verifikasi dua langkah" in answer.json()["galat"]
    settings.MFA_REQUIRED_ROLES = ["coordinator"]
    assert ask("pokja/", secret).status_code == 200


def test_making_one_asks_for_the_password_after_a_while(today, operator_makassar, client_of):
    client = client_of(operator_makassar)
    client.get(PAGE)
    with time_machine.travel(TODAY + timedelta(minutes=20), tick=False):
        answer = make(client)
        assert answer.status_code == 403
        assert "pastikan-password" in answer.content.decode()
        assert not Token.objects.exists()
        given = {"name": "Dasbor", "days": 90, "pastikan-password": PASSWORD}
        assert client.post(PAGE, given).status_code == 302
        assert shown(client).startswith("pbk_")


def test_its_use_is_noted_once_an_hour(operator_makassar, token_of):
    with time_machine.travel(TODAY, tick=False) as clock:
        secret, noted = token_of(operator_makassar), []
        for minutes in (0, 30, 59, 60, 61):
            clock.move_to(TODAY + timedelta(minutes=minutes))
            assert ask("wilayah/", secret).status_code == 200
            noted.append((Token.objects.get().last_used_at - TODAY).seconds // 60)
    assert noted == [0, 0, 0, 60, 60]


def test_without_a_post_there_is_nothing_to_read(make_user, client_of):
    answer = make(client_of(make_user()))
    assert "Akun tanpa penugasan" in answer.content.decode()
    assert not Token.objects.exists()


def test_the_page_costs_the_same_for_many_tokens(operator_makassar, client_of, token_of):
    client = client_of(operator_makassar)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    now = timezone.now()
    for number in range(40):
        Token.objects.create(
            user=operator_makassar,
            name="Lama",
            start="pbk_",
            secret_hash=str(number),
            created_at=now - timedelta(days=9),
            expires_at=now - timedelta(days=8),
        )
    token_of(operator_makassar)
    with CaptureQueriesContext(connection) as many:
        page = client.get(PAGE).content.decode()
    assert page.count("Lama") == 10
    assert len(many) == len(few)
    assert sum("api_token" in each["sql"] for each in many) == 2


def test_the_administrator_reads_and_revokes(today, admin, operator_makassar, client_of, token_of):
    secret, client = token_of(operator_makassar), client_of(admin)
    listed = client.get("/admin/api/token/").content.decode()
    assert "Operator Makassar" in listed
    token = Token.objects.get()
    page = client.get(f"/admin/api/token/{token.pk}/change/").content.decode()
    assert token.secret_hash not in listed + page
    for change in ("change", "delete"):
        client.post(f"/admin/api/token/{token.pk}/{change}/", {"name": "Lain", "post": "yes"})
    assert Token.objects.get().name == "Uji"
    given = {"action": "revoke", "_selected_action": [token.pk]}
    client.post("/admin/api/token/", given)
    assert ask("pokja/", secret).status_code == 401
    assert Entry.objects.filter(action="Token antarmuka data dicabut", actor=admin).count() == 1


def test_staff_revoke_only_where_they_manage(today, koordinator_sulsel, cast, client_of, token_of):
    type(koordinator_sulsel).objects.filter(pk=koordinator_sulsel.pk).update(is_staff=True)
    secrets = {
        name: token_of(cast[name]) for name in ("operator_makassar", "pusat", "verifikator_kalsel")
    }
    given = {"action": "revoke", "_selected_action": [each.pk for each in Token.objects.all()]}
    client_of(koordinator_sulsel).post("/admin/api/token/", given)
    alive = {name for name, secret in secrets.items() if ask("wilayah/", secret).status_code == 200}
    assert alive == {"pusat", "verifikator_kalsel"}
