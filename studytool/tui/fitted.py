"""Rows that are set anew for every width."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widgets import Static

from studytool.tui.paint import content
from studytool.wrapping import Row

LEAST_WIDTH = 12
"""Rows are not set for fewer columns, but cut."""


class Fitted(Static):
    """Shows rows of the width that it has."""

    def __init__(self, name: str, rows: Callable[[int], tuple[Row, ...]]) -> None:
        """Show rows; `refresh` paints them as they are by then.

        Args:
            name: The widget's id.
            rows: Returns the rows for a width.
        """
        super().__init__(id=name, markup=False)
        self.rows = rows

    def render(self) -> Content:
        """Return the rows at the present width."""
        return content(self.rows(max(LEAST_WIDTH, self.content_size.width)))
