"""Accounts under attack: guesses, spraying, spent sessions, withdrawn rights, enumeration."""

import random
from statistics import median
from time import perf_counter

import pyotp
import pytest
from django.conf import global_settings
from django.test import Client

from apps.accounts import second_factor, services, throttle
from apps.accounts.models import LoginAttempt, User
from tests.accounts.test_second_step import given
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

WRONG = "salah-sekali-lagi"
HOUR = 3600


@pytest.fixture
def looked_at(monkeypatch):
    """The passwords that were really compared."""
    seen, check = [], User.check_password
    monkeypatch.setattr(
        User, "check_password", lambda user, raw: seen.append(raw) or check(user, raw)
    )
    make = User.set_password  # what Django does for a name without account
    monkeypatch.setattr(User, "set_password", lambda user, raw: seen.append(raw) or make(user, raw))
    return seen


@pytest.fixture
def guard_off(monkeypatch):
    """Takes the throttle away, for controls."""
    return lambda: monkeypatch.setattr(throttle, "admit", lambda *args, **kwargs: True)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-03-12T00:00:00Z", tick=False)
    return time_machine


def knock(name, password, address="203.0.113.5", client=None):
    """Whether this opens the door."""
    client = client or Client()
    posted = {"username": name, "password": password}
    return client.post("/masuk/", posted, REMOTE_ADDR=address).status_code == 302


def addresses(count):
    return [f"198.51.{n // 250}.{n % 250}" for n in range(count)]


def is_in(client):
    return client.get("/sandi/ganti/").status_code == 200


def test_guesses(clock, operator_bone, looked_at, guard_off, figures, short):
    """The right password comes after five wrong ones, again and again: it must not pass."""
    many, known = 100 if short else 1000, Client()
    assert knock(operator_bone.username, PASSWORD, client=known)
    known.post("/keluar/")
    for kind, places in (("one", ["203.0.113.5"] * many), ("many", addresses(many))):
        LoginAttempt.objects.all().delete()
        looked_at.clear()
        limit = throttle.LIMIT if kind == "one" else throttle.WIDE_LIMIT
        tried = [PASSWORD if n >= limit else WRONG for n in range(many)]
        passed = sum(map(lambda p, a: knock(operator_bone.username, p, a), tried, places))
        figures[f"guesses_{kind}"] = [many, passed, len(looked_at)]
        figures[f"victim_{kind}"] = knock(operator_bone.username, PASSWORD, client=known)
        known.post("/keluar/")
    figures["admin_door"] = Client().post("/admin/login/", {"username": "x"}).status_code
    guard_off()
    figures["control_guesses"] = sum(knock(operator_bone.username, PASSWORD) for _ in range(20))


def test_spraying(clock, operator_bone, looked_at, guard_off, figures, short):
    many, known = 100 if short else 1000, Client()
    assert knock(operator_bone.username, PASSWORD, client=known)
    known.post("/keluar/")
    looked_at.clear()
    passed = sum(knock(f"nama{n}", WRONG) for n in range(many))
    figures["spraying"] = [many, passed, len(looked_at)]
    figures["victim_sprayed"] = knock(operator_bone.username, PASSWORD, client=known)
    guard_off()
    looked_at.clear()
    for n in range(60):
        knock(f"nama{n}", WRONG)
    figures["control_spraying"] = len(looked_at)


def test_codes(clock, koordinator_sulsel, client_of, monkeypatch, guard_off, figures, short):
    """Who has the password guesses the second step, from everywhere."""
    _, secret, _ = given(koordinator_sulsel, client_of)
    clock.shift(60)
    seen, check = [], second_factor.is_right
    monkeypatch.setattr(second_factor, "is_right", lambda *args: seen.append(1) or check(*args))
    many, dice = 100 if short else 1000, random.Random(12)  # noqa: S311 - guesses, not secrets
    client = Client()
    knock(koordinator_sulsel.username, PASSWORD, client=client)
    passed = opened = 0
    for n, address in enumerate(addresses(many)):
        code = (
            pyotp.TOTP(secret).now() if n >= throttle.WIDE_LIMIT else f"{dice.randrange(10**6):06}"
        )
        answer = client.post("/masuk/kode/", {"code": code}, REMOTE_ADDR=address)
        passed += answer.status_code == 302
        opened += is_in(client)
    figures["codes"] = [many, passed, len(seen), opened]
    guard_off()
    code = {"code": pyotp.TOTP(secret).now()}
    figures["control_codes"] = client.post("/masuk/kode/", code).status_code == 302


@pytest.mark.parametrize("seconds", [3599, 3601])
def test_rest(clock, operator_bone, figures, seconds):
    client = Client()
    knock(operator_bone.username, PASSWORD, client=client)
    clock.shift(seconds)
    figures[f"rest_{seconds}"] = is_in(client)


@pytest.mark.parametrize("minutes", [719, 721])
def test_whole_time(clock, operator_bone, figures, minutes):
    client = Client()
    knock(operator_bone.username, PASSWORD, client=client)
    for _ in range(14):
        clock.shift(50 * 60)
        assert is_in(client)
    clock.shift((minutes - 700) * 60)
    figures[f"whole_{minutes}"] = is_in(client)


def test_withdrawn(operator_bone, admin, client_of, regions, figures):
    """How many requests go through after the right was taken away."""
    page, late = "/pokja/tambah/", {}
    client = client_of(operator_bone)
    assert client.get(page).status_code == 200
    services.end_assignment(operator_bone.assignments.get(), actor=admin)
    late["post"] = _until(lambda: client.get(page).status_code == 403)
    services.deactivate(operator_bone, actor=admin)
    late["account"] = _until(lambda: not is_in(client))
    User.objects.filter(pk=operator_bone.pk).update(is_active=True)
    here, there = client_of(operator_bone), client_of(operator_bone)
    here.post("/profil/masuk/lainnya/akhiri/")
    late["session"] = _until(lambda: not is_in(there))
    figures["late"] = late


def _until(happened, most=5):
    return next((n for n in range(most) if happened()), most)


def test_enumeration(settings, operator_bone, monkeypatch, figures, short):
    """Times with the hasher of production: names with and without account, in turns."""
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    operator_bone.set_password(PASSWORD)
    operator_bone.save()
    pairs = 15 if short else 200
    figures["sign_in"] = _ratio(
        lambda name: knock(name, WRONG), operator_bone.username, "tidak_ada_dia", pairs
    )
    figures["reset"] = _ratio(_ask_for_mail, operator_bone.email, "tidak@ada.test", pairs)
    monkeypatch.setattr(User, "set_password", lambda user, raw: None)
    figures["control_sign_in"] = _ratio(
        lambda name: knock(name, WRONG), operator_bone.username, "tidak_ada_dia", 10
    )


def _ask_for_mail(email):
    """Only until the answer: what follows it nobody waits for."""
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    from apps.accounts.views import PasswordResetView

    request = RequestFactory().post("/lupa-sandi/", {"email": email})
    request.user, request._dont_enforce_csrf_checks = AnonymousUser(), True
    return PasswordResetView.as_view()(request).status_code == 302


def _ratio(act, known, unknown, pairs):
    """Median time of the slower kind over that of the faster one."""
    times = {known: [], unknown: []}
    for n in range(pairs):
        for name in (known, unknown) if n % 2 else (unknown, known):
            LoginAttempt.objects.all().delete()
            start = perf_counter()
            act(name)
            times[name].append(perf_counter() - start)
    slow, fast = sorted((median(values) for values in times.values()), reverse=True)
    return round(slow / fast, 3)
