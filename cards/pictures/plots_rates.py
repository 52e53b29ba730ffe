"""Three cyclical learning rates, and the moments at which each method takes weights."""

from __future__ import annotations

import math
from collections.abc import Callable

from drawing import WIDTH, Canvas, Picture
from plots_contours import Line, Point, path, thinned
from plots_swa import dot

# In shares: of the run for time, of the first learning rate for heights.
TRAINED = 0.58
HIGH, LOW = 0.6, 0.1
SNAPSHOTS, SHORT = 4, 5

_LEFT, _RIGHT, _TALL = 32.0, 608.0, 104.0
_CYCLE = 'fill="none" stroke="#2a6cb5" stroke-width="4" stroke-linejoin="round"'
_ORDINARY = 'fill="none" stroke="#8496a8" stroke-width="4" stroke-dasharray="3 6"'
_AXIS = 'fill="none" stroke="#8496a8" stroke-width="2"'


def cosine(share: float) -> float:
    """Return the rate of Snapshot Ensembles at this share of a cycle: half a cosine."""
    return (math.cos(math.pi * share) + 1) / 2


def triangle(share: float) -> float:
    """Return the rate of FGE at this share of a cycle: down to its middle, and up again."""
    return LOW + (HIGH - LOW) * abs(2 * share - 1)


def sawtooth(share: float) -> float:
    """Return the rate of SWA at this share of a cycle: straight down."""
    return HIGH + (LOW - HIGH) * share


def cycles(rate: Callable[[float], float], count: int, start: float) -> list[Line]:
    """Return each cycle as points (time, rate), from the start to the end of the run."""
    long = (1 - start) / count
    return [
        [(start + (cycle + step / 64) * long, rate(step / 64)) for step in range(65)]
        for cycle in range(count)
    ]


def taken(lines: list[Line]) -> list[Point]:
    """Return where weights are taken: once a cycle, where the rate is lowest."""
    return [min(line, key=lambda point: point[1]) for line in lines]


def _placed(line: Line, floor: float) -> Line:
    """Return points (time, rate) in units of the picture, above this floor."""
    return [(_LEFT + (_RIGHT - _LEFT) * time, floor - _TALL * rate) for time, rate in line]


def _row(canvas: Canvas, floor: float, name: str, averaged: str, lines: list[Line]) -> None:
    canvas.label(_LEFT - 6, floor - 138, f"*{name}", anchor="start")
    canvas.label(_RIGHT + 6, floor - 138, f"averages {averaged}", anchor="end")
    canvas.draw(f'<path d="M{_LEFT - 6:.0f} {floor + 12:.0f}H{_RIGHT + 6:.0f}" {_AXIS}/>')
    start = lines[0][0]
    if start[0] > 0:
        ordinary = [(0.0, 1.0), (start[0] * 0.5, 1.0), (start[0], HIGH / 2)]
        canvas.draw(f'<path d="{path([_placed(ordinary, floor)])}" {_ORDINARY}/>')
    run = [point for line in lines for point in line]
    canvas.draw(f'<path d="{path([thinned(_placed(run, floor), 0.2)])}" {_CYCLE}/>')
    for at in _placed(taken(lines), floor):
        canvas.draw(dot(at))


def _learning_rate_cycles() -> Picture:
    canvas = Canvas(690)
    canvas.label(WIDTH / 2, 29, "learning rate over the epochs")
    snapshot = cycles(cosine, SNAPSHOTS, 0.0)
    _row(canvas, 220, "Snapshot Ensembles", "predictions", snapshot)
    _row(canvas, 406, "FGE", "predictions", cycles(triangle, SHORT, TRAINED))
    _row(canvas, 592, "SWA", "weights", cycles(sawtooth, SHORT, TRAINED))
    canvas.draw(dot((42, 655)))
    canvas.label(64, 655, "weights taken", anchor="start")
    canvas.draw(f'<path d="M304 655h52" {_ORDINARY}/>')
    canvas.label(368, 655, "ordinary training", anchor="start")
    return canvas.finish(
        "learning-rate-cycles",
        "Where three methods take their weights",
        """
        Three curves of the learning rate over the epochs, not to scale;
        dots mark where weights are taken.
        Snapshot Ensembles go through long cycles during the whole run: the rate falls along half
        a cosine almost to zero, where the dot is, and jumps back.
        FGE follows ordinary training with short triangles, down and up,
        a dot in the middle of each.
        SWA follows ordinary training with straight falls, a dot at the end of each, and jumps back.
        All take weights where the rate is lowest, but the first two average predictions
        and SWA averages the weights.
        """,
    )


PICTURES = [_learning_rate_cycles()]
