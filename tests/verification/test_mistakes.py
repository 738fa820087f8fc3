"""The three most frequent reasons of a kind: what counts, where, and in which order."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.evidence.services import return_with_notes, submit, undo
from apps.verification.mistakes import provinces_seen_by, top_mistakes
from apps.verification.models import ReturnReason
from apps.verification.services import FieldNote
from tests import makers


@pytest.fixture
def reasons(db):
    names = ("Nomor beda", "Lampiran", "Cap", "Tanggal")
    return [
        ReturnReason.objects.create(code=f"uji-{at}", kind="work_plan", label=name, order=at)
        for at, name in enumerate(names)
    ]


@pytest.fixture
def plan(regions, operator_makassar):
    pokja = makers.make_pokja(regions.makassar)
    return makers.make_plan(pokja, operator_makassar)


@pytest.fixture
def come_back(operator_makassar, verifikator_sulsel):
    """come_back(item, *reasons): sent and returned with these coded notes."""

    def act(item, *found, by=None, judge=None):
        submit(item, actor=by or operator_makassar, revision=item.revision)
        notes = tuple(FieldNote(reason=reason) for reason in found)
        return return_with_notes(
            item, actor=judge or verifikator_sulsel, revision=item.revision, notes=notes
        )

    return act


def labels(found, kind="work_plan"):
    return [(mistake.label, mistake.count) for mistake in found.get(kind, [])]


def test_where_nothing_was_returned_nothing_is_asked(db):
    assert top_mistakes(["work_plan", "decree"]) == {}


def test_the_most_frequent_stand_first_and_only_three(plan, reasons, come_back):
    come_back(plan, reasons[3], reasons[1])
    come_back(plan, reasons[3], reasons[2], reasons[0])
    assert labels(top_mistakes(["work_plan"])) == [
        ("Tanggal", 2),
        ("Nomor beda", 1),
        ("Lampiran", 1),
    ]


def test_the_same_reason_at_two_fields_of_one_return_counts_once(plan, reasons, come_back):
    come_back(plan, reasons[0], reasons[0])
    assert labels(top_mistakes(["work_plan"])) == [("Nomor beda", 1)]


def test_an_undone_return_does_not_count(plan, reasons, come_back, verifikator_sulsel):
    come_back(plan, reasons[0])
    undo(plan, actor=verifikator_sulsel, revision=plan.revision)
    assert top_mistakes(["work_plan"]) == {}


def test_what_is_older_than_a_year_and_what_is_not_in_use_are_left_out(plan, reasons, come_back):
    with time_machine.travel(timezone.now() - timedelta(days=366), tick=False):
        come_back(plan, reasons[0])
    come_back(plan, reasons[1], reasons[2])
    ReturnReason.objects.filter(pk=reasons[2].pk).update(is_active=False)
    assert labels(top_mistakes(["work_plan"])) == [("Lampiran", 1)]


def test_each_province_learns_from_its_own_returns(
    plan, reasons, come_back, regions, operator_banjarmasin, verifikator_kalsel, verifikator_sulsel
):
    come_back(plan, reasons[0])
    other = makers.make_plan(
        makers.make_pokja(regions.banjarmasin, code="bjm"), operator_banjarmasin
    )
    come_back(other, reasons[1], by=operator_banjarmasin, judge=verifikator_kalsel)
    seen = provinces_seen_by(verifikator_sulsel)
    assert labels(top_mistakes(["work_plan"], seen)) == [("Nomor beda", 1)]
    assert len(top_mistakes(["work_plan"])["work_plan"]) == 2


def test_the_national_office_learns_from_the_whole_nation(pusat, admin):
    assert (provinces_seen_by(pusat), provinces_seen_by(admin)) == (None, None)


def test_two_queries_for_all_kinds(plan, reasons, come_back, django_assert_num_queries):
    come_back(plan, *reasons)
    with django_assert_num_queries(2):
        top_mistakes(["work_plan", "decree", "budget", "indicator_set", "nil"])
