"""A Gaussian process before and after three measurements: draws, mean and band."""

from __future__ import annotations

import math
import random

from drawing import INK, Canvas, Picture
from plots_contours import Line, path, thinned

LENGTH = 0.9
SEEN = ((-2.0, -0.7), (-0.6, 1.1), (1.0, 0.2))
LEFT, RIGHT, STEPS = -3.2, 4.8, 200
WAVES, DRAWS, SEED = 200, 3, 86

_X, _WIDE, _UNIT = 24.0, 592.0, 52.0
_BAND = 'fill="#d3e2f2" stroke="#7da0c6" stroke-width="2"'
_MEAN = 'fill="none" stroke="#1f4f82" stroke-width="5" stroke-linejoin="round"'
_DRAW = 'fill="none" stroke="#b4540a" stroke-width="2.5" stroke-dasharray="9 5"'


def kernel(x: float, other: float) -> float:
    """Return the covariance of the values at two inputs; the variance is 1."""
    return math.exp(-((x - other) ** 2) / (2 * LENGTH**2))


def weights(values: list[float]) -> list[float]:
    """Return what these values at the seen inputs become when their covariance is divided out."""
    rows = [
        [*(kernel(x, other) for other, _ in SEEN), value]
        for (x, _), value in zip(SEEN, values, strict=True)
    ]
    for i in range(len(rows)):
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for j in range(len(rows)):
            if j != i:
                rows[j] = [b - rows[j][i] * a for a, b in zip(rows[i], rows[j], strict=True)]
    return [row[-1] for row in rows]


def pull(values: list[float], x: float) -> float:
    """Return how far these deviations from the mean at the seen inputs shift the value at x."""
    shares = weights(values)
    return sum(kernel(x, seen) * share for (seen, _), share in zip(SEEN, shares, strict=True))


def mean(x: float) -> float:
    """Return the posterior mean; that of the prior is 0."""
    return pull([value for _, value in SEEN], x)


def spread(x: float) -> float:
    """Return the posterior standard deviation; that of the prior is 1."""
    return math.sqrt(max(0.0, 1 - pull([kernel(x, seen) for seen, _ in SEEN], x)))


class Draw:
    """A random function of the prior: many random waves of the kernel's spectrum."""

    def __init__(self, chance: random.Random) -> None:
        """Draw the waves."""
        self._waves = [
            (chance.gauss(0, 1 / LENGTH), chance.uniform(0, 2 * math.pi)) for _ in range(WAVES)
        ]

    def prior(self, x: float) -> float:
        """Return its value at x."""
        scale = math.sqrt(2 / WAVES)
        return scale * sum(math.cos(rate * x + phase) for rate, phase in self._waves)

    def posterior(self, x: float) -> float:
        """Return its value at x once it has been bent through the measurements."""
        misses = [value - self.prior(seen) for seen, value in SEEN]
        return self.prior(x) + pull(misses, x)


def _inputs() -> list[float]:
    return [LEFT + (RIGHT - LEFT) * step / STEPS for step in range(STEPS + 1)]


def _placed(line: Line, middle: float) -> Line:
    scale = _WIDE / (RIGHT - LEFT)
    return thinned([(_X + (x - LEFT) * scale, middle - y * _UNIT) for x, y in line], 0.2)


def _band(canvas: Canvas, middle: float, lower: Line, upper: Line) -> None:
    rim = _placed(upper, middle) + _placed(lower, middle)[::-1]
    canvas.draw(f'<path d="{path([[*rim, rim[0]]])}" {_BAND}/>')


def _curve(canvas: Canvas, middle: float, line: Line, look: str) -> None:
    canvas.draw(f'<path d="{path([_placed(line, middle)])}" {look}/>')


def _gaussian_process() -> Picture:
    canvas = Canvas(760)
    before, after = 186.0, 516.0
    xs = _inputs()
    chance = random.Random(SEED)
    draws = [Draw(chance) for _ in range(DRAWS)]

    canvas.label(_X, 34, "*Prior", anchor="start")
    _band(canvas, before, [(x, -2.0) for x in xs], [(x, 2.0) for x in xs])
    for draw in draws:
        _curve(canvas, before, [(x, draw.prior(x)) for x in xs], _DRAW)
    _curve(canvas, before, [(x, 0.0) for x in xs], _MEAN)

    canvas.label(_X, 364, "*Posterior", anchor="start")
    _band(
        canvas,
        after,
        [(x, mean(x) - 2 * spread(x)) for x in xs],
        [(x, mean(x) + 2 * spread(x)) for x in xs],
    )
    for draw in draws:
        _curve(canvas, after, [(x, draw.posterior(x)) for x in xs], _DRAW)
    _curve(canvas, after, [(x, mean(x)) for x in xs], _MEAN)
    for x, y in _placed(list(SEEN), after):
        canvas.draw(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="10" fill="{INK}" stroke="#ffffff"'
            ' stroke-width="2.5"/>'
        )
    _legend(canvas)
    return canvas.finish(
        "gaussian-process",
        "A Gaussian process before and after three measurements",
        """
        Two panels over the same inputs, each with a mean, a band of two standard deviations on
        both sides of it, and three random draws. Prior: the mean is flat at 0, the band equally
        wide everywhere, and the draws wander through it. Posterior: mean and draws all run
        through the three measurements, free of noise, where the band shrinks to nothing; between
        them it widens. To the right, far from the data, the mean returns to 0 and the band to its
        former width.
        """,
    )


def _legend(canvas: Canvas) -> None:
    canvas.draw(f'<path d="M32 666h52" {_MEAN}/>')
    canvas.label(98, 666, "mean", anchor="start")
    canvas.draw(f'<path d="M32 712h52" {_DRAW}/>')
    canvas.label(98, 712, "three draws", anchor="start")
    canvas.draw(f'<path d="M318 655h52v22h-52z" {_BAND}/>')
    canvas.label(384, 666, "band, mean ± 2 SD", anchor="start")
    canvas.draw(
        f'<circle cx="344" cy="712" r="10" fill="{INK}" stroke="#ffffff" stroke-width="2.5"/>'
    )
    canvas.label(384, 712, "measured", anchor="start")


PICTURES = [_gaussian_process()]
