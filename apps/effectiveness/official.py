"""The official figure: how many regions are effective (spec section 5, "The official figure").

A province or kab/kota counts by the Pokja of its own level and the region rule of the year's
rubric. Provinces and kab/kota stay two numbers, counted and promised apart, never summed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from apps.core.database import fetch
from apps.core.formats import format_number, format_percent
from apps.effectiveness.formula import region_is_effective
from apps.effectiveness.models import EffectiveTarget
from apps.regions.rows import every_level


class Promise(NamedTuple):
    """How many provinces and kab/kota were promised, by how many provinces that promised."""

    provinces: int
    districts: int
    promised_by: int = 1


class Counted(NamedTuple):
    """How many provinces and kab/kota count as effective."""

    provinces: int
    districts: int


@dataclass(frozen=True)
class OfficialFigure:
    """Effective regions of an area: provinces and kab/kota, each out of how many."""

    provinces: int
    province_total: int
    districts: int
    district_total: int
    promise: Promise | None = None

    @property
    def text(self) -> str:
        """ "1 Prov & 11 dari 24 Kab/Kota"; for the nation "12 dari 38 Prov & 240 dari 514 …"."""
        provinces = format_number(self.provinces)
        if self.province_total != 1:
            provinces += f" dari {format_number(self.province_total)}"
        return (
            f"{provinces} Prov & {format_number(self.districts)} dari "
            f"{format_number(self.district_total)} Kab/Kota"
        )

    @property
    def promise_is_whole(self) -> bool:
        """Did every province of the area promise? Otherwise the two cannot be compared."""
        return self.promise is not None and self.promise.promised_by == self.province_total

    @property
    def promise_text(self) -> str:
        """ "1 Prov & 12 Kab/Kota"; empty without a promise."""
        if self.promise is None:
            return ""
        return (
            f"{format_number(self.promise.provinces)} Prov & "
            f"{format_number(self.promise.districts)} Kab/Kota"
        )

    @property
    def achievement_text(self) -> str:
        """ "Prov 100%, Kab/Kota 92%": two percentages, printed as they are above 100%."""
        if not self.promise_is_whole:
            return ""
        return (
            f"Prov {format_percent(self.provinces, self.promise.provinces)}, "
            f"Kab/Kota {format_percent(self.districts, self.promise.districts)}"
        )


def effective_regions(rule: str, assessments: Iterable) -> set[int]:
    """Ids of the regions that count as effective by the rule, from the Pokja of their own level.

    ``assessments`` holds active Pokja only, as ``queries.assess`` gives them. A region of a closed
    year counts by the rule of its book.
    """
    by_region: dict[int, list] = {}
    rules: dict[int, str] = {}
    for item in assessments:
        by_region.setdefault(item.region_id, []).append((bool(item.effective), item.kinds))
        rules[item.region_id] = item.rules.region_rule if getattr(item, "frozen", None) else rule
    return {pk for pk, pokja in by_region.items() if region_is_effective(rules[pk], pokja)}


def counted(effective: Collection[int], is_province: Mapping[int, bool]) -> Counted:
    """Count ids of regions; those that ``is_province`` does not name do not count."""
    found = [is_province[pk] for pk in effective if pk in is_province]
    return Counted(sum(found), len(found) - sum(found))


def official_figure(
    effective: Collection[int] | Counted | None,
    is_province: Mapping[int, bool],
    promise: Promise | None = None,
) -> OfficialFigure | None:
    """Count the effective regions of an area; None where the year cannot be scored.

    ``effective``: ids from ``effective_regions``, or their numbers. ``is_province`` names every
    region of the area (id -> is it a province?): regions without a Pokja stand in the totals too,
    and regions outside it do not count.
    """
    if effective is None:
        return None
    if not isinstance(effective, Counted):
        effective = counted(effective, is_province)
    provinces = sum(is_province.values())
    districts = len(is_province) - provinces
    return OfficialFigure(effective.provinces, provinces, effective.districts, districts, promise)


def official_of_nation(
    effective: Collection[int] | Counted | None,
    district_counts: Mapping[int, int],
    promise: Promise | None = None,
) -> OfficialFigure | None:
    """``official_figure`` of the whole nation; ``district_counts``: how many kab/kota each
    province (id) has. 1 query where ``effective`` are ids, as of a past day; none else."""
    if not isinstance(effective, Counted):
        return official_figure(effective, every_level() if effective is not None else {}, promise)
    districts = sum(district_counts.values())
    return OfficialFigure(
        effective.provinces, len(district_counts), effective.districts, districts, promise
    )


# By hand, since every dashboard asks it: the query builder costs more than the database.
_PROMISED = """
    SELECT SUM(provinces), SUM(districts), COUNT(*) FROM effectiveness_effectivetarget
    WHERE year = %s
"""


def promise_for(year: int, province_id: int | None = None) -> Promise | None:
    """The yearly target of a province, or of all provinces together; one query."""
    sql, values = (_PROMISED, [year])
    if province_id is not None:
        sql, values = f"{sql} AND province_id = %s", [year, province_id]
    ((provinces, districts, promised_by),) = fetch(sql, values, of=EffectiveTarget)
    return Promise(provinces, districts, promised_by) if promised_by else None
