"""Where screens change their shape, and how wide a card is set."""

from __future__ import annotations

from textual.geometry import Size

MEASURE = 76
"""Columns of text; longer lines are hard to read."""
WIDE, VAST, MID, TALL = 90, 120, 17, 26
HORIZONTAL = [(0, "-narrow"), (WIDE, "-wide"), (VAST, "-vast")]
"""Classes of a screen by its columns."""
VERTICAL = [(0, "-short"), (MID, "-mid"), (TALL, "-tall")]
"""Classes of a screen by its rows."""
SCROLLBAR = 1
MARGINS = {True: 6, False: 2}
"""Columns left and right of a card together, by whether the screen is wide."""


def inset(room: int, measure: int = MEASURE) -> int:
    """Return by how many columns the rows above and below a card stand in to be no wider than it.

    Args:
        room: The columns they could take: those of the screen without its margins.
        measure: Columns of what they stand with.
    """
    return max(0, room - SCROLLBAR - measure) // 2 if room + MARGINS[True] >= VAST else 0


def card_size(screen: Size) -> tuple[int, bool]:
    """Return the width of a card on a screen, and whether rows are too few for blank ones."""
    room = screen.width - SCROLLBAR - MARGINS[screen.width >= WIDE]
    return max(8, min(MEASURE, room)), screen.height < MID
