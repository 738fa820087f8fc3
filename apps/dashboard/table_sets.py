"""All tables of one dashboard, read by the same functions as the dashboard itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.dashboard import findings, panels, rankings
from apps.dashboard.history import History
from apps.dashboard.movement import by_change, group_of, turned
from apps.dashboard.panels_money import sources
from apps.dashboard.panels_returns import returned_in
from apps.dashboard.queries import (
    DistrictFigures,
    NationFigures,
    ProvinceFigures,
    district_figures,
    nation_figures,
    province_figures,
    verified_lines,
)
from apps.dashboard.selection import Selection
from apps.dashboard.tables import (
    RegionRow,
    Sheet,
    criteria_sheet,
    kinds_sheet,
    money_sheet,
    pokja_sheet,
    reasons_sheet,
    regions_sheet,
    returned_sheet,
    trend_sheet,
)
from apps.dashboard.tallies import Share, ranking
from apps.effectiveness.moment import Moment
from apps.effectiveness.standings import province_items


@dataclass(frozen=True)
class TableSet:
    """``figures`` are those of the dashboard; ``place`` names it; ``main``: the table that a CSV
    holds when none is asked for."""

    figures: object
    place: str
    heading: str
    sheets: tuple[Sheet, ...]
    main: str

    def sheet(self, key: str) -> Sheet | None:
        return next((each for each in self.sheets if each.key == (key or self.main)), None)


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    year: int
    moment: Moment | None
    selection: Selection
    order: str = ""  # of the ranking (see ``rankings``)
    only_open: bool = False


def table_set(region, asked: Asked) -> TableSet:
    """Of the nation (None), a province, or a kab/kota. Queries: those of its figures, 3 for what
    was returned, 1 for the money of a province, 2 more for a large province."""
    if region is None:
        return _nation(asked)
    return _province(region, asked) if region.is_province else _district(region, asked)


def _nation(asked: Asked) -> TableSet:
    figures = nation_figures(asked.year, moment=asked.moment, selection=asked.selection)
    histories = figures.by_province
    before = {pk: history.before for pk, history in histories.items()}
    lines = [("Nasional", figures.history)]
    lines += [(each.label, histories[each.pk]) for each in figures.provinces]
    sheets = (
        criteria_sheet(figures.total),
        regions_sheet(_ordered(figures, figures.provinces, before, asked), _subject(figures)),
        trend_sheet(lines),
        *_returned(None, asked),
    )
    return TableSet(figures, "nasional", _nation_heading(figures), sheets, "daerah")


def _province(region, asked: Asked) -> TableSet:
    figures = province_figures(region, asked.year, asked.moment, asked.selection, with_before=True)
    items, only = every_item(figures), figures.selection.kind
    sheets = (
        criteria_sheet(figures.total),
        regions_sheet(_districts(figures, items, asked), _subject(figures)),
        kinds_sheet(_heat_regions(figures, asked), items, _expected(figures), only),
        trend_sheet([(region.label, figures.history), ("Nasional", figures.national)]),
        *_returned(region, asked),
        money_sheet(sources(verified_lines(items))),
    )
    return TableSet(figures, region.label, _province_heading(figures), sheets, "daerah")


def _districts(figures: ProvinceFigures, items, asked: Asked) -> list[RegionRow]:
    """The province's own Pokja, then its kab/kota in the order asked for."""
    own, criteria = figures.region, _criteria(items)
    rows = _ordered(figures, figures.districts, figures.before or {}, asked, criteria)
    counts = figures.counts(own)
    if not counts.pokja:
        return rows
    first = RegionRow(None, own.code, "Tingkat provinsi", counts, criteria[own.pk])
    return [first, *rows]


def _criteria(items) -> dict[int, Share]:
    """Met criteria of the rubric out of all, by region, as the heat table tells them."""
    found: dict[int, Share] = {}
    for item in items:
        held = found.get(item.region_id, Share(0, 0))
        found[item.region_id] = Share(held.part + item.met, held.whole + item.possible)
    return found


def _heat_regions(figures: ProvinceFigures, asked: Asked) -> list[tuple[str, object]]:
    """(name, region) of the rows of the heat table."""
    own = figures.region
    return [
        ("Tingkat provinsi" if each == own else each.label, each)
        for each in (own, *figures.districts)
        if figures.selection.includes_region(each)
        and (not asked.only_open or figures.counts(each).is_open)
    ]


