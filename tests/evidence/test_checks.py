"""The checks of many items at once say what the checks of each one say."""

from decimal import Decimal

import pytest

from tests import makers


@pytest.fixture
def items(regions, operator_makassar, operator_bone, verifikator_sulsel):
    """One of each kind that is in order and one of each that is odd."""
    from apps.evidence.services import declare_nil

    pokja = makers.make_pokja(regions.makassar)
    other = makers.make_pokja(regions.bone, code="bone-bk", name="Pokja Bone")
    file = makers.make_document(regions.makassar, operator_makassar)
    twin = makers.make_document(regions.bone, operator_bone)  # the same bytes
    last = makers.make_budget(pokja, operator_makassar, year=2025, document=file)
    makers.verified(last, operator_makassar, verifikator_sulsel)
    jump = makers.LINE | {"ceiling": Decimal(900_000_000), "sub_activity_ceiling": Decimal(1)}
    bare = makers.ACTIVITY | {"person_in_charge": "", "months": 1}
    return [
        makers.make_decree(pokja, operator_makassar, document=file),
        # the same number in the same region, and a signer who is not the head
        makers.make_decree(pokja, operator_makassar, signer_position="Kepala Dinas"),
        makers.make_decree(other, operator_bone, document=twin, number="", issued_on=None),
        makers.make_plan(pokja, operator_makassar),
        makers.make_plan(other, operator_bone, rows=[bare]),
        makers.make_indicators(pokja, operator_makassar),
        makers.make_indicators(
            other,
            operator_bone,
            rows=[{"indicator": makers.make_indicator("mcpr", name="mCPR"), "target": None}],
        ),
        makers.make_budget(pokja, operator_makassar, rows=[jump], document=file),
        makers.make_budget(other, operator_bone),
        declare_nil(other, 2026, "anggaran", "Belum dialokasikan", actor=operator_bone),
    ]


def fresh(items):
    from apps.verification.models import Evidence

    rows = Evidence.objects.select_related("region").order_by("id")
    return list(rows.filter(pk__in=[item.pk for item in items]))


def test_many_at_once_say_the_same_as_each_alone(items, today):
    from apps.evidence.checks import checks_for
    from apps.evidence.kinds import adapter_for

    alone = {item.pk: adapter_for(item).checks(item) for item in fresh(items)}
    assert checks_for(fresh(items)) == alone
    assert [sum(not fine for fine, _ in found) for found in alone.values()] == [
        2,
        3,
        4,
        1,
        3,
        1,
        3,
        4,
        1,
        0,
    ]


def test_the_number_of_queries_does_not_grow(items, django_assert_num_queries):
    from apps.evidence.checks import checks_for

    one_of_each = [fresh(items)[at] for at in (0, 3, 5, 7, 9)]
    with django_assert_num_queries(24):
        checks_for(one_of_each)
    everything = fresh(items)
    with django_assert_num_queries(24):
        checks_for(everything)
