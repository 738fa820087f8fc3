"""The scenes of the dashboards serve here as well: the figures must agree."""

from tests.dashboard.conftest import give, make_pokja, rubric, scene  # noqa: F401
