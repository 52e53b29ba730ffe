"""Says what a key has come to: a line below the header, in place of what was said before."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from studytool.errors import StudytoolError
from studytool.tui.key_bar import KeyBar
from studytool.tui.paint import content
from studytool.tui.sizes import MARGINS, WIDE, inset
from studytool.wrapping import Rows, Run, wrap

SECONDS = 8
"""How long a message stays if no key is pressed; warnings and errors wait for the key."""
MOST = 6
"""Rows of a message; the rest is left out."""
LEAST_WIDTH = 12
"""Rows are not set for fewer columns, but cut."""


class Said(Static):
    """Lies in the blank row below the header; one that needs more rows takes the hair line too."""

    def __init__(self) -> None:
        """Begin unseen; `say` shows something."""
        super().__init__(markup=False)
        self.display = False
        self.text = ""
        self._timer: Timer | None = None

    def say(self, text: str, severity: SeverityLevel) -> None:
        """Show a line of text, more rows of it where it is too long."""
        self.text = text
        self.set_class(severity == "warning", "-warning")
        self.set_class(severity == "error", "-error")
        self.set_class(len(self._rows(_room(self.screen.size.width))) > 1, "-long")
        self.display = True
        self.refresh(layout=True)
        if severity == "information":
            self._timer = self.set_timer(SECONDS, self.hide)

    def hide(self) -> None:
        """Leave the row as it was."""
        self.display = False
        if self._timer:
            self._timer.stop()

    def _rows(self, width: int) -> Rows:
        """Return the text set to a width, on a very wide screen in line with the keys."""
        bars = (bar for bar in self.screen.query(KeyBar) if bar.under_card)
        left = max((inset(width, bar.measure) for bar in bars), default=0)
        rows = wrap([Run(self.text)], max(LEAST_WIDTH, width - left))[:MOST]
        return tuple((Run(" " * left), *row) for row in rows) if left else tuple(rows)

    def render(self) -> Content:
        """Return the rows at the present width."""
        return content(self._rows(_room(self.screen.size.width)))


def _room(width: int) -> int:
    """Return the columns for a message on a screen of a width."""
    return width - MARGINS[width >= WIDE]


def show(screen: Screen[Any], text: str, severity: SeverityLevel) -> Said:
    """Show a message on a screen, and return what takes it away again."""
    said = next(iter(screen.query(Said)), None)
    if said is None:
        said = Said()
        screen.mount(said)
    said.say(text, severity)
    return said


def tell(screen: Screen[Any], message: str, failure: bool = False) -> None:
    """Say something that needs no answer; any text is safe."""
    screen.notify(message, severity="error" if failure else "information", markup=False)


def sentences(error: Exception) -> str:
    """Return what went wrong, and what to do, as sentences."""
    if not isinstance(error, StudytoolError):
        return str(error)
    parts = (f"{part[0].upper()}{part[1:]}." for part in (error.message, error.help) if part)
    return " ".join(parts)
