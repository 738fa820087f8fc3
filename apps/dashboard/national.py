"""The page of the nation: tile map, trend, who rose and fell, and the table of provinces."""

from functools import lru_cache

from apps.core.formats import format_number
from apps.core.looks import CRITERIA
from apps.dashboard import charts, findings, maps, panels, rankings
from apps.dashboard.charts import Line
from apps.dashboard.choices import filter_bar
from apps.dashboard.html import bar, legend, link, safe, text
from apps.dashboard.links import Viewer
from apps.dashboard.movement import Moved, by_change, group_of, turned
from apps.dashboard.queries import NationFigures
from apps.dashboard.selection import NATION
from apps.dashboard.tallies import Share, Tally, points_up, ranking
from apps.dashboard.words import capital

RISERS = 4
ME = ' class="me"'
TOLD_OVER = len(CRITERIA) + 2  # columns: the share, its bar or its change, and the criteria
HEADS = ("SK", "Rencana", "Indikator", "Anggaran")


def context(figures: NationFigures, viewer: Viewer, order: str = "") -> dict:
    """Everything the template of the national page places; ``order``: that of the table (see
    ``rankings``)."""
    year, total, selection = figures.year, figures.total, figures.selection
    shown, addresses = _shown(figures, viewer)
    own, view = viewer.own_province_code(), {rankings.ORDER: order} if order else {}
    page = _head(figures, viewer, view) | {
        "table": _table(figures, addresses, own, order),
        "orders": rankings.orders(viewer, order, view, "#tabel"),
        "provinces": len(figures.provinces),
        "nothing_fits": not (total.pokja or selection.is_every_pokja),
    }
    if not total.has_data:
        return page | _silent(figures, viewer, page["heading"])
    line = Line("", figures.history.shares(selection.share), is_main=True)
    moved = _moved(figures)
    return page | {
        "criteria": panels.criterion_figures(total, lambda name: viewer.lacking(None, name)),
        "tiles": maps.tiles(shown, addresses.get, own, selection),
        "has_few": any(
            counts.has_data and not selection.share(counts).is_large for _, counts in shown.values()
        ),
        "own": shown[own][0] if own in shown else "",
        "map_legend": safe(legend(maps.legend_of(selection))),
        "map_address": viewer.same(viewer.nation_address("national_map")),
        "trend": panels.trend(
            [line],
            figures.history.years,
            figures.history.changes,
            size=charts.CARD,
            heading=findings.trend(
                capital(selection.peer_words) or "Nasional",
                line.values,
                f"{selection.subject} dari tahun ke tahun"
                if selection.peers
                else f"{selection.subject} secara nasional",
            ),
            measure=selection.measure,
        ),
        "risers": _movers(moved, addresses, 1),
        "fallers": _movers(moved, addresses, -1),
        "before": str(year - 1),
    }


def _silent(figures: NationFigures, viewer: Viewer, heading: str) -> dict:
    """Nobody sent anything, or nothing fits what is selected."""
    year, selection = figures.year, figures.selection
    told = findings.nothing_sent(len(figures.provinces), year, "provinsi")
    return {
        "heading": panels.heading(told, viewer.moment) if selection.is_every_pokja else heading,
        "last_year": figures.history.before is not None and str(year - 1),
        "last_year_address": viewer.same(viewer.for_year(year - 1).nation_address()),
    }


def map_context(figures: NationFigures, viewer: Viewer) -> dict:
    """The true shapes, on a page of their own: they weigh as much as the rest together."""
    shown, addresses = _shown(figures, viewer)
    return _head(figures, viewer, {}) | {
        "map": maps.nation(shown, addresses.get, figures.selection),
        "map_legend": safe(legend(maps.legend_of(figures.selection))),
        "list": _plain_table(figures, addresses),
        "back": viewer.same(viewer.nation_address()),
    }


def _head(figures: NationFigures, viewer: Viewer, view: dict[str, str]) -> dict:
    year, total, moment = figures.year, figures.total, viewer.moment
    selection = figures.selection
    silent = sum(not figures.counts(each).has_data for each in figures.provinces)
    # The share is one of recorded Pokja: a province without any has no part in it.
    counting = sum(bool(figures.counts(each).pokja) for each in figures.provinces)
    share = selection.share(total)
    counted = f"{share.sentence} {selection.kind_words}. " if total.is_rated else ""
    told = findings.silent_regions(silent, "provinsi")
    finding = findings.effective_nation(total, counting or len(figures.provinces), year, selection)
    return {
        "year": str(year),
        "has_data": total.has_data,
        "data_date": panels.data_date(figures.on, moment),
        "heading": panels.heading(finding, moment),
        "sub": f"{counted}{panels.as_of(year, figures.on, moment)} "
        f"{panels.definition(figures.rules)}" + (f" {told}." if told else ""),
        "years": panels.year_links("dashboard:national", viewer=viewer),
        "official": panels.official_note(figures.official, year, figures.rules, selection),
        "filters": filter_bar(NATION, viewer, total.pokja, view, _own(figures, viewer)),
        "selection": selection,
    }


def _own(figures: NationFigures, viewer: Viewer) -> tuple[str, str] | None:
    code = viewer.own_province_code()
    return next(((each.code, each.label) for each in figures.provinces if each.code == code), None)


def _shown(figures: NationFigures, viewer: Viewer):
    shown = {each.code: (each.label, figures.counts(each)) for each in figures.provinces}
    return shown, {each.code: viewer.region(each) for each in figures.provinces}


