"""What the deadlines say above the list of tasks."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from apps.deadlines.models import Period
from apps.inbox.due import Due, due_for
from apps.inbox.tasks import TODO, Task
from tests.inbox.test_views import text


def task(criterion):
    return Task(TODO, "Isi", "/", "belum_mengisi", criterion=criterion)


@pytest.fixture
def period(db):
    def make(due_on, kind="", **fields):
        return Period.objects.create(
            year=2026, kind=kind, opens_on=date(2026, 1, 5), due_on=due_on, **fields
        )

    return make


@pytest.fixture
def due(regions, today):
    def ask(*criteria):
        tasks = [task(name) for name in criteria]
        return due_for(tasks, [regions.bone], 2026, timezone.now())

    return ask


def test_the_head_names_the_day_and_what_is_left(client_of, pokja, operator_bone, steps, period):
    period(date(2026, 3, 31))
    page = text(client_of(operator_bone).get("/tugas/"))
    assert "1 tugas perlu dikerjakan sebelum Selasa, 31 Maret 2026 (19 hari lagi)." in page


def test_without_a_deadline_nothing_is_said(due):
    assert due("sk") == Due()


def test_the_nearest_of_several_days_counts_and_only_for_what_is_open(due, period):
    period(date(2026, 3, 31))
    period(date(2026, 3, 20), kind="budget")
    assert due("sk", "anggaran").until == "Jumat, 20 Maret 2026"
    assert due("sk").until == "Selasa, 31 Maret 2026"


def test_the_last_day_itself_is_still_in_time(due, period):
    period(date(2026, 3, 12))
    assert (due("sk").left, due("sk").notes) == ("hari terakhir", [])


def test_a_task_about_the_whole_pokja_is_about_all_four(due, period):
    period(date(2026, 3, 11))
    assert due("").notes == [
        "Batas pengisian 2026 berakhir 11 Maret 2026. Anda masih dapat mengirim; tanda "
        "terlambat akan tercatat."
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"grace_until": date(2026, 3, 20)},
            "Batas pengisian SK 2026 berakhir 10 Maret 2026. Sampai 20 Maret 2026 isian masih "
            "diterima tanpa tanda terlambat.",
        ),
        (
            {"locks_on": date(2026, 3, 11)},
            "Pengisian SK 2026 terkunci setelah 11 Maret 2026. Draf tetap dapat diisi; minta "
            "koordinator provinsi membukanya kembali untuk mengirim.",
        ),
    ],
)
def test_grace_and_lock_are_told(due, period, fields, sentence):
    period(date(2026, 3, 10), kind="decree", **fields)
    assert due("sk", "rencana_kerja").notes == [sentence]


def test_a_period_to_come_is_told_with_its_first_day(due):
    Period.objects.create(
        year=2026, opens_on=date(2026, 4, 1), due_on=date(2026, 5, 1), kind="work_plan"
    )
    assert due("rencana_kerja").notes == [
        "Pengisian rencana kerja 2026 dibuka 1 April 2026. Draf sudah dapat diisi."
    ]


def test_the_day_ends_on_the_clock_of_the_province(regions, period):
    """00.30 in Makassar (WITA) is still the day before in Jakarta."""
    period(date(2026, 3, 11))
    now = datetime(2026, 3, 11, 16, 30, tzinfo=UTC)
    assert len(due_for([task("sk")], [regions.bone], 2026, now).notes) == 1
