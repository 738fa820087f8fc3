"""Sending: every mail once, whatever the server answers and whoever else is sending."""

import smtplib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from environ import Env

from apps.notices.models import Mail, Notice
from apps.notices.outbox import CLAIM_HOLDS, PAUSES, Outcome, deliver
from apps.notices.services import queue_mail, retract, tell
from apps.notices.spool import EmailBackend as Spool
from pokja_portal.env import mail_config
from tests.rivals import at_once

pytestmark = pytest.mark.django_db
NOON = "2026-03-12T12:00+08:00"


@pytest.fixture
def mails(make_user, at):
    """Three mails that are due."""
    at(NOON)
    users = [make_user(username=f"orang{number}") for number in range(3)]
    tell(users, "returned", "Dikembalikan: kurang cap")
    return Mail.objects.order_by("pk")


@pytest.fixture
def answers(monkeypatch):
    """answers(name=error): the server answers these addresses with an error, others as ever."""
    sound = EmailBackend.send_messages

    def refuse(**errors):
        def send(self, messages):
            name = messages[0].to[0].partition("@")[0]
            if name in errors:
                raise errors[name]
            return sound(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", send)

    return refuse


UNKNOWN = smtplib.SMTPRecipientsRefused({"orang1@uji.test": (550, b"5.1.1 User unknown")})


def recipients():
    return [message.to[0] for message in mail.outbox]


def later(at, pause):
    at((timezone.now() + pause).isoformat())


# --- once --------------------------------------------------------------------------------------


def test_what_is_due_is_sent_once(mails):
    assert deliver() == Outcome(sent=3)
    assert deliver() == Outcome()
    assert recipients() == [f"orang{number}@uji.test" for number in range(3)]
    assert set(mails.values_list("state", "claim")) == {("sent", None)}


def test_the_message_id_is_that_of_the_row(mails, settings):
    settings.DEFAULT_FROM_EMAIL = "Portal Pokja <portal@pokja.go.id>"
    deliver()
    ids = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert ids == [f"<pokja-{row.uid.hex}@pokja.go.id>" for row in mails]


def test_what_is_not_due_waits(make_user, at):
    at(NOON)
    due = timezone.now() + timedelta(seconds=75)
    tell([make_user()], "returned", "Dikembalikan", mail_after=due)
    later(at, timedelta(seconds=74))
    assert deliver() == Outcome()
    later(at, timedelta(seconds=1))
    assert deliver() == Outcome(sent=1)


def test_a_decision_taken_back_in_its_minute_is_never_mailed(make_user, at):
    at(NOON)
    due = timezone.now() + timedelta(seconds=75)
    tell([make_user()], "returned", "Dikembalikan", key="langkah:1", mail_after=due)
    retract("langkah:1")
    later(at, timedelta(minutes=5))
    assert deliver() == Outcome()


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_each_mail_once(make_user):
    users = [make_user(username=f"orang{number}") for number in range(12)]
    tell(users, "returned", "Dikembalikan")
    outcomes = at_once(*[deliver] * 4)
    assert sum(outcome.sent for outcome in outcomes) == 12
    assert sorted(recipients()) == sorted(user.email for user in users)


def test_a_mail_claimed_by_a_worker_that_died_goes_after_a_while(mails, at):
    mails.update(claim="0" * 32, claimed_at=timezone.now())
    assert deliver() == Outcome()
    later(at, CLAIM_HOLDS + timedelta(seconds=1))
    assert deliver() == Outcome(sent=3)


def test_the_address_is_that_of_the_moment_of_sending(mails):
    user = mails[0].user
    user.email = "baru@uji.test"
    user.save()
    deliver()
    assert recipients()[0] == "baru@uji.test"


@pytest.mark.parametrize("fields", [{"email": ""}, {"is_active": False}])
def test_who_left_meanwhile_is_not_written_to(mails, fields):
    user = mails[0].user
    for name, value in fields.items():
        setattr(user, name, value)
    user.save()
    assert deliver() == Outcome(sent=2, dropped=1)
    assert mails[0].state == "dropped"
    assert mails[0].trouble == "Akun tidak aktif atau tanpa alamat surel"


@pytest.mark.usefixtures("tasks_at_once")
def test_a_worker_is_asked_at_once_where_nothing_holds_the_mail(operator_bone):
    queue_mail(operator_bone, "2 SK Pokja akan berakhir", "Isi")
    assert recipients() == ["operator_bone@uji.test"]


# --- refused -----------------------------------------------------------------------------------


def test_a_refused_address_holds_nobody_up_and_is_tried_after_growing_pauses(mails, answers, at):
    answers(orang1=UNKNOWN)
    assert deliver() == Outcome(sent=2, refused=1)
    assert recipients() == ["orang0@uji.test", "orang2@uji.test"]
    for number, pause in enumerate(PAUSES, start=1):
        row = mails[1]
        assert (row.state, row.attempts) == ("waiting", number)
        assert row.due_at == timezone.now() + pause
        later(at, pause - timedelta(seconds=1))
        assert deliver() == Outcome()
        later(at, timedelta(seconds=1))
        assert deliver() == Outcome(refused=1)
    row = mails[1]
    assert (row.state, row.attempts) == ("failed", 6)
    assert row.trouble == "Server surel menolak: 550 5.1.1 User unknown"
    later(at, timedelta(days=30))
    assert deliver() == Outcome()


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        smtplib.SMTPDataError(451, b"4.3.0 Try again later"),
        TimeoutError("timed out"),
        ValueError("odd header"),
    ],
)
def test_whatever_goes_wrong_with_one_the_others_go_and_it_goes_later(mails, answers, at, error):
    answers(orang0=error)
    assert deliver() == Outcome(sent=2, refused=1)
    assert mails[0].trouble.startswith("Server surel menolak: ")
    answers()
    later(at, PAUSES[0])
    assert deliver() == Outcome(sent=1)
    assert recipients() == ["orang1@uji.test", "orang2@uji.test", "orang0@uji.test"]


