"""Drawings and tables of a comparison: bullet bars, rows by kind, and the same numbers as text."""

from collections.abc import Mapping, Sequence

from apps.comparison.reading import Area
from apps.core.formats import format_number
from apps.core.looks import CRITERIA
from apps.dashboard import charts, heat
from apps.dashboard.charts import Line
from apps.dashboard.html import link, number, safe, text
from apps.dashboard.links import Viewer
from apps.dashboard.tallies import Share, Tally, tallies_by
from apps.dashboard.words import CRITERION_LABELS
from apps.pokja.enums import PokjaKind

WIDTH, TICK = 200, 2  # units of the drawing
KNOWN = "–"  # in place of a number nobody knows


def bullet(value: float, mark: float | None = None) -> str:
    """A bar of 0–100 with an upright tick at ``mark``; its numbers stand beside it as text."""
    tick = ""
    if mark is not None:
        place = min(max(mark / 100 * WIDTH - TICK / 2, 0), WIDTH - TICK)
        tick = f'<rect class="avg" x="{number(place)}" width="{TICK}" height="14"/>'
    return safe(
        f'<svg class="bul" viewBox="0 0 {WIDTH} 14" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="bg" y="4" width="{WIDTH}" height="6"/><rect class="f-brand" y="4" '
        f'width="{number(value / 100 * WIDTH)}" height="6"/>{tick}</svg>'
    )


def column(name: str, address: str | None, counts: Tally, mark: Tally | None, mark_name: str):
    """What the template shows of one area: a bar for each criterion, its number, and the tick."""
    told = mark if mark and mark.has_data else None
    return {
        "name": name,
        "address": address,
        "told": effective_words(counts),
        "bars": [
            {
                "label": CRITERION_LABELS[criterion],
                "drawing": bullet(share.value, told and told.criterion(criterion).value),
                "number": share.short,
                "mark": f"{mark_name} {told.criterion(criterion).text}" if told else "",
            }
            for criterion in CRITERIA
            for share in (counts.criterion(criterion),)
        ]
        if counts.has_data
        else [],
    }


def effective_words(counts: Tally) -> str:
    """ "3 dari 4 Pokja efektif", or why there is no such number."""
    if not counts.pokja:
        return "Belum ada Pokja"
    if not counts.has_data:
        return "Belum ada isian"
    if not counts.is_rated:
        return "Tidak dapat dinilai"
    return f"{counts.share.sentence} Pokja efektif"


# --- the same numbers as a table -------------------------------------------------------------

COLUMNS = ("Pokja", "Efektif", *CRITERION_LABELS.values(), "Menunggu")


def counts_table(rows: Sequence[tuple[str, Tally]], caption: str) -> str:
    """Name and tally of each row: Pokja, effective ones, those that meet each criterion, and
    criteria that wait for verification."""
    heads = "".join(f'<th scope="col" class="num">{head}</th>' for head in COLUMNS)
    body = "".join(
        f'<tr><th scope="row">{text(name)}</th>'
        + "".join(f'<td class="num">{cell}</td>' for cell in _cells(counts))
        + "</tr>"
        for name, counts in rows
    )
    return safe(
        '<div class="tscroll" tabindex="0" role="region" aria-label="Tabel angka">'
        f'<table class="table table-sm"><caption class="visually-hidden">{text(caption)}</caption>'
        f'<thead><tr><th scope="col">Daerah</th>{heads}</tr></thead><tbody>{body}</tbody></table>'
        "</div>"
    )


def _cells(counts: Tally) -> list[str]:
    pokja = format_number(counts.pokja)
    if not counts.has_data:
        return [pokja, *[KNOWN] * (len(COLUMNS) - 1)]
    effective = counts.share.counts if counts.is_rated else KNOWN
    met = [counts.criterion(name).counts for name in CRITERIA]
    return [pokja, effective, *met, format_number(counts.all_waiting)]


# --- by kind ---------------------------------------------------------------------------------


