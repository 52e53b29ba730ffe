"""Four classifiers on one sample: the boundary each has learned, and the best one there is."""

from __future__ import annotations

import random

from drawing import INK, Canvas, Picture
from plots_classifiers import Normal, Sample, bayes, leaves, logistic, nearest, quadratic, tree
from plots_contours import Field, Line, Point, Window, contours, path, thinned

CIRCLES = Normal((-0.6, -0.5), 0.5, 0.0, 0.42)
TRIANGLES = Normal((0.9, 0.75), 1.7, -1.1, 1.5)
EACH, SEED = 40, 59
WINDOW = Window(-3.0, -2.6, 3.4, 2.8, 128, 108)
OPTIMAL = bayes(CIRCLES, TRIANGLES)

_WIDE, _HIGH = 292.0, 246.0
_PLACES = ((20.0, 52.0), (328.0, 52.0), (20.0, 350.0), (328.0, 350.0))
_SOLID = f'fill="none" stroke="{INK}" stroke-width="4" stroke-linejoin="round"'
_DASHED = 'fill="none" stroke="#5a6672" stroke-width="3" stroke-dasharray="11 7"'
_CIRCLES = 'fill="none" stroke="#2a6cb5" stroke-width="11" stroke-linecap="round"'
_TRIANGLES = 'fill="#ffffff" stroke="#b4540a" stroke-width="2.5" stroke-linejoin="round"'


def sample() -> Sample:
    """Return the points of both classes; True marks the circles."""
    source = random.Random(SEED)
    circles = [(CIRCLES.draw(source), True) for _ in range(EACH)]
    return circles + [(TRIANGLES.draw(source), False) for _ in range(EACH)]


def classifiers() -> dict[str, Field]:
    """Return the fitted classifiers, each positive where it answers circle."""
    points = sample()
    return {
        "Logistic regression": logistic(points),
        "QDA": quadratic(points),
        "1-nearest neighbour": nearest(points, 1),
        "Decision tree": tree(leaves(points, depth=5, smallest=2)),
    }


def _placed(line: Line, corner: Point) -> Line:
    """Return a line of the window in units of the picture."""
    across, up = _WIDE / (WINDOW.right - WINDOW.left), _HIGH / (WINDOW.top - WINDOW.bottom)
    return [
        (corner[0] + (x - WINDOW.left) * across, corner[1] + (WINDOW.top - y) * up) for x, y in line
    ]


def _boundary(field: Field, corner: Point) -> str:
    lines = [_placed(line, corner) for line in contours(field, 0.0, WINDOW)]
    return path([thinned(line, 0.2) for line in lines])


def _side(field: Field, corner: Point) -> str:
    """Return the part of the window where the field is positive, as closed lines."""
    lines = [_placed(line, corner) for line in contours(WINDOW.inside(field), 0.0, WINDOW.wider())]
    return path([thinned(line, 0.2) for line in lines])


def _marks(points: list[Point], circles: bool) -> str:
    """Return the points as discs or as triangles, which tell apart without colour too."""
    if circles:
        return f'<path d="{" ".join(f"M{x:.1f} {y:.1f}h0" for x, y in points)}" {_CIRCLES}/>'
    shapes = " ".join(f"M{x - 6:.1f} {y + 5:.1f}h12l-6-11Z" for x, y in points)
    return f'<path d="{shapes}" {_TRIANGLES}/>'


def _panel(canvas: Canvas, name: str, field: Field, corner: Point) -> None:
    x, y = corner
    canvas.label(x + _WIDE / 2, y - 18, f"*{name}")
    frame = f'<rect x="{x:.0f}" y="{y:.0f}" width="{_WIDE:.0f}" height="{_HIGH:.0f}" rx="3"'
    canvas.draw(f'{frame} fill="#ffffff"/>')
    canvas.draw(f'<path d="{_side(field, corner)}" fill="#dfeaf5" fill-rule="evenodd"/>')
    for circles in (False, True):
        places = _placed([point for point, circle in sample() if circle is circles], corner)
        seen = [at for at in places if 8 < at[0] - x < _WIDE - 8 and 8 < at[1] - y < _HIGH - 8]
        canvas.draw(_marks(seen, circles))
    canvas.draw(f'<path d="{_boundary(OPTIMAL, corner)}" {_DASHED}/>')
    canvas.draw(f'<path d="{_boundary(field, corner)}" {_SOLID}/>')
    canvas.draw(f'{frame} fill="none" stroke="#8496a8" stroke-width="2"/>')


def _decision_boundaries() -> Picture:
    canvas = Canvas(660)
    for (name, field), corner in zip(classifiers().items(), _PLACES, strict=True):
        _panel(canvas, name, field, corner)
    canvas.draw(f'<path d="M24 628 h52" {_SOLID}/>')
    canvas.label(86, 628, "learned", anchor="start")
    canvas.draw(f'<path d="M208 628 h52" {_DASHED}/>')
    canvas.label(270, 628, "optimal", anchor="start")
    canvas.draw(_marks([(420, 628)], True) + _marks([(444, 628)], False))
    canvas.label(460, 628, "two classes", anchor="start")
    return canvas.finish(
        "decision-boundaries",
        "What four classifiers learn from the same points",
        """
        Four panels show the same points of two normally distributed classes, discs and triangles,
        and the optimal boundary between the two distributions, a dashed curve.
        The solid boundary is the one that was learned from the points.
        Logistic regression gives a straight line, QDA a curve close to the optimal one.
        The nearest neighbour gives a jagged line with islands around single points,
        the decision tree steps parallel to the axes.
        """,
    )


PICTURES = [_decision_boundaries()]
