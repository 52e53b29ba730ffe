"""All keys of the screen below, by group, made from its own bindings."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.events import Resize
from textual.widgets import Static

from studytool.keymap import Keymap
from studytool.tui.key_bar import Key, KeyBar
from studytool.tui.key_groups import grouped
from studytool.tui.key_page import Line, key_page, lines
from studytool.tui.keys import bound
from studytool.tui.paint import content
from studytool.tui.sheet import ModalSheet
from studytool.tui.sizes import HORIZONTAL, MARGINS, SCROLLBAR, VERTICAL, WIDE

ON_A_CARD: dict[str, tuple[Line, ...]] = {
    "Answer": (("enter, esc", "While you type: show the answer; back to the keys"),),
    "Look": (("↑ ↓ pgup pgdn", "Scroll a long card, or this list"),),
}
"""Keys of a screen with a card that have no binding of ours, by group."""
EVERYWHERE: dict[str, tuple[Line, ...]] = {
    "Session": (("ctrl+p", "Themes and other commands"), ("ctrl+z", "Stop; fg goes on"))
}
"""Keys of every screen that have no binding of ours, by group."""
MOST = 112
"""Columns of the list; more would only part keys from words."""


class KeysScreen(ModalSheet[None]):
    """Lists what every key does; any of a few keys closes it."""

    CSS_PATH = "note.tcss"
    AUTO_FOCUS = "#key-list"
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("keys.close", "dismiss", "Close this list"),
        bound("keys.down", "scroll(1)", "Scroll down"),
        bound("keys.up", "scroll(-1)", "Scroll up"),
    ]

    def __init__(self, bindings: list[BindingType], keys: Keymap, scrolls: bool = True) -> None:
        """Describe the bindings of a screen on the keys in force.

        Args:
            bindings: Those of the screen.
            keys: The keys in force.
            scrolls: Whether the screen scrolls a card.
        """
        super().__init__()
        self.described = {
            binding.id or "": binding.description
            for binding in bindings
            if isinstance(binding, Binding)
        }
        self.keys = keys
        self.scrolls = scrolls
        self.scroll = VerticalScroll(id="key-list")
        self.page = Static(markup=False)
        self.bar = KeyBar(under_card=True, measure=MOST)

    def compose(self) -> ComposeResult:
        """Lay the list out; it takes content only, never markup."""
        with self.scroll:
            yield self.page
        with Container(id="dock"):
            yield self.bar

    def on_mount(self) -> None:
        """Show the keys."""
        self._show()

    def on_resize(self, event: Resize) -> None:
        """Set the list anew to the new width."""
        self._show()

    def _groups(self) -> dict[str, list[Line]]:
        """Return the lines of all groups."""
        found = {
            group: lines(self.keys, self.described, names)
            for group, names in grouped(self.described).items()
        }
        for more in (ON_A_CARD if self.scrolls else {}, EVERYWHERE):
            for group, rest in more.items():
                found.setdefault(group, []).extend(rest)
        return found

    def _show(self) -> None:
        """Put the list on the screen; its width leaves the bar its place, so nothing jumps."""
        width = self.app.size.width
        room = min(MOST, width - MARGINS[width >= WIDE] - SCROLLBAR)
        self.page.update(content(key_page(self._groups(), room)))
        self.call_after_refresh(self._offer)

    def _offer(self) -> None:
        """Put the keys that work here on the last row."""
        first = self.keys.first
        scroll = Key(f"{first('keys.down')} {first('keys.up')}", "scroll")
        more = (scroll,) if self.scroll.max_scroll_y else ()
        self.bar.show(Key(first("keys.close"), "back", "dismiss"), *more)

    def action_scroll(self, direction: int) -> None:
        """Scroll the list."""
        self.scroll.scroll_relative(y=direction * 2, animate=False)
