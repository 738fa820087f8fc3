"""``per``: how a past day is asked for, and what was known at the end of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import RequestFactory

from apps.decrees.models import Decree
from apps.decrees.services import save_decree
from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.moment import Moment, moment_context, moment_error, moment_of
from apps.effectiveness.queries import assess, assess_one
from apps.evidence.services import cancel, declare_nil, open_version, submit, undo, verify, withdraw
from apps.pokja.models import Pokja
from apps.verification.models import Evidence
from tests.makers import DECREE, make_decree, make_document, make_plan, make_pokja, verified

pytestmark = pytest.mark.django_db
PAPER = {"issued_on": date(2025, 1, 2), "valid_from": date(2025, 1, 2)}


def asked(*values):
    return RequestFactory().get("/", {"per": list(values)})


# --- the address ---


@pytest.mark.parametrize(
    "typed", ["31 Desember 2025", "2025-12-31", "31/12/2025", "  31  des 2025 ", "31-12-2025"]
)
def test_a_past_day_is_understood_as_people_write_it(today, typed):
    assert moment_of(asked(typed)) == Moment(date(2025, 12, 31))
    assert moment_error(asked(typed)) == ""


@pytest.mark.parametrize("typed", ["", "   ", "2026-03-12", "12 Maret 2026"])
def test_nothing_and_today_are_the_present(today, typed):
    assert (moment_of(asked(typed)), moment_error(asked(typed))) == (None, "")


@pytest.mark.parametrize("typed", ["13 Maret 2026", "2099-01-01"])
def test_a_day_to_come_shows_the_present_and_says_so(today, typed):
    assert moment_of(asked(typed)) is None
    assert moment_error(asked(typed)).endswith("belum lewat; menampilkan keadaan sekarang.")


@pytest.mark.parametrize(
    "typed",
    [
        "31 Februari 2026",
        "0001-01-01",
        "9999-12-31",
        "1944-12-31",
        "kemarin",
        "12",
        "\x00",
        "<script>",
        "٣١ Maret 2026",
        "9" * 5000,
    ],
)
def test_what_is_no_date_shows_the_present_with_an_example(today, typed):
    assert moment_of(asked(typed)) is None
    assert moment_error(asked(typed)) == (
        "Tulis tanggal sebagai hari, bulan, tahun, misalnya 24 Juli 2023. "
        "Menampilkan keadaan sekarang."
    )
    assert len(moment_context(asked(typed))["moment_typed"]) <= 60


def test_of_several_days_the_last_one_counts(today):
    assert moment_of(asked("kemarin", "2025-06-30")) == Moment(date(2025, 6, 30))
    assert moment_of(asked("2025-06-30", "kemarin")) is None


def test_the_day_is_that_of_jakarta(time_machine):
    time_machine.move_to("2026-03-12T17:30:00Z", tick=False)  # the 13th there
    assert moment_of(asked("12 Maret 2026")) == Moment(date(2026, 3, 12))
    assert moment_of(asked("13 Maret 2026")) is None


def test_a_moment_is_the_last_instant_of_its_day():
    known = Moment(date(2026, 3, 31)).known
    assert known < datetime(2026, 3, 31, 17, 0, tzinfo=UTC) <= known + timedelta(microseconds=1)


def test_the_reference_date_is_that_of_then():
    then = Moment(date(2025, 6, 30))
    assert [then.reference(year) for year in (2024, 2025, 2026)] == [
        date(2024, 12, 31),
        date(2025, 6, 30),
        date(2025, 6, 30),
    ]


# --- what was known, through the portal's own steps ---


@pytest.fixture
def walk(rubric, regions, operator_makassar, verifikator_sulsel, time_machine):
    """One day of April 2025 for each step; ``at(day)`` moves the clock."""

    class Walk:
        officer, judge = operator_makassar, verifikator_sulsel
        pokja = make_pokja(regions.makassar)

        def at(self, day, second=0):
            time_machine.move_to(datetime(2025, 4, day, 3, 0, second, tzinfo=UTC), tick=False)

        def seen(self, criterion, day):
            """The status at the end of a day."""
            known = Moment(date(2025, 4, day)).known
            return assess_one(self.pokja, 2025, known=known).results[criterion].status

    return Walk()


@pytest.fixture
def rubric(db):
    load_builtin_rubric()


def test_every_step_shows_on_its_day_and_not_before(walk):
    walk.at(2)
    plan = make_plan(walk.pokja, walk.officer, 2025)
    walk.at(4)
    submit(plan, actor=walk.officer, revision=plan.revision)
    walk.at(6)
    withdraw(plan, actor=walk.officer, revision=plan.revision)
    walk.at(8)
    submit(plan, actor=walk.officer, revision=plan.revision)
    walk.at(10)
    verify(plan, actor=walk.judge, revision=plan.revision)
    walk.at(10, second=30)
    undo(plan, actor=walk.judge, revision=plan.revision)
    walk.at(12)
    verify(plan, actor=walk.judge, revision=plan.revision)
    walk.at(28)
    days = {day: walk.seen("rencana_kerja", day) for day in range(1, 14)}
    assert [day for day, status in days.items() if status == "menunggu"] == [4, 5, 8, 9, 10, 11]
    assert [day for day, status in days.items() if status == "terpenuhi"] == [12, 13]
    assert {days[day] for day in (1, 2, 3, 6, 7)} == {"belum_mengisi"}


def test_a_later_version_replaces_on_the_day_it_is_verified(walk):
    walk.at(2)
    plan = make_plan(walk.pokja, walk.officer, 2025)
    first = verified(plan, walk.officer, walk.judge)
    walk.at(5)
    second = open_version(first, actor=walk.officer)
    submit(second, actor=walk.officer, revision=second.revision)
    walk.at(7)
    verify(second, actor=walk.judge, revision=second.revision)
    walk.at(28)

    def counting(day):
        known = Moment(date(2025, 4, day)).known
        return assess_one(walk.pokja, 2025, known=known).results["rencana_kerja"].evidence_id

    assert [counting(day) for day in (4, 6, 7)] == [first.pk, first.pk, second.pk]


def test_a_pokja_that_a_later_version_left_out_was_covered_until_then(walk, regions):
    walk.at(2)
    other = make_pokja(regions.makassar, code="kedua")
    document = make_document(regions.makassar, walk.officer)
    decree = make_decree(walk.pokja, walk.officer, document=document, **PAPER)
    verified(decree, walk.officer, walk.judge)
    walk.at(5)
    second = open_version(decree, actor=walk.officer)
    save_decree(
        second,
        DECREE | PAPER,
        actor=walk.officer,
        pokja=[(other, "establish", "")],
        revision=second.revision,
        document=document,
    )
    second.refresh_from_db()
    verified(second, walk.officer, walk.judge)
    walk.at(28)
    assert [walk.seen("sk", day) for day in (1, 4, 5)] == [
        "belum_mengisi",
        "terpenuhi",
        "belum_mengisi",
    ]


def test_a_cancelled_verification_counted_until_it_was_cancelled(walk, make_user, regions):
    koordinator = make_user("coordinator", regions.sulsel)
    walk.at(2)
    plan = make_plan(walk.pokja, walk.officer, 2025)
    verified(plan, walk.officer, walk.judge)
    walk.at(6)
    cancel(plan, actor=koordinator, revision=plan.revision, note="Salah tahun")
    walk.at(28)
    assert (walk.seen("rencana_kerja", 5), walk.seen("rencana_kerja", 6)) == (
        "terpenuhi",
        "belum_mengisi",
    )


def test_a_declaration_of_nothing_is_known_from_its_day_on(walk):
    walk.at(3)
    declare_nil(walk.pokja, 2025, "anggaran", "Belum dianggarkan", actor=walk.officer)
    walk.at(28)
    assert (walk.seen("anggaran", 2), walk.seen("anggaran", 3)) == (
        "belum_mengisi",
        "tidak_terpenuhi",
    )


def test_an_sk_that_was_sent_and_emptied_since_stops_nothing(walk, regions):
    """Drafts may lack their dates; what it said when it was sent cannot be told any more."""
    walk.at(2)
    document = make_document(regions.makassar, walk.officer)
    decree = make_decree(walk.pokja, walk.officer, document=document, **PAPER)
    submit(decree, actor=walk.officer, revision=decree.revision)
    walk.at(5)
    withdraw(decree, actor=walk.officer, revision=decree.revision)
    Decree.objects.update(issued_on=None, valid_from=None, valid_until=None)
    assert walk.seen("sk", 3) == "belum_mengisi"


def test_the_present_is_what_is_known_now(walk):
    walk.at(2)
    verified(make_plan(walk.pokja, walk.officer, 2025), walk.officer, walk.judge)
    walk.at(3)
    now = assess(Pokja.objects.all(), 2025)
    known = assess(Pokja.objects.all(), 2025, known=datetime(2025, 4, 3, 3, tzinfo=UTC))
    assert [item.results for item in now] == [item.results for item in known]


@pytest.mark.parametrize("copies", [1, 4])
def test_what_was_known_costs_as_much_as_what_is(walk, regions, django_assert_num_queries, copies):
    walk.at(2)
    for number in range(copies):
        pokja = make_pokja(regions.makassar, code=f"ke-{number}")
        verified(make_plan(pokja, walk.officer, 2025), walk.officer, walk.judge)
    assert Evidence.objects.count() == copies
    known = Moment(date(2025, 4, 1)).known
    with django_assert_num_queries(10):
        assess(Pokja.objects.all(), 2025, known=known)
    with django_assert_num_queries(10):
        assess(Pokja.objects.all(), 2025)
