from decimal import Decimal

import pytest

from apps.indicators.services import copy_from_last_year
from tests.makers import make_indicator, make_indicators, make_pokja

pytestmark = pytest.mark.django_db


@pytest.fixture
def pokja(regions):
    return make_pokja(regions.bone)


def values(evidence):
    names = ("indicator__code", "baseline", "baseline_year", "target", "source", "annual")
    return list(evidence.indicator_set.targets.values_list(*names))


def test_last_years_indicators_are_copied_with_what_was_reached_as_baseline(pokja, operator_bone):
    rows = [
        {
            "indicator": make_indicator(order=1),
            "baseline": Decimal("2.2"),
            "baseline_year": 2024,
            "target": Decimal("2.1"),
            "source": "PK",
            "annual": Decimal("2.15"),
        },
        {
            "indicator": make_indicator("mcpr", order=2),
            "baseline": Decimal(60),
            "baseline_year": 2024,
            "target": Decimal(62),
            "source": "SIGA",
        },
    ]
    make_indicators(pokja, operator_bone, 2025, rows=rows)
    copy = copy_from_last_year(pokja, 2026, operator_bone)
    assert (copy.year, copy.status, copy.title) == (
        2026,
        "draft",
        "Indikator 2026 Pokja Bangga Kencana",
    )
    assert values(copy) == [
        ("tfr", Decimal("2.15"), 2025, None, "PK", None),
        ("mcpr", Decimal(60), 2024, None, "SIGA", None),
    ]


def test_a_set_that_is_there_is_given_back_unchanged(pokja, operator_bone):
    tfr = make_indicator()
    make_indicators(pokja, operator_bone, 2025, rows=[{"indicator": tfr}])
    held = make_indicators(pokja, operator_bone, 2026, rows=[])
    assert copy_from_last_year(pokja, 2026, operator_bone) == held
    assert values(held) == []


def test_without_a_set_last_year_there_is_nothing_to_copy(pokja, operator_bone):
    assert copy_from_last_year(pokja, 2026, operator_bone) is None
