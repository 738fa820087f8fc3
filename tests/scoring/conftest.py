"""Rubrics to be read, written and tried."""

import pytest

from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.models import Rubric
from apps.effectiveness.publishing import new_draft
from tests.dashboard.conftest import give, make_pokja, rubric, scene

__all__ = ["give", "make_pokja", "rubric", "scene"]


@pytest.fixture
def builtin(today, db):
    load_builtin_rubric()
    return Rubric.objects.get(code="empat-kriteria")


@pytest.fixture
def draft(builtin, admin):
    """A draft of the built-in rubric, from 2026 on: empat-kriteria-2."""
    return new_draft(builtin, admin)


@pytest.fixture
def office(client_of, admin):
    """The browser of the administrator."""
    return client_of(admin)
