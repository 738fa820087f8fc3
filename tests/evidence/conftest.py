from types import SimpleNamespace

import pytest

from tests import makers


@pytest.fixture
def pokja(regions):
    return makers.make_pokja(regions.makassar)


@pytest.fixture
def people(operator_makassar, verifikator_sulsel):
    """The officer who fills in and the verifier who judges."""
    return SimpleNamespace(officer=operator_makassar, judge=verifikator_sulsel)


@pytest.fixture
def plan(pokja, people):
    """A complete draft of a plan for 2026."""
    return makers.make_plan(pokja, people.officer)
