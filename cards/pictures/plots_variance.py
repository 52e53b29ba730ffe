"""Samples of activations: objects told apart by where they lie, or by how widely."""

from __future__ import annotations

import random

from drawing import Canvas, Picture

SAMPLES, SEED = 34, 40
# Mean and standard deviation of the activation, for two objects.
ORDINARY = ((-2.4, 0.7), (2.4, 0.7))
VARIANCE = ((0.0, 0.4), (0.0, 2.1))
# Rarer values would leave the panel or touch the words beside it.
WIDEST = 4.6

_MIDDLE, _UNIT = 376.0, 46.0
_LOOKS = (
    'fill="#2a6cb5" stroke="#ffffff" stroke-width="1"',
    'fill="#b4540a" stroke="#ffffff" stroke-width="1"',
)
_AXIS = 'fill="none" stroke="#8496a8" stroke-width="2.5"'


def activations(mean: float, spread: float, chance: random.Random) -> list[float]:
    """Return one activation for each pass, the weights drawn anew."""
    found: list[float] = []
    while len(found) < SAMPLES:
        value = chance.gauss(mean, spread)
        if abs(value) < WIDEST:
            found.append(value)
    return found


def _mark(object_: int, x: float, y: float) -> str:
    """Return the sign of one activation: a disc or a triangle."""
    if object_ == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" {_LOOKS[0]}/>'
    return f'<path d="M{x:.1f} {y - 8:.1f}l8 15h-16z" {_LOOKS[1]}/>'


def _diamond(x: float, y: float) -> str:
    return (
        f'<path d="M{x:.1f} {y - 15:.1f}l15 15-15 15-15-15Z"'
        ' fill="#2f8f46" stroke="#ffffff" stroke-width="2.5"/>'
    )


def _panel(
    canvas: Canvas, top: float, name: str, laws: tuple[tuple[float, float], ...], seed: int
) -> None:
    canvas.label(24, top + 16, f"*{name}", anchor="start")
    canvas.draw(f'<path d="M{_MIDDLE:.1f} {top + 44:.1f}v176" {_AXIS} stroke-dasharray="5 6"/>')
    chance = random.Random(seed)
    for number, (mean, spread) in enumerate(laws):
        y = top + 84 + 88 * number
        canvas.label(24, y, f"object {'AB'[number]}", anchor="start")
        for value in activations(mean, spread, chance):
            canvas.draw(_mark(number, _MIDDLE + value * _UNIT, y + chance.uniform(-20, 20)))
        canvas.draw(_diamond(_MIDDLE + mean * _UNIT, y))
    canvas.label(_MIDDLE, top + 240, "0")


def _variance_layer() -> Picture:
    canvas = Canvas(690)
    _panel(canvas, 20, "Ordinary stochastic layer", ORDINARY, SEED)
    _panel(canvas, 308, "Variance layer", VARIANCE, SEED + 1)
    canvas.draw(_mark(0, 60, 604))
    canvas.draw(_mark(1, 84, 604))
    canvas.label(112, 604, "activation in one pass", anchor="start")
    canvas.draw(_diamond(72, 650))
    canvas.label(112, 650, "expected activation: weight scaling", anchor="start")
    return canvas.finish(
        "variance-layer",
        "Told by the mean, told by the variance",
        """
        Two panels of activations of one neuron, a mark for each pass, for the objects A and B.
        Ordinary stochastic layer: the activations of A gather left of 0, those of B right of 0,
        so their expectations differ. Variance layer: both scatter around 0, on either side by
        chance, those of A closely, those of B widely. Both expectations are 0 there, and weight
        scaling, which uses nothing else, cannot tell A from B.
        """,
    )


PICTURES = [_variance_layer()]
