"""The errors of a bank that was just edited, and the choice to edit it again or to go back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.events import Resize
from textual.widgets import Static

from studytool.columns import clip
from studytool.diagnostics import Diagnostic, excerpt
from studytool.keymap import Keymap
from studytool.screen_text import clean_line
from studytool.tui.key_bar import KeyBar
from studytool.tui.keys import bound, broken_keys
from studytool.tui.paint import content
from studytool.tui.sheet import Sheet
from studytool.tui.sizes import HORIZONTAL, VERTICAL, card_size
from studytool.wording import counted
from studytool.wrapping import Row, Rows, Run, wrap

SHOWN = 5
"""How many errors are shown before the rest is only counted."""

_NUMBERED = 30
"""In fewer columns the line stands without its number."""


def errors_page(wrong: Sequence[Diagnostic], width: int) -> Rows:
    """Return the first errors of a bank, each with its place, set to a width in columns."""
    heading = Run(f"The bank has {counted(len(wrong), 'error')} now.", "strong")
    rows: list[Row] = wrap([heading], width)
    for one in wrong[:SHOWN]:
        place, message = Run(f"{one.place()}  ", "marker"), Run(clean_line(one.message))
        rows += [(), *wrap([place, message], width, hanging=2)]
        if one.line and one.source_line.strip():
            rows += _pointed_at(one, width)
        if one.help:
            rows += wrap([Run("  "), Run(clean_line(one.help), "em")], width, hanging=2)
    if len(wrong) > SHOWN:
        more = Run(f"and {len(wrong) - SHOWN} more: studytool check", "muted")
        rows += [(), *wrap([more], width)]
    return tuple(rows)


def _pointed_at(one: Diagnostic, width: int) -> list[Row]:
    """Return the line that an error is on, and below it a caret on the spot, as `check` does."""
    number = f"{one.line} │ " if width >= _NUMBERED else "  "
    blank = " " * (len(number) - 2) + "│ " if number.strip() else number
    room = max(2, width - len(number) - 2)
    text, caret = excerpt(one, room)
    if max(cell_len(text), cell_len(caret)) > room + 2:  # characters of two columns
        text, caret = excerpt(one, room // 2)
    rows: list[Row] = [
        (Run(number, "marker"), Run(text, "muted")),
        (Run(blank, "marker"), Run(caret, "wrong")),
    ]
    return [clip(row, width) for row in rows]


class BrokenScreen(Sheet[bool]):
    """Shows errors; gives back whether the user wants to edit again."""

    CSS_PATH = "note.tcss"
    AUTO_FOCUS = "#note-page"
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("broken.edit", "edit", "Edit again"),
        bound("broken.leave", "leave", "Back to the last good text"),
        bound("broken.down", "scroll(1)", "Scroll down"),
        bound("broken.up", "scroll(-1)", "Scroll up"),
    ]

    def __init__(self, wrong: Sequence[Diagnostic], keys: Keymap) -> None:
        """Tell of errors; `keys` are those in force."""
        super().__init__()
        self.wrong = wrong
        self.scroll = VerticalScroll(id="note-page")
        self.page = Static(markup=False)
        self.bar = KeyBar(under_card=True)
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Lay the screen out; the page takes content only, never markup."""
        with self.scroll:
            yield self.page
        with Container(id="dock"):
            yield self.bar

    def on_mount(self) -> None:
        """Show the errors."""
        self.bar.show(*broken_keys(self._keys))
        self._show()

    def on_resize(self, event: Resize) -> None:
        """Set the page anew to the new width."""
        self._show()

    def _show(self) -> None:
        """Put the errors on the screen."""
        width, _ = card_size(self.app.size)
        self.page.update(content(errors_page(self.wrong, width)))

    def action_scroll(self, direction: int) -> None:
        """Scroll the page."""
        self.scroll.scroll_relative(y=direction * 2, animate=False)

    def action_edit(self) -> None:
        """Edit the bank again."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Go back to the card as it was before the edit."""
        self.dismiss(False)
