from datetime import date

import pytest

from apps.deadlines.models import Holiday, Period
from tests import makers


@pytest.fixture
def make_period(db):
    """make_period(due, ...): a period of 2026, of the whole country and all kinds unless said."""

    def make(due=date(2026, 3, 31), *, year=2026, kind="", province=None, **dates):
        dates = {"opens_on": date(2026, 1, 2)} | dates
        return Period.objects.create(year=year, kind=kind, province=province, due_on=due, **dates)

    return make


@pytest.fixture
def holiday(db):
    """holiday(date): an office-free day."""
    return lambda day: Holiday.objects.create(date=day, name="Libur")


@pytest.fixture
def pokja(regions):
    return makers.make_pokja(regions.makassar)


@pytest.fixture
def plan(pokja, operator_makassar):
    """A complete draft of a plan for 2026."""
    return makers.make_plan(pokja, operator_makassar)
