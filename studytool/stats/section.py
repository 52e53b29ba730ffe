"""What a section of the statistics is, and how its numbers are written."""

from __future__ import annotations

from studytool.stats.periods import Ratio
from studytool.values import Value
from studytool.wrapping import Rows

WIDE = 50
"""From this width on tables have all their columns and a decimal."""


class Section(Value):
    """A part of the statistics, set to a width.

    Attributes:
        title: Its heading.
        fact: What stands at the right end of the heading; may be empty.
        rows: What is below.
    """

    title: str
    fact: str
    rows: Rows


def number(value: float) -> str:
    """Return a number without decimals, in groups of three digits."""
    return f"{value:,.0f}"


def percent(share: Ratio | float | None, decimals: int = 1) -> str:
    """Return a share in per cent, `–` if there is none."""
    if isinstance(share, Ratio):
        share = share.share
    return "–" if share is None else f"{100 * share:.{decimals}f} %"


def duration(ms: int) -> str:
    """Return a stretch of time: `40 s`, `12 min`, `3 h 05`."""
    if ms < 59_500:
        return f"{round(ms / 1000)} s"
    hours, minutes = divmod(round(ms / 60_000), 60)
    return f"{hours:,} h {minutes:02d}" if hours else f"{minutes} min"
