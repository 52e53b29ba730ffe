"""One atom on a line of voxels: marked, blurred, and blurred in waves."""

from __future__ import annotations

import math
from collections.abc import Callable

from drawing import Canvas, Picture
from plots_contours import path, thinned

# Lengths in ångström, the frequency in radians for each.
VOXEL, SIGMA, OMEGA = 0.5, 1.2, 2.5
CELLS = 8

_MIDDLE, _CELL, _TALL = 320.0, 34.0, 96.0
_HIGH = 'fill="#9fc0e2" stroke="#1f4f82" stroke-width="1.5"'
_DEEP = 'fill="#f0b98a" stroke="#8c3f04" stroke-width="1.5"'
_CURVE = 'fill="none" stroke="#26405a" stroke-width="3.5" stroke-linejoin="round"'
_AXIS = 'fill="none" stroke="#5a6672" stroke-width="2"'


def one_hot(r: float) -> float:
    """Return the value of a voxel this far from the atom if only the atom's own is marked."""
    return 1.0 if abs(r) < VOXEL / 2 else 0.0


def blurred(r: float) -> float:
    """Return the value at this distance from an atom that is a Gaussian ball."""
    return math.exp(-(r**2) / (2 * SIGMA**2))


def wave(r: float) -> float:
    """Return the value at this distance from an atom under the wave transform."""
    return blurred(r) * math.cos(OMEGA * r)


def _row(
    canvas: Canvas, floor: float, name: str, remark: str, value: Callable[[float], float]
) -> None:
    canvas.label(28, floor - _TALL - 36, f"*{name}", anchor="start")
    canvas.label(612, floor - _TALL - 36, remark, anchor="end")
    for cell in range(-CELLS, CELLS + 1):
        height = value(cell * VOXEL) * _TALL
        if abs(height) > 0.5:
            x = _MIDDLE + (cell - 0.5) * _CELL
            look = _HIGH if height > 0 else _DEEP
            canvas.draw(
                f'<path d="M{x:.1f} {floor:.1f}v{-height:.1f}h{_CELL:.1f}v{height:.1f}z" {look}/>'
            )
    rim = (CELLS + 0.5) * _CELL
    canvas.draw(f'<path d="M{_MIDDLE - rim:.1f} {floor:.1f}h{2 * rim:.1f}" {_AXIS}/>')
    ticks = "".join(
        f"M{_MIDDLE + (cell - 0.5) * _CELL:.1f} {floor:.1f}v7" for cell in range(-CELLS, CELLS + 2)
    )
    canvas.draw(f'<path d="{ticks}" {_AXIS}/>')
    if value is not one_hot:
        steps = [(CELLS + 0.5) * step / 100 for step in range(-100, 101)]
        line = [(_MIDDLE + at * _CELL, floor - value(at * VOXEL) * _TALL) for at in steps]
        canvas.draw(f'<path d="{path([thinned(line, 0.2)])}" {_CURVE}/>')


def _atom_profiles() -> Picture:
    canvas = Canvas(690)
    _row(canvas, 160, "Voxel, one-hot", "0 in all but one", one_hot)
    _row(canvas, 338, "Gaussian blur", "positive, fading", blurred)
    _row(canvas, 516, "Wave transform", "negative in some shells", wave)
    for at in (-4, -2, 0, 2, 4):
        sign = "−" if at < 0 else ""
        canvas.label(_MIDDLE + at / VOXEL * _CELL, 602, f"{sign}{abs(at)}")
    canvas.label(_MIDDLE, 648, "distance from the atom in Å")
    return canvas.finish(
        "molecule-atom-profiles",
        "One atom in three representations",
        """
        Three bar charts, one above the other, of the values of the voxels on a line through one
        atom, from 4 Å to its left to 4 Å to its right; a voxel measures 0.5 Å. One-hot: a single
        bar at the atom, all other voxels are 0. Gaussian blur: bars on both sides fall with the
        distance and are positive everywhere. Wave transform: the bars fade in the same way but in
        waves, positive at the atom, negative around 1 Å, slightly positive again around 2.5 Å.
        """,
    )


PICTURES = [_atom_profiles()]
