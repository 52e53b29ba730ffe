"""How wide a page of figures is printed."""

from __future__ import annotations

import shutil

MOST = 120
"""Rows wider than this are hard to read, in columns."""


def page_width() -> int:
    """Return the columns to use: COLUMNS, else the terminal's, else 80, and never too many."""
    return min(MOST, shutil.get_terminal_size((80, 24)).columns)
