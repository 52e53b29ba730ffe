"""Where screens change their shape, and how wide a card is set."""

from __future__ import annotations

from textual.geometry import Size

MEASURE = 76
"""Columns of text; longer lines are hard to read."""
WIDE, MID, TALL = 90, 17, 26
HORIZONTAL = [(0, "-narrow"), (WIDE, "-wide")]
"""Classes of a screen by its columns."""
VERTICAL = [(0, "-short"), (MID, "-mid"), (TALL, "-tall")]
"""Classes of a screen by its rows."""
SCROLLBAR = 1
MARGINS = {True: 6, False: 2}
"""Columns left and right of a card together, by whether the screen is wide."""


def card_size(screen: Size) -> tuple[int, bool]:
    """Return the width of a card on a screen, and whether rows are too few for blank ones."""
    room = screen.width - SCROLLBAR - MARGINS[screen.width >= WIDE]
    return max(8, min(MEASURE, room)), screen.height < MID
