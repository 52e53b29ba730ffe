"""Asks for a flag in the row of the keys; the card stays as it is."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key

from studytool.keymap import Keymap
from studytool.tui.key_bar import KeyBar
from studytool.tui.keys import bound, flag_keys
from studytool.tui.sheet import ModalSheet
from studytool.tui.sizes import HORIZONTAL, VERTICAL


class FlagScreen(ModalSheet[int]):
    """Gives the digit that was pressed, or nothing."""

    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("flag.close", "dismiss", "Leave the flag as it is"),
    ]

    def __init__(self, keys: Keymap, under_card: bool = True) -> None:
        """Ask; `keys` are those in force, and `under_card` is as for the bar of keys."""
        super().__init__()
        self.keys = keys
        self.bar = KeyBar(under_card)

    def compose(self) -> ComposeResult:
        """Lay the row out where the keys of the review are."""
        yield self.bar

    def on_mount(self) -> None:
        """Show the keys."""
        self.bar.show(*flag_keys(self.keys))

    def on_key(self, event: Key) -> None:
        """Take a digit from 0 to 7; it must not reach the review, where it would grade."""
        if event.character and event.character in "01234567":
            event.stop()
            event.prevent_default()
            self.action_set(int(event.character))

    def action_set(self, flag: int) -> None:
        """Choose a flag."""
        self.dismiss(flag)
