"""Contour lines of a function over a window: marching squares, joined and thinned."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
Line = list[Point]
Field = Callable[[float, float], float]

_Edge = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of the plane, cut into `columns` times `rows` cells."""

    left: float
    bottom: float
    right: float
    top: float
    columns: int
    rows: int

    def point(self, column: float, row: float) -> Point:
        """Return the place of a grid point, or of a place between grid points."""
        return (
            self.left + (self.right - self.left) * column / self.columns,
            self.bottom + (self.top - self.bottom) * row / self.rows,
        )

    def wider(self) -> Window:
        """Return the window with one more cell on each side."""
        left, bottom = self.point(-1, -1)
        right, top = self.point(self.columns + 1, self.rows + 1)
        return Window(left, bottom, right, top, self.columns + 2, self.rows + 2)

    def inside(self, field: Field) -> Field:
        """Return the field cut to the window: negative outside, so that its contours close."""
        return lambda x, y: min(
            field(x, y), x - self.left, self.right - x, y - self.bottom, self.top - y
        )


def contours(field: Field, level: float, window: Window) -> list[Line]:
    """Return the lines on which `field` has the value `level`, in the coordinates of the window.

    A closed line ends with the point it begins with; an open one ends at the rim of the window.
    Crossings are interpolated linearly between neighbouring grid points.
    """
    heights = [
        [field(*window.point(column, row)) - level for column in range(window.columns + 1)]
        for row in range(window.rows + 1)
    ]
    links: dict[_Edge, list[_Edge]] = {}
    for row in range(window.rows):
        for column in range(window.columns):
            for one, other in _segments(heights, column, row):
                links.setdefault(one, []).append(other)
                links.setdefault(other, []).append(one)
    places = {edge: window.point(*_crossing(heights, edge)) for edge in links}
    return [[places[edge] for edge in chain] for chain in _chains(links)]


def _segments(heights: list[list[float]], column: int, row: int) -> list[tuple[_Edge, _Edge]]:
    """Return the pieces of the contour in one cell, each from one edge of the cell to another."""
    corners = (
        heights[row][column],
        heights[row][column + 1],
        heights[row + 1][column + 1],
        heights[row + 1][column],
    )
    inside = [height >= 0 for height in corners]
    # Edge i joins corner i and the next one.
    edges: tuple[_Edge, ...] = (
        (column, row, "across"),
        (column + 1, row, "up"),
        (column, row + 1, "across"),
        (column, row, "up"),
    )
    crossed = [edges[i] for i in range(4) if inside[i] != inside[(i + 1) % 4]]
    if len(crossed) < 4:
        return [(crossed[0], crossed[1])] if crossed else []
    # A saddle: the mean of the corners tells which pair of corners the cell joins.
    if inside[0] == (sum(corners) >= 0):
        return [(crossed[0], crossed[1]), (crossed[2], crossed[3])]
    return [(crossed[3], crossed[0]), (crossed[1], crossed[2])]


def _crossing(heights: list[list[float]], edge: _Edge) -> Point:
    column, row, direction = edge
    here = heights[row][column]
    if direction == "across":
        return column + here / (here - heights[row][column + 1]), row
    return column, row + here / (here - heights[row + 1][column])


def _chains(links: dict[_Edge, list[_Edge]]) -> list[list[_Edge]]:
    """Join the pieces: first the open lines, from their ends, then the closed ones."""
    chains = []
    left = dict(links)
    starts = sorted(edge for edge in links if len(links[edge]) == 1) + sorted(links)
    for start in starts:
        if start not in left:
            continue
        chain = [start]
        while following := [edge for edge in left.pop(chain[-1]) if edge in left]:
            chain.append(following[0])
        if len(links[start]) == 2:
            chain.append(start)
        chains.append(chain)
    return chains


def thinned(line: Line, tolerance: float) -> Line:
    """Return the line without the points within `tolerance` of the rest (Douglas-Peucker)."""
    keep = {0, len(line) - 1}
    # A closed line has no chord from end to end, so it is cut at its middle first.
    cuts = sorted({0, len(line) // 2, len(line) - 1})
    keep.update(cuts)
    spans = list(pairwise(cuts))
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        distances = [distance(line[i], line[first], line[last]) for i in range(first + 1, last)]
        farthest = max(distances)
        if farthest > tolerance:
            middle = first + 1 + distances.index(farthest)
            keep.add(middle)
            spans += [(first, middle), (middle, last)]
    return [line[i] for i in sorted(keep)]


def distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from the chord between two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = 0.0 if not length else max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length))
    return math.hypot(x - x1 - along * dx, y - y1 - along * dy)


def path(lines: list[Line]) -> str:
    """Return the lines as the `d` of an SVG path, with one decimal."""
    return " ".join(
        "M"
        + " ".join(f"{x:.1f} {y:.1f}" for x, y in line[: -1 if line[0] == line[-1] else None])
        + ("Z" if line[0] == line[-1] else "")
        for line in lines
    )
