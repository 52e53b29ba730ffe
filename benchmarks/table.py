"""One row of the table of speeds, and what falls short."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """A measurement.

    Attributes:
        what: What was measured.
        ours: Our figure, in seconds or bytes.
        theirs: What it is compared with.
        compared: The name of that.
        limit: The highest ratio that is good enough.
        unit: `ms` for seconds, `MB` for bytes.
    """

    what: str
    ours: float
    theirs: float
    compared: str
    limit: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    @property
    def short(self) -> bool:
        return self.ratio > self.limit


def best(values: Sequence[float], share: float) -> float:
    """Return the value that a share of the values do not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def line(row: Row) -> str:
    """Return a row as text; what falls short is marked."""
    scale = {"ms": 1e3, "µs": 1e6, "MB": 1 / 2**20}[row.unit]
    figure = f"{row.ours * scale:>9.1f} {row.unit}"
    limit = f"{row.ratio:>6.2f} × (at most {row.limit:g})"
    compared = f"{row.compared}, {row.theirs * scale:.1f} {row.unit}"
    mark = "  <-- falls short" if row.short else ""
    return f"{row.what:<30}{figure} {limit:<24} {compared}{mark}"


def verdict(measured: Sequence[Row]) -> str:
    """Return how many measurements fall short."""
    short = sum(row.short for row in measured)
    return (
        f"{short} of {len(measured)} fall short" if short else f"all {len(measured)} within limits"
    )