def _moved(figures: NationFigures) -> list[tuple]:
    """(points, province, its share before, and now) of those that rose or fell since the year
    before, on twenty Pokja or more."""
    of, found = figures.selection.share, []
    for province in figures.provinces:
        history = figures.by_province[province.pk]
        if history.before is None or history.now is None:
            continue
        before, now = of(history.before), of(history.now)
        if points := points_up(before, now):
            found.append((points, province, before, now))
    return found


def _movers(moved: list[tuple], addresses, way: int) -> list[dict]:
    """The provinces that rose (``way`` 1) or fell (-1) most."""
    found = []
    for points, province, before, now in moved:
        if points * way > 0:
            gain = (now.value - before.value) * way
            found.append((-points * way, -gain, province.short_name, province, before, now))
    found.sort(key=lambda row: row[:3])
    return [
        {
            "name": province.label,
            "address": addresses[province.code],
            "change": f"{before.text} → {now.text}",
            "points": f"{'+' if way > 0 else '−'}{-points} poin",
        }
        for points, _, _, province, before, now in found[:RISERS]
    ]


def _ordered(figures: NationFigures, order: str) -> list[tuple]:
    """(rank, province, its tally, its change or None) of every province."""
    of = figures.selection.share
    if rankings.is_by_change(order):
        history = figures.by_province
        rows = by_change(
            (
                (each, each.short_name, history[each.pk].before, figures.counts(each))
                for each in figures.provinces
            ),
            of,
        )
        if order == rankings.FALLEN:
            rows = turned(rows, group_of)
        return [(row.rank, row.key, figures.counts(row.key), row) for row in rows]
    rows = ranking(
        ((each, each.short_name, figures.counts(each)) for each in figures.provinces), of
    )
    if order == rankings.WORST:
        rows = turned(rows, group_of)
    return [(row.rank, row.key, row.tally, None) for row in rows]


def _table(figures: NationFigures, addresses, own: str | None, order: str) -> str:
    years, selection = figures.history.years, figures.selection
    heads = "".join(f'<th scope="col" class="num">{head}</th>' for head in HEADS)
    told = "Memenuhi" if selection.criterion else "Efektif"
    drawn = (
        f'<th scope="col">Sejak {figures.year - 1}</th>'
        if rankings.is_by_change(order)
        else '<th scope="col" class="d-none d-md-table-cell barw">'
        '<span class="visually-hidden">Batang</span></th>'
    )
    return safe(
        '<table class="table heatcol"><caption class="visually-hidden">Provinsi menurut '
        f"{text(selection.measure.lower().replace('pokja', 'Pokja'))}</caption><thead><tr>"
        '<th scope="col" class="num">No.</th>'
        '<th scope="col">Provinsi</th><th scope="col" class="num d-none d-md-table-cell">'
        f'Kab/kota</th><th scope="col" class="num">{told}</th>{drawn}',
        heads,
        f'<th scope="col" class="d-none d-md-table-cell">{years[0]}–{years[-1]}</th>',
        "</tr></thead><tbody>",
        *(
            _row(row, figures, addresses[row[1].code], row[1].code == own)
            for row in _ordered(figures, order)
        ),
        "</tbody></table>",
    )


def _row(row: tuple[int | None, object, Tally, Moved | None], figures, address, is_own) -> str:
    rank, province, counts, moved = row
    of = figures.selection.share
    start = (
        f'<tr{ME if is_own else ""}><td class="num muted">{rank or ""}</td>'
        f'<th scope="row">{link(address, text(province.label))}</th>'
        '<td class="num d-none d-md-table-cell">'
        f"{figures.district_counts.get(province.pk, 0)}</td>"
    )
    if not (counts.has_data and counts.is_rated):
        return (
            f'{start}<td class="muted small2 none" colspan="{TOLD_OVER}">{_told(counts, of)}</td>'
            '<td class="d-none d-md-table-cell"></td></tr>'
        )
    cells = "".join([_criterion(counts.criterion(name)) for name in CRITERIA])
    spark = charts.spark(figures.by_province[province.pk].shares(of))
    drawn = (
        f'<td class="nw">{moved.text or "–"}</td>'
        if moved
        else f'<td class="d-none d-md-table-cell">{bar(of(counts).value)}</td>'
    )
    return (
        f'{start}<td class="num strong">{of(counts).text}</td>{drawn}{cells}'
        f'<td class="d-none d-md-table-cell">{spark}</td></tr>'
    )


@lru_cache(maxsize=4096)  # where one province changed the other cells are drawn already
def _criterion(share: Share) -> str:
    return f'<td class="num q{share.step}">{share.text}</td>'


def _plain_table(figures: NationFigures, addresses) -> str:
    """The twin of the geographic map: the same numbers in words."""
    told = figures.selection.subject
    rows = "".join(
        f'<tr><th scope="row">{link(addresses[each.code], text(each.label))}</th>'
        f'<td class="num">{_told(figures.counts(each), figures.selection.share)}</td></tr>'
        for each in figures.provinces
    )
    return safe(
        f'<table class="table table-sm"><caption class="visually-hidden">{told} menurut provinsi'
        '</caption><thead><tr><th scope="col">Provinsi</th>'
        f'<th scope="col" class="num">{told}</th></tr></thead><tbody>{rows}'
        "</tbody></table>"
    )


def _told(counts: Tally, of) -> str:
    if not counts.has_data:
        return "Belum ada data"
    if not counts.is_rated:
        return "Tidak dapat dinilai"
    share = of(counts)
    percent = f" ({share.text})" if share.is_large else ""
    return f"{format_number(share.part)} dari {format_number(share.whole)}{percent}"
