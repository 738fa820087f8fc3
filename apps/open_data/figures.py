"""What the public page shows of a publication: the dashboards' own functions over frozen rows."""

from collections.abc import Sequence
from operator import attrgetter

from apps.core.formats import format_number
from apps.core.looks import CRITERIA
from apps.dashboard import findings, maps, panels
from apps.dashboard.html import bar, legend, safe
from apps.dashboard.tallies import Tally, ranking, tallies_by, tally
from apps.dashboard.words import CRITERION_LABELS
from apps.effectiveness.assessment import Assessment
from apps.effectiveness.book_rows import rules_from
from apps.effectiveness.enums import RegionRule
from apps.effectiveness.official import OfficialFigure, effective_regions, official_figure
from apps.open_data.models import Publication
from apps.regions.enums import Level
from apps.regions.models import Region


def context(publication: Publication, items: Sequence[Assessment]) -> dict:
    """Headline, official figure, map, ranking and table; no queries."""
    closing = publication.closing
    places, total = places_of(publication), tally(items)
    counts = tallies_by(items, attrgetter("region_id"))
    districts = [place for place in places if not place.is_province]
    shown = {place.code: (place.label, counts.get(place.pk, Tally())) for place in districts}
    rules = rules_from(closing.rules)
    return {
        "heading": findings.effective_pokja(publication.province.label, total, closing.year),
        "sub": f"{panels.as_of(closing.year, closing.on)} {panels.definition(rules)}",
        "total": total,
        "effective": total.share.text,
        "effective_bar": safe(bar(total.share.value)),
        "criteria": panels.criterion_figures(total),
        "weakest": findings.weakest(total) if total.pokja else "",
        "official": official(publication, items).text,
        "region_rule": panels.region_rule(rules),
        "map": maps.province(publication.province.code, shown, lambda code: None),
        "map_legend": safe(legend(maps.LEGEND)),
        "ranking": [_ranked(row) for row in _ranking(districts, counts)],
        "labels": list(CRITERION_LABELS.values()),
        "table": [_row(place, counts.get(place.pk, Tally())) for place in places],
        "rules": closing.rules,
    }


def places_of(publication: Publication) -> list[Region]:
    """The regions of the book under the names they bore when it was closed; not saved rows."""
    return [_place(each) for each in publication.closing.regions]


def _place(each: dict) -> Region:
    level, name = each["level"], each["name"]
    prefix = f"{Level(level).label} "
    return Region(
        pk=each["id"],
        code=each["code"],
        level=level,
        name=name,
        short_name=name.removeprefix(prefix),
    )


def official(publication: Publication, items: Sequence[Assessment]) -> OfficialFigure:
    """Effective regions by the rule of the book."""
    closing = publication.closing
    rule = RegionRule(closing.rules["region_rule"])
    levels = {each["id"]: each["level"] == Level.PROVINSI for each in closing.regions}
    return official_figure(effective_regions(rule, items), levels)


def _ranking(districts: list[Region], counts: dict) -> list:
    return ranking((each, each.short_name, counts.get(each.pk, Tally())) for each in districts)


def _ranked(row) -> dict:
    """``told``: "3 dari 5", or why there is nothing to tell."""
    counts = row.tally
    empty = "belum ada data" if counts.pokja else "belum ada Pokja"
    return {
        "rank": row.rank or "",
        "name": row.key.label,
        "bar": safe(bar(counts.share.value)) if counts.has_data else "",
        "told": counts.share.sentence if counts.has_data else empty,
    }


def _row(place: Region, counts: Tally) -> dict:
    """A region of the table: "3/5" for each criterion."""
    cells = [counts.criterion(name) for name in CRITERIA]
    return {
        "name": "Tingkat provinsi" if place.is_province else place.label,
        "pokja": format_number(counts.pokja),
        "cells": [
            {"label": label, "told": share.counts}
            for share, label in zip(cells, CRITERION_LABELS.values(), strict=True)
        ]
        if counts.pokja
        else [],
        "effective": counts.share.counts,
    }
