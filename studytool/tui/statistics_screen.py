"""The statistics as a screen over the review."""

from __future__ import annotations

import sqlite3
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.events import Resize
from textual.widgets import Static

from studytool.errors import StudytoolError
from studytool.figures import study
from studytool.keymap import USUAL, Keymap
from studytool.screen_text import clean
from studytool.selection import Selection, decks_below
from studytool.session import Session
from studytool.stats.page import page, scope
from studytool.stats.statistics import Statistics, statistics
from studytool.tui.key_bar import KeyBar
from studytool.tui.keys import bound, statistics_keys
from studytool.tui.paint import content
from studytool.tui.sheet import Sheet
from studytool.tui.sizes import HORIZONTAL, VERTICAL


class StatisticsScreen(Sheet[None]):
    """Shows what was learned of the session's cards, then deck by deck on request."""

    CSS_PATH = "statistics.tcss"
    AUTO_FOCUS = "#statistics"
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("statistics.leave", "leave", "Back to the review"),
        bound("statistics.next-deck", "deck(1)", "Next deck"),
        bound("statistics.previous-deck", "deck(-1)", "Previous deck"),
        bound("statistics.down", "scroll(1)", "Scroll down"),
        bound("statistics.up", "scroll(-1)", "Scroll up"),
    ]

    def __init__(self, session: Session, keys: Keymap = USUAL) -> None:
        """Tell of a session's cards.

        Args:
            session: Its store, selection, scheduler and study day are used; it is left as it is.
            keys: The keys in force.
        """
        super().__init__()
        self.session = session
        self.keys = keys
        self.choices = self._choices()
        self.chosen = 0
        self._found: dict[int, Statistics] = {}
        self.scroll = VerticalScroll(id="statistics")
        self.frame = Container(id="statistics-page")
        self.page = Static("Counting …", markup=False)
        self.bar = KeyBar()

    def compose(self) -> ComposeResult:
        """Lay the screen out; the page takes content only, never markup."""
        with self.scroll, self.frame:
            yield self.page
        with Container(id="dock"):
            yield self.bar

    def on_mount(self) -> None:
        """Count once the screen is there."""
        self.bar.show(*statistics_keys(self.keys, len(self.choices) > 1))
        self.call_after_refresh(self._show)

    def on_resize(self, event: Resize) -> None:
        """Set the page anew to the new width."""
        if self._found:
            self.call_after_refresh(self._show)

    def _choices(self) -> list[tuple[str, Selection]]:
        """Return what can be shown, each with its name: all that is asked, then its decks."""
        session = self.session
        whole = session.selection
        try:
            decks = session.store.decks(whole.root)
        except sqlite3.Error:  # `_show` tells
            decks = []
        asked = decks if whole.decks is None else sorted(whole.decks)
        shared = _shared(asked) if whole.decks is not None else None
        choices = [(scope(shared, whole.tags), whole)]
        if len(asked) > 1:
            choices += [
                (
                    scope(deck, whole.tags),
                    Selection(whole.root, decks_below(decks, deck), whole.tags),
                )
                for deck in asked
            ]
        return choices

    def _show(self) -> None:
        """Put the chosen statistics on the screen."""
        about, selection = self.choices[self.chosen]
        session = self.session
        try:
            if self.chosen not in self._found:
                self._found[self.chosen] = statistics(
                    study(session.store, selection), session.scheduler, session.day
                )
        except (StudytoolError, sqlite3.Error) as error:
            self.page.update(clean(str(error)))
            return
        rows = page(self._found[self.chosen], about, self.frame.size.width)
        self.page.update(content(rows))

    def action_deck(self, step: int) -> None:
        """Go to another deck, and after the last one back to all."""
        self.chosen = (self.chosen + step) % len(self.choices)
        self._show()
        self.scroll.scroll_home(animate=False)

    def action_scroll(self, direction: int) -> None:
        """Scroll the page."""
        self.scroll.scroll_relative(y=direction * 3, animate=False)

    def action_leave(self) -> None:
        """Go back to where the learner came from."""
        self.dismiss()


def _shared(decks: list[str]) -> str | None:
    """Return the deck that holds some decks, or None if there is none."""
    first, last = min(decks).split("::"), max(decks).split("::")
    same = next(
        (index for index, (a, b) in enumerate(zip(first, last, strict=False)) if a != b),
        min(len(first), len(last)),
    )
    return "::".join(first[:same]) or None
