"""Choropleths as inline SVG: a province by kab/kota, the nation by tiles and by true shapes.

Each map has its twin on the page (a ranking or a table with the same numbers), so the drawing is
hidden from screen readers and its links from the Tab key (design 16.9).
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

from apps.dashboard import findings
from apps.dashboard.html import number, safe, text
from apps.dashboard.selection import WHOLE, Selection
from apps.dashboard.tallies import Tally
from apps.regions.geometry import TILES, national_map, province_layout, province_map

STEPS = ("0–19%", "20–39%", "40–59%", "60–79%", "80–100%")
LEGEND = (*((f"f{i}", words) for i, words in enumerate(STEPS)), ("hx", "Belum ada data"))
OUTSIDE = ("f-out", "Di luar saringan")
DARK = 4  # the one class that needs white letters
TILE, PITCH = 52, 56  # px
ISO_CODES = {tile.code: tile.iso for tile in TILES}
CODE_DROP = 9  # units of the nation's drawing from the middle of a code to its baseline
TILE_HATCH = 9  # px; coarse, since a phone draws the tiles at half their size
EDGE = 4  # px kept around the drawn part of a province's layout
WIDE = 432  # px; a wider drawing has no room for all its labels on the narrowest phones

Figures = Mapping[str, tuple[str, Tally]]
Address = Callable[[str], str | None]


def _hatch(size: float) -> str:
    """The pattern of missing data; ``size`` is six drawn pixels in units of the drawing."""
    whole, half = number(size), number(size / 2)
    return (
        f'<defs><pattern id="hx" width="{whole}" height="{whole}" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>'
        f'<rect width="{half}" height="{whole}" fill="#d9dee3"/></pattern></defs>'
    )


def legend_of(selection: Selection) -> tuple[tuple[str, str], ...]:
    """The legend of a map; areas outside a peer group have a colour of their own."""
    return (*LEGEND, OUTSIDE) if selection.peers else LEGEND


def _fill(counts: Tally | None, selection: Selection) -> str:
    if counts is None and selection.peers:
        return f'class="{OUTSIDE[0]}"'
    if counts is None or not counts.has_data or not counts.is_rated:
        return 'fill="url(#hx)"'
    return f'class="f{selection.share(counts).step}"'


def title(name: str, counts: Tally | None, selection: Selection = WHOLE) -> str:
    """ "Bone: 1 dari 5 Pokja efektif"."""
    if counts is None and selection.peers:
        return f"{name}: di luar saringan"
    if counts is None or not counts.pokja:
        return f"{name}: belum ada Pokja"
    if not counts.has_data:
        return f"{name}: belum ada data"
    if not counts.is_rated:
        return f"{name}: tidak dapat dinilai"
    told = findings.share_of_regions(selection.share(counts), selection.criterion_words)
    return f"{name}: {told}"


def _linked(address: str | None, inner: str) -> str:
    return f'<a href="{text(address)}" tabindex="-1">{inner}</a>' if address else f"<g>{inner}</g>"


def _shapes(areas, figures: Figures, address: Address, selection: Selection) -> str:
    parts = []
    for area in areas:
        name, counts = figures.get(area.code, (area.name, None))
        parts.append(
            _linked(
                address(area.code),
                (
                    f"<title>{text(title(name, counts, selection))}</title>"
                    f'<path {_fill(counts, selection)} fill-rule="evenodd" '
                    f'vector-effect="non-scaling-stroke" d="{area.path}"/>'
                ),
            )
        )
    return "".join(parts)


def province(code: str, figures: Figures, address: Address, selection: Selection = WHOLE) -> str:
    """The map of a province, or an empty string where none is drawn.

    ``figures``: Kemendagri code -> (name, tally); ``address``: code -> page, None for no link;
    ``selection``: what is told of the tallies.
    """
    drawing, layout = province_map(code), province_layout(code)
    if drawing is None or layout is None:
        return ""
    x, y, width, height = map(number, layout.frame)
    left, right = _extent(layout)
    wide = " map-w" if right - left > WIDE else ""
    dark = frozenset(
        area
        for area, (_, counts) in figures.items()
        if counts.has_data and counts.is_rated and selection.share(counts).step == DARK
    )
    return safe(
        f'<svg class="cht map{wide}" viewBox="{number(left - EDGE)} 0 '
        f'{number(right - left + 2 * EDGE)} {layout.height}" aria-hidden="true">',
        _hatch(6 * drawing.view_box[2] / layout.frame[2]),
        f'<svg x="{x}" y="{y}" width="{width}" height="{height}" '
        f'viewBox="{drawing.view_box_attribute}">',
        _shapes(drawing.areas, figures, address, selection),
        "</svg><g>",
        _labels(code, dark),
        "</g></svg>",
    )


def _extent(layout) -> tuple[float, float]:
    """Left and right end of land and labels: a slim province is drawn without the empty sea
    beside it, hence larger."""
    x, _, width, _ = layout.frame
    boxes = [label.box for label in layout.labels]
    return min(x, *(box.left for box in boxes)), max(x + width, *(box.right for box in boxes))


@lru_cache(maxsize=128)  # they move with no figure, only their colour does
def _labels(code: str, dark: frozenset[str]) -> str:
    """The names on the map of a province; ``dark``: the areas that need white letters."""
    labels = province_layout(code).labels
    return "".join(_label(label, label.code in dark) for label in labels)


def _label(label, is_dark: bool) -> str:
    """Class ``o`` is a label in the sea, ``w`` one in white on the darkest colour."""
    style = "nm" if label.inside else "nm o"
    if label.inside and is_dark:
        style = "nm w"
    leader = ""
    if label.leader:
        x1, y1, x2, y2 = map(number, label.leader)
        leader = (
            f'<path class="ld" d="M{x1} {y1}L{x2} {y2}"/>'
            f'<circle class="dotl" cx="{x2}" cy="{y2}" r="1.8"/>'
        )
    lines = "".join(
        f'<text class="{style}" x="{number(label.x)}" y="{number(baseline)}" '
        f'text-anchor="{label.anchor}">{text(line)}</text>'
        for baseline, line in label.placed_lines
    )
    return leader + lines


def nation(figures: Figures, address: Address, selection: Selection = WHOLE) -> str:
    """The 38 provinces in their true shapes, with the codes of the tile map where there is room
    for them (see ``.gm`` in dashboard.css)."""
    drawing = national_map()
    return safe(
        f'<svg class="cht map" viewBox="{drawing.view_box_attribute}" '
        f'aria-hidden="true">{_hatch(drawing.view_box[2] / 200)}',
        _shapes(drawing.areas, figures, address, selection),
        "<g>",
        *map(_code, drawing.areas),
        "</g></svg>",
    )


def _code(area) -> str:
    """The ISO code of a province at its label point; these points keep clear of each other."""
    x, y = area.label_point
    return f'<text class="gm" x="{x}" y="{y + CODE_DROP}">{ISO_CODES[area.code]}</text>'


def tiles(
    figures: Figures, address: Address, own: str | None = None, selection: Selection = WHOLE
) -> str:
    """One equal square for each province; ``own`` is the code of the outlined one."""
    width = (max(tile.column for tile in TILES) + 1) * PITCH
    height = (max(tile.row for tile in TILES) + 1) * PITCH
    parts = [f'<svg class="cht ubin" viewBox="0 0 {width} {height}" aria-hidden="true">']
    parts.append(_hatch(TILE_HATCH))
    for tile in TILES:
        name, counts = figures.get(tile.code, (tile.iso, None))
        parts.append(_linked(address(tile.code), _tile(tile, name, counts, selection)))
    parts += [
        f'<rect class="me" x="{tile.column * PITCH + 2}" y="{tile.row * PITCH + 2}" '
        f'width="{TILE}" height="{TILE}" rx="5"/>'
        for tile in TILES
        if tile.code == own
    ]
    return safe(*parts, "</svg>")


def _tile(tile, name: str, counts: Tally | None, selection: Selection) -> str:
    x, y = tile.column * PITCH + 2, tile.row * PITCH + 2
    known = counts is not None and counts.has_data and counts.is_rated
    share = selection.share(counts) if known else None
    white = " w" if share and share.step == DARK else ""
    value = share.short if share else "–"
    middle = x + TILE // 2
    return (
        f"<title>{text(title(name, counts, selection))}</title>"
        f'<rect {_fill(counts, selection)} x="{x}" y="{y}" width="{TILE}" height="{TILE}" rx="5"/>'
        f'<text class="uc{white}" x="{middle}" y="{y + 25}" text-anchor="middle">'
        f'{tile.iso}</text><text class="uv{white}" x="{middle}" y="{y + 41}" '
        f'text-anchor="middle">{value}</text>'
    )
