"""The review as a full-screen program."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from signal import SIG_IGN, SIGTERM, SIGTSTP, signal
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.errors import NoWidget
from textual.events import Event, Key, MouseDown, MouseEvent, MouseMove
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES, Theme

from studytool import garbage
from studytool.days import as_date
from studytool.errors import StudytoolError
from studytool.keymap import USUAL, Keymap
from studytool.pacing import STILL, Pace
from studytool.screen_text import clean_line
from studytool.session import Session
from studytool.tui.keys import keymap
from studytool.tui.themes import DARK, OWN_THEMES, variables_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from studytool.deck_numbers import DeckNumbers
    from studytool.tui.pictures import Wall
    from studytool.tui.telling import Said

REVIEW_CSS, OVERVIEW_CSS = "review.tcss", "overview.tcss"
SETTLE_DELAY = 1.0
"""Seconds after the start until what can wait is done."""


class ReviewApp(App[None]):
    """Runs one session, or as many as begin on the overview of a library."""

    TITLE = "studytool"
    CSS_PATH = REVIEW_CSS
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "suspend_process", "Stop the program; `fg` goes on", show=False)
    ]

    def __init__(
        self,
        session: Session,
        notices: tuple[str, ...] = (),
        theme: str = DARK.name,
        ticker: Callable[[], float] = time.monotonic,
        keys: Keymap = USUAL,
        library: DeckNumbers | None = None,
        typing: bool = False,
        pace: Pace = STILL,
    ) -> None:
        """Prepare the program.

        Args:
            session: What is reviewed, or what the overview tells of.
            notices: Lines to show once the first card is there.
            theme: Name of one of our themes or of Textual's; an unknown one gives our dark one.
            ticker: Seconds that never go back.
            keys: The keys in force.
            library: Shows its decks, from where reviews begin; None for the review itself.
            typing: Whether answers are typed where the note says what it accepts.
            pace: How the reviews go on by themselves.
        """
        known = theme in OWN_THEMES or theme in BUILTIN_THEMES
        self.set_reactive(App.theme, theme if known else DARK.name)
        super().__init__(css_path=[REVIEW_CSS, OVERVIEW_CSS] if library else None)
        for own in OWN_THEMES.values():
            self.register_theme(own)
        self.session = session
        self.notices = notices
        self.ticker = ticker
        self.keys = keys
        self.library = library
        self.typing = typing
        self.pace = pace
        self.pictures: Callable[[], Wall | None] | None = None
        self._wall: Wall | None = None
        self._said: Said | None = None
        self.set_keymap(keymap(keys))

    def wall(self) -> Wall | None:
        """Return what shows pictures, if anything can; it is loaded with the first one."""
        if self._wall is None and self.pictures:
            self._wall = self.pictures()
            self.pictures = None
        return self._wall

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return a theme; ours are known before they are registered.

        So the style sheet is parsed once, with the colours it will have.
        """
        return OWN_THEMES.get(theme_name) or super().get_theme(theme_name)

    def get_default_screen(self) -> Screen[None]:
        """Return the overview or the review, so that no other screen is laid out before it."""
        if self.library:
            from studytool.tui.overview_screen import OverviewScreen

            return OverviewScreen(self.library, self.ticker, self.keys, self.pace)
        from studytool.tui.review_screen import ReviewScreen

        return ReviewScreen(self.session, self.ticker, self.keys, self.typing, self.pace)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Let themes that do not know our variables work too."""
        return variables_of(self.current_theme)

    def on_mount(self) -> None:
        """Tell the notices, and make the day's copy when there is time."""
        self.app_resume_signal.subscribe(self, self.paint_again)
        with suppress(NotImplementedError, ValueError, RuntimeError):  # not everywhere
            asyncio.get_running_loop().add_signal_handler(SIGTERM, self.exit)
        self._tell_next()
        self.set_timer(SETTLE_DELAY, self.settle)

    def action_leave_review(self) -> None:
        """Go back to the overview; a review that did not begin there ends the program."""
        if self.library is None:
            self.exit()
            return
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def exit(
        self, result: None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """End the program.

        From here on nothing stops it: Textual would take the terminal once more when it goes on,
        and leave it so.
        """
        if not self.is_headless:
            signal(SIGTSTP, SIG_IGN)
        super().exit(result, return_code, message)

    def action_suspend_process(self) -> None:
        """Stop the program until `fg`."""
        from studytool.tui.stopping import stopped_once

        with stopped_once():
            super().action_suspend_process()

    def action_command_palette(self) -> None:
        """Show the list of commands."""
        from studytool.tui.commands import Commands

        if not isinstance(self.screen, Commands):
            self.push_screen(Commands(id="--command-palette"))

    def paint_again(self, _: object) -> None:
        """Paint everything: `fg` brings back an empty screen."""
        self.screen.refresh(layout=True)
        if self._wall:
            self._wall.resumed()

    def settle(self) -> None:
        """Do what could wait until the first card was there."""
        garbage.resume()
        self.back_up()

    def back_up(self) -> None:
        """Make the day's copy; a failure is told and stops nothing."""
        try:
            self.session.store.back_up(as_date(self.session.day))
        except (StudytoolError, OSError) as error:
            self.notify(f"No backup was made: {error}", severity="warning")

    # -- messages ------------------------------------------------------------------------------

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something in one line, in place of what was said before; any text is safe.

        All screens, and Textual itself, say things here. A message goes away at the next key or
        click, or after some seconds; warnings and errors wait for the key.
        """
        # On the screen that the key leads to, which may be another one.
        self.call_after_refresh(self._tell, clean_line(" ".join(message.splitlines())), severity)

    def _tell(self, text: str, severity: SeverityLevel) -> None:
        """Show a message on the screen that is shown now."""
        from studytool.tui.telling import show

        self._hush()
        if self.screen.is_attached:  # Not while the program ends.
            self._said = show(self.screen, text, severity)

    def _hush(self) -> None:
        """Take the message away, if there is one."""
        if self._said:
            self._said.hide()
        self._said = None

    def _tell_next(self) -> None:
        """Tell the next of the notices; the one after it waits for a key."""
        if self.notices:
            notice, *later = self.notices
            self.notices = tuple(later)
            self.notify(notice, severity="warning")

    async def on_event(self, event: Event) -> None:
        """Take a message away before the key or the click does what it does."""
        if self._said and isinstance(event, (Key, MouseDown)):
            self._hush()
            self._tell_next()
        if not (isinstance(event, (MouseDown, MouseMove)) and self._left_behind(event)):
            await super().on_event(event)

    def _left_behind(self, event: MouseEvent) -> bool:
        """Tell whether the mouse is on a widget that has gone and is only still painted.

        Text is selected in a widget's parent, and Textual does not ask whether it has one.
        """
        with suppress(NoWidget):
            return self.screen.get_widget_at(event.x, event.y)[0].parent is None
        return False
