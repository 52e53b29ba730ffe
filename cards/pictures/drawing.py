"""Boxes, labels and arrows of one look: every diagram of the banks is drawn with them.

A module of this folder that exposes `PICTURES: list[Picture]` is found by
`python cards/pictures`, which writes `cards/media/<name>.svg` for each picture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lettering import spans, width

WIDTH = 640
SIZE = 23
LEADING = 1.28
INK = "#1c2733"
PANEL, EDGE = "#f7f9fb", "#b8c4d0"
FONTS = "Helvetica, Arial, 'DejaVu Sans', sans-serif"

Point = tuple[float, float]

# What a box is shows in its outline too, never in its colour alone.
_KINDS = {
    "thing": 'fill="#ffffff" stroke="#3d5a78" stroke-width="2"',
    "network": 'fill="#d7e4f2" stroke="#1f4f82" stroke-width="4"',
    "frozen": 'fill="#e6e9ec" stroke="#5a6672" stroke-width="3" stroke-dasharray="9 6"',
    "loss": 'fill="#fdeedd" stroke="#b4540a" stroke-width="2.5"',
    "given": 'fill="#e3f1e4" stroke="#2f6f3a" stroke-width="2" stroke-dasharray="7 5"',
    "group": 'fill="#eef2f6" stroke="#8496a8" stroke-width="2"',
}
_ARROWS = {
    "flow": ("#33506e", "", 4.0),
    "gradient": ("#b4540a", "4 7", 4.0),
    "copy": ("#2f6f3a", "16 7", 4.0),
}
FLOW, GRADIENT, COPY = "#26405a", "#8c3f04", "#1f5229"


@dataclass(frozen=True)
class Picture:
    """One file of `cards/media`.

    Attributes:
        name: The file name without `.svg`.
        description: Two to five sentences that stand in for the picture.
        svg: The whole file, with a newline at its end.
    """

    name: str
    description: str
    svg: str


class DoesNotFit(ValueError):
    """A text is wider or higher than its place, or lies on something else."""


@dataclass(frozen=True)
class Box:
    """A rectangle; its sides are where arrows begin and end."""

    x: float
    y: float
    w: float
    h: float

    def top(self, along: float = 0.5) -> Point:
        """Return the point of the upper side at this share of its length."""
        return (self.x + self.w * along, self.y)

    def bottom(self, along: float = 0.5) -> Point:
        """Return the point of the lower side at this share of its length."""
        return (self.x + self.w * along, self.y + self.h)

    def left(self, along: float = 0.5) -> Point:
        """Return the point of the left side at this share of its height."""
        return (self.x, self.y + self.h * along)

    def right(self, along: float = 0.5) -> Point:
        """Return the point of the right side at this share of its height."""
        return (self.x + self.w, self.y + self.h * along)

    def meets(self, other: Box) -> bool:
        """Return whether the two have an area in common."""
        return (
            self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )


def picture(name: str, title: str, description: str, height: int, body: str) -> Picture:
    """Return a picture whose body lies on the light panel that all pictures share."""
    words = " ".join(description.split())
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-labelledby="{name}-title {name}-desc" font-family="{FONTS}"'
        f' font-size="{SIZE}" fill="{INK}">\n'
        f'<title id="{name}-title">{escape(title)}</title>\n'
        f'<desc id="{name}-desc">{escape(words)}</desc>\n'
        f'<rect x="1" y="1" width="{WIDTH - 2}" height="{height - 2}" rx="18"'
        f' fill="{PANEL}" stroke="{EDGE}" stroke-width="2"/>\n{body}</svg>\n'
    )
    return Picture(name, words, svg)


class Canvas:
    """A picture in the making: 640 units wide, as high as it is told."""

    def __init__(self, height: int) -> None:
        """Begin with the empty panel."""
        self.height = height
        self._parts: list[str] = []
        self._texts: list[tuple[str, Box]] = []
        self._boxes: list[Box] = []
        self._legs: list[Box] = []

    def box(self, x: float, y: float, w: float, h: float, *lines: str, kind: str = "thing") -> Box:
        """Draw a box with centred lines; a line that begins with `*` is bold.

        Raises:
            DoesNotFit: The lines are too wide or too many.
        """
        box = Box(x, y, w, h)
        radius = {"loss": h / 2 if h < 80 else 34, "network": 6}.get(kind, 10)
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}"'
            f' rx="{_n(radius)}" {_KINDS[kind]}/>\n'
        )
        self._boxes.append(box)
        self._write(x + w / 2, y + h / 2, lines, "middle", INK, (w - 14, h - 8))
        return box

    def group(self, x: float, y: float, w: float, h: float) -> Box:
        """Draw a panel on which boxes and labels may lie."""
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}"'
            f' rx="14" {_KINDS["group"]}/>\n'
        )
        return Box(x, y, w, h)

    def label(
        self, x: float, y: float, *lines: str, anchor: str = "middle", colour: str = INK
    ) -> None:
        """Write lines around the height y, to be kept free of boxes and arrows."""
        room = (WIDTH - 12, self.height)
        for text in self._write(x, y, lines, anchor, colour, room):
            for box in self._boxes:
                if box.meets(text):
                    raise DoesNotFit(f"{lines} lies on a box")

    def arrow(self, *points: Point, kind: str = "flow", head: bool = True) -> None:
        """Draw an arrow through the points; its corners are rounded."""
        colour, dashes, stroke = _ARROWS[kind]
        tip, before = points[-1], points[-2]
        length = math.dist(tip, before)
        along = ((tip[0] - before[0]) / length, (tip[1] - before[1]) / length)
        end = tip
        if head:
            end = (tip[0] - 16 * along[0], tip[1] - 16 * along[1])
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._parts.append(
            f'<path d="{_rounded([*points[:-1], end])}" fill="none" stroke="{colour}"'
            f' stroke-width="{_n(stroke)}"{dashed}/>\n'
        )
        if head:
            base = (tip[0] - 19 * along[0], tip[1] - 19 * along[1])
            left = (base[0] - 10 * along[1], base[1] + 10 * along[0])
            right = (base[0] + 10 * along[1], base[1] - 10 * along[0])
            corners = " L".join(f"{_n(px)} {_n(py)}" for px, py in (left, right, tip))
            self._parts.append(f'<path d="M{corners} Z" fill="{colour}"/>\n')
        for start, stop in zip(points, points[1:], strict=False):
            for far in range(0, int(math.dist(start, stop)) + 1, 4):
                px, py = _towards(start, stop, far, share=1)
                self._legs.append(Box(px - 3, py - 3, 6, 6))

    def draw(self, element: str) -> None:
        """Add an SVG element of the picture's own."""
        self._parts.append(f"{element}\n")

    def finish(self, name: str, title: str, description: str) -> Picture:
        """Return the picture.

        Raises:
            DoesNotFit: A text lies on another, on an arrow or off the panel.
        """
        inside = Box(6, 6, WIDTH - 12, self.height - 12)
        for number, (line, text) in enumerate(self._texts):
            if any(text.meets(other) for _, other in self._texts[number + 1 :]):
                raise DoesNotFit(f"{name}: {line!r} lies on another text")
            if any(text.meets(leg) for leg in self._legs):
                raise DoesNotFit(f"{name}: an arrow runs through {line!r}")
            if text.x < inside.x or text.x + text.w > inside.x + inside.w:
                raise DoesNotFit(f"{name}: {line!r} leaves the panel")
            if text.y < inside.y or text.y + text.h > inside.y + inside.h:
                raise DoesNotFit(f"{name}: {line!r} leaves the panel")
        return picture(name, title, description, self.height, "".join(self._parts))

    def _write(
        self, x: float, y: float, lines: Sequence[str], anchor: str, colour: str, room: Point
    ) -> list[Box]:
        found = []
        step = SIZE * LEADING
        if len(lines) * step - (step - SIZE) > room[1]:
            raise DoesNotFit(f"{lines} is higher than {_n(room[1])}")
        for number, line in enumerate(lines):
            bold = line.startswith("*")
            text = line.removeprefix("*")
            middle = y + (number - (len(lines) - 1) / 2) * step
            wide = width(text, SIZE, bold=bold)
            if wide > room[0]:
                raise DoesNotFit(f"{text!r} is {_n(wide)} wide, its place {_n(room[0])}")
            left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor]
            found.append(Box(left, middle - SIZE / 2, wide, SIZE))
            self._texts.append((text, found[-1]))
            look = ' font-weight="bold"' if bold else ""
            look += f' fill="{colour}"' if colour != INK else ""
            self._parts.append(
                f'<text x="{_n(x)}" y="{_n(middle + 0.36 * SIZE)}" text-anchor="{anchor}"{look}>'
                f"{spans(text)}</text>\n"
            )
        return found


def _rounded(points: Sequence[Point], radius: float = 16) -> str:
    out = f"M{_n(points[0][0])} {_n(points[0][1])}"
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        entry, leave = _towards(corner, before, radius), _towards(corner, after, radius)
        out += f" L{_n(entry[0])} {_n(entry[1])}"
        out += f" Q{_n(corner[0])} {_n(corner[1])} {_n(leave[0])} {_n(leave[1])}"
    return f"{out} L{_n(points[-1][0])} {_n(points[-1][1])}"


def _towards(start: Point, end: Point, far: float, share: float = 0.5) -> Point:
    """Return the point so far along the way, but no farther than that share of it."""
    length = math.dist(start, end)
    part = min(far / length, share)
    return (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)


def _n(number: float) -> str:
    """Return a coordinate with one decimal at most, the same on every machine."""
    return f"{number:.1f}".removesuffix(".0")
