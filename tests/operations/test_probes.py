"""Health, readiness and figures: what machines ask, and what strangers do not learn."""

import threading
import time

import pytest
from django.db import OperationalError

from apps.operations import probes, views
from apps.operations.probes import Probes

TOKEN = "t" * 30


def fails():
    raise OperationalError("connection to 10.0.0.7 refused")


@pytest.fixture
def answers(monkeypatch):
    """answers(basis_data=probe, …): these are asked instead."""

    def use(**named):
        monkeypatch.setattr(views, "probes", Probes(named))

    return use


# --- Health ----------------------------------------------------------------------------------
def test_health_asks_no_database_and_takes_any_address(client):
    """No database mark: a query would fail the test."""
    answer = client.get("/sehat/", headers={"host": "10.1.2.3:8000"})
    assert (answer.status_code, answer.json()) == (200, {"sehat": True})
    assert answer.headers.get("Set-Cookie") is None


@pytest.mark.parametrize("address", ["/sehat/", "/siap/", "/metrik/"])
def test_probes_take_no_post(client, address):
    assert client.post(address).status_code == 405


def test_a_probe_is_not_led_on_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/sehat/").status_code == 200


# --- Readiness -------------------------------------------------------------------------------
def test_a_machine_is_ready_when_every_probe_is_well(client, answers):
    answers(basis_data=lambda: None, berkas=lambda: None)
    answer = client.get("/siap/", headers={"X-Forwarded-For": "203.0.113.9"})
    assert (answer.status_code, answer.json()) == (200, {"siap": True})


def test_strangers_do_not_learn_what_is_missing(client, answers):
    answers(basis_data=fails, berkas=lambda: None)
    answer = client.get("/siap/", headers={"X-Forwarded-For": "203.0.113.9"})
    assert (answer.status_code, answer.json()) == (503, {"siap": False})
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("5", "no-store")


@pytest.mark.parametrize("kind", ["machine", "token"])
def test_the_machine_itself_and_holders_of_the_token_read_it(client, answers, settings, kind):
    settings.METRICS_TOKEN = TOKEN
    answers(basis_data=fails, berkas=lambda: None)
    headers = {} if kind == "machine" else {"Authorization": f"Bearer {TOKEN}"}
    place = "127.0.0.1" if kind == "machine" else "203.0.113.9"
    answer = client.get("/siap/", headers=headers, REMOTE_ADDR=place)
    assert answer.json() == {"siap": False, "pemeriksaan": {"basis_data": False, "berkas": True}}


def test_what_hangs_keeps_nobody_waiting_longer_than_its_patience(monkeypatch):
    monkeypatch.setattr(probes, "PATIENCE", 0.2)
    monkeypatch.setattr(probes, "KEPT", 0)
    gate, started = threading.Event(), []

    def hangs():
        started.append(1)
        gate.wait(10)

    asked = Probes({"basis_data": hangs, "berkas": lambda: None})
    began = time.monotonic()
    told = [asked.answers() for _ in range(3)]
    gate.set()
    assert told == [{"basis_data": False, "berkas": True}] * 3
    assert (len(started), time.monotonic() - began < 2) == (1, True)


def test_an_answer_is_given_again_for_a_moment():
    counted = []
    asked = Probes({"basis_data": lambda: counted.append(1)})
    for _ in range(50):
        asked.answers()
    assert len(counted) == 1


@pytest.mark.django_db(transaction=True)
def test_the_real_probes_are_well_and_tell_of_the_queue(client, monkeypatch, settings, tmp_path):
    monkeypatch.setattr(views, "probes", Probes())
    settings.BACKUP_DIR = tmp_path
    answer = client.get("/siap/")
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "siap": True,
            "pemeriksaan": {"basis_data": True, "migrasi": True, "berkas": True},
            "antrean": {"menunggu": 0, "tertua_detik": 0},
        },
    )


