from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from apps.core.related import related_rows
from apps.decrees.models import Decree, DecreeCoverage
from apps.verification.enums import Status


def coverage_of(decree: Decree) -> list[DecreeCoverage]:
    """The Pokja a decree is about, in the order they were named."""
    return related_rows(decree, "coverage", "pokja__region")


class Numbered(NamedTuple):
    """A decree number as it stands in one region; ``family`` None for one not saved yet."""

    key: str
    issued_on: date | None
    region_id: int
    family: UUID | None = None


def names_of_users(number_key: str, issued_on, region, family=None) -> list[str]:
    """Who uses that number already in that year: "Pokja GDPK Kabupaten Wajo", for the warning."""
    asked = Numbered(number_key, issued_on, region.pk, family)
    return names_of_users_of([asked])[asked]


def names_of_users_of(asked: Iterable[Numbered]) -> dict[Numbered, list[str]]:
    """The same for many numbers: 3 queries in all. Cancelled decrees free their number."""
    asked = [number for number in asked if number.key]
    if not asked:
        return {}
    held = (
        Decree.objects.filter(
            number_key__in={number.key for number in asked},
            evidence__region__in={number.region_id for number in asked},
        )
        .exclude(evidence__status=Status.CANCELLED)
        .select_related("evidence")
        .order_by("id")
    )
    held = list(held.prefetch_related("coverage__pokja__region"))
    return {
        number: [
            f"{row.pokja.name} {row.pokja.region.full_name}"
            for decree in held
            if _clashes(decree, number)
            for row in decree.coverage.all()
        ]
        for number in asked
    }


def _clashes(decree: Decree, number: Numbered) -> bool:
    """The same number in the same region and year, other versions of the decree aside."""
    same = (
        decree.number_key == number.key
        and decree.evidence.region_id == number.region_id
        and decree.evidence.family != number.family
    )
    if not same or number.issued_on is None:
        return same
    return decree.issued_on is not None and decree.issued_on.year == number.issued_on.year


def parent_is_known(region, parent_key: str) -> bool:
    """Has the decree that is changed or revoked been entered for this region?"""
    return (
        Decree.objects.filter(evidence__region=region, number_key=parent_key)
        .exclude(evidence__status=Status.CANCELLED)
        .exists()
    )
