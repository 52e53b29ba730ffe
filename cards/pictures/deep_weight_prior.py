"""The deep weight prior: learned from kernels of other networks, then used for new ones."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from drawing import GRADIENT, Canvas, Picture

CELLS, SIDE = 7, 77.0
GREYS = ("#26405a", "#5f7f9f", "#a3bacf", "#d3dee9", "#ffffff")
# For each kernel: the direction of its stroke, its wave length in cells, its phase.
TRAINED = ((0.5, 6.5, 0.2), (1.9, 5.5, 2.6), (2.8, 7.5, 1.2), (1.2, 6.0, 4.0))
DRAWN = ((2.2, 6.5, 0.4), (0.2, 7.0, 1.9), (1.0, 5.5, 5.3))

Kernel = Callable[[int, int], float]


def stroke(direction: float, length: float, phase: float) -> Kernel:
    """Return a smooth kernel of strokes, from 0 to 1 at each row and column."""

    def value(row: int, column: int) -> float:
        x, y = column - (CELLS - 1) / 2, row - (CELLS - 1) / 2
        along = x * math.cos(direction) + y * math.sin(direction)
        fade = math.exp(-(x * x + y * y) / 14)
        return 0.5 + 0.5 * fade * math.cos(2 * math.pi * along / length + phase)

    return value


def noise(chance: random.Random) -> Kernel:
    """Return a kernel of independent normal weights, cut to the range from 0 to 1."""
    values = [[0.5 + 0.28 * chance.gauss(0, 1) for _ in range(CELLS)] for _ in range(CELLS)]
    return lambda row, column: min(1.0, max(0.0, values[row][column]))


def _swatch(canvas: Canvas, x: float, y: float, kernel: Kernel) -> None:
    """Draw a kernel, its weights as greys."""
    cell = SIDE / CELLS
    cells: dict[str, str] = {}
    for row in range(CELLS):
        for column in range(CELLS):
            grey = GREYS[min(len(GREYS) - 1, int(kernel(row, column) * len(GREYS)))]
            at = f"M{x + column * cell:g} {y + row * cell:g}h{cell:g}v{cell:g}h{-cell:g}z"
            cells[grey] = cells.get(grey, "") + at
    for grey in sorted(cells):
        canvas.draw(f'<path d="{cells[grey]}" fill="{grey}"/>')
    canvas.draw(
        f'<path d="M{x:g} {y:g}h{SIDE:g}v{SIDE:g}h{-SIDE:g}z" fill="none" stroke="#3d5a78"'
        ' stroke-width="2"/>'
    )


def _deep_weight_prior() -> Picture:
    canvas = Canvas(1078)
    canvas.label(20, 36, "*1. Learn the prior", anchor="start")
    sources = canvas.box(20, 62, 190, 130, "*source", "*networks", "for letters", kind="network")
    kernels = canvas.group(268, 62, 356, 130)
    canvas.label(446, 84, "their kernels")
    vae = canvas.box(352, 240, 272, 82, "*VAE", "one for each layer", kind="network")
    usual = canvas.box(20, 240, 272, 82, "*Gaussian", "the usual prior")
    canvas.arrow(sources.right(), kernels.left())
    canvas.arrow((vae.top()[0], 192), vae.top())
    for number, law in enumerate(TRAINED):
        _swatch(canvas, 280 + 85 * number, 105, stroke(*law))
    chance = random.Random(3)
    for prior, x in ((usual, 20), (vae, 352)):
        drawn = canvas.group(x, 370, 272, 130)
        canvas.label(x + 136, 392, "draws")
        canvas.arrow(prior.bottom(), drawn.top())
        for number, law in enumerate(DRAWN):
            kernel = stroke(*law) if prior is vae else noise(chance)
            _swatch(canvas, x + 12 + 85.5 * number, 413, kernel)

    canvas.label(20, 552, "*2. Use it", anchor="start")
    data = canvas.box(30, 586, 140, 82, "few digits", "labelled", kind="given")
    posterior = canvas.box(200, 586, 290, 82, "*posterior q(w)", "of new kernels w", kind="network")
    network = canvas.box(30, 760, 260, 82, "*new network", "with kernels w")
    frozen = canvas.box(350, 760, 260, 82, "*VAE", "frozen", kind="frozen")
    fit = canvas.box(30, 942, 260, 100, "*fit", "digits told right", kind="loss")
    bound = canvas.box(350, 942, 260, 100, "*KL bound", "q(w) near the prior", kind="loss")
    canvas.arrow(data.bottom(), (100, network.y))
    canvas.arrow(posterior.bottom(0.09), (226.1, network.y))
    canvas.arrow(posterior.bottom(0.91), (463.9, frozen.y))
    canvas.arrow(network.bottom(), fit.top())
    canvas.arrow((463.9, 842), (463.9, bound.y))
    canvas.arrow((272, 946), (272, 668), kind="gradient")
    canvas.arrow((396, 946), (396, 668), kind="gradient")
    canvas.label(334, 896, "gradient", colour=GRADIENT)
    return canvas.finish(
        "deep-weight-prior",
        "The deep weight prior, learned and used",
        """
        First part: source networks have learned letters; their kernels, small squares with smooth
        strokes, train a VAE, one for each layer. Kernels drawn from the VAE show strokes like
        theirs, those from the usual prior, a Gaussian, are mere noise. Second part: a posterior
        q(w) of the new kernels w is trained for a few labelled digits. Kernels drawn from it go
        into the new network, whose loss is low if the digits are told right, and into the VAE,
        now frozen, which gives a KL bound that is low if q(w) is near the prior; the gradients of
        both change q(w) only.
        """,
    )


PICTURES = [_deep_weight_prior()]
