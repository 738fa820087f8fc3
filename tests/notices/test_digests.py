"""The daily mail: at 07.00 on the person's own clock, once a day, late rather than never."""

import pytest
from django.core import mail
from django.core.management import call_command

from apps.accounts.models import Assignment
from apps.notices.digests import write_digests
from apps.notices.models import Mail, Notice, Preference
from tests.rivals import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def digested(operator_bone):
    """Operator of Bone (WITA), who wants one mail a day."""
    Preference.objects.create(
        user=operator_bone, decisions="digest", deadlines="digest", talk="digest"
    )
    return operator_bone


def written():
    return list(Mail.objects.order_by("pk").values_list("digest_on", flat=True))


def test_all_lines_of_the_day_come_in_one_mail_at_seven(digested, told, at):
    at("2026-03-11T10:00+08:00")
    told(digested, "Rencana kerja dikembalikan: kurang cap")
    at("2026-03-11T22:00+08:00")
    told(digested, "Komentar baru", event="comment")
    at("2026-03-12T06:59+08:00")
    assert write_digests() == 0
    at("2026-03-12T07:00+08:00")
    assert write_digests() == 1
    row = Mail.objects.get()
    assert row.subject == "2 pemberitahuan, 12 Maret 2026"
    assert "- Rencana kerja dikembalikan: kurang cap\n\n- Komentar baru\n" in row.body
    assert not Notice.objects.exclude(digest_after=None).exists()
    assert Notice.objects.unread().count() == 2  # the bell is another matter


@pytest.mark.parametrize(
    ("code", "name", "before", "after"),
    [
        ("11", "Aceh", "2026-03-12T06:59+07:00", "2026-03-12T07:00+07:00"),
        ("73", "Sulawesi Selatan", "2026-03-12T06:59+08:00", "2026-03-12T07:00+08:00"),
        ("91", "Papua", "2026-03-12T06:59+09:00", "2026-03-12T07:00+09:00"),
        (None, "", "2026-03-12T06:59+07:00", "2026-03-12T07:00+07:00"),
    ],
)
def test_seven_is_that_of_the_province_and_wib_for_the_national_office(
    make_region, make_user, told, at, code, name, before, after
):
    region = make_region(code, name) if code else None
    user = make_user("operator" if region else "national", region)
    Preference.objects.create(user=user, decisions="digest")
    at("2026-03-11T12:00+07:00")
    told(user)
    at(before)
    assert write_digests() == 0
    at(after)
    assert write_digests() == 1


def test_the_first_post_says_whose_clock(digested, make_region, told, at):
    papua = make_region("91", "Papua")
    Assignment.objects.create(user=digested, role="operator", region=papua)
    at("2026-03-11T12:00+08:00")
    told(digested)
    at("2026-03-12T07:30+09:00")  # 06.30 in Bone
    assert write_digests() == 0


def test_a_morning_on_which_nothing_ran_is_made_up_for_the_same_day(digested, told, at):
    at("2026-03-11T10:00+08:00")
    told(digested, "Sebelum pukul tujuh")
    at("2026-03-12T09:00+08:00")
    told(digested, "Setelah pukul tujuh")
    at("2026-03-12T15:00+08:00")
    assert write_digests() == 1
    body = Mail.objects.get().body
    assert ("Sebelum pukul tujuh" in body, "Setelah pukul tujuh" in body) == (True, False)


def test_what_comes_after_seven_waits_for_the_next_morning(digested, told, at):
    at("2026-03-12T07:01+08:00")
    told(digested)
    for moment in ("2026-03-12T07:02+08:00", "2026-03-12T23:59+08:00", "2026-03-13T06:59+08:00"):
        at(moment)
        assert write_digests() == 0
    at("2026-03-13T07:00+08:00")
    assert write_digests() == 1


def test_days_on_which_nothing_ran_give_one_mail_with_all(digested, told, at):
    for day in (9, 10, 11):
        at(f"2026-03-{day:02}T12:00+08:00")
        told(digested, f"Kabar tanggal {day}")
    at("2026-03-12T08:00+08:00")
    assert (write_digests(), write_digests()) == (1, 0)
    assert Mail.objects.get().subject == "3 pemberitahuan, 12 Maret 2026"


def test_at_most_one_in_a_day_even_when_lines_from_before_come_late(digested, told, at):
    at("2026-03-11T12:00+08:00")
    told(digested)
    at("2026-03-12T07:00+08:00")
    assert write_digests() == 1
    late = told(digested, "Terlambat")
    Notice.objects.filter(pk=late.pk).update(digest_after="2026-03-12T00:00+08:00")
    assert write_digests() == 0
    at("2026-03-13T07:00+08:00")
    assert write_digests() == 1
    assert [str(day) for day in written()] == ["2026-03-12", "2026-03-13"]


@pytest.mark.django_db(transaction=True)
def test_four_schedulers_at_once_write_one(digested, told, at):
    at("2026-03-11T12:00+08:00")
    told(digested)
    at("2026-03-12T07:00+08:00")
    assert sorted(at_once(*[write_digests] * 4)) == [0, 0, 0, 1]
    assert Mail.objects.count() == 1


def test_without_lines_there_is_no_mail(digested, at):
    at("2026-03-12T07:00+08:00")
    assert write_digests() == 0


def test_who_lost_the_address_meanwhile_gets_nothing_then_or_later(digested, told, at):
    at("2026-03-11T12:00+08:00")
    told(digested)
    digested.email = ""
    digested.save()
    at("2026-03-12T07:00+08:00")
    write_digests()
    assert Mail.objects.count() == 0
    assert not Notice.objects.exclude(digest_after=None).exists()


def test_a_very_long_day_is_cut_and_counted(digested, told, at):
    at("2026-03-11T12:00+08:00")
    for number in range(53):
        told(digested, f"Kabar {number}")
    at("2026-03-12T07:00+08:00")
    write_digests()
    body = Mail.objects.get().body
    assert body.count("\n- ") == 50
    assert "dan 3 lainnya di portal." in body


@pytest.mark.parametrize("number", [1, 9])
def test_people_who_wait_for_tomorrow_cost_no_query_each(
    make_user, told, at, django_assert_num_queries, number
):
    at("2026-03-12T12:00+08:00")
    for _ in range(number):
        user = make_user()
        Preference.objects.create(user=user, decisions="digest")
        told(user)
    with django_assert_num_queries(2):
        assert write_digests() == 0


def test_the_command_writes_and_sends_it(digested, told, at, capsys):
    at("2026-03-11T12:00+08:00")
    told(digested)
    at("2026-03-12T07:00+08:00")
    call_command("kabari")
    assert [message.to for message in mail.outbox] == [["operator_bone@uji.test"]]
    assert "Surel: 1 terkirim, 0 ditolak, 0 menunggu" in capsys.readouterr().out
    call_command("kabari")
    assert len(mail.outbox) == 1
