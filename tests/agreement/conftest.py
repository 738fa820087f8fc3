"""Provinces at random, as the dashboards' tests make them."""

from tests.dashboard.conftest import (  # noqa: F401 - fixtures
    give,
    make_pokja,
    random_province,
    rubric,
)
