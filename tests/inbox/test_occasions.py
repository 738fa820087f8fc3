"""What is told because a day has come: the queue, deadlines, quarters, files that do not open."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from apps.deadlines.models import Holiday, Period
from apps.documents.models import Reading
from apps.evidence import services
from apps.inbox import occasions
from apps.inbox.occasions import tell_due
from apps.indicators.models import Target
from apps.notices.models import Mail, Notice, Preference
from apps.verification.models import Evidence
from tests import makers
from tests.rivals import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(time_machine):
    """at("2026-03-12T07:00+08:00"): run everything that is due at that moment."""

    def run(moment):
        time_machine.move_to(datetime.fromisoformat(moment), tick=False)
        assert tell_due() == []

    return run


@pytest.fixture
def send(operator_bone, pokja):
    """send("2026-03-12T10:00+08:00"): one more file of the Pokja is submitted then."""
    made = []

    def submit(moment):
        name = f"Pokja {len(made)}"
        other = makers.make_pokja(pokja.region, f"bone-{len(made)}", name)
        made.append(makers.make_plan(other, operator_bone))
        Evidence.objects.filter(pk=made[-1].pk).update(
            status="submitted", submitted_by=operator_bone, submitted_at=moment
        )
        made[-1].refresh_from_db()
        return made[-1]

    return submit


def told(event):
    rows = Notice.objects.filter(event=event).order_by("pk").select_related("user")
    return [(row.user.username, row.text) for row in rows]


# --- new files ---------------------------------------------------------------------------------


def test_new_files_are_one_notice_a_day_that_grows(send, at, verifikator_sulsel, cast):
    send("2026-03-12T09:00+08:00")
    at("2026-03-12T09:01+08:00")
    both = ["verifikator_sulsel", "verifikator2_sulsel"]
    assert told("submitted") == [
        (name, "1 berkas baru menunggu verifikasi.") for name in sorted(both, reverse=True)
    ]
    for minute in range(3):
        send(f"2026-03-12T10:0{minute}+08:00")
    at("2026-03-12T10:05+08:00")
    assert {text for _, text in told("submitted")} == {"4 berkas baru menunggu verifikasi."}
    assert len(told("submitted")) == 2
    assert Notice.objects.filter(event="submitted").first().url == "/verifikasi/"


def test_the_longest_wait_of_the_queue_is_named(send, at, verifikator_sulsel):
    send("2026-03-10T09:00+08:00")  # Tuesday
    send("2026-03-12T09:00+08:00")
    at("2026-03-12T09:01+08:00")
    assert told("submitted")[0][1] == (
        "1 berkas baru menunggu verifikasi. Paling lama 2 hari kerja."
    )


def test_files_judged_the_same_day_are_no_news_any_more(send, at, verifikator_sulsel):
    items = [send("2026-03-12T09:00+08:00") for _ in range(2)]
    at("2026-03-12T09:01+08:00")
    services.verify(items[0], actor=verifikator_sulsel, revision=items[0].revision)
    at("2026-03-12T09:05+08:00")
    assert told("submitted") == [("verifikator_sulsel", "1 berkas baru menunggu verifikasi.")]
    services.verify(items[1], actor=verifikator_sulsel, revision=items[1].revision)
    at("2026-03-12T09:10+08:00")
    assert told("submitted") == []


def test_the_next_day_has_its_own_and_the_morning_mail_brings_the_last(
    send, at, verifikator_sulsel
):
    send("2026-03-11T23:30+08:00")  # Jakarta 22.30
    at("2026-03-11T23:31+08:00")
    send("2026-03-12T00:30+08:00")
    at("2026-03-12T00:31+08:00")
    assert len(told("submitted")) == 2
    call_command("kabari")
    assert Mail.objects.count() == 0
    at("2026-03-12T07:00+08:00")
    call_command("kabari")
    mail = Mail.objects.get(digest_on=date(2026, 3, 12))
    assert mail.user == verifikator_sulsel
    assert "- 1 berkas baru menunggu verifikasi." in mail.body


def test_files_of_a_province_go_to_the_national_office(
    regions, rubric, today, operator_sulsel, pusat, verifikator_sulsel, at
):
    pokja = makers.make_pokja(regions.sulsel, "sulsel-bk")
    plan = makers.make_plan(pokja, operator_sulsel)
    services.submit(plan, actor=operator_sulsel, revision=plan.revision)
    at("2026-03-12T10:05+07:00")
    assert told("submitted") == [("pusat", "1 berkas baru menunggu verifikasi.")]


@pytest.mark.django_db(transaction=True)
def test_four_schedulers_at_once_tell_once(send, verifikator_sulsel, time_machine):
    send("2026-03-12T09:00+08:00")
    send("2026-03-02T09:00+08:00")
    time_machine.move_to(datetime.fromisoformat("2026-03-12T09:01+08:00"), tick=False)
    assert at_once(*[tell_due] * 4) == [[]] * 4
    assert len(told("submitted")) == len(told("over_target")) == 1


# --- over the target ---------------------------------------------------------------------------


def test_files_over_the_target_are_told_once_a_working_day_to_judges_and_leaders(
    send, at, verifikator_sulsel, koordinator_sulsel, pusat
):
    for _ in range(2):
        send("2026-03-05T09:00+08:00")  # Thursday
    at("2026-03-10T09:00+08:00")  # Tuesday: 3 working days, the target
    assert told("over_target") == []
    at("2026-03-11T05:59+08:00")
    assert told("over_target") == []
    expected = [
        (name, "2 berkas melewati target 3 hari kerja.")
        for name in ("verifikator_sulsel", "koordinator_sulsel")
    ]
    at("2026-03-11T06:00+08:00")
    assert told("over_target") == expected
    at("2026-03-11T18:00+08:00")
    assert told("over_target") == expected
    at("2026-03-12T08:00+08:00")
    assert told("over_target") == expected * 2


def test_days_off_are_quiet(send, at, verifikator_sulsel):
    Holiday.objects.create(date=date(2026, 3, 19), name="Nyepi")
    send("2026-03-05T09:00+08:00")
    for day in ("2026-03-14", "2026-03-15", "2026-03-19"):  # Saturday, Sunday, Nyepi
        at(f"{day}T09:00+08:00")
    assert told("over_target") == []


def test_the_line_of_the_day_is_in_the_digest_of_the_same_morning(
    send, at, verifikator_sulsel, time_machine
):
    Preference.objects.create(user=verifikator_sulsel, decisions="digest")
    send("2026-03-02T09:00+08:00")
    at("2026-03-12T09:30+08:00")  # nothing ran before
    call_command("kabari")
    assert "- 1 berkas melewati target 3 hari kerja." in Mail.objects.get().body


# --- deadlines ---------------------------------------------------------------------------------


@pytest.fixture
def period(pokja):
    """All four kinds are due on 30 April 2026."""
    return Period.objects.create(year=2026, opens_on=date(2026, 1, 2), due_on=date(2026, 4, 30))


def test_officers_with_open_tasks_are_told_two_weeks_a_week_and_a_day_before(
    period, operator_bone, operator_makassar, verifikator_sulsel, at
):
    told_on = []
    for days in (15, 14, 13, 8, 7, 2, 1, 0, -1):
        day = date(2026, 4, 30) - timedelta(days=days)
        before = len(told("deadline"))
        at(f"{day}T07:00+08:00")
        told_on += [days] * (len(told("deadline")) - before)
    assert told_on == [14, 7, 1]
    assert told("deadline") == [
        ("operator_bone", f"Batas pengisian 2026 tinggal {days} hari. 1 tugas belum selesai.")
        for days in (14, 7, 1)
    ]
    assert Notice.objects.filter(event="deadline").first().url == "/tugas/?tahun=2026"


def test_a_day_on_which_nothing_ran_is_made_up_for_by_one_notice(period, operator_bone, at):
    at("2026-04-26T07:00+08:00")
    at("2026-04-27T07:00+08:00")
    assert told("deadline") == [
        ("operator_bone", "Batas pengisian 2026 tinggal 4 hari. 1 tugas belum selesai.")
    ]


def test_what_is_done_or_waits_is_no_open_task(period, pokja, operator_bone, at, today):
    plan = makers.make_plan(pokja, operator_bone)
    services.submit(plan, actor=operator_bone, revision=plan.revision)
    at("2026-04-23T07:00+08:00")
    assert told("deadline")[0][1] == ("Batas pengisian 2026 tinggal 7 hari. 3 tugas belum selesai.")


def test_who_has_nothing_open_is_left_in_peace(pokja, operator_bone, at, today):
    Period.objects.create(
        year=2026, kind="work_plan", opens_on=date(2026, 1, 2), due_on=date(2026, 4, 30)
    )
    plan = makers.make_plan(pokja, operator_bone)
    services.submit(plan, actor=operator_bone, revision=plan.revision)
    at("2026-04-23T07:00+08:00")
    assert told("deadline") == []


def test_a_deadline_of_some_kinds_names_them(pokja, operator_bone, at):
    for kind in ("budget", "decree"):
        Period.objects.create(
            year=2026, kind=kind, opens_on=date(2026, 1, 2), due_on=date(2026, 4, 30)
        )
    makers.make_plan(pokja, operator_bone)
    at("2026-04-30T07:00+08:00")
    assert told("deadline")[0][1] == (
        "Batas pengisian SK dan anggaran 2026 berakhir hari ini. 1 tugas belum selesai."
    )


def test_a_year_may_be_due_after_its_end(pokja, operator_bone, at):
    Period.objects.create(year=2026, opens_on=date(2026, 1, 2), due_on=date(2027, 1, 15))
    at("2027-01-08T07:00+08:00")
    assert told("deadline") == [
        ("operator_bone", "Batas pengisian 2026 tinggal 7 hari. 1 tugas belum selesai.")
    ]


def test_a_moved_deadline_is_told_anew(period, operator_bone, at):
    at("2026-04-23T07:00+08:00")
    period.due_on = date(2026, 5, 29)
    period.save()
    at("2026-05-22T07:00+08:00")
    assert len(told("deadline")) == 2


# --- quarters ----------------------------------------------------------------------------------


def test_the_report_of_a_quarter_is_asked_for_once_it_has_ended(pokja, operator_bone, today, at):
    makers.make_indicators(pokja, operator_bone)
    for moment in ("2026-03-31T07:00+08:00", "2026-04-01T05:59+08:00"):
        at(moment)
        assert told("quarter") == []
    for moment in ("2026-04-01T06:00+08:00", "2026-04-02T06:00+08:00", "2026-04-10T07:00+08:00"):
        at(moment)
        assert told("quarter") == [
            ("operator_bone", "Isi capaian Triwulan I paling lambat 10 April 2026.")
        ]


@pytest.mark.parametrize("fields", [{"q1": 2}, {"annual": 2}])
def test_a_reported_quarter_is_not_asked_for(pokja, operator_bone, today, at, fields):
    makers.make_indicators(pokja, operator_bone)
    Target.objects.update(**fields)
    at("2026-04-05T07:00+08:00")
    assert told("quarter") == []


def test_after_the_due_day_nobody_is_asked(pokja, operator_bone, today, at):
    makers.make_indicators(pokja, operator_bone)
    at("2026-04-11T07:00+08:00")
    assert told("quarter") == []


def test_the_last_quarter_belongs_to_the_year_before(pokja, operator_bone, today, at):
    makers.make_indicators(pokja, operator_bone)
    at("2027-01-04T07:00+08:00")
    assert told("quarter") == [
        ("operator_bone", "Isi capaian Triwulan IV paling lambat 10 Januari 2027.")
    ]
    assert Notice.objects.get(event="quarter").url == "/tugas/?tahun=2026"


# --- files that do not open --------------------------------------------------------------------


@pytest.mark.parametrize(("state", "number"), [("gagal", 1), ("tidak_terbaca", 0), ("teks", 0)])
def test_who_uploaded_a_file_that_does_not_open_is_asked_for_another(
    regions, operator_bone, state, number
):
    document = makers.make_document(regions.bone, operator_bone, name="SK Pokja.pdf")
    Reading.objects.create(document=document, state=state, read_at=timezone.now())
    for _ in range(2):
        assert tell_due() == []
    text = "Berkas (SK Pokja.pdf) tidak dapat dibaca. Unggah ulang PDF."
    assert told("unreadable") == [("operator_bone", text)] * number
    if number:
        assert Notice.objects.get().url == f"/dokumen/{document.uuid}/"


def test_the_file_of_an_sk_is_named_as_such(pokja, regions, operator_bone):
    document = makers.make_document(regions.bone, operator_bone, name="SK.pdf")
    makers.make_decree(pokja, operator_bone, document=document)
    Reading.objects.create(document=document, state="gagal", read_at=timezone.now())
    tell_due()
    assert told("unreadable")[0][1] == "Berkas SK (SK.pdf) tidak dapat dibaca. Unggah ulang PDF."


# --- one part that fails -----------------------------------------------------------------------


def test_a_part_that_fails_holds_no_other_up_and_is_tried_again(
    send, verifikator_sulsel, time_machine, monkeypatch
):
    send("2026-03-02T09:00+08:00")
    time_machine.move_to(datetime.fromisoformat("2026-03-12T09:01+08:00"), tick=False)

    def tell_nothing(morning):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(occasions, "DAILY", (tell_nothing, *occasions.DAILY))
        with pytest.raises(CommandError, match="tell_nothing:WITA:2026-03-12"):
            call_command("kabari")
    assert len(told("over_target")) == 1
    assert tell_due() == []
