"""The figures of the whole nation in one year, kept until something they rest on changes.

Assessing every Pokja of the nation takes some tenths of a second, and a trend needs five years.
What is kept is found again under the *version* of all its sources: so a kept figure is never an
old one, no timer decides, and a page is right on the very day an SK expires (the reference date
is part of the version, too).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.core.cache import cache
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from apps.dashboard.tallies import Tally, tallies_by, tally
from apps.effectiveness.enums import RubricStatus
from apps.effectiveness.formula import reference_date
from apps.effectiveness.models import Rubric, RubricCriterion
from apps.effectiveness.official import effective_regions
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import rules_for
from apps.pokja.models import Pokja, PokjaType
from apps.regions.models import Region
from apps.verification.enums import Status
from apps.verification.models import Evidence

KEPT_FOR = 24 * 3600  # s; versions that nobody asks for any more make room


@dataclass(frozen=True)
class NationYear:
    """Tallies of the nation and its provinces, and the regions that count as effective (ids;
    None where the year cannot be scored)."""

    total: Tally
    by_province: dict[int, Tally]
    effective: frozenset[int] | None

    def province(self, pk: int) -> Tally:
        return self.by_province.get(pk) or Tally()


def nation_years(years: Sequence[int]) -> list[NationYear]:
    """One NationYear for each year.

    Queries: 6 for the versions, and 13 for each year whose version is not kept.
    """
    versions = _versions(years)
    kept = cache.get_many(versions.values())
    found = []
    for year in years:
        value = kept.get(versions[year])
        if value is None:
            value = _assessed(year)
            cache.set(versions[year], value, KEPT_FOR)
        found.append(value)
    return found


def _assessed(year: int) -> NationYear:
    rules = rules_for(year)
    items = assess(Pokja.objects.all(), year)
    return NationYear(
        total=tally(items),
        by_province=tallies_by(items, attrgetter("province_id")),
        effective=frozenset(effective_regions(rules.region_rule, items)) if rules else None,
    )


def _versions(years: Sequence[int]) -> dict[int, str]:
    """A key for each year that changes with everything its figures rest on.

    Evidence counts its edits and steps in ``revision``, Pokja likewise; rubrics are read whole.
    Evidence of another year does not touch this one; an SK has no year and touches all.
    """
    verified, submitted = Q(status=Status.VERIFIED), Q(status=Status.SUBMITTED)
    evidence = {
        year: row
        for year, *row in Evidence.objects.order_by("year")
        .values_list("year")
        .annotate(
            Max("pk"),
            Count("pk"),
            Sum("revision"),
            verified=Count("pk", filter=verified),
            submitted=Count("pk", filter=submitted),
        )
    }
    common = [
        evidence.get(None),
        Pokja.objects.aggregate(Max("pk"), Count("pk"), Sum("revision")),
        PokjaType.objects.aggregate(Max("pk"), Count("pk")),
        Region.objects.with_pokja_level().aggregate(Max("pk"), Count("pk"), Sum("province_id")),
        list(
            Rubric.objects.filter(status=RubricStatus.PUBLISHED)
            .order_by("pk")
            .values_list("pk", "year_from", "year_to", "region_rule", "accepted_sources")
        ),
        list(
            RubricCriterion.objects.order_by("pk").values_list(
                "pk", "rubric_id", "criterion", "weight", "is_required"
            )
        ),
    ]
    today = timezone.localdate()
    return {
        year: _key(year, reference_date(year, today), evidence.get(year), common) for year in years
    }


def _key(*parts) -> str:
    digest = hashlib.sha256(repr(parts).encode()).hexdigest()
    return f"dashboard.nation.{digest}"
