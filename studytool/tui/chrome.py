"""Rows whose place is fixed, such as the line of keys, painted without laying text out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

Parts = list[tuple[str, str]]
"""Pieces of a row from the left, each with a Textual style."""


@lru_cache(maxsize=256)
def _look(ground: Style, style: Style) -> RichStyle:
    """Return a style on a ground as Rich knows it."""
    return (ground + style).rich_style


def columns(parts: Iterable[tuple[str, str]]) -> int:
    """Return how wide parts are, in columns."""
    return sum(cell_len(text) for text, _ in parts)


class FixedRows(Visual):
    """Rows that were made for their width: what is too much is cut, nothing is wrapped."""

    def __init__(self, *rows: Sequence[tuple[str, str]]) -> None:
        """Take the parts of each row."""
        self.rows = rows

    def __str__(self) -> str:
        """Return the rows as text."""
        return "\n".join("".join(text for text, _ in row) for row in self.rows)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return the rows in colour."""
        get_style = options.get_style
        strips = []
        for row in self.rows[:height]:
            segments = [Segment(text, _look(style, get_style(look))) for text, look in row if text]
            strips.append(Strip(segments).adjust_cell_length(width, style.rich_style))
        return strips

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width of the widest row."""
        return max(map(columns, self.rows), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the number of rows."""
        return len(self.rows)


class Chrome(Static):
    """What stands round the card; it is repainted at each key, and nobody copies it."""

    ALLOW_SELECT = False

    def __init__(self, id: str) -> None:  # noqa: A002  (Textual's name)
        """Take the name that the style sheet knows."""
        super().__init__(id=id, markup=False)
        self.auto_links = False
