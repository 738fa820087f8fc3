"""Telling people: once for an occasion, on the bell always, by mail as each of them wants."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from apps.notices.models import DoneOnce, Mail, Notice, Preference
from apps.notices.services import once, queue_mail, retract, tell
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db


def test_everybody_named_has_a_notice_and_a_mail_of_the_same_words(operator_bone, operator_sulsel):
    tell([operator_bone, operator_sulsel], "returned", "Dikembalikan: kurang cap", "/tugas/")
    assert list(Notice.objects.values_list("user_id", "event", "text", "url").order_by("pk")) == [
        (user.pk, "returned", "Dikembalikan: kurang cap", "/tugas/")
        for user in (operator_bone, operator_sulsel)
    ]
    assert list(Mail.objects.values_list("user_id", "subject", "state").order_by("pk")) == [
        (user.pk, "Dikembalikan: kurang cap", "waiting")
        for user in (operator_bone, operator_sulsel)
    ]


def test_of_one_occasion_a_person_is_told_once(operator_bone, operator_sulsel):
    tell([operator_bone], "verified", "Pertama", key="langkah:1")
    tell([operator_bone, operator_sulsel], "verified", "Kedua", key="langkah:1")
    assert sorted(Notice.objects.values_list("user_id", "text")) == sorted(
        [(operator_bone.pk, "Pertama"), (operator_sulsel.pk, "Kedua")]
    )
    assert Mail.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_told_by_four_at_once_a_person_has_one_notice_and_one_mail(operator_bone):
    results = at_once(*[lambda: tell([operator_bone], "verified", "Satu", key="langkah:1")] * 4)
    assert outcomes(results) == {"ok": 4}
    assert (Notice.objects.count(), Mail.objects.count()) == (1, 1)


def test_nobody_to_tell_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        tell([], "verified", "Sunyi")


@pytest.mark.parametrize("number", [1, 12])
def test_telling_costs_the_same_queries_for_one_and_many(
    make_user, django_assert_num_queries, number
):
    users = [make_user() for _ in range(number)]
    with django_assert_num_queries(4):
        tell(users, "verified", "Banyak", key="langkah:1")


def test_what_is_told_goes_with_the_transaction_or_not_at_all(operator_bone):
    with transaction.atomic():
        tell([operator_bone], "verified", "Batal")
        transaction.set_rollback(True)
    assert (Notice.objects.count(), Mail.objects.count()) == (0, 0)


# --- channels ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "group"), [("returned", "decisions"), ("deadline", "deadlines"), ("comment", "talk")]
)
@pytest.mark.parametrize(
    ("channel", "mails", "waits"), [("at_once", 1, False), ("digest", 0, True), ("none", 0, False)]
)
def test_each_group_follows_its_own_choice(operator_bone, event, group, channel, mails, waits):
    Preference.objects.create(user=operator_bone, **{group: channel})
    tell([operator_bone], event, "Kabar")
    assert Mail.objects.count() == mails
    assert (Notice.objects.get().digest_after is not None) == waits


def test_other_groups_stay_at_once(operator_bone):
    Preference.objects.create(user=operator_bone, talk="none")
    tell([operator_bone], "returned", "Kabar")
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("fields", [{"email": ""}, {"is_active": False}])
def test_without_an_address_or_an_active_account_there_is_the_bell_alone(operator_bone, fields):
    for name, value in fields.items():
        setattr(operator_bone, name, value)
    operator_bone.save()
    tell([operator_bone], "returned", "Kabar")
    assert (Notice.objects.count(), Mail.objects.count()) == (1, 0)
    assert Notice.objects.get().digest_after is None


def test_new_files_of_a_day_are_never_a_mail_of_their_own(verifikator_sulsel):
    tell([verifikator_sulsel], "submitted", "8 berkas baru menunggu verifikasi.")
    assert Mail.objects.count() == 0
    assert Notice.objects.get().digest_after is not None


def test_a_subject_is_one_short_line_whatever_was_written(operator_bone):
    tell([operator_bone], "returned", "Kurang cap\nBcc: semua@uji.test " + "panjang " * 40)
    subject = Mail.objects.get().subject
    assert subject.startswith("Kurang cap Bcc: semua@uji.test panjang")
    assert subject.endswith(" …")
    assert len(subject) <= 120


def test_a_mail_has_the_sentence_the_link_and_nothing_else(operator_bone, settings):
    settings.PORTAL_URL = "https://pokja.example.go.id/"
    tell([operator_bone], "returned", "Dikembalikan: kurang cap", "/tugas/")
    assert Mail.objects.get().body == (
        "Yth. Operator Bone,\n\n"
        "Dikembalikan: kurang cap\n"
        f"https://pokja.example.go.id/notifikasi/{Notice.objects.get().pk}/\n\n"
        "Atur surel dari portal: https://pokja.example.go.id/notifikasi/pengaturan/\n\n"
        "Surel ini dikirim otomatis oleh Portal Pokja Bangga Kencana; tidak perlu dibalas.\n"
    )


def test_without_an_address_of_the_portal_the_mail_has_no_link(operator_bone, settings):
    settings.PORTAL_URL = ""
    tell([operator_bone], "returned", "Dikembalikan: kurang cap", "/tugas/")
    assert "http" not in Mail.objects.get().body


# --- taking back -------------------------------------------------------------------------------


def test_what_did_not_happen_is_taken_back_with_its_mail_and_what_followed(operator_bone):
    later = timezone.now() + timedelta(minutes=1)
    tell([operator_bone], "verified", "Disetujui", key="langkah:1", mail_after=later)
    tell([operator_bone], "effective", "Efektif", key="langkah:1:efektif:7", mail_after=later)
    tell([operator_bone], "verified", "Lain", key="langkah:12", mail_after=later)
    retract("langkah:1")
    assert list(Notice.objects.values_list("text", flat=True)) == ["Lain"]
    assert list(Mail.objects.values_list("subject", flat=True)) == ["Lain"]


def test_a_mail_that_went_stays_on_record(operator_bone):
    tell([operator_bone], "verified", "Disetujui", key="langkah:1")
    Mail.objects.update(state="sent")
    retract("langkah:1")
    assert Notice.objects.count() == 0
    assert Mail.objects.get().notice_id is None


def test_after_it_was_taken_back_an_occasion_can_be_told_again(operator_bone):
    tell([operator_bone], "verified", "Disetujui", key="langkah:1")
    retract("langkah:1")
    tell([operator_bone], "verified", "Disetujui", key="langkah:1")
    assert (Notice.objects.count(), Mail.objects.count()) == (1, 1)


# --- once --------------------------------------------------------------------------------------


def test_once_is_done_once_and_what_failed_is_done_again():
    done = []

    def fail():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once("hari:1", fail)
    assert DoneOnce.objects.count() == 0
    assert once("hari:1", lambda: done.append(1)) is True
    assert once("hari:1", lambda: done.append(2)) is False
    assert done == [1]


@pytest.mark.django_db(transaction=True)
def test_of_four_at_once_one_does_it(operator_bone):
    def work():
        return once("hari:1", lambda: queue_mail(operator_bone, "Ringkasan", "Isi"))

    assert sorted(at_once(*[work] * 4)) == [False, False, False, True]
    assert Mail.objects.count() == 1
