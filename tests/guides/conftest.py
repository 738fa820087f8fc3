import pytest

from apps.effectiveness.builtin import load_builtin_rubric


@pytest.fixture
def rubric(db):
    return load_builtin_rubric()
