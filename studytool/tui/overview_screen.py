"""The overview: decks as a tree with what is left of each today, one key from their review."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key, Paste
from textual.screen import Screen
from textual.timer import Timer

from studytool import deck_lines
from studytool.deck_choice import DeckChoice
from studytool.deck_numbers import DeckNumbers
from studytool.errors import StudytoolError
from studytool.keymap import USUAL, Keymap
from studytool.pacing import STILL, Pace
from studytool.prompts import Counts
from studytool.screen_text import clean_line
from studytool.tui.deck_list import DeckList
from studytool.tui.fitted import Fitted
from studytool.tui.key_bar import KeyBar
from studytool.tui.keys import bound, overview_keys
from studytool.tui.sizes import HORIZONTAL, VERTICAL
from studytool.tui.telling import sentences, tell
from studytool.wrapping import Row

REST = 0.15
"""Seconds without a key after which it is found out what a deck by itself would ask."""


class OverviewScreen(Screen[None]):
    """Shows all decks; the review of one begins here and ends here.

    Attributes:
        typing: Whether keys are letters of a name that is looked for.
    """

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("overview.study", "study", "Study the deck and those below it"),
        bound("overview.practise", "study(True)", "Practise all its cards; no schedule changes"),
        bound("overview.down", "go(1)", "Next deck"),
        bound("overview.up", "go(-1)", "Previous deck"),
        bound("overview.fold", "tree(False)", "Hide the decks below, or go to the deck above"),
        bound("overview.unfold", "tree(True)", "Show the decks below, or go to the first"),
        bound("overview.first", "go(-1, 'end')", "First deck"),
        bound("overview.last", "go(1, 'end')", "Last deck"),
        bound("overview.page-down", "go(1, 'page')", "A page down"),
        bound("overview.page-up", "go(-1, 'page')", "A page up"),
        bound("overview.filter", "filter", "Find decks by name, as you type"),
        bound("overview.clear", "clear", "Show all decks again"),
        bound("overview.statistics", "statistics", "Show the statistics"),
        bound("overview.browse", "browse", "Search notes, look at them and act on them"),
        bound("overview.keys", "keys", "Show all keys"),
        bound("overview.leave", "leave", "Leave; every grade is kept"),
    ]

    def __init__(
        self,
        numbers: DeckNumbers,
        ticker: Callable[[], float] = time.monotonic,
        keys: Keymap = USUAL,
        pace: Pace = STILL,
    ) -> None:
        """Show a library.

        Args:
            numbers: Its decks.
            ticker: Seconds that never go back, for the reviews.
            keys: The keys in force.
            pace: How the reviews go on by themselves.
        """
        super().__init__()
        self.numbers = numbers
        self.pace = pace
        self.ticker = ticker
        self.keys = keys
        self.choice = DeckChoice(numbers.rows)
        self.typing = False
        self._alone: Counts | None = None
        self._resting: Timer | None = None
        self._stale = False
        self.header = Fitted("header", self._header)
        self.decks = DeckList(self.choice)
        self.line = Fitted("deck-line", self._line)
        self.bar = KeyBar(under_card=True)

    def compose(self) -> ComposeResult:
        """Lay the screen out; every text widget takes content only, never markup."""
        yield from (self.header, self.decks, self.line, self.bar)

    def on_mount(self) -> None:
        """Paint for the first time."""
        self._paint()

    def on_screen_suspend(self) -> None:
        """Take note that numbers may change while another screen is shown."""
        self._stale = True

    def on_screen_resume(self) -> None:
        """Count anew after a review."""
        if self._stale:
            self._stale = False
            try:
                self.numbers.refresh()
            except (StudytoolError, sqlite3.Error) as error:
                self._fail(error)
            self.choice.take(self.numbers.rows)
            self._paint()

    # -- painting ------------------------------------------------------------------------------

    def _header(self, width: int) -> tuple[Row, ...]:
        """Return what was done today."""
        numbers = self.numbers
        return deck_lines.header(numbers.today, numbers.answered, numbers.streak, width)

    def _line(self, width: int) -> tuple[Row, ...]:
        """Return what belongs to the chosen deck, below the list."""
        choice, today = self.choice, self.numbers.today
        if self.typing or choice.wanted:
            decks = len(choice.rows) - 1
            return (deck_lines.finding(choice.wanted, self.typing, choice.found, decks, width),)
        if not today.all.total:
            return (deck_lines.done(today, width),)
        if choice.chosen is None or self._alone is None:
            return ()
        key = self.keys.first("overview.study")
        return (deck_lines.asks(choice.chosen, self._alone, key, width),)

    def _paint(self) -> None:
        """Paint the list, the line below it, and the keys that work."""
        finding = bool(self.typing or self.choice.wanted)
        self.bar.show(*overview_keys(self.keys, finding, self.typing))
        self._alone = None
        if self._resting:
            self._resting.stop()
        if not finding and self.numbers.today.all.total:
            self._resting = self.set_timer(REST, self._tell_alone)
        for part in (self.header, self.decks, self.line):
            part.refresh()

    def _tell_alone(self) -> None:
        """Say what the chosen deck would ask by itself."""
        row = self.choice.chosen
        if row is not None:
            try:
                self._alone = self.numbers.alone(row.deck)
            except (StudytoolError, sqlite3.Error) as error:
                self._fail(error)
            self.line.refresh()

    # -- keys ----------------------------------------------------------------------------------

    def on_key(self, event: Key) -> None:
        """Take letters while a name is typed."""
        if not self.typing:
            return
        wanted = self.choice.wanted
        if event.key == "enter":
            self.action_study()
        elif event.key == "escape" or (event.key == "backspace" and not wanted):
            self.action_clear()
        elif event.key == "backspace":
            self._look_for(wanted[:-1])
        elif event.is_printable and event.character:
            self._look_for(wanted + event.character)
        else:
            return
        event.stop()

    def on_paste(self, event: Paste) -> None:
        """Take what is pasted while a name is typed."""
        if self.typing:
            self._look_for(self.choice.wanted + clean_line(event.text.strip()))

    def _look_for(self, wanted: str) -> None:
        """Look for decks by a name."""
        self.choice.look_for(wanted)
        self._paint()

    def action_filter(self) -> None:
        """Begin to type a name."""
        self.typing = True
        self._paint()

    def action_clear(self) -> None:
        """Show all decks again; the chosen one stays chosen."""
        self.typing = False
        self.choice.clear()
        self._paint()

    def action_go(self, direction: int, unit: str = "deck") -> None:
        """Choose another deck: the next one, a page away, or the one at the end."""
        rows = {"deck": 1, "page": max(1, self.decks.height - 1), "end": len(self.choice.seen)}
        self.choice.move(direction * rows[unit])
        self._paint()

    def action_tree(self, unfold: bool) -> None:
        """Show or hide the decks below, or go to the deck below or above."""
        self.choice.unfold() if unfold else self.choice.fold()
        self._paint()

    def on_deck_list_used(self, message: DeckList.Used) -> None:
        """Do what the mouse asks for."""
        self.action_study() if message.study else self._paint()

    def action_study(self, practise: bool = False) -> None:
        """Review or practise the chosen deck and those below it; the end of it leads back here."""
        row = self.choice.chosen
        if row is None:
            return
        self.typing = False
        try:
            session = self.numbers.begin(row.deck, practise=practise)
            nothing = "" if session.current else self.numbers.why_nothing(session, row.deck)
        except (StudytoolError, sqlite3.Error) as error:
            self._fail(error)
            return
        if nothing:
            self._paint()
            tell(self, nothing)
            return
        from studytool.tui.review_screen import ReviewScreen

        self.app.push_screen(ReviewScreen(session, self.ticker, self.keys, pace=self.pace))
        if practise:
            from studytool.practice import NOTICE

            self.app.notify(f"{NOTICE.capitalize()}.")

    def action_statistics(self) -> None:
        """Show what was learned."""
        from studytool.tui.statistics_screen import StatisticsScreen

        self.app.push_screen(StatisticsScreen(self.numbers.session, self.keys))

    def action_browse(self) -> None:
        """Search the notes of the library."""
        from studytool.tui.browse_screen import open_browse

        open_browse(self, self.numbers.session, self.keys)

    def action_keys(self) -> None:
        """Show all keys."""
        from studytool.tui.keys_screen import KeysScreen

        self.app.push_screen(KeysScreen(self.BINDINGS, self.keys, scrolls=False))

    def action_leave(self) -> None:
        """End the program."""
        self.app.exit()

    def _fail(self, error: StudytoolError | sqlite3.Error) -> None:
        """Say what went wrong; the numbers stay as they are."""
        tell(self, sentences(error), failure=True)
