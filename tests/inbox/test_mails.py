"""Reminders by mail: the right people, each line once, whatever fails in between."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from apps.decrees.models import Decree
from apps.inbox.mails import CLAIM_HOLDS, send_reminders
from apps.inbox.models import ReminderMail, ReminderRule
from apps.inbox.reminders import load_reminder_rules
from tests import makers
from tests.rivals import at_once

TODAY = date(2026, 3, 12)
END = date(2026, 7, 31)


@pytest.fixture
def sk(pokja, operator_bone, steps):
    """A verified SK of a Pokja of Bone that ends on END; nobody else has an address."""
    load_reminder_rules()
    item = makers.make_decree(
        pokja,
        operator_bone,
        number="188.45/9/2025",
        issued_on=date(2025, 1, 2),
        valid_from=date(2025, 1, 2),
        valid_until=END,
    )
    steps.verify(item, operator_bone)
    return item


@pytest.fixture
def on(time_machine):
    """on(days): run the command that many days before END; the recipients of its mails."""

    def run(days):
        day = END - timedelta(days=days)
        time_machine.move_to(f"{day}T01:30:00+07:00", tick=False)
        mail.outbox.clear()
        call_command("ingatkan", verbosity=0)
        return sorted(message.to[0] for message in mail.outbox)

    return run


BOTH = ["operator_bone@uji.test", "verifikator_sulsel@uji.test"]


# --- when --------------------------------------------------------------------------------------


def test_each_threshold_is_told_on_its_very_day_and_once(sk, on):
    days = (91, 90, 89, 61, 60, 59, 31, 30, 29, 1, 0)
    assert {day: on(day) for day in days if day in (90, 60, 30)} == {90: BOTH, 60: BOTH, 30: BOTH}
    ReminderMail.objects.all().delete()
    assert [day for day in days if on(day)] == [90, 60, 30]


def test_days_on_which_nothing_ran_are_made_up_for_once(sk, on):
    assert on(85) == BOTH  # a week late
    assert on(84) == []
    assert on(20) == BOTH  # 60 and 30 both passed meanwhile: one mail
    assert on(19) == []
    assert sorted(ReminderMail.objects.values_list("days_before", flat=True)) == [30, 30, 90, 90]


def test_nothing_is_told_after_the_end(sk, on):
    assert on(-1) == []


def test_the_day_is_that_of_jakarta(sk, time_machine):
    # 17.30 UTC on the 91st day before is half past midnight of the 90th in Jakarta.
    time_machine.move_to("2026-05-01T17:30:00Z", tick=False)
    call_command("ingatkan")
    assert len(mail.outbox) == 2
    assert "90 hari lagi" in mail.outbox[0].body


def test_an_edited_rule_holds_from_the_next_run(sk, on):
    ReminderRule.objects.filter(days_before=60).update(days_before=45)
    assert (on(90), on(60), on(45)) == (BOTH, [], BOTH)
    ReminderRule.objects.filter(days_before=30).update(is_active=False)
    assert on(30) == []


def test_without_rules_nothing_is_sent(sk, on):
    ReminderRule.objects.update(is_active=False)
    assert on(10) == []


def test_an_sk_extended_meanwhile_is_told_of_again_before_its_new_end(
    sk, on, pokja, operator_bone, steps, time_machine
):
    assert on(60) == BOTH
    steps.verify(
        makers.make_decree(
            pokja,
            operator_bone,
            number="188.45/10/2026",
            role="amend",
            parent="188.45/9/2025",
            issued_on=date(2026, 6, 1),
            valid_from=date(2026, 6, 1),
            valid_until=END + timedelta(days=200),
        ),
        operator_bone,
    )
    assert (on(30), on(0)) == ([], [])
    assert on(-110) == BOTH
    assert "berakhir 16 Februari 2027, 90 hari lagi" in mail.outbox[0].body


def test_a_successor_or_the_end_of_the_pokja_stops_the_mails(sk, on, pokja, operator_bone, steps):
    pokja.dissolved_on = END
    pokja.save(update_fields=["dissolved_on"])
    assert on(30) == []
    pokja.dissolved_on = None
    pokja.save(update_fields=["dissolved_on"])
    steps.verify(makers.make_decree(pokja, operator_bone), operator_bone)
    assert on(29) == []


# --- to whom and what --------------------------------------------------------------------------


def test_only_active_people_of_the_region_with_an_address_are_told(
    sk, on, cast, operator_bone, make_user, regions
):
    make_user("operator", regions.bone, "tanpa_surel")
    make_user("operator", regions.bone, "nonaktif", is_active=False)
    make_user("observer", regions.bone, "pengamat_bone")
    gone = make_user("operator", regions.bone, "pindah")
    gone.assignments.update(ended_on=TODAY)
    type(gone).objects.filter(username="tanpa_surel").update(email="")
    assert on(30) == [
        "operator_bone@uji.test",
        "verifikator2_sulsel@uji.test",
        "verifikator_sulsel@uji.test",
    ]


def test_one_mail_holds_all_lines_of_a_person(
    sk, on, regions, operator_bone, steps, settings, pokja
):
    settings.PORTAL_URL = "https://pokja.example.go.id/"
    other = makers.make_pokja(regions.bone, "bone-gdpk", "Pokja GDPK")
    item = makers.make_decree(
        other, operator_bone, valid_from=date(2025, 1, 2), valid_until=END - timedelta(days=3)
    )
    steps.verify(item, operator_bone)
    assert on(33) == BOTH
    message = next(each for each in mail.outbox if each.to == ["operator_bone@uji.test"])
    assert message.subject == "2 SK Pokja akan berakhir"
    assert (
        "- SK Pokja GDPK berakhir 28 Juli 2026, 30 hari lagi (Kabupaten Bone). "
        "Siapkan SK baru.\n"
        f"  https://pokja.example.go.id/pokja/{other.pk}/sk/\n"
        "- SK Pokja Kampung KB berakhir 31 Juli 2026, 33 hari lagi (Kabupaten Bone). "
        "Siapkan SK baru.\n"
    ) in message.body


def test_a_single_line_is_the_subject_and_bagian_hukum_is_named(sk, on, pokja, operator_bone):
    makers.make_decree(pokja, operator_bone, number="", in_process_since=date(2026, 7, 1))
    assert on(29) == BOTH
    assert mail.outbox[0].subject == "SK Pokja Kampung KB berakhir 31 Juli 2026"
    assert "SK pengganti diproses di Bagian Hukum sejak 1 Juli 2026 (1 hari)." in (
        mail.outbox[0].body
    )
    assert "http" not in mail.outbox[0].body


def test_a_name_with_a_line_break_makes_no_header(sk, on, pokja):
    pokja.name = "Pokja A\nBcc: semua@uji.test"
    pokja.save(update_fields=["name"])
    assert on(30) == BOTH
    assert all(message.bcc == [] for message in mail.outbox)
    assert mail.outbox[0].subject == "SK Pokja A Bcc: semua@uji.test berakhir 31 Juli 2026"


# --- what fails --------------------------------------------------------------------------------


@pytest.fixture
def broken(monkeypatch):
    """The mail server does not answer."""
    from django.core.mail import EmailMessage

    def refuse(self, *args, **kwargs):
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refuse)
        yield patch


def test_a_mail_that_fails_goes_with_the_next_run(sk, on, broken):
    with pytest.raises(CommandError, match="dicoba lagi"):
        on(30)
    assert ReminderMail.objects.filter(sent_at=None, claimed_at=None).count() == 2
    broken.undo()
    assert on(30) == BOTH
    assert on(29) == []


def test_a_line_claimed_by_a_run_that_died_is_sent_after_an_hour(sk, on, time_machine):
    assert on(30) == BOTH
    ReminderMail.objects.update(sent_at=None)  # it died before marking what it had sent
    first = {message.extra_headers["Message-ID"] for message in mail.outbox}
    assert on(30) == []
    later = timezone.now() + CLAIM_HOLDS + timedelta(minutes=1)
    time_machine.move_to(later, tick=False)
    call_command("ingatkan")
    assert sorted(message.to[0] for message in mail.outbox) == BOTH
    # The same mail to a mail system, should the first one have gone out after all.
    assert {message.extra_headers["Message-ID"] for message in mail.outbox} == first


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_each_mail_once(sk, time_machine):
    time_machine.move_to(f"{END - timedelta(days=30)}T01:30:00+07:00", tick=False)
    day = END - timedelta(days=30)
    outcomes = at_once(*[lambda: send_reminders(day)] * 4)
    assert sum(outcome.sent for outcome in outcomes) == 2
    assert ReminderMail.objects.exclude(sent_at=None).count() == 2


def test_a_second_mail_of_the_same_day_waits_for_tomorrow(sk, on, regions, operator_bone, steps):
    assert on(30) == BOTH
    other = makers.make_pokja(regions.bone, "bone-gdpk", "Pokja GDPK")
    item = makers.make_decree(other, operator_bone, valid_from=date(2025, 1, 2), valid_until=END)
    steps.verify(item, operator_bone)
    assert on(30) == []
    assert on(29) == BOTH
    assert Decree.objects.count() == 2
