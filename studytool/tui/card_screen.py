"""What is known of a card, as a screen over the review: its place, its source, its history."""

from __future__ import annotations

import sqlite3
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.events import Resize
from textual.widgets import Static

from studytool.card_history import CardHistory, card_history
from studytool.card_page import card_page
from studytool.edited_notes import bank_file
from studytool.errors import StudytoolError
from studytool.keymap import Keymap
from studytool.prompts import Prompt
from studytool.screen_text import clean
from studytool.session import Session
from studytool.tui.key_bar import KeyBar
from studytool.tui.keys import bound, card_keys
from studytool.tui.paint import content
from studytool.tui.sheet import Sheet
from studytool.tui.sizes import HORIZONTAL, VERTICAL, card_size


class CardScreen(Sheet[None]):
    """Shows what is known of a card."""

    CSS_PATH = "note.tcss"
    AUTO_FOCUS = "#note-page"
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("card.close", "leave", "Back to the card"),
        bound("card.down", "scroll(1)", "Scroll down"),
        bound("card.up", "scroll(-1)", "Scroll up"),
    ]

    def __init__(self, session: Session, keys: Keymap, prompt: Prompt | None = None) -> None:
        """Tell of a card, by default a session's current one; `keys` are those in force."""
        super().__init__()
        self.session = session
        self.prompt = prompt or session.current
        self.scroll = VerticalScroll(id="note-page")
        self.page = Static(markup=False)
        self.bar = KeyBar(under_card=True)
        self._keys = keys
        self._history: CardHistory | None = None

    def compose(self) -> ComposeResult:
        """Lay the screen out; the page takes content only, never markup."""
        with self.scroll:
            yield self.page
        with Container(id="dock"):
            yield self.bar

    def on_mount(self) -> None:
        """Read the history."""
        self.bar.show(*card_keys(self._keys))
        self._show()

    def on_resize(self, event: Resize) -> None:
        """Set the page anew to the new width."""
        self._show()

    def _show(self) -> None:
        """Put all that is known on the screen."""
        session, prompt = self.session, self.prompt
        if prompt is None:
            return
        try:
            if self._history is None:
                self._history = card_history(session.store, prompt.card, session.scheduler)
        except (StudytoolError, sqlite3.Error) as error:
            self.page.update(clean(str(error)))
            return
        file = bank_file(session.selection.root, prompt.stored)
        width, _ = card_size(self.app.size)
        self.page.update(content(card_page(prompt, file, self._history, width)))

    def action_scroll(self, direction: int) -> None:
        """Scroll the page."""
        self.scroll.scroll_relative(y=direction * 2, animate=False)

    def action_leave(self) -> None:
        """Go back to the card."""
        self.dismiss()
