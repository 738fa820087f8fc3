"""Scenes of the dashboards, and a recap of them."""

from datetime import UTC, datetime

import pytest

from apps.dashboard.selection import Selection
from apps.recap.gathering import gather
from tests.dashboard.conftest import give, make_pokja, rubric, scene  # noqa: F401

MADE = datetime(2026, 3, 12, 0, 0, tzinfo=UTC)  # 08.00 WITA


@pytest.fixture
def recap_of(today, koordinator_sulsel):
    """recap_of(region, 2026, kind="gdpk"): the recap as the koordinator gets it."""

    def make(region, year=2026, *, kind="", moment=None):
        return gather(
            region,
            year,
            user=koordinator_sulsel,
            made_at=MADE,
            moment=moment,
            selection=Selection(kind=kind),
        )

    return make
