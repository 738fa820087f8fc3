"""Pins and decisions at the same moment: nothing is lost, nothing goes out twice."""

import pytest

from apps.verification import pins
from apps.verification.models import Evidence, Pin
from apps.verification.pins import Spot
from tests import makers
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


@pytest.fixture
def decree(regions, operator_makassar):
    from apps.evidence.services import submit

    pokja = makers.make_pokja(regions.makassar)
    file = makers.make_document(regions.makassar, operator_makassar, pages=2)
    item = makers.make_decree(pokja, operator_makassar, document=file)
    submit(item, actor=operator_makassar, revision=item.revision)
    return item


def own_copy(evidence):
    return Evidence.objects.select_related("region", "decree__document").get(pk=evidence.pk)


def placing(evidence, actor, text):
    seen = own_copy(evidence)
    return lambda: pins.place(
        seen,
        seen.decree.document,
        Spot(1, 0.5, 0.5),
        text,
        actor=actor,
        revision=seen.revision,
    )


def test_the_same_pin_sent_at_once_is_one(decree, verifikator_sulsel):
    tasks = [placing(decree, verifikator_sulsel, "Cap") for _ in range(MANY)]
    assert outcomes(at_once(*tasks)) == {"ok": MANY}
    assert Pin.objects.count() == 1


def test_a_pin_at_the_moment_of_a_return_goes_out_or_is_refused(decree, verifikator_sulsel):
    from apps.evidence.services import return_with_notes

    pins.place(
        decree,
        decree.decree.document,
        Spot(1, 0, 0),
        "Pertama",
        actor=verifikator_sulsel,
        revision=decree.revision,
    )
    seen = own_copy(decree)
    results = at_once(
        lambda: return_with_notes(seen, actor=verifikator_sulsel, revision=seen.revision),
        *(placing(decree, verifikator_sulsel, f"Pin {number}") for number in range(MANY)),
    )
    told = outcomes(results)
    assert set(told) <= {"ok", "StepConflict"}
    assert not isinstance(results[0], Exception)
    assert Pin.objects.filter(history=results[0]).count() == Pin.objects.count() == told["ok"]


def test_pins_at_the_moment_of_an_approval_leave_nothing_open(
    decree, verifikator_sulsel, verifikator2_sulsel
):
    from apps.evidence.services import verify

    seen = own_copy(decree)
    results = at_once(
        lambda: verify(seen, actor=verifikator2_sulsel, revision=seen.revision),
        *(placing(decree, verifikator_sulsel, f"Pin {number}") for number in range(MANY)),
    )
    assert not isinstance(results[0], Exception)
    assert set(outcomes(results)) <= {"ok", "StepConflict"}
    assert not Pin.objects.exists()


def test_of_two_returns_one_stands_and_the_other_verifier_keeps_the_pins(
    decree, verifikator_sulsel, verifikator2_sulsel
):
    from apps.evidence.services import return_with_notes

    judges = (verifikator_sulsel, verifikator2_sulsel)
    for judge in judges:
        placing(decree, judge, f"Pin {judge}")()
    seen = [own_copy(decree) for _ in judges]
    results = at_once(
        *(
            lambda item=item, judge=judge: return_with_notes(
                item, actor=judge, revision=item.revision
            )
            for item, judge in zip(seen, judges, strict=True)
        )
    )
    assert outcomes(results) == {"ok": 1, "StepConflict": 1}
    won = next(row for row in results if not isinstance(row, Exception))
    assert [pin.history for pin in Pin.objects.filter(created_by=won.actor)] == [won]
    assert [pin.history for pin in Pin.objects.exclude(created_by=won.actor)] == [None]
