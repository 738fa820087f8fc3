"""Many people at the same moment, and settling among them: nothing is left old."""

from threading import Thread

import pytest
from django.db import connection, transaction

from apps.accounts.models import User
from apps.effectiveness import stored
from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.models import StaleMark
from apps.effectiveness.proof import prove
from apps.effectiveness.stored import settle
from apps.evidence.services import submit, verify
from apps.verification.models import Evidence
from tests import makers
from tests.effectiveness.storing import Hand, answers_differ
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True)
ITEMS = 10
JUDGE = "verifikator_sulsel"


@pytest.fixture
def rubric(db):
    load_builtin_rubric()


@pytest.fixture
def sent(today, rubric, regions, operator_makassar):
    """Plans of several Pokja of one region, waiting to be verified; all settled."""
    found = []
    for number in range(ITEMS):
        pokja = makers.make_pokja(regions.makassar, code=f"makassar-{number}")
        plan = makers.make_plan(pokja, operator_makassar)
        submit(plan, actor=operator_makassar, revision=plan.revision)
        found.append(plan)
    settle()
    return found


def test_verifications_and_settling_at_once_leave_nothing_old(sent, verifikator_sulsel):
    def judging(plan):
        def run():
            item, judge = Evidence.objects.get(pk=plan.pk), User.objects.get(username=JUDGE)
            return verify(item, actor=judge, revision=item.revision)

        return run

    results = at_once(*[task for plan in sent for task in (judging(plan), settle)])
    assert outcomes(results) == {"ok": 2 * ITEMS}
    assert answers_differ() == []
    settle()
    assert not StaleMark.objects.exists()
    assert prove().differences == []
    assert answers_differ() == []


def test_random_writes_of_several_people_at_once(today, rubric, regions):
    hands = [Hand(3, today), Hand(4, today, count=100)]
    settle()

    def writing(hand):
        def run():
            for _ in range(8):
                with transaction.atomic():
                    # Written one after the other: what is raced for is the settling.
                    hand.step_by_sql()
                    hand.line()

        return run

    results = at_once(*map(writing, hands), *[settle] * 3)
    assert outcomes(results) == {"ok": 5}
    assert answers_differ() == []
    settle()
    assert prove().differences == []


def test_what_is_written_while_settling_reads_keeps_its_mark(sent, monkeypatch):
    read = stored.stories_of
    writers = []

    def write():
        Evidence.objects.filter(pk=sent[0].pk).update(status="cancelled")
        connection.close()

    def read_and_be_overtaken(*args):
        found = read(*args)
        if not writers:
            writers.append(Thread(target=write))
            writers[0].start()
            writers[0].join(timeout=1)  # SQLite lets it write only afterwards
        return found

    Evidence.objects.filter(pk=sent[1].pk).update(status="cancelled")
    monkeypatch.setattr(stored, "stories_of", read_and_be_overtaken)
    settle()
    writers[0].join()
    assert StaleMark.objects.exists()
    assert answers_differ() == []
    settle()
    assert not StaleMark.objects.exists()
    assert answers_differ() == []
