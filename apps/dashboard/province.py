"""The page of a province: its figures as headings, map, ranking, heat table and trend."""

from apps.core.formats import format_number
from apps.dashboard import findings, heat, maps, panels, rankings
from apps.dashboard.charts import Line
from apps.dashboard.choices import filter_bar
from apps.dashboard.html import bar, legend, safe
from apps.dashboard.links import Viewer
from apps.dashboard.nearest import nearest_regions
from apps.dashboard.queries import ProvinceFigures
from apps.dashboard.selection import PROVINCE


def context(
    figures: ProvinceFigures, viewer: Viewer, *, only_open: bool = False, order: str = ""
) -> dict:
    """Everything the template places. ``only_open``: the heat table leaves out regions where
    every Pokja is effective; ``order``: that of the ranking (see ``rankings``)."""
    region, year, total, moment = figures.region, figures.year, figures.total, viewer.moment
    selection, view = figures.selection, _view(only_open, order)
    place = selection.place(len(figures.districts), "daerah", region.label)
    page = {
        "region": region,
        "year": str(year),
        "heading": panels.heading(findings.effective_pokja(place, total, year, selection), moment),
        "sub": f"{panels.as_of(year, figures.on, moment)} {panels.definition(figures.rules)}",
        "nation_address": viewer.nation(),
        "recap_address": viewer.recap(region),
        "slides_address": viewer.same(f"{viewer.region_address(region)}saji/"),
        "years": panels.year_links("dashboard:region", region.code, viewer=viewer),
        "official": panels.official_note(figures.official, year, figures.rules, selection),
        "has_data": total.has_data,
        "data_date": panels.data_date(figures.on, moment),
        "filters": filter_bar(PROVINCE, viewer, total.pokja, view, viewer.own_place(region)),
        "nothing_fits": not (total.pokja or selection.is_every_pokja),
        "ranking": rankings.panel(figures, viewer, order),
        "orders": rankings.orders(viewer, order, view, "#peringkat"),
        "selection": selection,
    }
    if not total.has_data:
        return page | _silent(figures, viewer, page["heading"])
    return page | _figures(figures, viewer) | _regions(figures, viewer, only_open, order)


def _view(only_open: bool, order: str) -> dict[str, str]:
    """The parameters of the page's tables."""
    return ({"belum": "1"} if only_open else {}) | ({rankings.ORDER: order} if order else {})


def _silent(figures: ProvinceFigures, viewer: Viewer, heading: str) -> dict:
    """Nobody sent anything, or nothing fits what is selected."""
    before, selection = figures.history.before, figures.selection
    told = findings.nothing_sent(len(figures.districts), figures.year)
    return {
        "heading": panels.heading(told, viewer.moment) if selection.is_every_pokja else heading,
        "last_year": before is not None and str(figures.year - 1),
        "last_year_address": viewer.same(
            viewer.for_year(figures.year - 1).region_address(figures.region)
        ),
    }


def _figures(figures: ProvinceFigures, viewer: Viewer) -> dict:
    total, history, selection = figures.total, figures.history, figures.selection
    before, share = history.before, selection.share(figures.total)
    changed = findings.change(before and selection.share(before), share, figures.year - 1)
    waiting = total.waiting[selection.criterion] if selection.criterion else total.all_waiting
    whole = "kelompok ini" if selection.peers else "provinsi"
    line = Line(whole, history.shares(selection.share), is_main=True)
    return {
        "effective": {
            "label": selection.subject,
            "value": share.text if total.is_rated else "–",
            "change": changed,
            "is_up": changed.startswith("naik"),
            "bar": safe(bar(share.value)),
            "waiting": waiting and f"{format_number(waiting)} kriteria menunggu verifikasi",
            "queue": viewer.queue(figures.region),
        },
        "criteria": panels.criterion_figures(
            total, lambda name: viewer.lacking(figures.region, name)
        ),
        "weakest": findings.weakest(total),
        "gain": findings.queue_gain(total),
        "trend": panels.trend(
            [line, Line("nasional", figures.national.shares(selection.share))],
            history.years,
            history.changes,
            heading=findings.trend(
                selection.subject, line.values, f"{selection.subject} dari tahun ke tahun"
            ),
            measure=selection.measure,
        ),
        "multiples": panels.multiples(history, total),
    }


def _regions(figures: ProvinceFigures, viewer: Viewer, only_open: bool, order: str) -> dict:
    selection = figures.selection
    silent = [each for each in figures.districts if not figures.counts(each).has_data]
    addresses = {each.code: viewer.region(each) for each in figures.districts}
    shown = {each.code: (each.label, figures.counts(each)) for each in figures.districts}
    return {
        "silent": findings.silent_regions(len(silent)),
        "silent_names": ", ".join(each.label for each in silent),
        "map": maps.province(figures.region.code, shown, addresses.get, selection),
        "map_legend": safe(legend(maps.legend_of(selection))),
        "nearest": nearest_regions(figures, viewer),
        **_heat(figures, viewer, addresses, only_open),
        "only_open": only_open,
        "filter_address": viewer.same(**_view(not only_open, order)) + "#kriteria",
    }


def _heat(figures: ProvinceFigures, viewer: Viewer, addresses, only_open: bool) -> dict:
    regions = [
        each
        for each in (figures.region, *figures.districts)
        if figures.selection.includes_region(each)
    ]
    visible = [each for each in regions if not only_open or figures.counts(each).is_open]
    by_region = heat.kinds_of(figures.items)
    rows = _heat_rows(figures, viewer, addresses, figures.page or visible, by_region)
    names = heat.names_of(figures.rules)
    possible = max((item.possible for item in figures.items), default=len(names))
    expected = figures.rules.expected_kinds if figures.rules else ()
    if figures.selection.kind:
        expected = [figures.selection.kind]
    kinds = [
        each for each in heat.columns(by_region, expected) if figures.selection.kind in ("", each)
    ]
    caption = f"Kriteria terpenuhi per daerah dan jenis Pokja, {figures.year}"
    return {
        "heat": heat.table(rows, kinds, caption, names) if rows else "",
        "heat_legend": safe(legend(heat.legend_numbers(possible))),
        "possible": str(possible),
        "slots": ", ".join(names.values()),
        "shown": _shown(len(visible), len(regions), figures.page) if only_open else "",
        "heat_page": figures.page if figures.page and figures.page.has_other_pages() else None,
    }


def _shown(visible: int, regions: int, page) -> str:
    """How many regions the filter left; which of them stand on this page is told below it."""
    told = f"{visible} dari {regions} daerah"
    return f"{told} belum seluruhnya efektif" if page else f"Menampilkan {told}"


def _heat_rows(
    figures: ProvinceFigures, viewer: Viewer, addresses, regions, by_kind
) -> list[heat.Row]:
    def pokja(item):
        return viewer.reached_pokja(item.pokja_id)

    def row(region):
        return heat.Row(
            "Tingkat provinsi" if region == figures.region else region.label,
            addresses.get(region.code),
            figures.counts(region),
            by_kind.get(region.pk, {}),
            pokja if viewer.reaches(region) else None,
        )

    return [row(each) for each in regions]