def kinds_shown(areas: Sequence[Area], expected: Sequence[str], kind: str) -> list[str]:
    """The kinds that any of the areas has or is expected to have; the selected one alone."""
    if kind:
        return [kind]
    every = [item for area in areas for item in area.items]
    return heat.columns(heat.kinds_of(every), expected)


def heat_table(
    areas: Sequence[Area], kinds: Sequence[str], viewer: Viewer, names: Mapping[str, str], year: int
) -> str:
    """A row for each kabupaten or kota, as on the page of its province; "" without any.
    ``names``: the criteria of the rubric (see ``heat.names_of``)."""
    caption = f"Kriteria terpenuhi menurut daerah dan jenis Pokja, {year}"
    rows = [_heat_row(area, viewer) for area in areas if area.place.is_district]
    return heat.table(rows, kinds, caption, names) if rows and kinds else ""


def _heat_row(area: Area, viewer: Viewer) -> heat.Row:
    region = area.place.region

    def pokja(item):
        return viewer.pokja(region, item.pokja_id)

    return heat.Row(
        area.place.label,
        viewer.region(region),
        area.counts,
        heat.kinds_of(area.items).get(region.pk, {}),
        pokja if viewer.reaches(region) else None,
    )


def province_table(
    areas: Sequence[Area], kinds: Sequence[str], viewer: Viewer, caption: str
) -> str:
    """Of provinces the effective Pokja of each kind, since a cell stands for many; "" without
    any province."""
    areas = [area for area in areas if area.place.is_province]
    if not areas or not kinds:
        return ""
    heads = "".join(f'<th scope="col" class="num">{PokjaKind(kind).label}</th>' for kind in kinds)
    rows = "".join(
        f'<tr><th scope="row">'
        f"{link(viewer.region(area.place.region), text(area.place.label))}</th>"
        + "".join(_share_cell(share) for share in _by_kind(area, kinds))
        + "</tr>"
        for area in areas
    )
    return safe(
        f'<table class="table table-sm heatcol"><caption class="visually-hidden">{text(caption)}'
        f'</caption><thead><tr><th scope="col">Provinsi</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _by_kind(area: Area, kinds) -> list[Share | None]:
    found = kind_tallies(area)
    return [found[kind].share if kind in found else None for kind in kinds]


def kind_tallies(area: Area) -> dict[str, Tally]:
    """Counts by kind; a Pokja of several kinds counts under each."""
    pairs = [
        _Kinded(kind, item) for item in area.items for kind in (item.kinds or [PokjaKind.LAINNYA])
    ]
    return tallies_by(pairs, lambda pair: pair.kind)


class _Kinded:
    """An assessment seen under one of its kinds."""

    def __init__(self, kind, item):
        self.kind, self.results, self.effective = kind, item.results, item.effective


def _share_cell(share: Share | None) -> str:
    if share is None:
        return f'<td class="num">{KNOWN}</td>'
    return f'<td class="num q{share.step}">{share.counts}</td>'


# --- over the years --------------------------------------------------------------------------


class ShortLine(Line):
    """Its end tells "5/16": small drawings have no room for "5 dari 16"."""

    @property
    def end_label(self) -> str:
        return self.last.short if self.last else ""


def multiples(areas: Sequence[Area]) -> list[dict]:
    """A small chart for each area on the same axis of 0–100: all criteria met; none for an area
    without data."""
    return [
        {"label": area.place.label, "chart": _chart(area, criteria_shares(area))} for area in areas
    ]


def _chart(area: Area, shares: Sequence[Share | None]) -> str:
    if not any(shares):
        return ""
    return charts.line_chart(
        area.history.years,
        [ShortLine("", shares, is_main=True)],
        label=charts.spoken(area.place.label, area.history.years, shares),
        size=charts.THIRD,
        changes=area.history.changes,
    )


def criteria_shares(area: Area) -> list[Share | None]:
    return area.history.shares(lambda counts: counts.criteria)


def multiples_table(areas: Sequence[Area], caption: str) -> str:
    lines = [Line(area.place.label, criteria_shares(area)) for area in areas]
    return charts.years_table(areas[0].history.years, lines, caption)
