"""The review screen: one card, its answer on request, and the grades."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Static

from studytool.errors import StudytoolError
from studytool.faces import Face, face
from studytool.prompts import Outcome, Prompt
from studytool.scheduling import Rating
from studytool.screen_text import clean
from studytool.session import Session
from studytool.tui.grades import Grade, Grades
from studytool.tui.header import Header
from studytool.tui.key_bar import Key, KeyBar
from studytool.tui.keys_screen import KeysScreen
from studytool.tui.paint import content
from studytool.wrapping import Rows

MEASURE = 76
"""Columns of text; longer lines are hard to read."""
REPEAT_SECONDS = 0.25
"""The same key again within this time is the keyboard's doing, not the learner's."""
WELCOME = (
    "Answer in your head; space shows it.",
    "Your grade decides when it returns.",
)
"""What a learner with an empty log reads above the first question."""


class ReviewScreen(Screen[None]):
    """Shows the session's current card until none is left."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (17, "-mid"), (26, "-tall")]
    AUTO_FOCUS = "#scroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "go_on", "Show the answer, then grade good", id="review.go-on"),
        *(
            Binding(
                str(rating.value),
                f"grade({rating.value})",
                f"Grade {rating.name.lower()}",
                id=f"review.{rating.name.lower()}",
            )
            for rating in Rating
        ),
        Binding("u", "undo", "Undo the last grade, as often as you like", id="review.undo"),
        Binding("h", "hint", "Show the hint", id="review.hint"),
        Binding("j", "scroll(1)", "Scroll down", id="review.down"),
        Binding("k", "scroll(-1)", "Scroll up", id="review.up"),
        Binding("question_mark", "keys", "Show all keys", id="review.keys", key_display="?"),
        Binding("q,ctrl+c", "leave", "Leave; every grade is kept", id="review.leave"),
    ]

    def __init__(self, session: Session, ticker: Callable[[], float] = time.monotonic) -> None:
        """Show a session.

        Args:
            session: Its current card is shown first.
            ticker: Seconds that never go back; measures time on a card and held keys.
        """
        super().__init__()
        self.session = session
        self.ticker = ticker
        self.revealed = False
        self.hint_shown = False
        self.face: Face | None = None
        self._since = ticker()
        self._can_undo = False
        self._pressed_at = float("-inf")
        self._set: tuple[Prompt, int, Face] | None = None

    def compose(self) -> ComposeResult:
        """Lay the screen out; every text widget takes content only, never markup."""
        yield Header()
        with VerticalScroll(id="scroll"), Vertical(id="card"):
            if self.session.first_run:
                yield Static("\n".join(WELCOME), id="welcome", markup=False)
            yield Static(id="question", markup=False)
            yield Static(id="rule", markup=False)
            yield Static(id="answer", markup=False)
        with Vertical(id="dock"):
            with Horizontal(id="prompt-row"):
                yield Static("space  show the answer", id="prompt", markup=False)
                yield Grades(id="grades")
            yield KeyBar()

    def on_mount(self) -> None:
        """Show the first card once the size is known."""
        self.call_after_refresh(self.show_card)

    def on_resize(self, event: Resize) -> None:
        """Set the card anew to the new width."""
        if self.face is not None:
            self.call_after_refresh(self._paint)
            if self.revealed:
                self.call_after_refresh(self._into_view)

    # -- painting ------------------------------------------------------------------------------

    def show_card(self) -> None:
        """Show the current card's question, or the summary when the session is over."""
        prompt = self.session.current
        self.hint_shown = False
        self._reveal(False)
        if prompt is None:
            self.app.push_screen("summary", self._back)
            return
        self._since = self.ticker()
        self._can_undo = self.session.can_undo()
        self._paint()
        self.query_one("#scroll", VerticalScroll).scroll_home(animate=False)
        self.call_after_refresh(self._prepare)

    def _reveal(self, revealed: bool) -> None:
        """Show the answer and the grades, or the prompt in their place."""
        self.revealed = revealed
        for name in ("#rule", "#answer", "#grades"):
            self.query_one(name).display = revealed
        self.query_one("#prompt").display = not revealed

    def _back(self, _: object) -> None:
        """Go on after an undo on the summary."""
        self.show_card()

    def _paint(self) -> None:
        """Set the current card to the present width and put it on the screen."""
        prompt = self.session.current
        if prompt is None:
            return
        width = self._measure()
        self.face = self._face(prompt, width)
        self._show_question()
        self.query_one("#rule", Static).update("─" * width)
        self.query_one("#answer", Static).update(content(self._answer(self.face)))
        self.query_one(Grades).show(prompt.intervals)
        note = prompt.stored.note
        self.query_one(Header).show(
            note.deck, self.session.counts(), prompt.state, self.session.done
        )
        self._show_keys()

    def _measure(self) -> int:
        """Return the width that the card is set to."""
        return min(MEASURE, max(8, self.query_one("#card").size.width or self.size.width - 2))

    def _face(self, prompt: Prompt, width: int) -> Face:
        """Return a card set to a width; the one set last is kept."""
        if self._set is None or self._set[0] is not prompt or self._set[1] != width:
            stored = prompt.stored
            made = face(stored.note, prompt.parsed, prompt.card.part, width, prompt.seed)
            self._set = (prompt, width, made)
        return self._set[2]

    def _show_question(self) -> None:
        """Paint the question, and the hint if it was asked for."""
        assert self.face is not None
        rows: Rows = self.face.question
        if self.hint_shown:
            rows = (*rows, (), *self.face.hint)
        self.query_one("#question", Static).update(content(rows))

    @staticmethod
    def _answer(shown: Face) -> Rows:
        """Return the rows under the rule: answer, explanation, source."""
        parts = [rows for rows in (shown.answer, shown.extra, shown.source) if rows]
        rows: list[tuple[()] | Rows] = []
        for part in parts:
            rows += [((),), part] if rows else [part]
        return tuple(row for part in rows for row in part)

    def _show_keys(self) -> None:
        """Put the keys that work now on the last row."""
        undo = Key("u", "undo", "undo", self._can_undo)
        rest = (Key("?", "keys", "keys"), Key("q", "leave", "leave"))
        if self.revealed:
            self.query_one(KeyBar).show(
                Key("space", "good", "grade(3)"), Key("1–4", "grade"), undo, *rest
            )
            return
        hint = self.face is not None and self.face.hint and not self.hint_shown
        hints = (Key("h", "hint", "hint"),) if hint else ()
        self.query_one(KeyBar).show(Key("space", "answer", "reveal"), *hints, undo, *rest)

    def _prepare(self) -> None:
        """Read the next card while this one is being read."""
        self.session.prepare()

    # -- keys ----------------------------------------------------------------------------------

    def action_go_on(self) -> None:
        """Show the answer; when it is shown, grade good. A held key does neither twice."""
        now = self.ticker()
        held = now - self._pressed_at < REPEAT_SECONDS
        self._pressed_at = now
        if held:
            return
        if self.revealed:
            self._grade(Rating.GOOD)
        else:
            self.action_reveal()

    def action_reveal(self) -> None:
        """Show the answer; the question stays where it is."""
        if self.revealed or self.session.current is None:
            return
        self._reveal(True)
        self._show_keys()
        self.call_after_refresh(self._into_view)

    def _into_view(self) -> None:
        """Scroll just enough to show the end of the answer, never past its start."""
        scroll = self.query_one("#scroll", VerticalScroll)
        answer = self.query_one("#rule")
        over = self.query_one("#answer").region.bottom + 1 - scroll.region.bottom
        if over > 0:
            top = answer.region.y - scroll.region.y + round(scroll.scroll_y)
            target = min(round(scroll.scroll_y) + over, max(0, top - 1))
            scroll.scroll_to(y=target, animate=False, force=True)

    def action_grade(self, number: int) -> None:
        """Grade the answer, if it is shown; another key was pressed, so none is held."""
        self._pressed_at = float("-inf")
        if self.revealed:
            self._grade(Rating(number))

    def on_grade_chosen(self, message: Grade.Chosen) -> None:
        """Grade by mouse."""
        self.action_grade(message.rating.value)

    def _grade(self, rating: Rating) -> None:
        """Record an answer; the next card is shown only when it is on disk."""
        duration = round((self.ticker() - self._since) * 1000)
        try:
            outcome = self.session.grade(rating, duration_ms=duration)
        except StudytoolError as error:
            self._fail(error)
            return
        if outcome is Outcome.ELSEWHERE:
            self._tell("This card was graded in another window; here is the next one.")
        elif outcome is Outcome.NEW_DAY:
            self._tell("A new day has begun; this card is due again.")
        for welcome in self.query("#welcome"):
            welcome.remove()
        self.show_card()

    def action_undo(self) -> None:
        """Take the last grade back and ask its card again."""
        try:
            undone = self.session.undo()
        except StudytoolError as error:
            self._fail(error)
            return
        if undone:
            self.show_card()
        else:
            self._tell("There is no grade of today to undo.")

    def action_hint(self) -> None:
        """Show the hint under the question."""
        if self.face is not None and self.face.hint and not self.revealed:
            self.hint_shown = True
            self._show_question()
            self._show_keys()

    def action_scroll(self, direction: int) -> None:
        """Scroll a long card."""
        self.query_one("#scroll").scroll_relative(y=direction * 2, animate=False)

    def action_keys(self) -> None:
        """Show all keys."""
        self.app.push_screen(KeysScreen(self.BINDINGS))

    def action_leave(self) -> None:
        """End the program; nothing is left to save."""
        self.app.exit()

    def _tell(self, message: str) -> None:
        """Say something that needs no answer."""
        self.notify(message, timeout=4, markup=False)

    def _fail(self, error: StudytoolError) -> None:
        """Say what went wrong; the card stays."""
        text = f"{error.message}. {error.help}".strip()
        self.notify(clean(text), severity="error", timeout=10, markup=False)
