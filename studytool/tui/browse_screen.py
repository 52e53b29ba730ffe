"""Browsing: a search, the cards it finds, and the chosen one as it will look."""

from __future__ import annotations

import sqlite3
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.events import Resize
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static

from studytool.actions import Action
from studytool.browsing import Browsing
from studytool.columns import clip
from studytool.errors import StudytoolError
from studytool.found_list import answer_rows
from studytool.keymap import Keymap
from studytool.screen_text import clean_line
from studytool.session import Session
from studytool.tui.browse_keys import bindings, browse_keys
from studytool.tui.browse_list import FoundList, QueryLine
from studytool.tui.card import CardText
from studytool.tui.fitted import Fitted
from studytool.tui.key_bar import KeyBar
from studytool.tui.sizes import HORIZONTAL, MEASURE, MID, VERTICAL
from studytool.tui.telling import sentences, tell
from studytool.wording import counted
from studytool.wrapping import Row, Run

BROWSE_CSS = "browse.tcss"
ASIDE = 130
"""Columns from which list and preview stand side by side."""
LOW = 20
"""With fewer rows a card is seen only on the whole screen."""
REST = 0.04
"""Seconds without a move after which the preview is set."""


def open_browse(below: Screen[None], session: Session, keys: Keymap, query: str = "") -> None:
    """Browse the library of a session over a screen, beginning with a query."""
    try:
        browsing = Browsing(session)
        browsing.look_for(query)
    except (StudytoolError, sqlite3.Error) as error:
        tell(below, sentences(error), failure=True)
        return
    below.app.push_screen(BrowseScreen(browsing, keys))