def _expected(figures: ProvinceFigures) -> tuple[str, ...]:
    return figures.rules.expected_kinds if figures.rules else ()


def _district(region, asked: Asked) -> TableSet:
    figures = district_figures(region, asked.year, asked.moment, asked.selection)
    lines: list[tuple[str, History]] = [
        (region.label, figures.history),
        (f"Kab/kota di {region.province.label}", figures.province),
    ]
    sheets = (
        criteria_sheet(figures.total),
        pokja_sheet(figures.items, figures.lines),
        trend_sheet(lines),
        *_returned(region, asked),
        money_sheet(sources(figures.lines)),
    )
    return TableSet(figures, region.full_name, _district_heading(figures), sheets, "pokja")


def every_item(figures: ProvinceFigures) -> list:
    """The Pokja behind the counts; a large province's figures hold those of one page alone."""
    if figures.page is None:
        return figures.items
    return figures.selection.narrow(province_items(figures.region.pk, [figures.year])[0])


def _returned(region, asked: Asked) -> tuple[Sheet, Sheet]:
    found = returned_in(region, asked.year, asked.moment)
    return returned_sheet(found), reasons_sheet(found)


def _ordered(figures, regions: Sequence, before: dict, asked: Asked, criteria=None) -> list:
    """A RegionRow for each, in the order of the page's ranking."""
    of = figures.selection.share
    ranked = ranking(((each, each.short_name, figures.counts(each)) for each in regions), of)
    moved = by_change(
        ((each, each.short_name, before.get(each.pk), figures.counts(each)) for each in regions),
        of,
    )
    changes = {row.key.pk: row for row in moved}
    return [
        RegionRow(
            rank,
            region.code,
            region.label,
            counts := figures.counts(region),
            (criteria or {}).get(region.pk, counts.criteria),
            changes[region.pk].before,
            changes[region.pk].text,
        )
        for rank, region in _in_order(ranked, moved, asked.order)
    ]


def _in_order(ranked, moved, order: str) -> list[tuple[int | None, object]]:
    rows = moved if rankings.is_by_change(order) else ranked
    if order in (rankings.FALLEN, rankings.WORST):
        rows = turned(rows, group_of)
    return [(row.rank, row.key) for row in rows]


def _subject(figures) -> str:
    return figures.selection.subject


# --- headings, as on the dashboards ----------------------------------------------------------


def _nation_heading(figures: NationFigures) -> str:
    total, selection, many = figures.total, figures.selection, len(figures.provinces)
    if not total.has_data and selection.is_every_pokja:
        return findings.nothing_sent(many, figures.year, "provinsi")
    counting = sum(bool(figures.counts(each).pokja) for each in figures.provinces)
    return findings.effective_nation(total, counting or many, figures.year, selection)


def _province_heading(figures: ProvinceFigures) -> str:
    total, selection, many = figures.total, figures.selection, len(figures.districts)
    if not total.has_data and selection.is_every_pokja:
        return findings.nothing_sent(many, figures.year)
    place = selection.place(many, "daerah", figures.region.label)
    return findings.effective_pokja(place, total, figures.year, selection)


def _district_heading(figures: DistrictFigures) -> str:
    total, name = figures.total, figures.region.full_name
    if total.pokja and not total.has_data:
        return f"Belum ada isian tahun {figures.year} dari {name}"
    return findings.effective_pokja(name, total, figures.year, figures.selection)


def notes(found: TableSet, asked: Asked, address: str, sample: bool) -> list[str]:
    """What the numbers are, for the last sheet of a workbook."""
    figures = found.figures
    told = [
        panels.heading(found.heading, asked.moment),
        panels.as_of(asked.year, figures.on, asked.moment),
        panels.definition(figures.rules),
        "Hanya data terverifikasi yang dihitung; yang menunggu verifikasi disebut tersendiri.",
        f"Saringan: {figures.selection.words or 'tidak ada'}.",
        *figures.selection.complaints,
    ]
    if asked.only_open and any(each.key == "jenis" for each in found.sheets):
        told.append("Menurut daerah dan jenis: hanya daerah yang belum seluruhnya efektif.")
    told += [f"{each.title}: {each.note}." for each in found.sheets]
    told.append(f"Alamat tampilan ini: {address}")
    return ["Data contoh; bukan angka resmi.", *told] if sample else told
