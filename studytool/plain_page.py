"""Lays out what a plain review says: statements, text under labels, and prompts."""

from __future__ import annotations

from collections.abc import Callable

from studytool.ansi import paint
from studytool.screen_text import clean_line
from studytool.values import Value
from studytool.wrapping import Row, Rows, Run, wrap

INDENT = "  "
"""Begins every line that belongs to the one above it, and no other line."""
NARROWEST = 20
"""Nothing is set narrower than this, in columns."""


class Look(Value):
    """How a plain review is laid out.

    Attributes:
        width: Returns the columns of a row, as they are now.
        color: Whether text has ANSI codes for its colours.
        inline: Whether what is typed stands behind the prompt; else the prompt is a line.
    """

    width: Callable[[], int]
    color: bool = False
    inline: bool = False


class Page:
    """Collects lines until something is asked; then they are written in one piece."""

    def __init__(self, look: Look, write: Callable[[str], None]) -> None:
        """Begin empty; `write` takes text for the user and shows it at once."""
        self.look = look
        self._write = write
        self._lines: list[str] = []

    @property
    def room(self) -> int:
        """Columns of a row under a label, as they are now."""
        return self._width() - len(INDENT)

    def gap(self) -> None:
        """Put down a blank line."""
        self._lines.append("")

    def say(self, text: str, indent: str = "") -> None:
        """Put down a statement; where it is broken, the rest of it is indented."""
        rows = wrap([Run(indent + clean_line(text))], self._width(), len(indent + INDENT))
        self._lines.append(paint(rows, False))

    def block(self, label: str, rows: Rows) -> None:
        """Put rows under a label, if there are any."""
        if rows:
            self._lines.append(label)
            self.rows(rows)

    def rows(self, rows: Rows) -> None:
        """Put down rows that belong to the line above."""
        if rows:
            indented: list[Row] = [(Run(INDENT), *row) if row else () for row in rows]
            self._lines.append(paint(indented, self.look.color))

    def prompt(self, name: str) -> None:
        """Write what was put down, and ask for a line."""
        self._lines.append(f"{name}>")
        self.flush(" " if self.look.inline else "\n")

    def end_prompt(self) -> None:
        """Put down the end of a line at which nothing was typed."""
        if self.look.inline:
            self.gap()

    def flush(self, end: str = "\n") -> None:
        """Write what was put down."""
        if self._lines:
            text, self._lines = "\n".join(self._lines) + end, []
            self._write(text)

    def _width(self) -> int:
        """Return the columns of a row."""
        return max(NARROWEST, self.look.width())
