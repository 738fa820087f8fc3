"""Limits over many addresses and many names, and the devices they do not bind."""

import pytest
from django.test import Client

from apps.accounts import devices, throttle
from apps.accounts.models import LoginAttempt
from tests.accounts.test_sign_in import LOCKED, WRONG, errors, sign_in
from tests.conftest import PASSWORD
from tests.rivals import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_client():
    return Client


def try_out(client, name, times, address="10.9.9.9", word="salah-sekali"):
    """What so many tries are answered; "in" for one that signs in."""
    answers = []
    for _ in range(times):
        response = sign_in(client, name, word, address=address)
        answers += ["in"] if response.status_code == 302 else errors(response)
    return answers


def test_many_addresses_help_no_guesser(client, operator_bone):
    answers = [try_out(client, "operator_bone", 1, f"10.1.0.{n}")[0] for n in range(25)]
    assert answers == [WRONG] * 20 + [LOCKED] * 5


def test_one_password_on_many_names_becomes_slow(client, operator_bone):
    answers = [try_out(client, f"nama{n}", 1)[0] for n in range(35)]
    assert answers == [WRONG] * 30 + [LOCKED] * 5
    assert try_out(client, "operator_bone", 1, word=PASSWORD) == [LOCKED]
    assert try_out(client, "operator_bone", 1, "10.0.0.1", PASSWORD) == ["in"]


def test_an_office_behind_that_address_goes_on_with_its_known_devices(
    new_client, operator_bone, operator_makassar
):
    known = new_client()
    assert try_out(known, "operator_bone", 1, word=PASSWORD) == ["in"]
    known.post("/keluar/")
    for n in range(31):
        try_out(new_client(), f"nama{n}", 1)
    assert try_out(known, "operator_bone", 1, word=PASSWORD) == ["in"]
    assert try_out(new_client(), "operator_makassar", 1, word=PASSWORD) == [LOCKED]


def test_guesses_from_the_same_address_do_not_lock_a_known_device_out(new_client, operator_bone):
    known = new_client()
    try_out(known, "operator_bone", 1, word=PASSWORD)
    known.post("/keluar/")
    assert try_out(new_client(), "operator_bone", 6)[-1] == LOCKED
    assert try_out(known, "operator_bone", 1, word=PASSWORD) == ["in"]


def test_a_known_device_has_five_tries_itself(client, operator_bone):
    try_out(client, "operator_bone", 1, word=PASSWORD)
    client.post("/keluar/")
    assert try_out(client, "operator_bone", 6) == [WRONG] * 5 + [LOCKED]


def test_a_device_is_known_for_its_own_people_only(client, operator_bone, operator_makassar, rf):
    try_out(client, "operator_bone", 1, word=PASSWORD)
    request = rf.get("/masuk/")
    request.COOKIES = {devices.COOKIE: client.cookies[devices.COOKIE].value}
    assert len(devices.known(request, operator_bone)) == 16
    assert devices.known(request, operator_makassar) == ""
    assert devices.known(request, None) == ""


@pytest.mark.parametrize("cookie", ["", "x", "a:b:c", "\x00", "=" * 5000])
def test_a_forged_device_is_unknown(rf, operator_bone, cookie):
    request = rf.get("/masuk/")
    request.COOKIES = {devices.COOKIE: cookie}
    assert devices.known(request, operator_bone) == ""


def test_the_cookie_of_a_device_is_closed_to_scripts_and_other_pages(client, operator_bone):
    sign_in(client, "operator_bone")
    cookie = client.cookies[devices.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/masuk/")


def test_the_three_limits_cost_one_write_and_one_read(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        throttle.admit("operator_bone", "10.0.0.1")


@pytest.mark.django_db(transaction=True)
def test_of_twenty_at_once_no_more_than_five_are_looked_at():
    got = at_once(*[lambda: throttle.admit("nama", "10.0.0.1")] * 20)
    assert set(got) <= {True, False}
    assert got.count(True) <= throttle.LIMIT
    assert LoginAttempt.objects.count() == got.count(True)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36",
            "Chrome di Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge di Windows"),
        ("Mozilla/5.0 (Android 14; Mobile; rv:130.0) Firefox/130.0", "Firefox di Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1", "Safari di iPhone"),
        ("curl/8", "Perangkat tidak dikenal"),
        ("<script>\r\n" * 100, "Perangkat tidak dikenal"),
        ("", "Perangkat tidak dikenal"),
    ],
)
def test_a_device_is_named_as_people_would(agent, words):
    assert devices.words_for(agent) == words
