"""Many writers at once lose nothing and meet no error; the counts of the goal are in safety/."""

import pytest
from django.db import transaction

from apps.audit.models import Entry
from apps.audit.services import record
from tests.faults.writers import condition_off, duel_many, version_check_off, write_many
from tests.makers import make_decree, make_plan, make_pokja
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pokja(regions):
    return make_pokja(regions.makassar)


@pytest.fixture
def draft(pokja, operator_makassar):
    return make_decree(pokja, operator_makassar, number="188.45/0")


@pytest.fixture
def sent(pokja, operator_makassar):
    from apps.evidence.services import submit

    plan = make_plan(pokja, operator_makassar)
    submit(plan, actor=operator_makassar, revision=plan.revision)
    return plan


def test_many_writers_of_one_draft_lose_nothing(pokja, operator_makassar, draft, today):
    tally = write_many(pokja, operator_makassar, draft, writers=6, turns=2)
    assert (tally.errors, tally.lost) == ([], 0)
    assert tally.acknowledged + tally.warned == 12
    assert tally.acknowledged > 0


def test_without_the_version_check_most_would_be_lost(pokja, operator_makassar, draft, today):
    """Control."""
    with version_check_off():
        tally = write_many(pokja, operator_makassar, draft, writers=6, turns=2)
    assert tally.errors == []
    assert tally.lost > tally.acknowledged / 2


def test_every_duel_has_one_winner(sent, verifikator_sulsel, verifikator2_sulsel):
    found = duel_many(sent, verifikator_sulsel, verifikator2_sulsel, count=8)
    assert (found.errors, found.untold) == ([], 0)
    assert found.winners == {1: 8}


def test_without_the_condition_both_would_win(sent, verifikator_sulsel, verifikator2_sulsel):
    """Control."""
    with condition_off():
        found = duel_many(sent, verifikator_sulsel, verifikator2_sulsel, count=5)
    assert found.winners[2] > 2


def test_fifty_entries_of_the_log_at_once_all_stand(regions, operator_makassar):
    def write():
        with transaction.atomic():
            record("uji", regions.bone, actor=operator_makassar)

    before = Entry.objects.count()
    assert outcomes(at_once(*[write] * 50)) == {"ok": 50}
    assert Entry.objects.count() == before + 50