def test_a_server_that_is_down_costs_no_try_and_is_told(mails, monkeypatch, at):
    def refuse(self):
        raise ConnectionRefusedError(111, "Connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", refuse)
        assert deliver() == Outcome(is_server_down=True)
    words = "Server surel tidak dapat dihubungi: [Errno 111] Connection refused"
    assert set(mails.values_list("state", "attempts", "claim", "trouble")) == {
        ("waiting", 0, None, words)
    }
    later(at, timedelta(days=3))
    assert deliver() == Outcome(sent=3)
    assert set(mails.values_list("trouble", flat=True)) == {""}


# --- the spool ---------------------------------------------------------------------------------


def test_the_spool_keeps_one_whole_file_for_each_message_id(tmp_path):
    spool = Spool(file_path=tmp_path / "surel")
    message = EmailMessage("Perihal", "Isi", to=["a@uji.test"], headers={"Message-ID": "<a@b>"})
    other = EmailMessage("Lain", "Isi", to=["a@uji.test"], headers={"Message-ID": "<../../c>"})
    assert spool.send_messages([message, message, other]) == 3
    files = sorted((tmp_path / "surel").iterdir())
    assert len(files) == 2
    assert {path.suffix for path in files} == {".eml"}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert sorted("Message-ID: <a@b>" in path.read_text() for path in files) == [False, True]


def test_a_spool_that_cannot_be_written_keeps_the_mail_waiting(mails, settings, tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    settings.EMAIL_BACKEND = "apps.notices.spool.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "berkas" / "surel")
    assert deliver() == Outcome(refused=3)
    assert set(mails.values_list("state", flat=True)) == {"waiting"}


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("spool://", "/dasar/surel"),
        ("spool:///srv/pokja/surel", "/srv/pokja/surel"),
        ("spool:///srv/surel%20keluar", "/srv/surel keluar"),
    ],
)
def test_the_setting_names_a_folder(url, folder):
    config = mail_config(url, Path("/dasar/surel"), Env.email_url_config)
    assert config == {
        "EMAIL_BACKEND": "apps.notices.spool.EmailBackend",
        "EMAIL_FILE_PATH": folder,
    }


def test_a_mail_server_is_named_as_before():
    url = "smtp+tls://pokja:rahasia@surel.go.id:587"
    config = mail_config(url, Path("/dasar"), Env.email_url_config)
    assert (config["EMAIL_HOST"], config["EMAIL_PORT"], config["EMAIL_USE_TLS"]) == (
        "surel.go.id",
        587,
        True,
    )


# --- the administration ------------------------------------------------------------------------


@pytest.fixture
def failed(operator_bone, operator_banjarmasin):
    for user in (operator_bone, operator_banjarmasin):
        tell([user], "returned", f"Kabar {user.username}")
    Mail.objects.update(state="failed", attempts=6, trouble="Server surel menolak: 550")
    return Mail.objects.order_by("pk")


def send_again(client, rows):
    data = {"action": "send_again", "_selected_action": [row.pk for row in rows]}
    return client.post("/admin/notices/mail/", data, follow=True)


def test_failed_mails_are_sent_again_and_on_record(client_of, admin, failed):
    from apps.audit.models import Entry

    assert "2 surel dikirim ulang." in send_again(client_of(admin), failed).content.decode()
    assert set(failed.values_list("state", "attempts", "trouble")) == {("waiting", 0, "")}
    assert Entry.objects.filter(action="Mengirim ulang surel").count() == 2
    assert deliver() == Outcome(sent=2)
    shown = send_again(client_of(admin), failed).content.decode()
    assert "Tidak ada surel gagal di antara yang dipilih." in shown
    assert deliver() == Outcome()


def test_staff_see_and_send_mails_of_their_own_region_only(client_of, koordinator_sulsel, failed):
    koordinator_sulsel.is_staff = True
    koordinator_sulsel.save()
    client = client_of(koordinator_sulsel)
    shown = client.get("/admin/notices/mail/").content.decode()
    assert ("Kabar operator_bone" in shown, "Kabar operator_banjarmasin" in shown) == (True, False)
    assert client.get(f"/admin/notices/mail/{failed[1].pk}/change/").status_code == 404
    send_again(client, failed)
    assert list(failed.values_list("state", flat=True)) == ["waiting", "failed"]


def test_nobody_writes_or_deletes_mails_there(client_of, admin, failed):
    client = client_of(admin)
    base = f"/admin/notices/mail/{failed[0].pk}/"
    assert client.get("/admin/notices/mail/add/").status_code == 403
    assert client.get(base + "delete/").status_code == 403
    assert client.post(base + "change/", {"subject": "Lain"}).status_code == 403
    assert Notice.objects.count() == 2
