"""The review screen: one card, its answer on request, and the grades."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import Resize

from studytool import garbage
from studytool.backlog_lines import announced, foretold
from studytool.errors import StudytoolError
from studytool.keymap import GRADES, USUAL, Keymap
from studytool.pacing import STILL, Pace
from studytool.prompts import Outcome
from studytool.scheduling import Rating
from studytool.session import Session
from studytool.tui.answering import ANSWERING
from studytool.tui.card import CardText
from studytool.tui.grades import Grades
from studytool.tui.header import Header
from studytool.tui.held_keys import HeldKeys
from studytool.tui.key_bar import KeyBar
from studytool.tui.keys import (
    action_bindings,
    answer_keys,
    bound,
    question_keys,
    typing_keys,
    welcome,
)
from studytool.tui.looking import LOOKING, Looking
from studytool.tui.sizes import HORIZONTAL, MEASURE, VERTICAL, card_size
from studytool.tui.typed_answer import TypedAnswer
from studytool.wrapping import Rows, Run


def muted_lines(text: str) -> Rows:
    """Return lines that stay in the background."""
    return tuple((Run(line, "muted"),) for line in text.splitlines())


class ReviewScreen(Looking):
    """Shows the session's current card until none is left."""

    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    AUTO_FOCUS = "#scroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("review.reveal", "go_on", "Show the answer, then grade good"),
        bound("review.again", "grade(1)", "Grade again"),
        bound("review.hard", "grade(2)", "Grade hard"),
        bound("review.good", "grade(3)", "Grade good"),
        bound("review.easy", "grade(4)", "Grade easy"),
        *ANSWERING,
        bound("review.undo", "undo", "Undo the last grade or action, as often as you like"),
        *action_bindings(),
        *LOOKING,
        bound("review.pause", "pause", "Pause: hide the card, its time stands still"),
        bound("review.auto-advance", "auto_advance", "Auto-advance on or off, by your settings"),
        bound("review.edit", "note('edit')", "Edit the note in your editor"),
        bound("review.open", "note('open')", "Open the source's link, or the picture"),
        bound("review.card", "note('card')", "Show where the note lives, and the card's history"),
        bound("review.statistics", "statistics", "Show the statistics"),
        bound("review.keys", "keys", "Show all keys"),
        bound("review.leave", "leave", "Leave; every grade is kept"),
    ]

    def __init__(
        self,
        session: Session,
        ticker: Callable[[], float] = time.monotonic,
        keys: Keymap = USUAL,
        typing: bool = False,
        pace: Pace = STILL,
    ) -> None:
        """Show a session.

        Args:
            session: Its current card is shown first.
            ticker: Seconds that never go back; measures time on a card and held keys.
            keys: The keys in force.
            typing: Whether answers are typed where the note says what it accepts.
            pace: How the review goes on by itself.
        """
        super().__init__()
        self.session = session
        self.ticker = ticker
        self.keys = keys
        self.pace = pace
        greeting = welcome(keys) if session.first_run else foretold(session)
        self.header = Header()
        self.scroll = VerticalScroll(id="scroll")
        self.card = CardText(muted_lines(greeting))
        self.card.opens = keys.first("review.open")
        self.grades = Grades(f"{keys.first('review.reveal')}  show the answer", keys.grades())
        self.bar = KeyBar(under_card=True)
        self._painted = (MEASURE, False)
        self._long = False
        self._since = ticker()
        self.can_undo = False
        self.held = HeldKeys(ticker)
        self.typing = TypedAnswer(typing, self.held)

    def compose(self) -> ComposeResult:
        """Lay the screen out; every text widget takes content only, never markup."""
        yield self.header
        with self.scroll:
            yield self.card
            if self.typing.on:
                yield self.typing.made()
        yield self.grades
        yield self.bar

    def on_mount(self) -> None:
        """Show the first card."""
        self.show_card()
        if self.pace.moves:
            self.call_after_refresh(self.begin_pace)
        if self.card.welcome and not self.session.first_run:
            self.call_after_refresh(self._tell_backlog)

    def on_resize(self, event: Resize) -> None:
        """Set the card anew if it has another width now."""
        if self._painted != card_size(self.app.size) or self.card.outgrown():
            self.paint()
        self.call_after_refresh(self.into_view)

    # -- painting ------------------------------------------------------------------------------

    def show_card(self) -> None:
        """Show the current card's question, or the summary when the session is over."""
        prompt = self.session.current
        if prompt is None:
            from studytool.tui.summary_screen import SummaryScreen

            self.app.push_screen(SummaryScreen(self.session, self.keys), self._back)
            return
        self._since = self.ticker()
        self.can_undo = self.session.can_undo()
        self._painted = card_size(self.app.size)
        self.card.ask(prompt, *self._painted)
        self.begin()
        self.grades.ask(prompt.intervals)
        self.header.show(
            prompt.stored.note.deck, self.session.counts(), prompt.state, self.session.done
        )
        self.header.set(prompt)
        self.show_keys()
        self.scroll.scroll_home(animate=False)
        self.call_after_refresh(self._prepare)

    def _tell_backlog(self) -> None:
        """Tell how large the backlog is, once the first card is there."""
        if self.card.welcome:
            self.card.welcome = muted_lines(announced(self.session))
            self.paint()

    def _back(self, _: object) -> None:
        """Go on after an undo on the summary."""
        self.show_card()

    def paint(self) -> None:
        """Set the card to the present size."""
        self._painted = card_size(self.app.size)
        if self.card.revealed:
            self.compare(self._painted[0])
        self.card.paint(*self._painted)

    def show_keys(self) -> None:
        """Put the keys that work now on the last row."""
        typed = self.typing.has_keys()
        self.grades.call_to("enter" if typed else self.keys.first("review.reveal"))
        look = self.latex_keys()
        if self.card.revealed:
            self.bar.show(*answer_keys(self.keys, self.can_undo, self._long, look))
        elif typed:
            self.bar.show(*typing_keys())
        else:
            hint, own = self.has_hint(), self.own_keys()
            self.bar.show(*question_keys(self.keys, hint, self.can_undo, own, self._long, look))

    def _prepare(self) -> None:
        """Read and set the next card while this one is being read."""
        self.into_view()
        prompt = self.session.prepare()
        if prompt is not None:
            self.card.prepare(prompt, self._painted[0])
        garbage.sweep()

    # -- keys ----------------------------------------------------------------------------------

    def action_go_on(self) -> None:
        """Show the answer; when it is shown, grade good. A held key does neither twice."""
        if self.held.repeats("go on"):
            return
        if self.card.revealed:
            self._grade(Rating.GOOD)
        else:
            self.action_reveal()

    def action_reveal(self) -> None:
        """Show the answer; the question stays where it is."""
        if self.card.revealed or self.session.current is None:
            return
        self.card.revealed = True
        self.paint()
        self.grades.offer()
        self.show_keys()
        self.call_after_refresh(self.into_view)

    def into_view(self) -> None:
        """Scroll just enough to show what is asked, or the end of the answer from its start."""
        end = self.scroll.max_scroll_y
        view = self.scroll.virtual_size.height - end
        if self._long is not (self.card.virtual_region.bottom > view):
            self._long = not self._long
            self.show_keys()
        if self.typing.has_keys():
            self.typing.into_view()
        elif self._long and end > self.scroll.scroll_y:
            start = self.card.virtual_region.y + self.card.place(view)
            self.scroll.scroll_to(y=min(end, start), animate=False, force=True)

    def action_grade(self, number: int) -> None:
        """Grade the answer, if it is shown; another key was pressed, so none is held."""
        self.held.other_key()
        if self.card.revealed and not self.held.grades(number):
            self._grade(Rating(number))

    def on_grades_chosen(self, message: Grades.Chosen) -> None:
        """Grade by mouse."""
        self.action_grade(message.rating.value)

    def _grade(self, rating: Rating) -> None:
        """Record an answer; the next card is shown only when it is on disk."""
        duration = round((self.ticker() - self._since) * 1000)
        try:
            outcome = self.session.grade(rating, duration_ms=duration)
        except StudytoolError as error:
            self.fail(error)
            return
        if self.session.leech:
            from studytool.tui.card_actions import tell_leech

            tell_leech(self, self.session.leech)
        if outcome is Outcome.ELSEWHERE:
            self.tell("This card was graded in another window; here is the next one.")
        elif outcome is Outcome.NEW_DAY:
            self.tell("It is another day; this is the card as it is today.")
        self.held.graded(self.keys[GRADES[rating - 1]] + self.keys["review.reveal"])
        self.card.welcome = ()
        self.show_card()

    def action_undo(self) -> None:
        """Take the last grade or action back and ask its card again."""
        try:
            undone = self.session.undo()
        except StudytoolError as error:
            self.fail(error)
            return
        if undone is None:
            self.tell("There is nothing of today to undo.")
        elif undone.rating:
            self.show_card()
        else:
            from studytool.tui.card_actions import show_taken_back

            show_taken_back(self, undone)

    async def action_leave(self) -> None:
        """Leave the review; nothing is left to save."""
        await self.run_action("app.leave_review")
