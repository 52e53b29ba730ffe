"""What a learner does besides answering: actions, other screens, and what is said about them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.events import Click, Key

from studytool.errors import StudytoolError
from studytool.pacing import Pace
from studytool.tui.answering import Answering
from studytool.tui.header import Header
from studytool.tui.telling import sentences, tell

if TYPE_CHECKING:
    from studytool.tui.auto_advance import AutoAdvance


class Acting(Answering):
    """The part of the review screen from where notes are acted on and other screens open.

    Attributes:
        can_undo: Whether there is something of today to take back.
        pace: How the review goes on by itself, if it does.
        advance: Sees to that while it is switched on.
    """

    advance: AutoAdvance | None = None
    _woken = ""
    pace: Pace

    can_undo: bool
    ticker: Callable[[], float]
    header: Header
    _since: float

    @abstractmethod
    def show_card(self) -> None:
        """Show the session's current card, question side, or the summary."""

    @abstractmethod
    def action_reveal(self) -> None:
        """Show the answer."""

    @abstractmethod
    def action_grade(self, number: int) -> None:
        """Grade the answer, if it is shown."""

    def on_key(self, event: Key) -> None:
        """Take note that somebody is there; what ended a pause does nothing else while held."""
        if self.advance is not None:
            self.advance.touched()
        if self._woken == event.key and self.held.types(event.key):
            event.stop()
        else:
            self._woken = ""

    def on_click(self, event: Click) -> None:
        """Take note that somebody is there."""
        if self.advance is not None:
            self.advance.touched()

    def wake(self, key: str) -> None:
        """Go on after a pause that a key ended."""
        self._woken = key
        self.held.graded((key,))
        if self.advance is not None:
            self.advance.touched()

    def action_pause(self) -> None:
        """Hide the card until a key is pressed."""
        if not self.held.repeats("pause"):
            from studytool.tui.pause_screen import pause

            pause(self)

    def action_auto_advance(self) -> None:
        """Switch auto-advance on or off for this session."""
        if not self.held.repeats("auto-advance"):
            from studytool.tui.auto_advance import switch

            switch(self)

    def begin_pace(self) -> None:
        """Switch auto-advance on where the settings say so."""
        from studytool.tui.auto_advance import begin

        begin(self)

    def action_act(self, name: str) -> None:
        """Bury, suspend, mark or reset."""
        from studytool.tui.card_actions import act

        act(self, name)

    def action_flag(self) -> None:
        """Ask which flag."""
        from studytool.tui.card_actions import ask_flag

        ask_flag(self)

    def action_set_due(self) -> None:
        """Ask in how many days the card is due."""
        from studytool.tui.card_actions import ask_due

        ask_due(self)

    def action_keys(self) -> None:
        """Show all keys."""
        from studytool.tui.keys_screen import KeysScreen

        self.app.push_screen(KeysScreen(self.BINDINGS, self.keys))

    def action_statistics(self) -> None:
        """Show what was learned; time spent there is not time on the card."""
        from studytool.tui.statistics_screen import StatisticsScreen

        since = self.ticker()
        self.app.push_screen(StatisticsScreen(self.session, self.keys), partial(self.resume, since))

    def resume(self, left: float, _: object) -> None:
        """Leave the time since another screen was opened out of the time on the card."""
        self._since += self.ticker() - left

    @property
    def spent(self) -> float:
        """Seconds on the card so far."""
        return self.ticker() - self._since

    @spent.setter
    def spent(self, seconds: float) -> None:
        self._since = self.ticker() - seconds

    def action_note(self, what: str) -> None:
        """Edit the current card's note, open what it points to, or show all that is known of it."""
        from studytool.tui.note_actions import act

        act(self, what)

    def tell(self, message: str) -> None:
        """Say something that needs no answer."""
        tell(self, message)

    def fail(self, error: StudytoolError) -> None:
        """Say what went wrong; the card stays."""
        tell(self, sentences(error), failure=True)
