"""Items that were decided on Thursday 12 March 2026, 11.00 WITA, and a clock to move on."""

from datetime import timedelta

import pytest
import time_machine

from tests import makers
from tests.conftest import TODAY

REASON = "Penanggung jawab tercantum pada lampiran halaman tiga."


@pytest.fixture
def clock(db):
    """The frozen clock: clock.shift(timedelta(days=1)), clock.move_to(moment)."""
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def pokja(regions):
    return makers.make_pokja(regions.makassar, name="Pokja GDPK", kinds=("gdpk",))


@pytest.fixture
def sent(clock, pokja, operator_makassar):
    """A submitted plan of Makassar."""
    from apps.evidence.services import submit

    plan = makers.make_plan(pokja, operator_makassar)
    submit(plan, actor=operator_makassar, revision=plan.revision)
    return plan


def give_back(item, judge, *texts):
    """Return an item with notes."""
    from apps.evidence.services import return_with_notes
    from apps.verification.services import FieldNote

    notes = tuple(FieldNote(text=text) for text in texts or ("Lengkapi penanggung jawab",))
    return_with_notes(item, actor=judge, revision=item.revision, notes=notes)
    return item


@pytest.fixture
def returned(sent, clock, verifikator_sulsel):
    """The plan, returned an hour ago."""
    give_back(sent, verifikator_sulsel, "Lengkapi penanggung jawab", "Triwulan III kosong")
    clock.shift(timedelta(hours=1))
    return sent


@pytest.fixture
def verified(sent, clock, verifikator_sulsel):
    """The plan, verified an hour ago."""
    from apps.evidence.services import verify

    verify(sent, actor=verifikator_sulsel, revision=sent.revision)
    clock.shift(timedelta(hours=1))
    return sent


@pytest.fixture
def cancelled(verified, clock, koordinator_sulsel):
    """The plan, verified and then cancelled by the koordinator."""
    from apps.evidence.services import cancel

    cancel(verified, actor=koordinator_sulsel, revision=verified.revision, note="Salah tahun")
    clock.shift(timedelta(hours=1))
    return verified


@pytest.fixture
def reply(operator_makassar):
    """reply(evidence): dispute its decision, or agree."""
    from apps.reviews.queries import standing_decision
    from apps.reviews.services import reply_to

    def act(evidence, *, by=None, disputes=True, reason=REASON, notes=(), **more):
        decision = standing_decision(evidence)
        more = {"decision_pk": decision and decision.pk} | more
        return reply_to(
            evidence,
            actor=by or operator_makassar,
            disputes=disputes,
            reason=reason,
            notes=notes,
            **more,
        )

    return act
