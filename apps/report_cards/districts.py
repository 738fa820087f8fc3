"""Every kab/kota of a province at once: one reading of its Pokja serves all of them."""

from operator import attrgetter

from apps.dashboard.history import History
from apps.dashboard.queries import (
    DistrictFigures,
    ProvinceFigures,
    pokja_of_years,
    verified_lines,
)
from apps.dashboard.tallies import tallies_by, tally
from apps.effectiveness.moment import Moment
from apps.effectiveness.official import effective_regions, official_figure
from apps.regions.queries import kabkota_of


def every_district(figures: ProvinceFigures, moment: Moment | None = None) -> list[DistrictFigures]:
    """What ``district_figures`` gives for each kab/kota of the province, by name.

    Queries: those of the Pokja of the years, 1 for the money and 1 for the kab/kota, however many.
    """
    province, years = figures.region, figures.history.years
    readings = pokja_of_years(province.pk, years, moment)
    by_year = [_by_region(items) for items in readings]
    whole = History(years, [tally(items) for items in readings], figures.history.changes)
    by_region = tallies_by(readings[-1], attrgetter("region_id"))
    lines = verified_lines(readings[-1])
    found = []
    for region in kabkota_of(province.pk):
        region.province = province  # read once
        own = [each.get(region.pk, []) for each in by_year]
        history = History(years, [tally(items) for items in own], figures.history.changes)
        found.append(
            DistrictFigures(
                region=region,
                year=figures.year,
                on=figures.on,
                rules=figures.rules,
                siblings=figures.districts,
                items=own[-1],
                total=history.tallies[-1],
                by_region=by_region,
                official=_official(region, own[-1], figures.rules),
                history=history,
                province=whole,
                lines=lines,
                every_pokja=len(own[-1]),
            )
        )
    return found


def _by_region(items: list) -> dict[int, list]:
    found: dict[int, list] = {}
    for item in items:
        found.setdefault(item.region_id, []).append(item)
    return found


def _official(region, items: list, rules):
    effective = effective_regions(rules.region_rule, items) if rules else None
    return official_figure(effective, {region.pk: False})
