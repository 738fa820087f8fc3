"""Labels of a province map: inside where the name fits, else in the sea with a leader line.

Pure: works on paths and sizes only. All results are px of a drawing that is shown about as wide
as it is computed. Text is measured at the larger of the two font sizes of the style sheet, so
that nothing collides on a phone either.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from math import ceil, floor
from operator import add

from apps.regions.shapes import (
    Box,
    Point,
    Spans,
    distance,
    intersect,
    rings,
    scan,
    segments_cross,
)

FONT = 13.5
LINE = 14.0  # px from baseline to baseline
STEP = 3.0  # px between scan lines
GAP = 3.0  # px kept free around a label
EDGE = 4.0  # px kept free at the border of the drawing
TRIM = 6  # px left above and below the outermost land or label
LONGEST_LINE = 14  # letters of a name in the sea on one line
PLACE_STEP = 5.0  # px between the places tried for a label in the sea
PLACES_LOOKED_AT = 120
# px of sea (left and right, above and below) tried in this order.
MARGINS = ((16, 14), (16, 44), (44, 28), (16, 76), (44, 60), (72, 44), (60, 90), (100, 60))
LONGEST_LEADER = 95.0  # px; a longer one is worth a smaller map with more sea around it

# Share of the font size that a letter is wide, semibold sans; all others 0.58.
_WIDTHS = {
    **dict.fromkeys("ijlI.,'()", 0.3),
    **dict.fromkeys("ftr -", 0.38),
    **dict.fromkeys("mwMW", 0.9),
    **dict.fromkeys("ABCDEGHKNOPQRSTUVXYZ", 0.68),
}


@dataclass(frozen=True)
class Label:
    """Text of one area. ``x``, ``y``: anchor and baseline of the first line, ``anchor`` as in
    SVG text-anchor; ``leader`` (x1, y1, x2, y2) runs from the text to a dot in the area."""

    code: str
    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str
    box: Box
    leader: tuple[float, float, float, float] | None = None

    @property
    def inside(self) -> bool:
        return self.leader is None

    def moved_up(self, dy: float) -> "Label":
        leader = self.leader
        if leader:
            x1, y1, x2, y2 = leader
            leader = (x1, round(y1 - dy, 1), x2, round(y2 - dy, 1))
        return replace(self, y=round(self.y - dy, 1), box=self.box.moved_up(dy), leader=leader)

    @property
    def placed_lines(self) -> list[tuple[float, str]]:
        """(baseline, text) of each line."""
        return [(round(self.y + i * LINE, 1), line) for i, line in enumerate(self.lines)]


@dataclass(frozen=True)
class Layout:
    """A drawing ``width`` × ``height`` px with the map (its own view box) in ``frame``
    (x, y, width, height) and the labels over it."""

    width: int
    height: int
    frame: tuple[float, float, float, float]
    labels: tuple[Label, ...]

    def to_data(self) -> dict:
        """As plain lists for a JSON file; from_data gives the same layout back."""
        rows = [
            [
                item.code,
                item.lines,
                item.x,
                item.y,
                item.anchor,
                [item.box.left, item.box.top, item.box.right, item.box.bottom],
                item.leader,
            ]
            for item in self.labels
        ]
        return {"size": [self.width, self.height], "frame": self.frame, "labels": rows}

    @classmethod
    def from_data(cls, data: dict) -> "Layout":
        labels = tuple(
            Label(code, tuple(lines), x, y, anchor, Box(*box), leader and tuple(leader))
            for code, lines, x, y, anchor, box, leader in data["labels"]
        )
        return cls(*data["size"], tuple(data["frame"]), labels)

    @property
    def longest_leader(self) -> float:
        lines = (label.leader for label in self.labels if label.leader)
        return max((distance((x1, y1), (x2, y2)) for x1, y1, x2, y2 in lines), default=0.0)


def place_labels(view_box, areas: Sequence, *, width: int = 470, height: int = 560) -> Layout:
    """Lay out the names of ``areas`` (code, name, path, label_point) around their map.

    Every area gets a label and no two labels overlap. The map is drawn as large as the labels
    in the sea allow: more margin is taken only while a leader line would be too long.
    """
    best = None
    for margins in MARGINS:
        layout = _try_layout(view_box, areas, width, height, margins)
        if layout is None:
            continue
        if layout.longest_leader <= LONGEST_LEADER:
            return layout
        if best is None or layout.longest_leader < best.longest_leader * 0.8:
            best = layout
    if best is None:
        raise ValueError("Drawing is too small for its labels.")
    return best


def text_width(text: str) -> float:
    """Estimated px; errs on the wide side for the fonts in use."""
    return sum(_WIDTHS.get(letter, 0.58) for letter in text) * FONT


def wrapped(name: str) -> tuple[str, ...]:
    """The name on two lines of most equal width; one line when it has one word."""
    words = name.split(" ")
    cuts = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    if not cuts:
        return (name,)
    return min(cuts, key=lambda cut: max(map(text_width, cut)))


# --- One try -----------------------------------------------------------------------------------
def _try_layout(view_box, areas, width, height, margins) -> Layout | None:
    left, top, map_width, map_height = view_box
    margin, pad = margins
    scale = min((width - 2 * margin) / map_width, (height - 2 * pad) / map_height)
    drawn = (map_width * scale, map_height * scale)
    frame = ((width - drawn[0]) / 2, pad, *drawn)
    canvas = Box(EDGE, EDGE, width - EDGE, drawn[1] + 2 * pad - EDGE)

    def to_px(point: Point) -> Point:
        return (frame[0] + (point[0] - left) * scale, frame[1] + (point[1] - top) * scale)

    shown = Box(frame[0], frame[1], frame[0] + drawn[0], frame[1] + drawn[1])
    spans = {
        area.code: scan([[to_px(p) for p in ring] for ring in rings(area.path)], STEP, shown)
        for area in areas
    }
    labels, waiting = [], []
    for area in areas:
        point = to_px(area.label_point)
        label = _inside(area, spans[area.code], point, canvas)
        (labels if label else waiting).append(label or (area, point))
    sea = _Sea(canvas, spans.values(), [label.box for label in labels])
    # From the outside in: what lies at the coast takes the near places it needs.
    waiting.sort(key=lambda item: (sea.distance_from_coast(item[1]), item[0].code))
    for area, point in waiting:
        label = sea.place(area, point)
        if label is None:
            return None
        labels.append(label)
    order = {area.code: i for i, area in enumerate(areas)}
    labels.sort(key=lambda label: order[label.code])
    return _trimmed(width, frame, labels)


def _trimmed(width: int, frame, labels: list[Label]) -> Layout:
    """Without the sea above and below that no label needed."""
    x, y, map_width, map_height = frame
    top = min([y, *(label.box.top for label in labels)]) - TRIM
    bottom = max([y + map_height, *(label.box.bottom for label in labels)]) + TRIM
    frame = tuple(round(value, 1) for value in (x, y - top, map_width, map_height))
    return Layout(width, ceil(bottom - top), frame, tuple(label.moved_up(top) for label in labels))


def _inside(area, spans: Spans, point: Point, canvas: Box) -> Label | None:
    """The label within its own area, on one line or else on two, nearest to the label point."""
    for lines in dict.fromkeys(((area.name,), wrapped(area.name))):
        text = max(map(text_width, lines))
        tall = FONT * 0.95 + LINE * (len(lines) - 1)
        spots = _free_spots(spans, text, tall)
        boxes = [Box(x - text / 2, y - tall / 2, x + text / 2, y + tall / 2) for x, y in spots]
        boxes = [box for box in boxes if box.left >= canvas.left and box.right <= canvas.right]
        if boxes:
            box = min(boxes, key=lambda box: distance(box.centre, point))
            return _label(area, lines, box, "middle")
    return None


def _free_spots(spans: Spans, width: float, height: float) -> list[Point]:
    """Centres of all scan-line rows where a box of this size lies wholly in the area."""
    rows = ceil(height / STEP)
    spots = []
    for first in spans:
        common = spans[first]
        for row in range(first + 1, first + rows):
            common = intersect(common, spans.get(row, []))
            if not common:
                break
        y = (first + rows / 2) * STEP
        spots += [((a + b) / 2, y) for a, b in common if b - a >= width]
    return spots


def _label(area, lines, box: Box, anchor: str, leader=None) -> Label:
    x = {"start": box.left, "end": box.right, "middle": (box.left + box.right) / 2}[anchor]
    return Label(
        area.code, tuple(lines), round(x, 1), round(box.top + FONT * 0.8, 1), anchor, box, leader
    )


class _Sea:
    """The free part of the drawing, as a grid of cells STEP px wide: 1 = land, text or leader.

    Sums over rectangles of cells make the question "is this place free?" four look-ups, however
    crowded the map is.
    """

    def __init__(self, canvas: Box, land: Iterable[Spans], taken: list[Box]):
        self.canvas = canvas
        self.columns = ceil(canvas.right / STEP) + 1
        self.rows = ceil(canvas.bottom / STEP) + 1
        self.cells = [bytearray(self.columns) for _ in range(self.rows)]
        self.taken: list[Box] = []
        self.leaders: list[tuple[Point, Point]] = []
        self.coast: dict[int, tuple[float, float]] = {}
        for spans in land:
            for row, parts in spans.items():
                self._mark_land(row, parts)
        for box in taken:
            self._mark_box(box)
        self._sum_up()

    def distance_from_coast(self, point: Point) -> float:
        left, right = self.coast.get(floor(point[1] / STEP), (point[0], point[0]))
        return min(abs(point[0] - left), abs(point[0] - right))

    def place(self, area, point: Point) -> Label | None:
        """The free place whose leader crosses the fewest labels and leaders, nearest first;
        None when nothing is free."""
        lines = (area.name,) if len(area.name) <= LONGEST_LINE else wrapped(area.name)
        wide, tall = max(map(text_width, lines)), FONT + LINE * (len(lines) - 1)
        best, fewest = None, 0
        for box in islice(self._free_boxes(point, wide, tall), PLACES_LOOKED_AT):
            crossed = self._crossings(box.nearest(point), point)
            if best is None or crossed < fewest:
                best, fewest = box, crossed
            if crossed == 0:
                break
        return best and self._take(area, lines, best, point)

    def _free_boxes(self, point: Point, wide: float, tall: float) -> Iterator[Box]:
        """Free places for a text of this size, the nearest to the point first."""
        (x, y), canvas = point, self.canvas
        lefts = _steps(canvas.left, canvas.right - wide)
        tops = _steps(canvas.top, canvas.bottom - tall)
        sideways = [(max(left - x, 0, x - left - wide), left) for left in lefts]
        places = []
        for top in tops:
            down = max(top - y, 0, y - top - tall)
            places += [(dx * dx + down * down, top, left) for dx, left in sideways]
        for _, top, left in sorted(places):
            box = Box(left, top, left + wide, top + tall)
            if self._is_free(box):
                yield box

    def _is_free(self, box: Box) -> bool:
        left, right = floor((box.left - GAP) / STEP), floor((box.right + GAP) / STEP) + 1
        top, bottom = floor((box.top - GAP) / STEP), floor((box.bottom + GAP) / STEP) + 1
        left, top = max(left, 0), max(top, 0)
        right, bottom = min(right, self.columns), min(bottom, self.rows)
        sums = self.sums
        return (sums[bottom][right] - sums[top][right] - sums[bottom][left] + sums[top][left]) == 0

    def _crossings(self, start: Point, end: Point) -> int:
        return sum(box.is_cut_by(start, end) for box in self.taken) + sum(
            segments_cross(start, end, *leader) for leader in self.leaders
        )

    def _take(self, area, lines, box: Box, point: Point) -> Label:
        near = box.nearest(point)
        self._mark_box(box)
        self._mark_leader(near, point)
        self._sum_up()
        anchor = "end" if box.right < point[0] else "start" if box.left > point[0] else "middle"
        leader = tuple(round(v, 1) for v in (*near, *point))
        return _label(area, lines, box, anchor, leader)

    def _mark_land(self, row: int, parts) -> None:
        if 0 <= row < self.rows:
            for a, b in parts:
                first, last = floor(a / STEP), min(floor(b / STEP) + 1, self.columns)
                self.cells[row][first:last] = b"\1" * (last - first)
            left, right = self.coast.get(row, (parts[0][0], parts[-1][1]))
            self.coast[row] = (min(left, parts[0][0]), max(right, parts[-1][1]))

    def _mark_box(self, box: Box) -> None:
        self.taken.append(box)
        first, last = floor(box.left / STEP), floor(box.right / STEP) + 1
        for row in range(floor(box.top / STEP), floor(box.bottom / STEP) + 1):
            self.cells[row][first:last] = b"\1" * (last - first)

    def _mark_leader(self, start: Point, end: Point) -> None:
        self.leaders.append((start, end))
        pieces = max(1, ceil(distance(start, end) / STEP))
        for i in range(pieces + 1):
            x = start[0] + (end[0] - start[0]) * i / pieces
            y = start[1] + (end[1] - start[1]) * i / pieces
            self.cells[floor(y / STEP)][floor(x / STEP)] = 1

    def _sum_up(self) -> None:
        """sums[r][c] = marked cells in the first r rows and c columns."""
        self.sums = [[0] * (self.columns + 1)]
        for row in self.cells:
            self.sums.append(list(map(add, self.sums[-1], accumulate(row, initial=0))))


def _steps(low: float, high: float) -> list[float]:
    return [low + i * PLACE_STEP for i in range(max(0, floor((high - low) / PLACE_STEP) + 1))]
