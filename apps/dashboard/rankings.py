"""The ranking beside a province's map: by what is reached, or by what was gained in a year."""

from apps.dashboard import findings
from apps.dashboard.html import bar, link, safe, text
from apps.dashboard.links import Viewer
from apps.dashboard.movement import by_change, counted, group_of, turned
from apps.dashboard.tallies import FEWEST_RANKED, ranking

BEST, WORST, RISEN, FALLEN = "", "terendah", "perubahan", "perubahan-turun"
ORDERS = {BEST: "Tertinggi", WORST: "Terendah", RISEN: "Paling naik", FALLEN: "Paling turun"}
ORDER = "urut"  # the parameter of the address
FEW = f"Tanpa nomor bila kurang dari {FEWEST_RANKED} Pokja."


def order_of(request) -> str:
    """The order that an address asks for; the usual one for what is not known."""
    typed = request.GET.get(ORDER, "")
    return typed if typed in ORDERS else BEST


def is_by_change(order: str) -> bool:
    return order in (RISEN, FALLEN)


def orders(viewer: Viewer, order: str, view: dict[str, str], anchor: str) -> list[dict]:
    """The links that turn a ranking; ``view``: what else of the page stays."""
    rest = {name: value for name, value in view.items() if name != ORDER}
    return [
        {
            "label": label,
            "address": viewer.same(**rest, **({ORDER: each} if each else {})) + anchor,
            "current": each == order,
        }
        for each, label in ORDERS.items()
    ]


def panel(figures, viewer: Viewer, order: str) -> dict:
    """Heading, line and table of the kab/kota of a province."""
    if is_by_change(order):
        return _moved(figures, viewer, order)
    rows = ranking(
        ((each, each.short_name, figures.counts(each)) for each in figures.districts),
        figures.selection.share,
    )
    if order == WORST:
        rows = turned(rows, group_of)
    table = _table(
        "Efektif" if not figures.selection.criterion else "Memenuhi",
        [_ranked(row, viewer.region(row.key), figures.selection) for row in rows],
    )
    done = figures.selection.criterion_words
    return {
        "heading": "Peringkat kabupaten/kota",
        "sub": f"{figures.selection.kind_words} {done}, lalu kriteria terpenuhi. {FEW}",
        "table": table,
    }


def _table(last: str, rows: list[str]) -> str:
    return safe(
        '<table class="rank"><caption class="visually-hidden">Peringkat kabupaten/kota'
        '</caption><thead class="visually-hidden"><tr><th scope="col">No.</th>'
        '<th scope="col">Daerah</th><th scope="col">Batang</th>'
        f'<th scope="col">{last}</th></tr></thead><tbody>',
        *rows,
        "</tbody></table>",
    )


def _ranked(row, address, selection) -> str:
    counts = row.tally
    if not counts.has_data:
        told = "belum ada data" if counts.pokja else "belum ada Pokja"
        figures = f'<td class="num muted" colspan="2">{told}</td>'
    else:
        share = selection.share(counts)
        told = share.sentence if counts.is_rated else "–"
        figures = f'<td class="rb">{bar(share.value)}</td><td class="num">{told}</td>'
    return _row(row.rank, row.key, address, figures)


def _row(rank: int | None, region, address, figures: str) -> str:
    return (
        f'<tr><td class="muted num">{rank or ""}</td><th scope="row">'
        f"{link(address, text(region.label))}</th>{figures}</tr>"
    )


def _moved(figures, viewer: Viewer, order: str) -> dict:
    before = figures.before or {}
    rows = by_change(
        (
            (each, each.short_name, before.get(each.pk), figures.counts(each))
            for each in figures.districts
        ),
        figures.selection.share,
    )
    told = counted(rows)
    if order == FALLEN:
        rows = turned(rows, group_of)
    body = [_change_row(row, viewer.region(row.key)) for row in rows]
    return {
        "heading": findings.movement(*told, figures.year - 1),
        "sub": f"Perubahan bagian {figures.selection.subject} sejak {figures.year - 1}. "
        f"{FEW[:-1]} pada salah satu tahun.",
        "table": safe(
            '<table class="rank rank-ch"><caption class="visually-hidden">Peringkat perubahan '
            'kabupaten/kota</caption><thead class="visually-hidden"><tr><th scope="col">No.</th>'
            '<th scope="col">Daerah</th><th scope="col">Dari dan menjadi</th>'
            '<th scope="col">Perubahan</th></tr></thead><tbody>',
            *body,
            "</tbody></table>",
        ),
    }


def _change_row(row, address) -> str:
    if not row.is_known:
        return _row(
            None,
            row.key,
            address,
            '<td class="num muted" colspan="2">belum dapat dibandingkan</td>',
        )
    style = {"naik": " up", "turun": " down"}.get(row.word, " muted")
    return _row(
        row.rank,
        row.key,
        address,
        f'<td class="num muted">{row.way}</td><td class="num{style}">{row.text}</td>',
    )
