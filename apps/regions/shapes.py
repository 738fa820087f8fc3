"""Plane geometry for maps: rings of an SVG path, scan lines, boxes and segments. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, hypot

Point = tuple[float, float]
Span = tuple[float, float]
# row number -> the parts of that scan line inside a shape, from left to right
Spans = dict[int, list[Span]]

_NUMBERS = re.compile(r"-?\d+")
_COMMANDS = re.compile(r"([Mlhvz])([^Mlhvz]*)")


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def moved_up(self, dy: float) -> "Box":
        sides = (self.left, self.top - dy, self.right, self.bottom - dy)
        return Box(*(round(side, 1) for side in sides))

    def overlaps(self, other: "Box", gap: float = 0.0) -> bool:
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def nearest(self, point: Point) -> Point:
        """The point of the box nearest to this one."""
        x, y = point
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)

    def is_cut_by(self, start: Point, end: Point) -> bool:
        """Does the segment run through the box? (Liang and Barsky)"""
        t0, t1 = 0.0, 1.0
        for axis, low, high in ((0, self.left, self.right), (1, self.top, self.bottom)):
            origin, delta = start[axis], end[axis] - start[axis]
            if delta == 0:
                if not low < origin < high:
                    return False
                continue
            near, far = sorted(((low - origin) / delta, (high - origin) / delta))
            t0, t1 = max(t0, near), min(t1, far)
            if t0 >= t1:
                return False
        return True


def rings(path: str) -> list[list[Point]]:
    """Rings of a path made of M, l, h, v and z with integers, as the map files have them."""
    found, x, y = [], 0, 0
    for command, text in _COMMANDS.findall(path):
        numbers = [int(number) for number in _NUMBERS.findall(text)]
        if command == "M":
            x, y = numbers
            found.append([(x, y)])
        elif command in "hv":
            for step in numbers:
                x, y = (x + step, y) if command == "h" else (x, y + step)
                found[-1].append((x, y))
        elif command == "l":
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                found[-1].append((x, y))
    return found


def scan(shape: Iterable[list[Point]], step: float, clip: Box) -> Spans:
    """Where the lines y = (row + ½)·step run inside the shape (even-odd), cut to the box."""
    crossings: dict[int, list[float]] = {}
    for ring in shape:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if y1 > y2:
                x1, y1, x2, y2 = x2, y2, x1, y1
            # Half open, so that a corner on a scan line counts once.
            for row in range(ceil(y1 / step - 0.5), ceil(y2 / step - 0.5)):
                y = (row + 0.5) * step
                crossings.setdefault(row, []).append(x1 + (x2 - x1) * (y - y1) / (y2 - y1))
    spans = {}
    for row, xs in sorted(crossings.items()):
        if not clip.top <= (row + 0.5) * step <= clip.bottom:
            continue
        xs.sort()
        pairs = zip(xs[::2], xs[1::2], strict=True)
        parts = [(max(a, clip.left), min(b, clip.right)) for a, b in pairs]
        parts = [(a, b) for a, b in parts if a < b]
        if parts:
            spans[row] = parts
    return spans


def intersect(one: list[Span], other: list[Span]) -> list[Span]:
    common = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return [(a, b) for a, b in common if a < b]


def segments_cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Do the open segments ab and cd cross?"""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, p: Point) -> float:
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def distance(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])
