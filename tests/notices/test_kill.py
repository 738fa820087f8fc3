"""kill -9 in the middle of sending: no mail is lost, none comes twice."""

import os
from random import Random

import pytest

from apps.accounts.models import User
from apps.notices import outbox
from apps.notices.models import Mail
from apps.notices.services import tell
from tests.notices.killing import Count, MailServer, Workers, campaign, count, spooled
from tests.rivals import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MAILS, KILLS, SEED = 300, 40, 2026
unix_only = pytest.mark.skipif(os.name == "nt", reason="kill -9 ada di Unix saja")


@pytest.fixture
def people(db, settings):
    """So many people, each told of one decision."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

    def make(number):
        names = [f"orang{each}" for each in range(number)]
        users = User.objects.bulk_create(
            User(username=name, full_name=name, email=f"{name}@uji.test") for name in names
        )
        for user in users:
            tell([user], "returned", f"Rencana kerja dikembalikan: {user.username}")
        return [user.email for user in users]

    return make


@pytest.fixture
def server():
    server = MailServer()
    yield server
    server.stop()


@unix_only
def test_three_hundred_mails_under_forty_kills_over_smtp(people, server, tmp_path):
    recipients = people(MAILS)
    workers = Workers(tmp_path, server.url)
    try:
        campaign(
            workers,
            Random(SEED),  # noqa: S311  the same moments in every run
            mails=MAILS,
            kills=KILLS,
            arrived=lambda: len(server.taken),
        )
    finally:
        workers.stop()
    found = count(recipients, server.taken)
    print(f"SMTP: {MAILS} surel, {workers.kills} kali mati: {found}")
    assert workers.kills >= KILLS
    assert (found.lost, found.doubled) == (0, 0)
    assert set(Mail.objects.values_list("state", "attempts")) == {("sent", 0)}


@unix_only
def test_three_hundred_mails_under_forty_kills_into_the_spool(people, tmp_path):
    recipients, folder = people(MAILS), tmp_path / "surel"
    workers = Workers(tmp_path, f"spool://{folder}")
    try:
        campaign(
            workers,
            Random(SEED),  # noqa: S311
            mails=MAILS,
            kills=KILLS,
            arrived=lambda: len(list(folder.glob("*.eml"))),
        )
    finally:
        workers.stop()
    found = count(recipients, spooled(folder))
    print(f"Spool: {MAILS} surel, {workers.kills} kali mati: {found}")
    assert workers.kills >= KILLS
    assert found == Count()


# --- the count can find what it looks for ------------------------------------------------------


class Killed(BaseException):
    """As a kill: nothing of ours runs afterwards."""


@pytest.fixture
def through(server, settings):
    """Mails of this process go to the test's server."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    return server


def test_without_faults_the_count_is_empty(people, through):
    recipients = people(5)
    outbox.deliver()
    assert count(recipients, through.taken) == Count()


def test_control_marked_before_it_is_sent_a_mail_is_lost(people, through, monkeypatch):
    recipients = people(5)

    def mark_first(mail, line, outcome):
        outbox._settle(mail, state="sent")
        raise Killed

    monkeypatch.setattr(outbox, "_process", mark_first)
    with pytest.raises(Killed):
        outbox.deliver()
    monkeypatch.undo()
    outbox.deliver()
    assert count(recipients, through.taken) == Count(lost=1)


def test_control_without_claims_two_workers_hand_mails_over_twice(people, through, monkeypatch):
    recipients = people(20)
    unclaimed = Mail.objects.select_related("user")
    monkeypatch.setattr(outbox, "_claim", lambda pk: unclaimed.get(pk=pk))
    at_once(outbox.deliver, outbox.deliver)
    found = count(recipients, through.taken)
    assert (found.lost, found.doubled) == (0, 0)
    assert found.repeats > 0


def test_control_killed_before_the_mark_a_new_message_id_would_be_a_second_mail(
    people, through, monkeypatch, time_machine
):
    recipients = people(5)
    settle = outbox._settle

    def die(mail, **changes):
        raise Killed

    def sent_and_killed():
        monkeypatch.setattr(outbox, "_settle", die)
        with pytest.raises(Killed):
            outbox.deliver()
        monkeypatch.setattr(outbox, "_settle", settle)
        Mail.objects.update(claim=None)
        outbox.deliver()

    sent_and_killed()
    assert count(recipients, through.taken) == Count(repeats=1)  # the one unavoidable moment
    through.taken.clear()
    Mail.objects.update(state="waiting")
    numbers = iter(range(100))
    monkeypatch.setattr(outbox, "message_id", lambda mail: f"<{next(numbers)}@uji.test>")
    sent_and_killed()
    assert count(recipients, through.taken) == Count(doubled=1)
