"""The page of a province: its figures as headings, map, ranking, heat table and trend."""

from urllib.parse import urlencode

from apps.core.formats import format_number
from apps.core.looks import CRITERIA
from apps.dashboard import findings, heat, maps, panels
from apps.dashboard.charts import Line
from apps.dashboard.html import bar, legend, link, safe, text
from apps.dashboard.links import Viewer
from apps.dashboard.queries import ProvinceFigures
from apps.dashboard.tallies import ranking
from apps.effectiveness.moment import Moment


def context(
    figures: ProvinceFigures, viewer: Viewer, *, only_open: bool = False, lowest_first: bool = False
) -> dict:
    """Everything the template places. ``only_open``: the heat table leaves out regions where
    every Pokja is effective; ``lowest_first`` turns the ranking round."""
    region, year, total, moment = figures.region, figures.year, figures.total, viewer.moment
    page = {
        "region": region,
        "year": str(year),
        "heading": panels.heading(findings.effective_pokja(region.label, total, year), moment),
        "sub": f"{panels.as_of(year, figures.on, moment)} {panels.definition(figures.rules)}",
        "nation_address": viewer.nation(),
        "years": panels.year_links("dashboard:region", region.code, viewer=viewer),
        "official": panels.official_note(figures.official, year, figures.rules),
        "has_data": total.has_data,
        "data_date": panels.data_date(figures.on, moment),
        "ranking": _ranking(figures, viewer, lowest_first),
        "lowest_first": lowest_first,
        "order_address": _address(only_open, not lowest_first, moment),
    }
    if not total.has_data:
        before = figures.history.before
        return page | {
            "heading": panels.heading(findings.nothing_sent(len(figures.districts), year), moment),
            "last_year": before is not None and str(year - 1),
            "last_year_address": viewer.for_year(year - 1).region(region),
        }
    return page | _figures(figures, viewer) | _regions(figures, viewer, only_open, lowest_first)


def _figures(figures: ProvinceFigures, viewer: Viewer) -> dict:
    total, history = figures.total, figures.history
    before = history.before
    changed = findings.change(before and before.share, total.share, figures.year - 1)
    line = Line("provinsi", history.shares(), is_main=True)
    return {
        "effective": {
            "value": total.share.text if total.is_rated else "–",
            "change": changed,
            "is_up": changed.startswith("naik"),
            "bar": safe(bar(total.share.value)),
            "waiting": total.all_waiting
            and (f"{format_number(total.all_waiting)} kriteria menunggu verifikasi"),
            "queue": viewer.queue(figures.region),
        },
        "criteria": panels.criterion_figures(
            total, lambda name: viewer.lacking(figures.region, name)
        ),
        "weakest": findings.weakest(total),
        "gain": findings.queue_gain(total),
        "trend": panels.trend(
            [line, Line("nasional", figures.national.shares())],
            history.years,
            history.changes,
            heading=findings.trend(
                "Pokja efektif", line.values, "Pokja efektif dari tahun ke tahun"
            ),
            measure="Bagian Pokja yang efektif",
        ),
        "multiples": panels.multiples(history, total),
    }


def _regions(figures: ProvinceFigures, viewer: Viewer, only_open, lowest_first) -> dict:
    silent = [each for each in figures.districts if not figures.counts(each).has_data]
    addresses = {each.code: viewer.region(each) for each in figures.districts}
    shown = {each.code: (each.label, figures.counts(each)) for each in figures.districts}
    regions = [figures.region, *figures.districts]
    visible = [each for each in regions if not only_open or figures.counts(each).is_open]
    rows = _heat_rows(figures, viewer, addresses, figures.page or visible)
    every = figures.rules.weights if figures.rules else CRITERIA
    possible = max((item.possible for item in figures.items), default=len(every))
    kinds = heat.columns(
        heat.kinds_of(figures.items), figures.rules.expected_kinds if figures.rules else ()
    )
    return {
        "silent": findings.silent_regions(len(silent)),
        "silent_names": ", ".join(each.label for each in silent),
        "map": maps.province(figures.region.code, shown, addresses.get),
        "map_legend": safe(legend(maps.LEGEND)),
        "heat": heat.table(
            rows, kinds, f"Kriteria terpenuhi per daerah dan jenis Pokja, {figures.year}"
        )
        if rows
        else "",
        "heat_legend": safe(legend(heat.legend_numbers(possible))),
        "possible": str(possible),
        "only_open": only_open,
        "filter_address": _address(not only_open, lowest_first, viewer.moment),
        "shown": _shown(len(visible), len(regions), figures.page) if only_open else "",
        "heat_page": figures.page if figures.page and figures.page.has_other_pages() else None,
    }


def _shown(visible: int, regions: int, page) -> str:
    """How many regions the filter left; which of them stand on this page is told below it."""
    told = f"{visible} dari {regions} daerah"
    return f"{told} belum seluruhnya efektif" if page else f"Menampilkan {told}"


def _address(only_open: bool, lowest_first: bool, moment: Moment | None) -> str:
    """The query string of the same page with another filter or order."""
    chosen = {"belum": "1"} if only_open else {}
    if lowest_first:
        chosen["urut"] = "terendah"
    if moment:
        chosen["per"] = moment.per.isoformat()
    return f"?{urlencode(chosen)}"


def _heat_rows(figures: ProvinceFigures, viewer: Viewer, addresses, regions) -> list[heat.Row]:
    by_kind = heat.kinds_of(figures.items)

    def row(region):
        def pokja(item):
            return viewer.pokja(region, item.pokja_id)

        return heat.Row(
            "Tingkat provinsi" if region == figures.region else region.label,
            addresses.get(region.code),
            figures.counts(region),
            by_kind.get(region.pk, {}),
            pokja if viewer.reaches(region) else None,
        )

    return [row(each) for each in regions]


def _ranking(figures: ProvinceFigures, viewer: Viewer, lowest_first: bool) -> str:
    rows = ranking((each, each.short_name, figures.counts(each)) for each in figures.districts)
    if lowest_first:  # those without a number stay below
        rows = [
            *(row for row in reversed(rows) if row.rank),
            *(row for row in rows if not row.rank),
        ]
    return safe(
        '<table class="rank"><caption class="visually-hidden">Peringkat kabupaten/kota'
        '</caption><thead class="visually-hidden"><tr><th scope="col">No.</th>'
        '<th scope="col">Daerah</th><th scope="col">Batang</th>'
        '<th scope="col">Efektif</th></tr></thead><tbody>',
        *(_ranked(row, viewer.region(row.key)) for row in rows),
        "</tbody></table>",
    )


def _ranked(row, address) -> str:
    counts = row.tally
    if not counts.has_data:
        told = "belum ada data" if counts.pokja else "belum ada Pokja"
        figures = f'<td class="num muted" colspan="2">{told}</td>'
    else:
        told = counts.share.sentence if counts.is_rated else "–"
        figures = f'<td class="rb">{bar(counts.share.value)}</td><td class="num">{told}</td>'
    return (
        f'<tr><td class="muted num">{row.rank or ""}</td><th scope="row">'
        f"{link(address, text(row.key.label))}</th>{figures}</tr>"
    )