class BrowseScreen(Screen[None]):
    """Shows what a search finds, and acts on one card or on many."""

    CSS_PATH = BROWSE_CSS
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]

    def __init__(self, browsing: Browsing, keys: Keymap) -> None:
        """Show what was found; `keys` are those in force."""
        super().__init__()
        self.browsing = browsing
        self.keys = keys
        self.line = QueryLine(browsing.query)
        self.told = Fitted("told", self._told)
        self.list = FoundList(browsing)
        self.pane = VerticalScroll(id="preview", can_focus=False)
        self.card = CardText(())
        self.bar = KeyBar()
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay the screen out; every text widget takes content only, never markup."""
        with Container(id="search"):
            yield Static("/", id="slash", markup=False)
            yield self.line
        yield self.told
        with Container(id="panes"):
            yield self.list
            with self.pane:
                yield self.card
        yield self.bar

    def on_mount(self) -> None:
        """Paint for the first time."""
        self.show()

    def on_resize(self, event: Resize) -> None:
        """Put the preview where there is room for it."""
        self.set_class(event.size.width >= ASIDE, "-aside")
        self.set_class(event.size.height < LOW, "-low")
        self.call_after_refresh(self.set_preview)

    # -- painting ------------------------------------------------------------------------------

    def _told(self, width: int) -> tuple[Row, ...]:
        """Return what is wrong with the query, or how much it finds."""
        shown = self.browsing
        if shown.wrong:
            return (clip((Run("! ", "pointer"), Run(clean_line(shown.wrong))), width),)
        parts = [counted(len(shown.found), "card")]
        if shown.picked:
            parts.append(f"{len(shown.picked):,} picked")
        return (clip((Run("  " + " · ".join(parts), "muted"),), width),)

    @property
    def typing(self) -> bool:
        """Whether a search is being typed."""
        return self.focused is self.line

    def show(self) -> None:
        """Paint everything; the preview follows when no key comes for a moment."""
        self.bar.show(*browse_keys(self.keys, self.typing, self.has_class("-whole")))
        self.told.refresh()
        self.list.refresh()
        if self._resting:
            self._resting.stop()
        self._resting = self.set_timer(REST, self.set_preview)

    def set_preview(self) -> None:
        """Show the chosen card with its answer."""
        if not self.pane.display:
            return
        try:
            prompt = self.browsing.prompt()
        except (StudytoolError, sqlite3.Error) as error:
            self.fail(error)
            return
        if prompt is None:
            card = self.browsing.card
            self.card.update(answer_rows(self.browsing.seen(card)) if card else "")
            return
        width = max(8, min(MEASURE, self.pane.scrollable_content_region.width))
        tight = self.app.size.height < MID
        self.card.ask(prompt, width, tight)
        self.card.revealed = self.card.hint_shown = True
        self.card.paint(width, tight)
        self.pane.scroll_home(animate=False)

    def fail(self, error: Exception) -> None:
        """Say what went wrong."""
        tell(self, sentences(error), failure=True)

    # -- searching -----------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while a query is typed."""
        try:
            self.browsing.look_for(event.value)
        except (StudytoolError, sqlite3.Error) as error:
            self.fail(error)
        self.show()

    def action_search(self) -> None:
        """Begin to type."""
        self.remove_class("-whole")
        self.line.focus()
        self.call_after_refresh(self.show)

    def action_stop_typing(self) -> None:
        """Go to the list."""
        self.set_focus(None)
        self.show()

    # -- moving and picking --------------------------------------------------------------------

    def action_go(self, direction: int, unit: str = "card") -> None:
        """Choose another card, or go through a whole one by pages."""
        if self.has_class("-whole") and unit == "page":
            self.pane.scroll_relative(y=direction * (self.pane.size.height - 2), animate=False)
            return
        rows = {"card": 1, "page": max(1, self.list.height - 1), "end": len(self.browsing.found)}
        self.browsing.move(direction * rows[unit])
        self.show()

    def on_found_list_moved(self, message: FoundList.Moved) -> None:
        """Follow the mouse; a second click shows the whole card."""
        self.set_focus(None)
        self.action_preview() if message.again else self.show()

    def action_preview(self) -> None:
        """Give the chosen card the whole screen, or the list its place back."""
        if self.browsing.found:
            self.toggle_class("-whole")
            self.show()

    def action_pick(self) -> None:
        """Pick the chosen card, or let it go."""
        self.browsing.pick()
        self.show()

    def action_pick_to_here(self) -> None:
        """Pick all from the one picked last."""
        self.browsing.pick_up_to_here()
        self.show()

    def action_pick_all(self) -> None:
        """Pick all, or none."""
        self.browsing.pick_all()
        self.show()

    # -- acting --------------------------------------------------------------------------------

    def action_act(self, name: str, number: int = 0) -> None:
        """Do something to the picked cards, or to the chosen one."""
        try:
            said = self.browsing.act(Action(name), number)
        except (StudytoolError, sqlite3.Error) as error:
            self.fail(error)
            return
        tell(self, f"{said.capitalize()}; {self.keys.first('browse.undo')} takes it back.")
        self.show()

    def action_flag(self) -> None:
        """Ask which flag."""
        from studytool.tui.flag_screen import FlagScreen

        def chosen(flag: int | None) -> None:
            if flag is not None:
                self.action_act(Action.FLAG.value, flag)

        if self.browsing.found:
            self.app.push_screen(FlagScreen(self.keys, under_card=False), chosen)

    def action_undo(self) -> None:
        """Take the last action back."""
        try:
            said = self.browsing.undo()
        except (StudytoolError, sqlite3.Error) as error:
            self.fail(error)
            return
        tell(self, f"Taken back: {said}." if said else "There is nothing of today to undo.")
        self.show()

    def _note(self, what: str) -> None:
        """Do something with the note of the chosen card."""
        from studytool.tui import browse_notes

        try:
            prompt = self.browsing.prompt()
        except (StudytoolError, sqlite3.Error) as error:
            self.fail(error)
            return
        if prompt is not None:
            getattr(browse_notes, what)(self, prompt)
        elif self.browsing.found:
            tell(self, "This card has no note any more.")

    def action_edit(self) -> None:
        """Edit the note."""
        self._note("edit")

    def action_open(self) -> None:
        """Open what the card points to."""
        self._note("open_outside")

    def action_card(self) -> None:
        """Show all that is known of the card."""
        self._note("show_card")

    def action_keys(self) -> None:
        """Show all keys."""
        from studytool.tui.keys_screen import KeysScreen

        self.app.push_screen(KeysScreen(self.BINDINGS, self.keys, scrolls=False))

    def action_leave(self) -> None:
        """Go back: from the whole card to the list, from there to where browsing began."""
        if self.has_class("-whole"):
            self.action_preview()
        elif len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.app.exit()
