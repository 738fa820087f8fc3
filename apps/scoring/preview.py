"""What a rubric would change, over the whole country, before it is published."""

from dataclasses import dataclass

from django.utils import timezone

from apps.effectiveness.enums import RegionRule
from apps.effectiveness.frozen import overlay
from apps.effectiveness.models import Rubric
from apps.effectiveness.official import OfficialFigure, official_figure, promise_for
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import rules_for, rules_of
from apps.pokja.models import Pokja
from apps.regions.models import Region
from apps.scoring.changes import Preview, compared

FIRST_YEAR = 2015


@dataclass
class Outlook:
    """The preview of a rubric in one year with the official figures and the names it needs."""

    preview: Preview
    official: tuple[OfficialFigure | None, OfficialFigure | None]
    regions: dict[int, Region]

    @property
    def provinces(self) -> list[Region]:
        """Provinces, for the filter."""
        rows = [each for each in self.regions.values() if each.is_province]
        return sorted(rows, key=lambda each: each.short_name)


def years_of(rubric: Rubric) -> list[int]:
    """The years a preview makes sense for, newest first: those of the rubric up to this one; this
    year where the rubric begins later."""
    now = timezone.localdate().year
    first = max(rubric.year_from, FIRST_YEAR)
    last = min(rubric.year_to or now, now)
    return list(range(last, first - 1, -1)) or [now]


def outlook(rubric: Rubric, year: int, user) -> Outlook | None:
    """None where nothing can be scored by the rubric yet. Pokja and regions in the person's scope.

    Queries: two assessments of the year and five more, for one Pokja or for all.
    """
    tried = rules_of(rubric)
    if tried is None:
        return None
    pokja = Pokja.objects.for_user(user)
    held = rules_for(year)
    before = assess(pokja, year, with_index=True)
    after = overlay(assess(pokja, year, with_index=True, rules=tried), pokja, year)
    old_rule = held.region_rule if held else RegionRule.ANY
    preview = compared(year, before, after, old_rule, tried.region_rule)
    regions = {row.pk: row for row in Region.objects.for_user(user).with_pokja_level()}
    levels = {pk: row.is_province for pk, row in regions.items()}
    promise = promise_for(year)
    return Outlook(
        preview=preview,
        official=(
            official_figure(preview.regions_before if held else None, levels, promise),
            official_figure(preview.regions_after, levels, promise),
        ),
        regions=regions,
    )
