"""Line charts as inline SVG (design 16): percent axis 0–100, labels at the line ends, no legend.

Drawn twice, for a wide and a narrow screen, so that text keeps its size. A year without data is
a gap in the line, and a change of the scoring rules a dotted line between two years.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from apps.dashboard.html import number, safe, text
from apps.dashboard.tallies import Share

TOP, BOTTOM = 14, 24  # px above the axis of 100 % and below that of 0 %
LETTER = 6.7  # px, mean width of a 12 px letter
APART = 14  # px between two end labels
YEAR = 32  # px, width of a year under the axis


@dataclass(frozen=True)
class Line:
    name: str
    values: Sequence[Share | None]
    is_main: bool = False

    @property
    def last(self) -> Share | None:
        return self.values[-1]

    @property
    def end_label(self) -> str:
        """ "51% provinsi" behind the last point; empty where the last year has no data."""
        return f"{self.last.text} {self.name}".strip() if self.last else ""


@dataclass(frozen=True)
class Frame:
    """Where the plot stands in a drawing of width × height px."""

    width: int
    height: int
    left: int
    right: float
    steps: int

    @property
    def base(self) -> int:
        return self.height - BOTTOM

    def x(self, place: float) -> float:
        return self.left + (self.right - self.left) * place / max(self.steps, 1)

    def y(self, value: float) -> float:
        return self.base - (self.base - TOP) * value / 100


@dataclass(frozen=True)
class Size:
    wide: tuple[int, int]
    narrow: tuple[int, int]


LARGE = Size((560, 230), (326, 200))
MEDIUM = Size((540, 200), (326, 190))
CARD = Size((440, 200), (326, 190))
SMALL = Size((220, 112), (156, 104))
THIRD = Size((350, 150), (156, 104))  # three of them beside each other
TIGHT = (SMALL, THIRD)  # few grid lines, and on a phone the first and last year alone


def line_chart(
    years: Sequence[int],
    lines: Sequence[Line],
    *,
    label: str,
    size: Size = LARGE,
    changes: Sequence[int] = (),
) -> str:
    """The chart in both widths. ``label``: the finding in words; ``changes``: years from which
    another rubric holds."""
    told = tuple(Line(each.name, tuple(each.values), each.is_main) for each in lines)
    return _line_chart(tuple(years), told, label, size, tuple(changes))


@lru_cache(maxsize=512)  # most lines of a page did not change with the figure that did
def _line_chart(years, lines: tuple[Line, ...], label: str, size: Size, changes) -> str:
    small = size in TIGHT
    drawn = [
        _draw(years, lines, label, wh, small=small, ends_only=small and narrow, changes=changes)
        for narrow, wh in ((True, size.narrow), (False, size.wide))
    ]
    return safe(
        '<div class="d-sm-none">',
        drawn[0],
        '</div><div class="d-none d-sm-block">',
        drawn[1],
        "</div>",
    )


def _draw(years, lines, label, wh, *, small, ends_only, changes) -> str:
    width, height = wh
    longest = max((len(line.end_label) for line in lines), default=0)
    right = width - max(24.0, longest * LETTER + 12)
    frame = Frame(width, height, 28 if width < 400 else 34, right, len(years) - 1)
    parts = [
        f'<svg class="cht" viewBox="0 0 {width} {height}" role="img" aria-label="{text(label)}">',
        _grid(frame, (0, 50, 100) if small else (0, 25, 50, 75, 100)),
        _years(frame, years, ends_only),
    ]
    parts += [_change(frame, years.index(year)) for year in changes if year in years[1:]]
    # The main line is drawn last, above the grey ones.
    for line in sorted(lines, key=lambda line: line.is_main):
        parts.append(_line(frame, line))
    parts += _end_labels(frame, lines)
    parts += [_first_label(frame, line) for line in lines if line.is_main]
    return "".join([*parts, "</svg>"])


def _grid(frame: Frame, ticks) -> str:
    parts = []
    for tick in ticks:
        y, style = number(frame.y(tick)), "grid" if tick else "axis"
        parts.append(
            f'<line class="{style}" x1="{frame.left}" x2="{number(frame.right)}" '
            f'y1="{y}" y2="{y}"/><text class="sm" x="{frame.left - 6}" '
            f'y="{number(frame.y(tick) + 4)}" text-anchor="end">'
            f"{tick}{'%' if tick == 100 else ''}</text>"
        )
    return "".join(parts)


def _years(frame: Frame, years, ends_only) -> str:
    last = len(years) - 1
    # Where they would touch, every second one, the last among them.
    every = 2 if frame.x(1) - frame.x(0) < YEAR else 1
    shown = [
        (i, year)
        for i, year in enumerate(years)
        if (i in (0, last) if ends_only else (last - i) % every == 0)
    ]
    return "".join(
        f'<text class="sm" x="{number(frame.x(i))}" y="{frame.height - 6}" '
        f'text-anchor="middle">{year}</text>'
        for i, year in shown
    )


def _change(frame: Frame, place: int) -> str:
    x = number(frame.x(place - 0.5))
    return f'<line class="tgt" x1="{x}" x2="{x}" y1="{TOP}" y2="{frame.base}"/>'


def _line(frame: Frame, line: Line) -> str:
    style, dot, radius = ("ln", "dot", "4") if line.is_main else ("ln2", "dot2", "2.5")
    points = [
        value and (number(frame.x(i)), number(frame.y(value.value)))
        for i, value in enumerate(line.values)
    ]
    parts = []
    for run in _runs(points):
        joined = " ".join(f"{x},{y}" for x, y in run)
        parts.append(f'<polyline class="{style}" points="{joined}"/>')
    parts += [
        f'<circle class="{dot}" cx="{x}" cy="{y}" r="{radius}"/>' for x, y in filter(None, points)
    ]
    return "".join(parts)


def _runs(points):
    """Stretches of years with data; a single point is a dot without a line."""
    run = []
    for point in [*points, None]:
        if point:
            run.append(point)
            continue
        if len(run) > 1:
            yield run
        run = []


def _end_labels(frame: Frame, lines) -> list[str]:
    """Labels behind the last points, pushed apart where they would overlap."""
    ended = sorted((line for line in lines if line.last), key=lambda line: -line.last.value)
    heights = [frame.y(line.last.value) + 4 for line in ended]
    for i in range(1, len(heights)):
        if (overlap := APART - (heights[i] - heights[i - 1])) > 0:
            heights[i - 1] -= overlap / 2
            heights[i] += overlap / 2
    return [
        f"<text{' class=' + chr(34) + 'lbl' + chr(34) if line.is_main else ''} "
        f'x="{number(frame.right + 8)}" y="{number(y)}">{text(line.end_label)}</text>'
        for line, y in zip(ended, heights, strict=True)
    ]


def _first_label(frame: Frame, line: Line) -> str:
    """The value of the first year with data, above its point; not where it is the only one."""
    place = next((i for i, value in enumerate(line.values[:-1]) if value), None)
    if place is None:
        return ""
    first = line.values[place]
    y = frame.y(first.value)
    return (
        f'<text class="sm" x="{number(frame.x(place) + 6)}" '
        f'y="{number(y - 9 if y > TOP + 14 else y + 17)}">{first.short}</text>'
    )


def spark(values: Sequence[Share | None]) -> str:
    """A line of 84 × 24 px in a table row; the percentages stand in the row itself."""
    return _spark(tuple(values))


@lru_cache(maxsize=2048)  # where one province changed the other lines are drawn already
def _spark(values: tuple[Share | None, ...]) -> str:
    points = [
        value
        and (number(2 + 76 * i / max(len(values) - 1, 1)), number(22 - 20 * value.value / 100))
        for i, value in enumerate(values)
    ]
    parts = [
        '<svg class="cht spark" width="84" height="24" viewBox="0 0 84 24" aria-hidden="true">'
    ]
    for run in _runs(points):
        parts.append(f'<polyline class="ln" points="{" ".join(map(",".join, run))}"/>')
    if points and points[-1]:
        parts.append(f'<circle class="dot" cx="{points[-1][0]}" cy="{points[-1][1]}" r="3"/>')
    return "".join([*parts, "</svg>"])


def spoken(name: str, years: Sequence[int], values: Sequence[Share | None]) -> str:
    """ "SK penetapan: 62% pada 2022, 88% pada 2026" for the label of a drawing."""
    known = [(year, value) for year, value in zip(years, values, strict=True) if value]
    if not known:
        return f"{name}: belum ada data"
    ends = [known[0], known[-1]] if len(known) > 1 else known
    return f"{name}: " + ", ".join(f"{value.text} pada {year}" for year, value in ends)


def years_table(years: Sequence[int], lines: Sequence[Line], caption: str) -> str:
    """The same numbers as a table behind "Lihat tabel"."""
    head = "".join(f'<th scope="col" class="num">{year}</th>' for year in years)
    rows = "".join(
        f'<tr><th scope="row">{text(line.name)}</th>'
        + "".join(f'<td class="num">{value.short if value else "–"}</td>' for value in line.values)
        + "</tr>"
        for line in lines
    )
    return safe(
        '<details class="mt-2 small2"><summary class="py-1">Lihat tabel</summary>'
        f'<div class="tscroll" tabindex="0" role="region" aria-label="{text(caption)}">'
        '<table class="table table-sm"><caption '
        f'class="visually-hidden">{text(caption)}</caption><thead><tr><th scope="col">'
        f"Tahun</th>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )
