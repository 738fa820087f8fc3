"""Reminders by mail: the right people, each line once, whatever fails in between."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError

from apps.decrees.models import Decree
from apps.inbox.models import ReminderRule
from apps.inbox.occasions import tell_due
from apps.inbox.reminders import load_reminder_rules
from apps.notices.models import DoneOnce, Mail, Notice, Preference
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
        time_machine.move_to(f"{day}T07:30:00+08:00", tick=False)
        mail.outbox.clear()
        call_command("kabari", verbosity=0)
        return sorted(message.to[0] for message in mail.outbox)

    return run


BOTH = ["operator_bone@uji.test", "verifikator_sulsel@uji.test"]


# --- when --------------------------------------------------------------------------------------


def test_each_threshold_is_told_on_its_very_day_and_once(sk, on):
    days = (91, 90, 89, 61, 60, 59, 31, 30, 29, 1, 0)
    assert {day: on(day) for day in days if day in (90, 60, 30)} == {90: BOTH, 60: BOTH, 30: BOTH}
    Mail.objects.all().delete()
    Notice.objects.all().delete()
    DoneOnce.objects.all().delete()
    assert [day for day in days if on(day)] == [90, 60, 30]


def test_days_on_which_nothing_ran_are_made_up_for_once(sk, on):
    assert on(85) == BOTH  # a week late
    assert on(84) == []
    assert on(20) == BOTH  # 60 and 30 both passed meanwhile: one mail
    assert on(19) == []
    told = Notice.objects.values_list("key", flat=True)
    assert sorted(key.rpartition(":")[2] for key in told) == ["30", "30", "90", "90"]
    assert DoneOnce.objects.filter(name__startswith="sk:").count() == 4


def test_nothing_is_told_after_the_end(sk, on):
    assert on(-1) == []


def test_the_day_is_that_of_the_province_and_begins_at_six(sk, time_machine):
    # 21.59 UTC on the 91st day before is 05.59 of the 90th in Makassar.
    time_machine.move_to("2026-05-01T21:59:00Z", tick=False)
    call_command("kabari")
    assert mail.outbox == []
    time_machine.move_to("2026-05-01T22:00:00Z", tick=False)
    call_command("kabari")
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


def test_everybody_has_a_notice_for_each_line_whatever_they_chose(
    sk, on, pokja, operator_bone, verifikator_sulsel, make_user, regions
):
    no_mail = make_user("operator", regions.bone, "tanpa_surel")
    type(no_mail).objects.filter(pk=no_mail.pk).update(email="")
    Preference.objects.create(user=verifikator_sulsel, deadlines="none")
    assert on(30) == ["operator_bone@uji.test"]
    told = Notice.objects.order_by("user_id").values_list("user_id", "event", "text", "url")
    sentence = (
        "SK Pokja Kampung KB berakhir 31 Juli 2026, 30 hari lagi (Kabupaten Bone). Siapkan SK baru."
    )
    assert list(told) == [
        (user.pk, "decree_ends", sentence, f"/pokja/{pokja.pk}/sk/")
        for user in sorted((operator_bone, verifikator_sulsel, no_mail), key=lambda user: user.pk)
    ]


def test_many_lines_of_one_morning_are_one_notice_and_are_told_once(
    sk, on, regions, operator_bone, steps
):
    for number in range(4):
        other = makers.make_pokja(regions.bone, f"bone-{number}", f"Pokja {number}")
        steps.verify(
            makers.make_decree(
                other,
                operator_bone,
                number=f"188.45/{number}/2025",
                valid_from=date(2025, 1, 2),
                valid_until=END,
            ),
            operator_bone,
        )
    assert on(60) == BOTH
    (notice,) = Notice.objects.filter(user=operator_bone)
    assert notice.text == (
        "5 SK Pokja berakhir dalam 60 hari. SK Pokja 0 berakhir 31 Juli 2026, 60 hari lagi "
        "(Kabupaten Bone). Siapkan SK baru."
    )
    assert notice.url == "/dokumen/?status=terverifikasi&berakhir=90"
    assert on(59) == []
    assert Notice.objects.filter(user=operator_bone).count() == 1


def test_who_wants_a_digest_gets_the_line_with_it(sk, on, operator_bone):
    Preference.objects.create(user=operator_bone, deadlines="digest")
    assert on(30) == BOTH
    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects["operator_bone@uji.test"] == "1 pemberitahuan, 1 Juli 2026"


# --- what fails --------------------------------------------------------------------------------


@pytest.fixture
def broken(monkeypatch):
    """The mail server does not answer."""
    from django.core.mail.backends.locmem import EmailBackend

    def refuse(self, *args, **kwargs):
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", refuse)
        yield patch


def test_mails_wait_while_the_server_is_down(sk, on, broken):
    with pytest.raises(CommandError, match="tetap menunggu"):
        on(30)
    assert Mail.objects.filter(state="waiting", attempts=0).count() == 2
    broken.undo()
    assert on(29) == BOTH
    assert on(28) == []


@pytest.mark.django_db(transaction=True)
def test_four_runs_at_once_tell_each_person_once(sk, time_machine):
    time_machine.move_to(f"{END - timedelta(days=30)}T07:30:00+08:00", tick=False)
    assert at_once(*[tell_due] * 4) == [[]] * 4
    assert (Notice.objects.count(), Mail.objects.count()) == (2, 2)


def test_a_second_mail_of_the_same_day_waits_for_tomorrow(sk, on, regions, operator_bone, steps):
    assert on(30) == BOTH
    other = makers.make_pokja(regions.bone, "bone-gdpk", "Pokja GDPK")
    item = makers.make_decree(other, operator_bone, valid_from=date(2025, 1, 2), valid_until=END)
    steps.verify(item, operator_bone)
    assert on(30) == []
    assert on(29) == BOTH
    assert Decree.objects.count() == 2
