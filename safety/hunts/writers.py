"""G5: writers of one draft, duels of two verifiers; then the same with the guard off."""

import pytest
from django.db import connection

from apps.evidence.services import submit
from tests.faults.writers import condition_off, duel_many, version_check_off, write_many
from tests.makers import make_decree, make_plan, make_pokja

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pokja(regions):
    return make_pokja(regions.makassar)


def test_writers_of_one_draft(pokja, operator_makassar, today, figures, short):
    writers, turns = (20, 4) if short else (50, 20)
    draft = make_decree(pokja, operator_makassar, number="188.45/0")
    guarded = write_many(pokja, operator_makassar, draft, writers=writers, turns=turns)
    with version_check_off():
        control = write_many(pokja, operator_makassar, draft, writers=writers, turns=3)
    figures["writes"] = {
        "vendor": connection.vendor,
        "sent": writers * turns,
        "saved": guarded.acknowledged,
        "warned": guarded.warned,
        "lost": guarded.lost,
        "errors": guarded.errors[:10],
        "control_saved": control.acknowledged,
        "control_lost": control.lost,
    }


def test_duels(pokja, operator_makassar, cast, figures, short):
    count = 50 if short else 1_000
    plan = make_plan(pokja, operator_makassar)
    submit(plan, actor=operator_makassar, revision=plan.revision)
    judges = cast["verifikator_sulsel"], cast["verifikator2_sulsel"]
    found = duel_many(plan, *judges, count=count)
    with condition_off():
        control = duel_many(plan, *judges, count=20)
    figures["duels"] = {
        "count": count,
        "one_winner": found.winners[1],
        "errors": found.errors[:10],
        "untold": found.untold,
        "control_two_winners": control.winners[2],
    }