@pytest.mark.django_db
def test_a_database_without_a_migration_of_this_code_is_not_ready(monkeypatch):
    from django.db.migrations.recorder import MigrationRecorder

    monkeypatch.setattr(probes, "_seen_whole", threading.Event())
    MigrationRecorder.Migration.objects.filter(app="documents").last().delete()
    with pytest.raises(RuntimeError, match="1 migrasi belum dijalankan"):
        probes.migrations()


def test_a_folder_that_cannot_be_written_is_not_ready(monkeypatch):
    monkeypatch.setattr(probes.os, "access", lambda place, how: False)
    with pytest.raises(RuntimeError, match="folder berkas tidak dapat ditulisi"):
        probes.store()


# --- Figures ---------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "place", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({}, "::1", 200),
        ({"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1", 404),
        ({"X-Real-IP": "127.0.0.1"}, "127.0.0.1", 404),
        ({}, "203.0.113.9", 404),
        ({}, "", 404),
        ({"Authorization": f"Bearer {TOKEN}"}, "203.0.113.9", 200),
        ({"Authorization": "Bearer salah"}, "203.0.113.9", 404),
        ({"Authorization": "Bearer "}, "203.0.113.9", 404),
    ],
)
def test_figures_are_for_the_machine_and_holders_of_the_token(
    client, settings, headers, place, status
):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrik/", headers=headers, REMOTE_ADDR=place).status_code == status


@pytest.mark.django_db
def test_without_a_token_none_opens_them(client):
    answer = client.get("/metrik/", headers={"Authorization": "Bearer "}, REMOTE_ADDR="203.0.113.9")
    assert answer.status_code == 404


@pytest.mark.django_db
def test_figures_count_requests_by_page_without_words_of_the_address(
    client, operator_makassar, client_of, django_assert_num_queries
):
    client_of(operator_makassar).get("/cari/?q=Dewi+Lestari")
    client.get("/tidak-ada/Dewi/")
    with django_assert_num_queries(4):
        text = client.get("/metrik/").text
    lines = text.splitlines()
    assert any(line.startswith('pokja_requests_total{method="GET",status="200"') for line in lines)
    assert 'view="search:' in text
    assert [line for line in lines if "Dewi" in line or "Makassar" in line] == []
    names = {line.split("{")[0].split(" ")[0] for line in lines if not line.startswith("#")}
    assert names >= {
        "pokja_database_up",
        "pokja_queue_waiting",
        "pokja_queue_oldest_seconds",
        "pokja_mails_waiting",
        "pokja_mails_failed",
        "pokja_stale_marks",
        "pokja_uploads_unfinished",
        "pokja_request_seconds_bucket",
    }


def test_figures_without_database_say_that_it_is_away(client, monkeypatch):
    from apps.operations import shared_figures

    monkeypatch.setattr(shared_figures, "waiting_tasks", fails)
    answer = client.get("/metrik/")
    assert (answer.status_code, "pokja_database_up 0.0" in answer.text) == (200, True)


def test_the_age_of_the_youngest_backup_is_told(client, settings, tmp_path, monkeypatch, today):
    from apps.operations import shared_figures

    monkeypatch.setattr(shared_figures, "waiting_tasks", fails)
    for name in ("cadangan-20260310T020000Z", "cadangan-20260312T020000Z-2", ".belum-jadi-1"):
        (tmp_path / name).mkdir()
    settings.BACKUP_DIR = tmp_path
    lines = client.get("/metrik/").text.splitlines()
    assert "pokja_backup_age_seconds 3600.0" in lines


@pytest.mark.parametrize(("hours", "is_old"), [(2, False), (0, True)])
def test_an_old_backup_is_told_of_and_keeps_nothing_from_serving(
    client, answers, settings, tmp_path, today, hours, is_old
):
    answers(berkas=lambda: None)
    (tmp_path / "cadangan-20260312T020000Z").mkdir()
    settings.BACKUP_DIR, settings.BACKUP_MAX_AGE_HOURS = tmp_path, hours
    answer = client.get("/siap/")
    assert answer.status_code == 200
    assert answer.json()["siap"] is True
    assert answer.json()["cadangan"] == {"umur_detik": 3600, "terlalu_lama": is_old}
