"""The page of the nation: tile map, trend, largest risers, and the table of provinces."""

from apps.core.formats import format_number
from apps.core.looks import CRITERIA
from apps.dashboard import charts, findings, maps, panels
from apps.dashboard.charts import Line
from apps.dashboard.html import bar, legend, link, safe, text
from apps.dashboard.links import Viewer
from apps.dashboard.queries import NationFigures
from apps.dashboard.tallies import points_up, ranking

RISERS = 4
ME = ' class="me"'
TOLD_OVER = len(CRITERIA) + 2  # columns: the effective share, its bar, and the criteria
HEADS = ("SK", "Rencana", "Indikator", "Anggaran")


def context(figures: NationFigures, viewer: Viewer) -> dict:
    """Everything the template of the national page places."""
    year, total = figures.year, figures.total
    shown, addresses = _shown(figures, viewer)
    own = viewer.own_province_code()
    page = _head(figures, viewer) | {
        "table": _table(figures, addresses, own),
        "provinces": len(figures.provinces),
    }
    if not total.has_data:
        return page | {
            "heading": panels.heading(
                findings.nothing_sent(len(figures.provinces), year, "provinsi"), viewer.moment
            ),
            "last_year": figures.history.before is not None and str(year - 1),
            "last_year_address": viewer.for_year(year - 1).nation(),
        }
    line = Line("", figures.history.shares(), is_main=True)
    return page | {
        "criteria": panels.criterion_figures(total, lambda name: viewer.lacking(None, name)),
        "tiles": maps.tiles(shown, addresses.get, own),
        "has_few": any(
            counts.has_data and not counts.share.is_large for _, counts in shown.values()
        ),
        "own": shown[own][0] if own in shown else "",
        "map_legend": safe(legend(maps.LEGEND)),
        "map_address": viewer.nation("national_map"),
        "trend": panels.trend(
            [line],
            figures.history.years,
            figures.history.changes,
            size=charts.CARD,
            heading=findings.trend("Nasional", line.values, "Pokja efektif secara nasional"),
            measure="Bagian Pokja yang efektif",
        ),
        "risers": _risers(figures, addresses),
        "before": str(year - 1),
    }


def map_context(figures: NationFigures, viewer: Viewer) -> dict:
    """The true shapes, on a page of their own: they weigh as much as the rest together."""
    shown, addresses = _shown(figures, viewer)
    return _head(figures, viewer) | {
        "map": maps.nation(shown, addresses.get),
        "map_legend": safe(legend(maps.LEGEND)),
        "list": _plain_table(figures, addresses),
        "back": viewer.nation(),
    }


def _head(figures: NationFigures, viewer: Viewer) -> dict:
    year, total, moment = figures.year, figures.total, viewer.moment
    silent = sum(not figures.counts(each).has_data for each in figures.provinces)
    # The share is one of recorded Pokja: a province without any has no part in it.
    counting = sum(bool(figures.counts(each).pokja) for each in figures.provinces)
    counted = f"{total.share.sentence} Pokja. " if total.is_rated else ""
    told = findings.silent_regions(silent, "provinsi")
    return {
        "year": str(year),
        "has_data": total.has_data,
        "data_date": panels.data_date(figures.on, moment),
        "heading": panels.heading(
            findings.effective_nation(total, counting or len(figures.provinces), year), moment
        ),
        "sub": f"{counted}{panels.as_of(year, figures.on, moment)} "
        f"{panels.definition(figures.rules)}" + (f" {told}." if told else ""),
        "years": panels.year_links("dashboard:national", viewer=viewer),
        "official": panels.official_note(figures.official, year, figures.rules),
    }


def _shown(figures: NationFigures, viewer: Viewer):
    shown = {each.code: (each.label, figures.counts(each)) for each in figures.provinces}
    return shown, {each.code: viewer.region(each) for each in figures.provinces}


