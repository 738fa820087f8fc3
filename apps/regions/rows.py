"""Regions as plain rows, for pages that show very many: a model object of each of 552 costs more
than all the figures beside them. They answer what scopes, links and lists ask of a region."""

from typing import NamedTuple

from apps.core.database import fetch
from apps.regions.enums import KABKOTA_LEVELS, POKJA_LEVELS, Level
from apps.regions.models.region import Region, label_of


def _listed(levels) -> str:
    return ", ".join(f"'{level.value}'" for level in levels)


_EVERY = f"""
    SELECT id, code, level, short_name, province_id FROM regions_region
    WHERE ended_on IS NULL AND level IN ({_listed(POKJA_LEVELS)})
"""  # noqa: S608 - words of this code
_PROVINCES = f"""
    SELECT id, code, level, short_name, province_id, (
        SELECT COUNT(*) FROM regions_region d
        WHERE d.province_id = p.id AND d.ended_on IS NULL AND d.level IN ({_listed(KABKOTA_LEVELS)})
    ) FROM regions_region p WHERE ended_on IS NULL AND level = '{Level.PROVINSI.value}'
"""  # noqa: S608 - words of this code
_OF_ONE = "province_id = (SELECT p.id FROM regions_region p WHERE p.code = %s)"
_WITH_ONE = f"""
    {_EVERY} AND (level = '{Level.PROVINSI.value}' OR {_OF_ONE}) ORDER BY short_name, code
"""


class RegionRow(NamedTuple):
    """A province, kabupaten or kota of today."""

    pk: int
    code: str
    level: str
    short_name: str
    province_id: int

    @property
    def is_province(self) -> bool:
        return self.level == Level.PROVINSI

    @property
    def is_kabkota(self) -> bool:
        return self.level in KABKOTA_LEVELS

    @property
    def label(self) -> str:
        return label_of(self.short_name, self.level)


def provinces_counted() -> tuple[list[RegionRow], dict[int, int]]:
    """The provinces in no order; and how many kabupaten and kota each (id) has; one query."""
    rows = fetch(_PROVINCES, of=Region)
    return [RegionRow._make(row[:5]) for row in rows], {row[0]: row[5] for row in rows}


def every_level() -> dict[int, bool]:
    """Every province, kabupaten and kota (id): is it a province? One query."""
    return {row[0]: row[2] == Level.PROVINSI for row in fetch(_EVERY, of=Region)}


def provinces_with(code: str) -> list[RegionRow]:
    """The provinces, and the kabupaten and kota of the one with this code ("" for none), by name
    as the database sorts them; one query."""
    return list(map(RegionRow._make, fetch(_WITH_ONE, [code], of=Region)))
