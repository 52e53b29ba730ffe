"""One step of a tracker: correlate the window with the filter, move to the peak, update."""

from __future__ import annotations

import math

from drawing import COPY, FLOW, Canvas, Picture
from plots_contours import Window, contours, path, thinned

# Half the side of a window, in units of the picture.
HALF = 75.0
# From its centre: where the target has gone since the last frame, and a similar thing.
MOVED, SIMILAR = (34.0, -22.0), (-38.0, 30.0)
LEVELS = (0.08, 0.3, 0.55, 0.8)
BANDS = ("#d3e2f2", "#9fc0e2", "#4f87bf", "#1f4f82")

_GROUND = 'fill="#e9eff4" stroke="#5a6672" stroke-width="2"'
_OLD = 'fill="none" stroke="#5a6672" stroke-width="3" stroke-dasharray="8 6"'
_NEW = 'fill="none" stroke="#1f4f82" stroke-width="5"'
_HAIR = 'fill="none" stroke="#5a6672" stroke-width="2" stroke-dasharray="3 5"'


def response(x: float, y: float) -> float:
    """Return the response of the filter at this shift of the window."""
    near = math.dist((x, y), MOVED)
    other = math.dist((x, y), SIMILAR)
    return math.exp(-(near**2) / 260) + 0.22 * math.exp(-(other**2) / 200)


def _diamond(x: float, y: float, half: float, colour: str) -> str:
    return (
        f'<path d="M{x:g} {y - half:g}l{half:g} {half:g}-{half:g} {half:g}-{half:g}-{half:g}z"'
        f' fill="{colour}"/>'
    )


def _target(x: float, y: float, colour: str = "#b4540a") -> str:
    """Return the thing that is tracked: a diamond with a bright spot."""
    spot = f'<circle cx="{x:g}" cy="{y:g}" r="9" fill="#ffffff"/>'
    return _diamond(x, y, 27, colour) + spot


def _similar(x: float, y: float) -> str:
    """Return another thing: a smaller diamond without the spot."""
    return _diamond(x, y, 20, "#b98a63")


def _scene(x: float, y: float) -> str:
    """Return both things as a window with its centre there sees them."""
    return _similar(x + SIMILAR[0], y + SIMILAR[1]) + _target(x + MOVED[0], y + MOVED[1])


def _frame(canvas: Canvas, top: float) -> tuple[float, float]:
    """Draw the new frame; return the centre of the last window."""
    canvas.draw(f'<path d="M50 {top:g}h540v220h-540z" {_GROUND}/>')
    x, y = 340.0, top + 110
    canvas.draw(_scene(x, y))
    return x, y


def _window(x: float, y: float, look: str) -> str:
    """Return a window with its centre there."""
    return f'<path d="M{x - HALF:g} {y - HALF:g}h{2 * HALF:g}v{2 * HALF:g}h{-2 * HALF:g}z" {look}/>'


def _centre(x: float, y: float) -> str:
    """Return a cross of hairs through the centre of a window."""
    begin, long = HALF - 2, 2 * HALF - 4
    return f'<path d="M{x - begin:g} {y:g}h{long:g}M{x:g} {y - begin:g}v{long:g}" {_HAIR}/>'


def _filter(canvas: Canvas, x: float, y: float) -> None:
    """Draw a sketch of the filter: the target on a ring that counts against it."""
    canvas.draw(_window(x, y, 'fill="#d7e4f2" stroke="#1f4f82" stroke-width="4"'))
    for half, colour in ((60, "#b3c5d8"), (44, "#f7f9fb")):
        canvas.draw(_diamond(x, y, half, colour))
    canvas.draw(_target(x, y, "#d9915a"))


def _response(canvas: Canvas, x: float, y: float) -> None:
    """Draw the response to each shift of the window as a map with contour lines."""
    canvas.draw(_window(x, y, 'fill="#f2f6fa" stroke="#3d5a78" stroke-width="2"'))
    canvas.draw(_centre(x, y))
    for level, band in zip(LEVELS, BANDS, strict=True):
        lines = [
            thinned([(x + across, y + down) for across, down in line], 0.2)
            for line in contours(response, level, Window(-HALF, -HALF, HALF, HALF, 60, 60))
        ]
        canvas.draw(f'<path d="{path(lines)}" fill="{band}"/>')


def _correlation_filter() -> Picture:
    canvas = Canvas(862)
    canvas.label(50, 34, "*new frame", anchor="start")
    x, y = _frame(canvas, 54)
    canvas.draw(_window(x, y, _OLD))
    canvas.label(64, y, "last position", anchor="start")
    row = 430.0
    canvas.draw(_window(105, row, _GROUND))
    canvas.draw(_centre(105, row))
    canvas.draw(_scene(105, row))
    _filter(canvas, 320, row)
    _response(canvas, 535, row)
    canvas.arrow((x, y + HALF), (x, 306), (105, 306), (105, row - HALF))
    canvas.arrow((105 + HALF, row), (320 - HALF, row))
    canvas.arrow((320 + HALF, row), (535 - HALF, row))
    canvas.label(320, 335, "correlate")
    canvas.label(105, 526, "window")
    canvas.label(320, 526, "*filter")
    canvas.label(535, 526, "response")

    x, y = _frame(canvas, 620)
    x, y = x + MOVED[0], y + MOVED[1]
    canvas.draw(_window(x, y, _NEW))
    canvas.label(64, y, "new position", anchor="start")
    canvas.arrow((535, 544), (535, y), (x + HALF, y))
    canvas.label(522, 584, "to the peak", anchor="end", colour=FLOW)
    canvas.arrow((320, y - HALF), (320, 544), kind="copy")
    canvas.label(304, 584, "update", anchor="end", colour=COPY)
    return canvas.finish(
        "correlation-filter",
        "One step of a discriminative correlation filter",
        """
        In a new frame the target, a diamond with a bright spot, has moved; a similar diamond is
        near. A window is cut out around the last position; the target lies in it to the upper
        right of the centre. Correlated with the filter it gives the response, a map with a narrow
        peak to the upper right of its centre, as far as the target has moved, and a faint one
        where the similar diamond is. The window moves to the peak, so the target lies in its
        centre again, and with this window the filter is updated.
        """,
    )


PICTURES = [_correlation_filter()]