def _risers(figures: NationFigures, addresses) -> list[dict]:
    """The provinces that rose most since the year before, on twenty Pokja or more."""
    found = []
    for province in figures.provinces:
        history = figures.by_province[province.pk]
        before, now = history.before, history.shares()[-1]
        points = points_up(before.share, now) if before and now else None
        if points and points > 0:
            gain = now.value - before.share.value
            found.append((-points, -gain, province.short_name, province, before.share, now))
    found.sort(key=lambda row: row[:3])
    return [
        {
            "name": province.label,
            "address": addresses[province.code],
            "change": f"{before.text} → {now.text}",
            "points": f"+{-points} poin",
        }
        for points, _, _, province, before, now in found[:RISERS]
    ]


def _table(figures: NationFigures, addresses, own: str | None) -> str:
    years = figures.history.years
    rows = ranking((each, each.short_name, figures.counts(each)) for each in figures.provinces)
    heads = "".join(f'<th scope="col" class="num">{head}</th>' for head in HEADS)
    return safe(
        '<table class="table heatcol"><caption class="visually-hidden">Provinsi menurut bagian '
        'Pokja yang efektif</caption><thead><tr><th scope="col" class="num">No.</th>'
        '<th scope="col">Provinsi</th><th scope="col" class="num d-none d-md-table-cell">'
        'Kab/kota</th><th scope="col" class="num">Efektif</th><th scope="col" '
        'class="d-none d-md-table-cell barw"><span class="visually-hidden">Batang</span></th>',
        heads,
        f'<th scope="col" class="d-none d-md-table-cell">{years[0]}–{years[-1]}</th>',
        "</tr></thead><tbody>",
        *(_row(row, figures, addresses[row.key.code], row.key.code == own) for row in rows),
        "</tbody></table>",
    )


def _row(row, figures: NationFigures, address, is_own: bool) -> str:
    province, counts = row.key, row.tally
    known = counts.has_data and counts.is_rated
    start = (
        f'<tr{ME if is_own else ""}><td class="num muted">{row.rank or ""}</td>'
        f'<th scope="row">{link(address, text(province.label))}</th>'
        '<td class="num d-none d-md-table-cell">'
        f"{figures.district_counts.get(province.pk, 0)}</td>"
    )
    if not known:
        return (
            f'{start}<td class="muted small2 none" colspan="{TOLD_OVER}">{_told(counts)}</td>'
            '<td class="d-none d-md-table-cell"></td></tr>'
        )
    cells = "".join(
        f'<td class="num q{share.step}">{share.text}</td>'
        for share in map(counts.criterion, CRITERIA)
    )
    spark = charts.spark(figures.by_province[province.pk].shares())
    return (
        f'{start}<td class="num strong">{counts.share.text}</td>'
        f'<td class="d-none d-md-table-cell">{bar(counts.share.value)}</td>{cells}'
        f'<td class="d-none d-md-table-cell">{spark}</td></tr>'
    )


def _plain_table(figures: NationFigures, addresses) -> str:
    """The twin of the geographic map: the same numbers in words."""
    rows = "".join(
        f'<tr><th scope="row">{link(addresses[each.code], text(each.label))}</th>'
        f'<td class="num">{_told(figures.counts(each))}</td></tr>'
        for each in figures.provinces
    )
    return safe(
        '<table class="table table-sm"><caption class="visually-hidden">Pokja efektif '
        'menurut provinsi</caption><thead><tr><th scope="col">Provinsi</th>'
        f'<th scope="col" class="num">Pokja efektif</th></tr></thead><tbody>{rows}'
        "</tbody></table>"
    )


def _told(counts) -> str:
    if not counts.has_data:
        return "Belum ada data"
    if not counts.is_rated:
        return "Tidak dapat dinilai"
    percent = f" ({counts.share.text})" if counts.share.is_large else ""
    return f"{format_number(counts.share.part)} dari {format_number(counts.share.whole)}{percent}"
