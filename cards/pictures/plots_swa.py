"""Why the average of the weights that SGD visits does better on new data than each of them."""

from __future__ import annotations

from drawing import INK, Canvas, Picture
from plots_contours import Field, Line, Point, Window, contours, path, thinned

# The loss up to which the bottom counts as flat, and the levels drawn around it.
BOTTOM = 0.14
LEVELS = (BOTTOM, 0.45, 0.9)
SHIFT = (0.72, 0.4)
WINDOW = Window(-3.2, -2.5, 3.2, 2.5, 128, 100)

# Where the high rate at the start of a cycle throws the weights; then the rate falls.
THROWS = ((-2.3, 2.0), (0.6, 2.45), (-1.6, -2.35), (3.0, 0.75), (-3.0, -0.45), (1.7, -2.15))
HIGH, LOW, STEPS = 0.11, 0.01, 22

_LEFT, _TOP, _UNIT = 26.0, 18.0, 588 / 6.4
_TRAIN = 'stroke="#2a6cb5" stroke-width="2.5"'
_TEST = 'fill="none" stroke="#b4540a" stroke-width="3.5" stroke-dasharray="11 7"'
_BANDS = ("#e6eef7", "#d3e2f2", "#b9d1ea")


def train_loss(x: float, y: float) -> float:
    """Return the training loss: a wide flat bottom whose walls rise smoothly."""
    u = 0.52 * x + 0.1 * y
    v = 0.68 * y - 0.11 * x - 0.04 * x * x + 0.1
    square = u * u + v * v
    return square**3 / (0.6 + square**2)


def test_loss(x: float, y: float) -> float:
    """Return the test loss: that of training, a little aside."""
    return train_loss(x - SHIFT[0], y - SHIFT[1])


def descent(start: Point) -> Line:
    """Return the points that gradient descent on the training loss visits in one cycle."""
    line = [start]
    for step in range(STEPS):
        rate = HIGH + (LOW - HIGH) * step / (STEPS - 1)
        (x, y), h = line[-1], 1e-4
        across = (train_loss(x + h, y) - train_loss(x - h, y)) / (2 * h)
        up = (train_loss(x, y + h) - train_loss(x, y - h)) / (2 * h)
        line.append((x - rate * across, y - rate * up))
    return line


def average(points: list[Point]) -> Point:
    """Return the mean of the points."""
    n = len(points)
    return sum(x for x, _ in points) / n, sum(y for _, y in points) / n


def _placed(line: Line) -> Line:
    """Return a line of the window in units of the picture."""
    return [(_LEFT + (x - WINDOW.left) * _UNIT, _TOP + (WINDOW.top - y) * _UNIT) for x, y in line]


def _level(loss: Field, level: float) -> str:
    return path([thinned(_placed(line), 0.2) for line in contours(loss, level, WINDOW)])


def dot(at: Point) -> str:
    """Return the mark of weights at the end of a cycle."""
    x, y = at
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="{INK}" stroke="#ffffff" stroke-width="2"/>'
    )


def _diamond(at: Point) -> str:
    x, y = at
    return (
        f'<path d="M{x:.1f} {y - 15:.1f}l15 15-15 15-15-15Z"'
        ' fill="#2f8f46" stroke="#ffffff" stroke-width="2.5"/>'
    )


def _swa_loss_surface() -> Picture:
    canvas = Canvas(590)
    for level, band in zip(reversed(LEVELS), _BANDS, strict=True):
        canvas.draw(f'<path d="{_level(train_loss, level)}" fill="{band}" {_TRAIN}/>')
    for level in LEVELS[:2]:
        canvas.draw(f'<path d="{_level(test_loss, level)}" {_TEST}/>')
    cycles = [descent(start) for start in THROWS]
    slides = path([thinned(_placed(cycle), 0.3) for cycle in cycles])
    canvas.draw(f'<path d="{slides}" fill="none" stroke="#5a6672" stroke-width="2.5"/>')
    ends = [cycle[-1] for cycle in cycles]
    for end in _placed(ends):
        canvas.draw(dot(end))
    centre = _placed([average(ends)])[0]
    canvas.draw(_diamond(centre))
    canvas.label(centre[0], centre[1] - 32, "*SWA")
    _legend(canvas)
    return canvas.finish(
        "swa-loss-surface",
        "Why the centre of a flat region generalises",
        """
        A sketch with contour lines over a plane of the weight space.
        The training loss, solid, has a wide flat bottom;
        the test loss, dashed, has the same shape a little aside.
        SGD ends each of six cycles at another side of the flat bottom, near its edge,
        and three of these points lie outside the flat bottom of the test loss.
        Their average, SWA, lies near the centre and inside both,
        and would do so if the test loss were shifted as far in any other direction.
        """,
    )


def _legend(canvas: Canvas) -> None:
    canvas.draw(dot((48, 510)))
    canvas.label(76, 510, "SGD, end of cycle", anchor="start")
    canvas.draw(_diamond((370, 510)))
    canvas.label(404, 510, "their average", anchor="start")
    canvas.draw(
        f'<rect x="26" y="541" width="42" height="22" rx="10" fill="{_BANDS[1]}" {_TRAIN}/>'
    )
    canvas.label(76, 552, "training loss", anchor="start")
    canvas.draw(f'<path d="M346 552h50" {_TEST}/>')
    canvas.label(404, 552, "test loss", anchor="start")


PICTURES = [_swa_loss_surface()]
