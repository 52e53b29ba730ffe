"""A tiny list of what a card offers to open, over the review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from studytool.openable import Openable
from studytool.tui.keys import bound
from studytool.tui.sheet import ModalSheet


class OpenScreen(ModalSheet[Openable | None]):
    """Gives back what is chosen from a list, or None."""

    CSS_PATH = "note.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("open.choose", "choose", "Open it"),
        bound("open.down", "move(1)", "Next"),
        bound("open.up", "move(-1)", "Previous"),
        bound("open.close", "close", "Open nothing"),
    ]

    def __init__(self, things: Sequence[Openable]) -> None:
        """List things to open, the first one chosen."""
        super().__init__()
        self.things = things
        self.chosen = 0
        self.list = Static(id="open-list", markup=False)

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        yield self.list

    def on_mount(self) -> None:
        """Show the list."""
        self._show()

    def _show(self) -> None:
        """Paint the list; the chosen line is marked, not only coloured."""
        lines = [
            Content.assemble(("› ", "$accent bold"), (thing.words, "bold"))
            if number == self.chosen
            else Content(f"  {thing.words}")
            for number, thing in enumerate(self.things)
        ]
        self.list.update(Content("\n").join(lines))

    def action_move(self, step: int) -> None:
        """Choose another line; after the last one comes the first."""
        self.chosen = (self.chosen + step) % len(self.things)
        self._show()

    def action_choose(self) -> None:
        """Give back what is chosen."""
        self.dismiss(self.things[self.chosen])

    def action_close(self) -> None:
        """Give back nothing."""
        self.dismiss(None)

    def on_click(self, event: Click) -> None:
        """Give back the line under the mouse; a click beside the list closes it."""
        if event.widget is not self.list:
            self.dismiss(None)
            return
        offset = event.get_content_offset(self.list)
        if offset is not None and offset.y < len(self.things):
            self.dismiss(self.things[offset.y])
