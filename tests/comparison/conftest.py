"""The scene of the dashboards, and its evidence as it stood on earlier days."""

from datetime import UTC, datetime

import pytest

from apps.comparison.places import NATION, Place
from apps.verification.models import Evidence, History
from tests.dashboard.conftest import give, make_pokja, rubric, scene  # noqa: F401
from tests.effectiveness.histories import moments_as_given


@pytest.fixture
def place(regions):
    """place("73.08"): a Place of the cast."""
    held = {each.code: each for each in vars(regions).values()}

    def of(code):
        if code == NATION:
            return Place()
        region = held[code]
        return Place(region, held[code[:2]])

    return of


@pytest.fixture
def past(scene):  # noqa: F811
    """All but plans was verified on 1 February, plans on 1 March; what waits was sent on 20
    February."""
    sent, soon = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    late, waiting = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 2, 20, tzinfo=UTC)
    rows = []
    for evidence in Evidence.objects.order_by("pk"):
        if evidence.status == "submitted":
            rows.append((waiting, evidence, "submitted"))
            continue
        rows.append((sent, evidence, "submitted"))
        rows.append((late if evidence.kind == "work_plan" else soon, evidence, "verified"))
    with moments_as_given():
        History.objects.bulk_create(
            History(at=at, evidence=evidence, action="import", to_status=status)
            for at, evidence, status in sorted(rows, key=lambda row: row[0])
        )
    return scene
