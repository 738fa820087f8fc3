"""Promised counts: written by those who answer for the province."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from apps.accounts.enums import Act
from apps.audit.services import record
from apps.core.errors import Conflict
from apps.effectiveness.models import EffectiveTarget
from apps.regions.models import Region


@dataclass(frozen=True)
class Promised:
    """What was promised for a year, as somebody saw or wrote it; None is "not set"."""

    provinces: int | None = None
    districts: int | None = None
    source: str = ""

    @property
    def is_set(self) -> bool:
        return self.districts is not None

    @property
    def values(self) -> dict:
        return {
            "provinces": self.provinces,
            "districts": self.districts,
            "source": self.source,
        }


def promised(province: Region, years) -> dict[int, Promised]:
    """What stands for each year; one query."""
    rows = EffectiveTarget.objects.filter(province=province, year__in=years)
    held = {row.year: Promised(row.provinces, row.districts, row.source) for row in rows}
    return {year: held.get(year, Promised()) for year in years}


def promised_districts(year: int) -> dict[int, int]:
    """Kab/kota promised for a year, by province id; one query."""
    rows = EffectiveTarget.objects.filter(year=year)
    return dict(rows.values_list("province_id", "districts"))


def set_target(province: Region, year: int, new: Promised, *, seen: Promised, actor) -> bool:
    """Write the counts of one year; False where nothing changed.

    ``seen`` is what the person had before them: when somebody else changed it meanwhile, a
    Conflict tells so and nothing is overwritten. ``new`` not set removes the target.
    """
    if new == seen:
        return False
    with transaction.atomic():
        if not _written(province, year, new, seen):
            raise Conflict(
                f"Target {year} baru saja diubah orang lain. Muat ulang untuk melihat angka "
                "terbaru; tidak ada yang ditimpa."
            )
        record(
            "Menetapkan target wilayah efektif",
            province,
            actor=actor,
            role=actor.scope.role_for(Act.SET_TARGETS, province),
            region=province,
            before={"tahun": year, **seen.values},
            after={"tahun": year, **new.values},
        )
    return True


def _written(province, year, new: Promised, seen: Promised) -> bool:
    """The conditional write: the database says whether what was seen still stands."""
    standing = EffectiveTarget.objects.filter(province=province, year=year)
    if not seen.is_set:
        try:
            with transaction.atomic():
                EffectiveTarget.objects.create(province=province, year=year, **new.values)
        except IntegrityError:
            return False
        return True
    same = standing.filter(**seen.values)
    return bool(same.update(**new.values) if new.is_set else same.delete()[0])
