"""Regions, their codes and names over time, and figures about them."""

from apps.regions.models.figures import (
    PROFILE_FIELDS,
    InstallationFlag,
    PublishedFact,
    RegionProfile,
)
from apps.regions.models.past import RegionEvent, RegionName
from apps.regions.models.region import Region, RegionCode, full_name

__all__ = [
    "PROFILE_FIELDS",
    "InstallationFlag",
    "PublishedFact",
    "Region",
    "RegionCode",
    "RegionEvent",
    "RegionName",
    "RegionProfile",
    "full_name",
]
