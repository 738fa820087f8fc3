"""Rubrics, promised counts, frozen books, and the stored figures of the dashboards."""

from apps.effectiveness.models.book import Closing, FrozenScore, RegionReopening
from apps.effectiveness.models.rubric import (
    Rubric,
    RubricCriterion,
    RubricPoint,
    default_limits,
)
from apps.effectiveness.models.stored import (
    ChangeStamp,
    RegionTally,
    StaleMark,
    StoredScore,
    StoredTally,
)
from apps.effectiveness.models.target import EffectiveTarget

__all__ = [
    "ChangeStamp",
    "Closing",
    "EffectiveTarget",
    "FrozenScore",
    "RegionReopening",
    "RegionTally",
    "Rubric",
    "RubricCriterion",
    "RubricPoint",
    "StaleMark",
    "StoredScore",
    "StoredTally",
    "default_limits",
]
