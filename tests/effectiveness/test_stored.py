"""Stored figures are never old ones: whatever was written, however, on whatever day."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.dashboard.nation_years import nation_years
from apps.decrees.models import Decree
from apps.effectiveness import stamps, stored, triggers
from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.mark_sources import SOURCES
from apps.effectiveness.models import Rubric, RubricCriterion, StaleMark, StoredScore, StoredTally
from apps.effectiveness.proof import prove
from apps.effectiveness.standings import nation_standings, province_items
from apps.effectiveness.stored import rebuild, settle
from apps.pokja.enums import FundSource
from apps.pokja.models import Pokja
from apps.regions.models import Region
from apps.verification.models import Evidence
from apps.work_plans.models import WorkPlan
from tests.effectiveness.storing import WAYS, YEARS, Hand, answers_differ, sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def rubric(db):
    load_builtin_rubric()


@pytest.fixture
def hand(today, rubric, regions):
    """Pokja and evidence at random over two provinces, all of it settled."""
    hand = Hand(7, today)
    settle()
    return hand


@pytest.fixture
def everything_stored():
    """Fails where a figure is computed on reading: what follows must come from stored rows."""

    def assert_stored(years=YEARS):
        assert all(not standing.items for standing in nation_standings(years))

    return assert_stored


# --- whatever is written -----------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_after_any_writes_the_answers_are_those_of_the_raw_rows(today, rubric, regions, seed):
    hand = Hand(seed, today)
    settle()
    for _ in range(5):
        done = [hand.write() for _ in range(hand.dice.randint(1, 4))]
        assert answers_differ() == [], done
        if hand.dice.random() < 0.6:
            settle()
            assert answers_differ() == [], ("settled", done)
    settle()
    assert not StaleMark.objects.exists()
    assert prove().differences == []


def test_each_way_of_writing_is_seen_at_once(hand):
    for way in sorted(set(WAYS)):
        getattr(hand, way)()
        assert answers_differ() == [], way
        settle()
        assert answers_differ() == [], (way, "settled")


def test_settled_figures_come_from_stored_rows(hand, everything_stored):
    everything_stored()
    assert answers_differ() == []


def test_a_region_that_ends_leaves_the_official_figure_though_no_score_moves(hand, regions):
    Evidence.objects.update(status="verified")
    Rubric.objects.update(accepted_sources=list(FundSource.values))
    RubricCriterion.objects.exclude(criterion="rencana_kerja").update(is_required=False)
    plan = WorkPlan.objects.filter(activities__isnull=False).order_by("pk").first()
    WorkPlan.objects.filter(pk=plan.pk).update(year=2026)
    Pokja.objects.filter(pk=plan.pokja_id).update(region=regions.makassar, formed_on=None)
    settle()
    before = nation_years([2026])[0].effective
    Region.objects.filter(pk=regions.makassar.pk).update(ended_on="2026-01-01")
    settle()
    after = nation_years([2026])[0].effective
    assert (before.provinces, before.districts - 1) == after
    assert answers_differ() == []


def test_the_mark_of_a_region_that_is_no_more_goes_as_well(hand, everything_stored):
    region = Pokja.objects.first().region
    sql(
        "INSERT INTO effectiveness_stalemark (region_id, province_id) VALUES (%s, %s)",
        *(987_654, region.province_id),
    )
    sql("INSERT INTO effectiveness_stalemark (region_id, province_id) VALUES (987654, 987653)")
    assert nation_standings([2026])[0].items
    settle()
    assert not StaleMark.objects.exists()
    everything_stored()


# --- whatever day it is ------------------------------------------------------------------------


def test_every_day_of_the_year_is_right_without_a_job(hand, today, time_machine, everything_stored):
    for days in (1, 17, 60, 130, 200, 293):
        time_machine.move_to(f"{today + timedelta(days=days)}T03:00:00Z", tick=False)
        everything_stored()
        assert answers_differ() == [], days


def test_the_day_an_sk_ends(hand, time_machine, today):
    last = today + timedelta(days=9)
    Decree.objects.update(valid_from=date(2024, 1, 1), issued_on=date(2024, 1, 1))
    Decree.objects.update(valid_until=last)
    settle()
    counts = {}
    for day in (last, last + timedelta(days=1)):
        time_machine.move_to(f"{day}T03:00:00Z", tick=False)
        assert answers_differ() == []
        counts[day] = nation_years([2026])[0].total.met["sk"]
    assert counts[last] > 0
    assert counts[last + timedelta(days=1)] == 0


def test_the_new_year_is_right_before_any_job_ran(hand, time_machine, everything_stored):
    time_machine.move_to("2027-01-01T00:30:00+07:00", tick=False)
    everything_stored((2025, 2026, 2027))
    assert answers_differ((2025, 2026, 2027)) == []
    settle()
    assert answers_differ((2025, 2026, 2027)) == []
    assert prove().differences == []


def test_two_years_later_too(hand, time_machine):
    time_machine.move_to("2028-06-01T03:00:00Z", tick=False)
    years = (2026, 2027, 2028)
    assert answers_differ(years) == []
    settle()
    assert answers_differ(years) == []
    assert prove().differences == []


# --- whatever the rules ------------------------------------------------------------------------


def test_another_weight_or_source_or_region_rule_is_seen_at_once(hand):
    for change in (
        lambda: Rubric.objects.update(region_rule="all"),
        lambda: Rubric.objects.update(accepted_sources=["csr"]),
        lambda: RubricCriterion.objects.filter(criterion="anggaran").update(is_required=False),
    ):
        change()
        assert answers_differ() == []
        settle()
        assert answers_differ() == []
    assert prove().differences == []


def test_another_rubric_for_some_years_is_settled_without_marks(hand, everything_stored):
    Rubric.objects.update(year_to=2025)
    assert answers_differ() == []
    assert not StaleMark.objects.exists()
    settle()
    everything_stored()
    assert [year.effective for year in nation_years([2026])] == [None]
    assert answers_differ() == []


def test_a_year_with_criteria_beside_the_four_is_always_computed(hand):
    rubric = Rubric.objects.get()
    RubricCriterion.objects.filter(criterion="sk").update(weight=15)
    RubricCriterion.objects.create(rubric=rubric, criterion="perda", weight=10, is_required=False)
    settle()
    assert all(standing.items and not standing.stored for standing in nation_standings(YEARS))
    assert answers_differ() == []


# --- the marks ---------------------------------------------------------------------------------


def test_a_crash_between_write_and_settling_leaves_the_mark(hand, monkeypatch):
    Evidence.objects.update(status="verified")
    marks = StaleMark.objects.count()

    def crash(*args):
        raise RuntimeError("mati")

    monkeypatch.setattr(stored, "insert_rows", crash)
    assert settle().failed > 0
    assert StaleMark.objects.count() == marks
    assert answers_differ() == []
    monkeypatch.undo()
    assert settle().failed == 0
    assert answers_differ() == []


def test_one_province_that_fails_keeps_nobody_waiting(hand, regions, monkeypatch):
    Evidence.objects.update(status="verified")
    told = stored.spans_of

    def odd(story, *args):
        if story.province_id == regions.kalsel.pk:
            raise RuntimeError("data ganjil")
        return told(story, *args)

    monkeypatch.setattr(stored, "spans_of", odd)
    done = settle()
    assert (done.failed, done.provinces) == (1, 1)
    assert set(StaleMark.objects.values_list("province_id", flat=True)) == {regions.kalsel.pk}


def test_marks_do_not_grow_without_end(hand):
    for _ in range(3):
        Evidence.objects.update(status="verified")
        Evidence.objects.update(status="cancelled")
    assert StaleMark.objects.count() <= 6 * Pokja.objects.count()
    settle()
    assert StaleMark.objects.count() == 0


def test_what_touches_no_figure_leaves_no_mark(hand):
    Evidence.objects.update(title="Lain", revision=9)
    Pokja.objects.update(name="Nama lain", revision=9)
    sql("UPDATE budgets_budgetline SET spent = 1, page = '3'")
    sql("UPDATE work_plans_activity SET name = 'Lain'")
    sql("UPDATE indicators_target SET q1 = 5")
    assert not StaleMark.objects.exists()
    assert answers_differ() == []


def test_settling_again_writes_nothing(hand):
    assert settle().written == 0
    Evidence.objects.filter(pk=Evidence.objects.first().pk).update(year=2019)
    done = settle()
    assert (done.written, StaleMark.objects.exists()) == (0, False)


# --- periksa_nilai -----------------------------------------------------------------------------


@pytest.mark.parametrize(("limit", "times"), [(1, 1), (10_000, 0)])
def test_after_many_rows_the_planner_is_told(hand, monkeypatch, limit, times):
    """Right after thousands of rows PostgreSQL plans for empty tables: pages took twice as long."""
    monkeypatch.setattr(stored, "MANY_WRITTEN", limit)
    with CaptureQueriesContext(connection) as asked:
        rebuild()
    told = [query["sql"] for query in asked if query["sql"].startswith("ANALYZE")]
    assert len(told) == (times if connection.vendor == "postgresql" else 0)


def test_periksa_nilai_says_how_many_figures_are_right(hand, capsys):
    hand.step()
    call_command("periksa_nilai")
    assert f"{StoredScore.objects.count()} nilai tersimpan dibandingkan, 0 berbeda" in (
        capsys.readouterr().out.replace(".", "")
    )


def test_without_the_triggers_it_finds_what_is_old_and_can_put_it_right(hand, capsys):
    """The control: what the other tests rest on are the triggers, and the proof has eyes."""
    triggers.remove()
    Evidence.objects.update(status="cancelled")
    assert answers_differ() != []
    with pytest.raises(CommandError, match="berbeda dari data mentah"):
        call_command("periksa_nilai")
    assert "tersimpan" in capsys.readouterr().out
    settle()
    triggers.remove()
    Evidence.objects.update(status="draft")
    call_command("periksa_nilai", perbaiki=True)
    assert answers_differ() == []


def test_a_row_changed_by_hand_is_found(hand):
    StoredScore.objects.filter(year=2026).update(score=99)
    with pytest.raises(CommandError):
        call_command("periksa_nilai")
    StoredScore.objects.filter(year=2026).update(score=25)
    rebuild()
    StoredTally.objects.filter(year=2026).update(met_sk=99)
    with pytest.raises(CommandError):
        call_command("periksa_nilai")


def test_missing_triggers_are_made_again_and_everything_is_marked(hand):
    triggers.remove()
    assert triggers.ensure() is True
    assert StaleMark.objects.exists()
    assert triggers.ensure() is False


def test_triggers_are_there_after_migrate():
    with connection.cursor():
        of_stamps = (1 if connection.vendor == "postgresql" else 3) * len(stamps.TABLES)
        assert len(triggers.installed()) == 3 * len(SOURCES) + of_stamps


# --- what reading costs ------------------------------------------------------------------------


def test_the_nation_costs_three_queries_for_any_number_of_years(hand, django_assert_num_queries):
    for years in ([2026], [2022, 2023, 2024, 2025, 2026]):
        with django_assert_num_queries(3):
            nation_years(years)


def test_a_province_costs_three_queries(hand, regions, django_assert_num_queries):
    with django_assert_num_queries(3):
        province_items(regions.sulsel.pk, [2026])
